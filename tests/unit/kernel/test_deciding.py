"""What waits for a decision has a day, told with the event that asks for it (decision 41)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from shared.clock import SHANGHAI
from shared.contracts import base, names
from shared.contracts.deciding import DECISIONS
from shared.persistence import deciding
from shared.persistence.database import decide_by

ASKED = datetime(2018, 1, 25, 9, tzinfo=SHANGHAI)  # a Thursday
DAY = datetime(2018, 2, 1, 9, tzinfo=SHANGHAI)
APPEAL = {"appeal_id": "appeal-1", "member_id": "m-15-0088", "year": 2017}
SUBMITTED = (names.PERFORMANCE_APPEAL_SUBMITTED, APPEAL)
EVERY = [(service, decision) for service, rows in DECISIONS.items() for decision in rows]


def dated(
    *events: tuple[str, dict[str, Any]], standing: Any = (), at: datetime = ASKED, of: str = ""
) -> tuple[list[Any], list[dict[str, Any]]]:
    return deciding.dated(of or "performance", events, standing, at, decide_by)


def test_the_day_is_five_working_days_on_and_told_with_the_request() -> None:
    told, [row] = dated(SUBMITTED)
    assert told == [(SUBMITTED[0], {**APPEAL, "decide_by": DAY})]
    assert (row["about"], row["decide_by"]) == ("POINTS_APPEAL", DAY)
    assert row["remind_at"] == datetime(2018, 2, 1, tzinfo=SHANGHAI)


def test_a_holiday_is_no_working_day() -> None:
    [(_, data)], _ = dated(SUBMITTED, at=datetime(2018, 2, 14, 9, tzinfo=SHANGHAI))
    assert data["decide_by"] == datetime(2018, 2, 27, 9, tzinfo=SHANGHAI)  # after the New Year


@pytest.mark.parametrize(
    "ended_by", [names.PERFORMANCE_APPEAL_WITHDRAWN, names.PERFORMANCE_APPEAL_DECIDED]
)
def test_what_is_decided_or_taken_back_waits_no_more(ended_by: str) -> None:
    _, waiting = dated(SUBMITTED)
    told, left = dated((ended_by, APPEAL), standing=waiting)
    assert (told, left) == ([(ended_by, APPEAL)], [])


def test_asked_for_again_while_it_waits_the_first_day_stands() -> None:
    _, waiting = dated(SUBMITTED)
    [(_, data)], [row] = dated(SUBMITTED, standing=waiting, at=ASKED + timedelta(days=3))
    assert data["decide_by"] == row["decide_by"] == DAY


LEAVE = {
    "meeting_id": "meeting-1",
    "kind": "STUDY",
    "title": "学习会",
    "organiser": "com-economy",
    "invitee": "member:m-15-0088",
}


def test_leave_is_decided_before_the_meeting_and_waits_until_nobody_asks_any_more() -> None:
    begins = ASKED + timedelta(days=2)
    asked = {**LEAVE, "held_at": begins, "leaves_waiting": 1}
    [(_, data)], waiting = dated((names.MEETING_LEAVE_ASKED, asked), of="office")
    assert data["decide_by"] == begins
    one_left = (names.MEETING_LEAVE_DECIDED, {**LEAVE, "granted": True, "leaves_waiting": 1})
    assert dated(one_left, standing=waiting, of="office")[1] == waiting
    none_left = (names.MEETING_LEAVE_DECIDED, {**LEAVE, "granted": True, "leaves_waiting": 0})
    assert dated(none_left, standing=waiting, of="office")[1] == []


def test_each_grant_of_an_account_waits_for_itself() -> None:
    first, second = ({"grant_id": f"grant-{no}"} for no in (1, 2))
    requested, granted = names.ACCOUNT_ROLE_REQUESTED, names.ACCOUNT_ROLE_GRANTED
    _, waiting = dated((requested, first), (requested, second), of="identity")
    _, left = dated((granted, first), standing=waiting, of="identity")
    assert [row["key"] for row in left] == ["ROLE_APPROVAL:grant-2"]


def test_who_must_decide_is_reminded_once_when_the_day_begins() -> None:
    _, waiting = dated(SUBMITTED)
    assert deciding.due(waiting, datetime(2018, 1, 31, 23, 59, tzinfo=SHANGHAI)) is None
    row = deciding.due(waiting, datetime(2018, 2, 1, tzinfo=SHANGHAI))
    assert row is not None
    assert deciding.reminder(row) == (
        names.DECISION_REMINDER_DUE,
        {**APPEAL, "about": "POINTS_APPEAL", "decide_by": DAY},
    )
    left = deciding.reminded(waiting, row)
    assert deciding.due(left, DAY + timedelta(days=30)) is None
    assert [(one["key"], one["decide_by"]) for one in left] == [("POINTS_APPEAL", DAY)]


def test_other_events_and_other_services_ask_for_nothing() -> None:
    assert not deciding.concerns("performance", [(names.PERFORMANCE_ENTRY_POSTED, {})])
    assert not deciding.concerns("notifications", [SUBMITTED])


@pytest.mark.parametrize(
    ("service", "decision"), EVERY, ids=lambda each: getattr(each, "about", each)
)
def test_every_decision_of_the_table_is_asked_for_and_ended(service: str, decision: Any) -> None:
    """With the contracts' own samples: the fields that the table names are there."""
    base.load_all()
    asked = base.SAMPLES[service, decision.asked_by]
    told, [row] = dated((decision.asked_by, {**asked}), of=service)
    assert row["about"] == decision.about
    assert told[0][1]["decide_by"] == row["decide_by"]
    for event_type in decision.ended_by:
        _, left = dated((event_type, base.SAMPLES[service, event_type]), standing=[row], of=service)
        assert left == [], event_type
