"""One person through all terms: links, contacts, groups of a former membership (decision 40)."""

from __future__ import annotations

from typing import Any

import pytest

from services.liaison.commands import activities, circles, contacts
from services.liaison.domain.circles import CircleKind
from services.liaison.domain.leads import Target
from services.liaison.domain.ranks import Tier
from services.liaison.queries import activities as activity_reads
from services.liaison.queries import contacts as reads
from services.liaison.queries import exchange as exchange_reads
from shared.actor import Role
from shared.errors import Forbidden
from tests.integration.liaison.desk import (
    ECONOMY,
    LU,
    QIAN,
    SHEN,
    XU,
    YE,
    House,
    call,
    in_next_term,
    member,
    re_elected,
)

ANSWER: dict[str, Any] = {"issue_no": 1, "answer": "已转供水公司清洗"}


def ids(page: dict[str, Any]) -> list[str]:
    return [row["id"] for row in page["rows"]]


def listed(house: House, query: Any, by: Any, **filter: Any) -> list[str]:
    return ids(query(by, house.desk, filter=filter, first=20, after=None))


def test_the_pair_reads_and_settles_what_it_wrote_down(house: House) -> None:
    link = house.linked()[LU]
    contact = house.contact(link, member(XU, Role.STANDING_MEMBER))
    house.next_term(LU, XU)
    led, leader = re_elected(LU), re_elected(XU, Role.STANDING_MEMBER)
    for person in (led, leader):
        assert link in listed(house, reads.list_links, person)
        [row] = reads.contacts_by_ids(person, house.desk, ids=[contact])
        assert (row["own"], row["content"] != "") == (True, True)
    assert house.database.collection("audit").count_documents({}) == 0  # nobody else's notes
    for stranger in (re_elected(QIAN), re_elected(SHEN)):
        assert listed(house, reads.list_contacts, stranger) == []
        with pytest.raises(Forbidden):
            house.do(contacts.answer_issue, stranger, contact_id=contact, **ANSWER)
    house.do(contacts.follow_contact, leader, contact_id=contact, follow_up="已联系")
    house.do(contacts.answer_issue, led, contact_id=contact, **ANSWER)
    house.do(contacts.close_issue, leader, contact_id=contact, issue_no=1)
    [row] = reads.contacts_by_ids(led, house.desk, ids=[contact])
    assert (row["follow_up"], row["issues"][0]["state"]) == ("已联系", "CLOSED")


def test_a_late_record_names_the_end_that_wrote_it(house: House) -> None:
    link = house.linked()[LU]
    house.next_term(LU, XU)
    contact = house.contact(link, re_elected(LU))
    found = house.desk.contacts.get(contact)
    assert found is not None and (found.writer, found.leader_id) == (LU, XU)


def test_open_issues_pass_to_whoever_leads_the_person_now(house: House) -> None:
    """Decision 62: the member is known by another number, and is the same person."""
    contact = house.contact(house.linked()[LU], member(LU))
    house.next_term(LU, YE)
    house.settle()
    house.linked(Tier.ORDINARY)
    heir = re_elected(YE, Role.STANDING_MEMBER)
    [passed] = house.told("contact_issues_passed")
    assert (passed["contact_id"], passed["leader_id"]) == (contact, in_next_term(YE))
    house.do(contacts.answer_issue, heir, contact_id=contact, **ANSWER)


def test_nothing_passes_where_the_same_person_leads_on(house: House) -> None:
    contact = house.contact(house.linked()[LU], member(LU))
    house.next_term(LU, XU)
    house.settle()
    assert set(house.linked(Tier.ORDINARY)) == {in_next_term(LU)}
    assert house.told("contact_issues_passed") == []
    leader = re_elected(XU, Role.STANDING_MEMBER)
    house.do(contacts.answer_issue, leader, contact_id=contact, **ANSWER)


def test_who_is_not_re_elected_reads_and_acts_no_more(house: House) -> None:
    contact = house.contact(house.linked()[LU], member(LU))
    house.next_term(XU)
    gone = call(Role.MEMBER, "account-lu", LU, former="true")
    assert listed(house, reads.list_contacts, gone) == [contact]
    lead: dict[str, Any] = {"topic": "二次供水", "title": "水箱清洗", "text": "多年未清洗。"}
    forward = {"contact_id": contact, "issue_no": 1, "to": Target.PROPOSAL_LEAD, **lead}
    house.do(contacts.convert_issue, re_elected(XU, Role.STANDING_MEMBER), **forward)
    assert len(listed(house, reads.list_leads, member(QIAN))) == 1
    assert listed(house, reads.list_leads, gone) == []  # for who may write a proposal
    with pytest.raises(Forbidden):
        house.do(contacts.close_issue, gone, contact_id=contact, issue_no=1)


def test_a_group_is_left_by_the_person_who_joined_it(house: House) -> None:
    group: dict[str, Any] = {
        "kind": CircleKind.TOPIC,
        "name": "二次供水议题小组",
        "about": "",
        "topic": "二次供水",
        "topic_codes": [],
        "organiser": "com-economy",
        "members": [QIAN, LU],
    }
    circle = house.do(circles.open_circle, ECONOMY, **group)
    post = house.do(
        circles.write_post, member(LU), circle_id=circle, reply_to=None, text="建议实地查看"
    )
    house.hear_of(in_next_term(LU), person_id=f"p-{LU}", term=16)  # the former one not over yet
    again = re_elected(LU)
    assert listed(house, exchange_reads.list_circles, again, joined=True) == [circle]
    house.do(circles.remove_post, again, post_id=post, reason=None)
    house.do(circles.leave_circle, again, circle_id=circle)
    assert listed(house, exchange_reads.list_circles, again, joined=True) == []
    left = house.desk.circles.get(circle)
    assert left is not None and left.members == (QIAN,)


def test_own_sign_ups_and_parts_are_shown_in_every_term(house: House) -> None:
    activity = house.activity()
    house.publish(activity)
    house.do(activities.sign_up, member(LU), activity_id=activity)
    again = re_elected(LU)
    house.hear_of(in_next_term(LU), person_id=f"p-{LU}", term=16)
    for person, own in ((again, [activity]), (re_elected(QIAN), [])):
        assert listed(house, activity_reads.list_activities, person, signed_up=True) == own
    house.do(activities.withdraw_sign_up, again, activity_id=activity)
    assert listed(house, activity_reads.list_activities, again, signed_up=True) == []
