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
