"""One person through all terms: meetings, leave and the calendar of a former membership
(decision 40)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.office.commands import attendance, feeds
from services.office.domain.feeds import FeedNotFound
from services.office.domain.meeting_errors import NotInvited
from services.office.queries import meetings as reads
from shared.actor import Role
from shared.errors import Forbidden
from shared.ids import new_id
from tests.integration.office.desk import (
    CHIEF,
    CLERK,
    LU,
    QIAN,
    SHEN,
    VISITOR,
    Office,
    call,
    in_next_term,
    member,
    re_elected,
    sent,
)

AGAIN = re_elected(LU)


def ids(office: Office, by: Any) -> list[str]:
    page: Any = reads.list_meetings(
        by, office.desk, filter={"invited": True}, latest_first=True, first=20, after=None
    )
    return [row["id"] for row in page["rows"]]


def test_the_history_of_meetings_is_the_persons(office: Office) -> None:
    past = office.held((LU,))
    office.do(attendance.confirm_attendance, CLERK, past, rows=[])
    office.next_term(LU)
    assert ids(office, AGAIN) == [past]
    shown = office.shown(past, AGAIN)
    assert shown is not None
    assert (shown["presence"]["member_id"], shown["presence"]["status"]) == (LU, "PRESENT")
    assert shown["own"]["key"] == f"member:{LU}"
    said: dict[str, Any] = {"text": "建议跟踪落实", "dissent": False}
    office.do(attendance.submit_statement, AGAIN, past, **said)
    [records] = reads.meeting_records_by_ids(AGAIN, office.desk, ids=[past])
    assert [statement["member_id"] for statement in records["statements"]] == [LU]
    for stranger in (re_elected("m-15-0200"), member("m-15-0200")):
        assert (ids(office, stranger), office.shown(past, stranger)) == ([], None)


def test_who_goes_on_into_the_new_term_answers_and_comes_as_the_one_invited(
    office: Office,
) -> None:
    """The new membership may begin before the former one is over."""
    coming, away = office.notified(), office.notified()
    office.appoint(in_next_term(LU), person_id=f"p-{LU}", term=16)
    office.answer(coming, AGAIN)
    office.ask_leave(away, AGAIN)
    assert [row["invitee"] for row in office.told("meeting_answered")] == [f"member:{LU}"]
    assert [row["invitee"] for row in office.told("meeting_leave_asked")] == [f"member:{LU}"]
    chief = replace(AGAIN, actor=replace(AGAIN.actor, role=Role.SECRETARY_GENERAL))
    with pytest.raises(Forbidden):  # nobody decides on one's own
        office.decide_leave(away, chief, LU)
    office.decide_leave(away, CHIEF, LU)
    office.move(5, 25, 8, 30)
    office.do(attendance.open_check_in, CLERK, coming, half_day=1)
    code = attendance.check_in_code(CLERK, office.desk, meeting_id=coming)["code"]
    attendance.check_in(sent(AGAIN, new_id()), office.desk, code=code)
    assert set(office.desk.check_ins.of_meeting(coming)) == {LU}
    with pytest.raises(NotInvited):
        attendance.check_in(sent(re_elected("m-15-0200"), new_id()), office.desk, code=code)


def test_one_calendar_for_all_terms(office: Office) -> None:
    token = str(feeds.open_feed(sent(member(LU), new_id()), office.desk)["token"])
    office.hear_account("account_role_granted", 2, grant_id="grant-1")
    past = office.held((LU,))
    office.next_term(LU)
    invited = {"member_id": in_next_term(LU), "role": "PARTICIPANT", "capacity": None}
    people = {"members": [invited], "groups": [], "organisations": []}
    office.move(5, 26)
    new = office.notified(invited=people, held_at=office.clock.at.replace(month=6))
    rows = feeds.calendar(VISITOR, office.desk, token=token)
    assert [row["id"] for row in rows] == [past, new]
    own = feeds.own_feed(AGAIN, office.desk)
    assert own is not None and own["token"] == token
    assert feeds.open_feed(sent(AGAIN, new_id()), office.desk)["token"] == token
    office.hear_account("account_disabled", 9, member_id=in_next_term(LU))
    with pytest.raises(FeedNotFound):
        feeds.calendar(VISITOR, office.desk, token=token)
    feeds.revoke_feed(sent(AGAIN, new_id()), office.desk)
    assert feeds.own_feed(member(LU), office.desk) is None


def test_the_calendar_of_who_is_not_re_elected_ends(office: Office) -> None:
    token = str(feeds.open_feed(sent(member(QIAN), new_id()), office.desk)["token"])
    office.next_term(LU, SHEN)
    with pytest.raises(FeedNotFound):
        feeds.calendar(VISITOR, office.desk, token=token)
    gone = call(Role.MEMBER, "account-qian", QIAN, former="true")
    with pytest.raises(Forbidden):
        feeds.open_feed(sent(gone, new_id()), office.desk)
