"""The two-level contact system: links, orphans, records, issues, health (2.9, 14.4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.liaison import reactions
from services.liaison.commands import contacts, leads, links
from services.liaison.domain import errors
from services.liaison.domain.balance import Ground
from services.liaison.domain.leads import Target
from services.liaison.domain.ranks import Tier
from services.liaison.queries import contacts as reads
from services.liaison.queries import statistics
from shared.actor import Role
from shared.contracts import sample_event
from shared.days import day_after
from shared.errors import Forbidden
from tests.integration.liaison.desk import (
    ADMIN,
    CHAIR,
    EDITOR,
    LEADER,
    LU,
    NOW,
    OFFICE,
    QIAN,
    SHEN,
    SYSTEM,
    VICE,
    XU,
    YE,
    House,
    call,
    member,
    sent,
)

FORWARD: dict[str, Any] = {
    "to": Target.OPINION,
    "topic": "二次供水",
    "title": "楼顶水箱长期无人清洗",
    "text": "多个小区楼顶水箱多年未清洗。",
}


def test_links_are_proposed_by_sector_decided_together_and_told(house: House) -> None:
    plan = house.do(links.propose_links, OFFICE, tier=Tier.ORDINARY, by=Ground.SECTOR)
    assert house.told("contact_link_started") == []
    assert [row["size"] for row in house.told("contact_links_proposed")] == [3]
    house.do(links.decide_links, LEADER, plan_id=plan, approved=True, opinion="同意")
    started = {row["member_id"]: row["leader_id"] for row in house.told("contact_link_started")}
    assert started == {LU: XU, QIAN: XU, SHEN: YE}  # each with the leader of the own sector
    with pytest.raises(errors.WrongState):
        house.do(links.decide_links, LEADER, plan_id=plan, approved=False, opinion=None)
    with pytest.raises(errors.NobodyToLink):
        house.do(links.propose_links, OFFICE, tier=Tier.ORDINARY, by=Ground.SECTOR)


def test_the_chairs_lead_the_standing_members(house: House) -> None:
    assert set(house.linked(Tier.STANDING)) == {XU, YE}
    leaders = {row["leader_id"] for row in house.told("contact_link_started")}
    assert leaders == {CHAIR, VICE}


def test_what_is_refused_never_began_and_may_be_proposed_again(house: House) -> None:
    plan = house.do(links.propose_links, OFFICE, tier=Tier.ORDINARY, by=Ground.TOWN)
    house.do(links.decide_links, LEADER, plan_id=plan, approved=False, opinion="请按界别调整")
    assert house.told("contact_link_ended") == []
    assert len(house.linked()) == 3


def test_a_proposed_link_may_be_given_to_another_leader(house: House) -> None:
    house.do(links.propose_links, OFFICE, tier=Tier.ORDINARY, by=Ground.SECTOR)
    [link] = house.desk.links.find({"member_id": LU}, [("_id", 1)])
    house.do(links.reassign_link, OFFICE, link_id=link.id, leader_id=YE)
    [changed] = house.desk.links.find({"member_id": LU}, [("_id", 1)])
    assert (changed.leader_id, changed.ground) == (YE, Ground.COMMITTEE)
    with pytest.raises(errors.LinkUnfit):
        house.do(links.reassign_link, OFFICE, link_id=link.id, leader_id=CHAIR)


def test_one_link_needs_adjacent_ranks_a_free_member_and_room(house: House) -> None:
    unfit = ((LU, CHAIR), (LU, LU), (CHAIR, XU), (LU, "m-15-9999"))
    for led, leader in unfit:
        with pytest.raises(errors.LinkUnfit):
            house.do(links.propose_link, OFFICE, member_id=led, leader_id=leader)
    house.do(links.propose_link, OFFICE, member_id=LU, leader_id=XU)
    with pytest.raises(errors.LinkUnfit):
        house.do(links.propose_link, OFFICE, member_id=LU, leader_id=YE)
    for number in range(200, 207):
        house.hear_of(f"m-15-0{number}")
        house.do(links.propose_link, OFFICE, member_id=f"m-15-0{number}", leader_id=XU)
    house.hear_of("m-15-0207")
    with pytest.raises(errors.LinkUnfit) as full:
        house.do(links.propose_link, OFFICE, member_id="m-15-0207", leader_id=XU)
    assert full.value.field == "leaderId"  # eight is the most (setting)


def test_the_same_command_twice_proposes_once(house: House) -> None:
    asked: dict[str, Any] = {"tier": Tier.ORDINARY, "by": Ground.SECTOR}
    first = links.propose_links(sent(OFFICE, "one"), house.desk, **asked)
    assert links.propose_links(sent(OFFICE, "one"), house.desk, **asked) == first
    assert house.desk.links.count({}) == 3


def test_a_resignation_ends_the_links_of_both_sides_and_makes_orphans(house: House) -> None:
    house.linked()
    house.settle()
    assert house.told("contact_link_orphaned") == []
    house.hear_of(XU, event_type="member_resigned", state="RESIGNED", version=2)
    house.hear_of(SHEN, event_type="member_deceased", state="DECEASED", version=2)
    ended = {row["member_id"] for row in house.told("contact_link_ended")}
    assert ended == {LU, QIAN, SHEN}
    house.settle()
    house.settle()  # the second time finds nothing to do
    orphaned = {row["member_id"]: row["due_at"] for row in house.told("contact_link_orphaned")}
    due = (NOW + timedelta(days=15)).isoformat()
    assert orphaned == {LU: due, QIAN: due}
    health = {row["tier"]: row for row in statistics.contact_health(OFFICE, house.desk)}
    ordinary = health["ORDINARY"]
    assert [row["member_id"] for row in ordinary["orphans"]] == [LU, QIAN]


def test_a_post_that_is_given_up_ends_the_link_and_late_news_do_not_revive_it(
    house: House,
) -> None:
    house.linked()
    house.hear_of(XU, event_type="member_post_changed", posts=[], version=3)
    assert len(house.told("contact_link_ended")) == 2
    house.hear_of(XU, version=2)  # an older state, told late
    assert house.desk.links.count({"state": "ACTIVE", "leader_id": XU}) == 0
    house.hear_of(XU, event_type="member_post_changed", posts=[], version=3)  # told twice
    assert len(house.told("contact_link_ended")) == 2


def test_a_member_who_rises_needs_a_leader_of_the_other_level(house: House) -> None:
    house.linked()
    house.linked(Tier.STANDING)
    house.hear_of(LU, event_type="member_post_changed", posts=["STANDING_MEMBER"], version=2)
    house.settle()
    [orphan] = house.told("contact_link_orphaned")
    assert (orphan["member_id"], orphan["tier"]) == (LU, "STANDING")


def test_an_orphan_is_overdue_once_and_done_when_somebody_leads(house: House) -> None:
    linked = house.linked()
    house.do(links.end_link, OFFICE, link_id=linked[LU], reason="常委长期在外")
    house.settle()
    [due] = {datetime.fromisoformat(r["due_at"]) for r in house.told("contact_link_orphaned")}
    house.clock.at = day_after(due) - timedelta(seconds=1)
    house.settle()
    assert house.told("contact_link_orphan_overdue") == []
    house.clock.at = day_after(due)
    house.settle()
    house.settle()
    assert len(house.told("contact_link_orphan_overdue")) == 1
    plan = house.do(links.propose_link, OFFICE, member_id=LU, leader_id=YE)
    house.settle()
    assert house.told("contact_link_orphan_closed") == []  # a proposal leads nobody yet
    house.do(links.decide_links, LEADER, plan_id=plan, approved=True, opinion=None)
    house.settle()
    assert [row["member_id"] for row in house.told("contact_link_orphan_closed")] == [LU]
    house.do(
        links.end_link,
        OFFICE,
        link_id=house.desk.links.find({"holds": LU}, [("_id", 1)])[0].id,
        reason="再次调整",
    )
    house.settle()
    assert [row["occurrence_no"] for row in house.told("contact_link_orphaned")] == [1, 2]


def test_before_the_first_link_nobody_is_an_orphan_and_newcomers_are_afterwards(
    house: House,
) -> None:
    house.settle()
    assert house.told("contact_link_orphaned") == []
    house.linked()
    house.hear_of("m-15-0300")
    house.settle()
    assert [row["member_id"] for row in house.told("contact_link_orphaned")] == ["m-15-0300"]


def test_notes_are_for_the_pair_those_named_and_the_leaders(house: House) -> None:
    linked = house.linked()
    contact = house.contact(linked[LU], member(XU, Role.STANDING_MEMBER), shared_with=[SHEN])
    for reader in (member(LU), member(XU), member(SHEN), LEADER):
        page = reads.list_contacts(reader, house.desk, filter={}, first=20, after=None)
        assert [row["content"] for row in page["rows"]] == ["走访企业，了解融资情况。"]
    assert house.audited("look_at_contact_notes") == [contact]  # the leader's look alone
    for stranger in (member(QIAN), OFFICE, EDITOR, ADMIN):
        assert reads.contacts_by_ids(stranger, house.desk, ids=[contact]) == []
    page = reads.list_links(OFFICE, house.desk, filter={"member_id": LU}, first=20, after=None)
    [link] = page["rows"]
    assert (link["contacts_this_year"], link["contact_target"]) == (1, 2)
    assert "走访企业" not in str(link)
    [told] = house.told("contact_recorded")
    assert "走访企业" not in str(told) and told["writer"] == XU


def test_only_an_end_of_the_link_writes_and_within_its_time(house: House) -> None:
    linked = house.linked()
    with pytest.raises(Forbidden):
        house.contact(linked[LU], member(SHEN))
    with pytest.raises(errors.ContactUnfit):
        house.contact(linked[LU], member(LU), on=NOW + timedelta(days=1))
    with pytest.raises(errors.ContactUnfit):
        house.contact(linked[LU], member(LU), on=NOW - timedelta(days=1))
    with pytest.raises(errors.ContactUnfit):
        house.contact(linked[LU], member(LU), shared_with=["m-15-9999"])
    house.do(links.end_link, OFFICE, link_id=linked[LU], reason="另行安排")
    house.contact(linked[LU], member(LU))  # of the link's time, written late
    house.clock.at = NOW + timedelta(days=3)
    with pytest.raises(errors.ContactUnfit):
        house.contact(linked[LU], member(LU))


def test_an_issue_is_converted_answered_and_closed(house: House) -> None:
    linked = house.linked()
    leader = member(XU, Role.STANDING_MEMBER)
    contact = house.contact(linked[LU], member(LU), issues=["水箱", "停车难"])
    house.do(contacts.convert_issue, leader, contact_id=contact, issue_no=1, **FORWARD)
    [told] = house.told("contact_issue_converted")
    assert (told["to"], told["origin"], told["by"]) == ("OPINION", "CONTACT", XU)
    with pytest.raises(errors.WrongState):
        house.do(contacts.convert_issue, leader, contact_id=contact, issue_no=1, **FORWARD)
    answer = {"lead_id": told["lead_id"], "answer": "已编报。", "reference": "第3期"}
    house.do(leads.answer_lead, EDITOR, **answer)
    house.do(contacts.close_issue, member(LU), contact_id=contact, issue_no=1)
    house.do(contacts.answer_issue, leader, contact_id=contact, issue_no=2, answer="已协调。")
    [row] = reads.contacts_by_ids(member(LU), house.desk, ids=[contact])
    assert [(i["state"], i["answer"]) for i in row["issues"]] == [
        ("CLOSED", "已编报。"),
        ("ANSWERED", "已协调。"),
    ]
    assert row["open_issues"] == 1
    with pytest.raises(errors.WrongState):
        house.do(leads.answer_lead, EDITOR, **answer)
    with pytest.raises(Forbidden):
        house.do(contacts.close_issue, member(SHEN), contact_id=contact, issue_no=2)


def test_an_affair_that_is_done_answers_the_lead_it_came_from(house: House) -> None:
    linked = house.linked()
    contact = house.contact(linked[LU], member(LU))
    forward = {**FORWARD, "to": Target.AFFAIR}
    house.do(contacts.convert_issue, member(LU), contact_id=contact, issue_no=1, **forward)
    [told] = house.told("contact_issue_converted")
    done = sample_event("office", "affair_done", affair_id=told["lead_id"])
    reactions.take_affair(done, house.desk)
    reactions.take_affair(done, house.desk)
    reactions.take_affair(sample_event("office", "affair_done", affair_id="x"), house.desk)
    [row] = reads.contacts_by_ids(member(LU), house.desk, ids=[contact])
    assert [i["state"] for i in row["issues"]] == ["ANSWERED"]
    assert len(house.told("lead_answered")) == 1


def test_health_shows_silent_and_covered_links_and_loads(house: House) -> None:
    linked = house.linked()
    for _ in range(2):
        house.contact(linked[LU], member(LU))
    house.clock.at = NOW + timedelta(days=200)
    health = {row["tier"]: row for row in statistics.contact_health(LEADER, house.desk)}
    ordinary = health["ORDINARY"]
    assert (ordinary["links"], ordinary["covered"]) == (3, 1)
    assert ordinary["silent"] == sorted(linked.values())  # nobody for more than six months
    assert ordinary["underloaded"] == [
        {"member_id": XU, "load": 2},
        {"member_id": YE, "load": 1},
    ]
    assert ordinary["overloaded"] == [] and health["STANDING"]["links"] == 0


def test_a_proposal_lead_is_seen_by_topic_and_its_source_by_few(house: House) -> None:
    linked = house.linked()
    contact = house.contact(linked[LU], member(LU))
    forward = {**FORWARD, "to": Target.PROPOSAL_LEAD}
    house.do(contacts.convert_issue, member(LU), contact_id=contact, issue_no=1, **forward)
    asked: dict[str, Any] = {"filter": {"topic": "二次供水"}, "first": 20, "after": None}
    [seen] = reads.list_leads(member(SHEN), house.desk, **asked)["rows"]
    assert (seen["title"], seen["by"]) == ("楼顶水箱长期无人清洗", None)
    [own] = reads.list_leads(member(LU), house.desk, **asked)["rows"]
    assert own["by"] == LU and "source_id" not in own


def test_a_filed_proposal_answers_the_lead_it_was_made_from(house: House) -> None:
    linked = house.linked()
    contact = house.contact(linked[LU], member(LU), issues=["水箱", "停车难"])
    told = []
    for number, to in ((1, Target.PROPOSAL_LEAD), (2, Target.OPINION)):
        forward = {**FORWARD, "to": to, "issue_no": number}
        house.do(contacts.convert_issue, member(LU), contact_id=contact, **forward)
        told.append(house.told("contact_issue_converted")[-1]["lead_id"])
    for lead in (*told, "lead-of-nobody"):
        origin = {"kind": "LEAD", "ref": lead}
        filed = sample_event("proposals", "proposal_filed", id=lead, origin=origin)
        for _ in range(2):
            reactions.note_filing(filed, house.desk)
    reactions.note_filing(sample_event("proposals", "proposal_filed"), house.desk)
    answered, waiting = (house.desk.leads.row(lead) for lead in told)
    assert (answered["state"], answered["answer"]) == ("ANSWERED", "已形成提案并立案。")
    assert answered["reference"] == "15-1-023"
    assert waiting["state"] == "FORWARDED"  # for the editors, whatever a proposal says
    [row] = reads.contacts_by_ids(member(LU), house.desk, ids=[contact])
    assert [issue["state"] for issue in row["issues"]] == ["ANSWERED", "CONVERTED"]
    assert len(house.told("lead_answered")) == 1


@pytest.mark.parametrize("event_type", reactions.SETTLED)
def test_what_becomes_of_an_item_answers_the_lead_it_was_made_from(
    house: House, event_type: str
) -> None:
    linked = house.linked()
    contact = house.contact(linked[LU], member(LU), issues=["水箱", "停车难"])
    told = []
    for number, to in ((1, Target.OPINION), (2, Target.PROPOSAL_LEAD)):
        forward = {**FORWARD, "to": to, "issue_no": number}
        house.do(contacts.convert_issue, member(LU), contact_id=contact, **forward)
        told.append(house.told("contact_issue_converted")[-1]["lead_id"])
    for lead in (*told, "lead-of-nobody"):
        origin = {"kind": "CONTACT", "ref": lead}
        event = sample_event("opinions", event_type, id=lead, origin=origin)
        for _ in range(2):
            reactions.note_opinion(event, house.desk)
    for other in (None, {"kind": "PROPOSAL", "ref": told[0]}):
        reactions.note_opinion(sample_event("opinions", event_type, origin=other), house.desk)
    answered, waiting = (house.desk.leads.row(lead) for lead in told)
    assert (answered["state"], answered["answer"]) == ("ANSWERED", reactions.SETTLED[event_type])
    assert waiting["state"] == "FORWARDED"
    assert len(house.told("lead_answered")) == 1


def test_open_issues_pass_to_the_new_contact_who_may_answer_them(house: House) -> None:
    linked = house.linked()
    former = member(XU, Role.STANDING_MEMBER)
    contact = house.contact(linked[LU], former, issues=["水箱", "停车难"])
    settled = house.contact(linked[LU], former, issues=[])
    house.hear_of(XU, event_type="member_resigned", state="RESIGNED", version=2)
    plan = house.do(links.propose_link, OFFICE, member_id=LU, leader_id=YE)
    answer: dict[str, Any] = {"contact_id": contact, "issue_no": 2, "answer": "已协调。"}
    heir = member(YE, Role.STANDING_MEMBER)
    with pytest.raises(Forbidden):
        house.do(contacts.answer_issue, heir, **answer)
    house.do(links.decide_links, LEADER, plan_id=plan, approved=True, opinion=None)
    [passed] = house.told("contact_issues_passed")
    assert (passed["contact_id"], passed["leader_id"], passed["open_issues"]) == (contact, YE, 2)
    house.do(contacts.answer_issue, heir, **answer)
    assert house.told("contact_issue_answered")[-1]["leader_id"] == YE
    [row] = reads.contacts_by_ids(heir, house.desk, ids=[contact, settled])
    assert (row["content"], row["own"], row["heir"]) == ("", True, YE)
    assert [issue["state"] for issue in row["issues"]] == ["OPEN", "ANSWERED"]
    [own, _] = reads.list_contacts(member(LU), house.desk, filter={}, first=9, after=None)["rows"]
    assert own["content"] == "走访企业，了解融资情况。"
    for stranger in (member(SHEN), call(Role.MEMBER, "account-xu", XU, former="true")):
        with pytest.raises(Forbidden):
            house.do(contacts.close_issue, stranger, contact_id=contact, issue_no=2)
    with pytest.raises(Forbidden):  # the notes are the former pair's
        house.do(contacts.follow_contact, heir, contact_id=contact, follow_up="补充")


def test_a_ninth_link_is_refused_at_approval(house: House) -> None:
    """Proposed apart while there was room, together they would be more than may be."""
    plan = house.do(links.propose_links, OFFICE, tier=Tier.ORDINARY, by=Ground.SECTOR)
    [first, *_] = house.desk.links.find({"plan_id": plan, "leader_id": YE}, [("_id", 1)])
    for n in range(8):
        link = replace(first, id=f"link-{n}", plan_id="before", holds=f"m-{n}", events=[])
        link.start(house.clock.at)
        house.desk.links.add(sent(OFFICE), link, house.clock.at)
    decide = {"plan_id": plan, "approved": True, "opinion": None}
    with pytest.raises(errors.LinkUnfit, match="上限8人"):
        house.do(links.decide_links, LEADER, **decide)
    of_leader = {"leader_id": YE, "state": "ACTIVE"}
    assert house.desk.links.count(of_leader) == 8
    house.do(links.end_link, OFFICE, link_id="link-0", reason="调整")
    house.do(links.decide_links, LEADER, **decide)
    assert house.desk.links.count(of_leader) == 8


def test_a_lead_that_nobody_takes_up_is_told_once(house: House) -> None:
    link_id = house.linked()[LU]
    contact = house.contact(link_id, member(LU))
    said = {"topic": "二次供水", "title": "水箱", "text": "无人清洗", "to": Target.OPINION}
    house.do(contacts.convert_issue, member(LU), contact_id=contact, issue_no=1, **said)
    due = house.clock.at + timedelta(days=15)
    [told] = house.told("contact_issue_converted")
    assert told["due_at"] == due.isoformat()
    leads.remind_of_leads(SYSTEM, house.desk)
    assert house.told("lead_reminder_due") == []
    house.clock.at = due - timedelta(days=3)
    for _ in range(2):
        leads.remind_of_leads(SYSTEM, house.desk)
    [reminder] = house.told("lead_reminder_due")
    assert (reminder["title"], reminder["due_at"]) == ("水箱", due.isoformat())
