"""Every question that the service asks its database is served by an index."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.performance.commands.years import turn_years
from services.performance.domain.duties import Duty
from services.performance.domain.figures import By
from services.performance.queries import desk as decisions
from services.performance.queries import duties as people
from services.performance.queries import points, statistics
from shared.actor import Actor, Role
from shared.call import Call
from tests.integration.performance.desk import CHAIR, FIRST, MEMBER, SYSTEM, Office
from tests.unit.performance.facts import LU, SHEN, day, filed

NONE: dict[str, Any] = {"year": 2017, "member_id": None, "state": None}
WAITING: dict[str, Any] = {"state": decisions.RulesState.PROPOSED, "member_id": None}

ECONOMY = Call(Actor("e", Role.COMMITTEE_DIRECTOR, {"committee": "com-economy"}), "c")
MINJIAN = Call(Actor("p", Role.ORG_HEAD, {"organisation": "org-minjian"}), "c")


def listed(by: Call, o: Office, filter: Any = None, **asked: Any) -> object:
    page = {"since": None, "until": None, "latest_first": True, "first": 20, "after": None}
    wanted: Any = filter or {}
    people.count_people_duties(by, o.desk, filter=wanted, since=None, until=None, latest_first=True)
    return people.list_people_duties(by, o.desk, filter=wanted, **{**page, **asked})


Question = Callable[[Office], object]
QUESTIONS: dict[str, Question] = {
    "score": lambda o: points.score(MEMBER, o.desk.reading, member_id=LU, year=2017),
    "ledger": lambda o: points.list_ledger(
        MEMBER, o.desk.reading, member_id=LU, year=2017, first=20, after=None
    ),
    "ledger count": lambda o: points.count_ledger(MEMBER, o.desk.reading, member_id=LU, year=2017),
    "averages": lambda o: points.group_averages(MEMBER, o.desk.reading, member_id=LU, year=2017),
    "requests": lambda o: decisions.list_requests(FIRST, o.desk, first=20, after=None),
    "own requests": lambda o: decisions.list_requests(MEMBER, o.desk, first=20, after=None),
    "waiting requests": lambda o: decisions.list_requests(
        FIRST, o.desk, **WAITING, first=20, after=None
    ),
    "appeals": lambda o: decisions.list_appeals(FIRST, o.desk, first=20, after=None),
    "own appeals": lambda o: decisions.list_appeals(MEMBER, o.desk, **NONE, first=20, after=None),
    "late changes": lambda o: decisions.list_late_changes(
        CHAIR, o.desk, **NONE, first=20, after=None
    ),
    "a sector": lambda o: statistics.duty_statistics(
        FIRST, o.desk, year=2017, by=By.SECTOR, group_id="22", parts=None
    ),
    "own figures": lambda o: statistics.member_figures(MEMBER, o.desk, member_id=LU, year=2017),
    "own duties": lambda o: statistics.list_duties(
        MEMBER, o.desk, member_id=LU, year=2017, first=20, after=None
    ),
    "everybody's duties": lambda o: listed(FIRST, o),
    "duties of a kind": lambda o: listed(FIRST, o, {"duty": Duty.PROPOSAL}),
    "a committee's people's": lambda o: listed(ECONOMY, o, {"done": True}, latest_first=False),
    "a party's people's": lambda o: listed(MINJIAN, o, since=day(1), until=day(30)),
    "a frozen year": lambda o: o.desk.snapshots.of_year(2017),
    "snapshots": lambda o: o.desk.snapshots.latest(2017, [LU, SHEN]),
    "years turning": lambda o: turn_years(SYSTEM, o.desk),
    "an event": lambda o: o.hear(filed("p9", on=day(3))),
}
# A handful of documents, read whole.
SMALL = {"years", "rule_sets", "settings"}


@pytest.fixture(scope="module")
def office(prepared, tmp_path_factory) -> Office:
    office = Office(prepared, tmp_path_factory.mktemp("keys"))
    office.hear(filed("p1"), filed("p2", kind="JOINT", cosigners=(SHEN,), on=day(1)))
    return office


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_reads_a_whole_collection(office, name):
    database = office.database.db
    database.command("profile", 2)
    try:
        QUESTIONS[name](office)
    finally:
        database.command("profile", 0)
    asked = list(database["system.profile"].find({"op": {"$in": ["query", "command", "update"]}}))
    database["system.profile"].drop()
    assert asked
    scans = {
        row["ns"].partition(".")[2] for row in asked if "COLLSCAN" in row.get("planSummary", "")
    }
    assert scans <= SMALL, [row.get("command") for row in asked if "COLLSCAN" in str(row)]
