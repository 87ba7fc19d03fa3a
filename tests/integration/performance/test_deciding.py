"""Who must decide on points has a day, and is reminded once (decision 41)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from services.performance.commands.appeals import decide_appeal, submit_appeal
from services.performance.commands.manual import decide_request, request_credit
from services.performance.commands.years import publish_draft
from services.performance.domain.ledger import SHANGHAI
from shared.persistence import deciding
from shared.persistence.aggregates import remind_deciders
from tests.integration.performance.desk import FIRST, MEMBER, SECOND, SYSTEM, Office
from tests.integration.performance.test_manual import CREDIT
from tests.unit.performance.facts import filed


@pytest.fixture
def office(database, tmp_path) -> Office:
    return Office(database, tmp_path)


def look(office: Office) -> list[dict[str, Any]]:
    """The timer, twice; all reminders so far."""
    for _ in range(2):
        remind_deciders(SYSTEM, office.database, office.clock.now())
    return office.told("decision_reminder_due")


def test_an_appeal_that_nobody_answers_is_reminded_of_once(office):
    office.hear(filed("p1"))
    office.move(2018, 1, 22, 9)
    publish_draft(FIRST, office.desk, year=2017)
    office.move(2018, 1, 25, 9)
    appeal = submit_appeal(MEMBER, office.desk, year=2017, text="漏记", entry_ids=[])
    [asked] = office.told("performance_appeal_submitted")
    assert asked["decide_by"] == "2018-02-01T09:00:00+08:00"
    office.move(2018, 1, 31, 23, 59)
    assert look(office) == []
    office.move(2018, 2, 1)
    [told] = look(office)
    assert (told["about"], told["decide_by"], told["appeal_id"]) == (
        "POINTS_APPEAL",
        "2018-02-01T09:00:00+08:00",
        appeal,
    )
    office.move(2018, 3, 1)
    assert look(office) == [told]
    given: dict[str, Any] = {"upheld": False, "reason": "已计入", "credits": [], "strikes": []}
    decide_appeal(FIRST, office.desk, appeal_id=appeal, **given)
    assert deciding.FIELD not in office.desk.appeals.row(appeal)
    assert office.database.collection("appeals").find_one(appeal)[deciding.FIELD] == []


def test_what_was_decided_in_time_is_not_reminded_of(office):
    decided, waiting = (request_credit(FIRST, office.desk, **CREDIT) for _ in range(2))
    decide_request(SECOND, office.desk, request_id=decided, confirmed=True, reason="已核对")
    office.move(2017, 11, 8, 9)
    assert [told["request_id"] for told in look(office)] == [waiting]


def test_the_day_follows_the_setting_of_when_it_was_asked_for(office, monkeypatch):
    day = datetime(2017, 11, 3, 9, tzinfo=SHANGHAI)
    monkeypatch.setattr(office.database, "decide_by", lambda at: day)
    request_credit(FIRST, office.desk, **CREDIT)
    [asked] = office.told("performance_manual_entry_requested")
    assert asked["decide_by"] == "2017-11-03T09:00:00+08:00"


def test_the_look_reads_an_index(office):
    request_credit(FIRST, office.desk, **CREDIT)
    wanted = {deciding.REMIND_AT: {"$lte": office.clock.now()}}
    plan = office.database.collection("manual_requests").find(wanted).explain()
    assert '"deciding"' in str(plan["queryPlanner"]["winningPlan"]).replace("'", '"')
