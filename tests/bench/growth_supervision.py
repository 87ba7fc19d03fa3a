"""Lists of findings with 100,000 of them, against 1,000 (same process)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import islice
from types import SimpleNamespace
from typing import Any

import pymongo

from services.supervision.domain.findings import Finding
from services.supervision.domain.sites import Point
from services.supervision.domain.states import FindingState, Severity
from services.supervision.queries import findings as queries
from services.supervision.repository import (
    INDEXES,
    OUTBOX,
    PROJECTIONS,
    Findings,
    Supervisions,
    Supervisors,
)
from services.supervision.repository.indexes import FINDINGS
from shared import settings
from shared.actor import Actor, Role
from shared.call import Call
from shared.clock import FixedClock
from shared.persistence import Database, connect
from tests.bench.growth import ENDED, FEW, MANY, Asked, growth
from tests.bench.platform import Bench
from tests.bench.report import Figure

SITES, UNITS, SUPERVISIONS = 20, 10, 10  # so that a page is full in either
STATES = (FindingState.OPEN, FindingState.ASSIGNED, FindingState.RECTIFIED, FindingState.VERIFIED)
READERS: dict[str, tuple[Actor, list[dict[str, Any]]]] = {
    "committee": (
        Actor("a", Role.COMMITTEE_STAFF, {"committee": "com-urban"}),
        [{}, {"site": "site-3"}, {"state": FindingState.RECTIFIED}, {"supervision": "s-2"}],
    ),
    "unit": (Actor("a", Role.UNIT_OFFICER, {"unit": "unit-7"}), [{}]),
}


def measure(bench: Bench) -> list[Figure]:
    few, many = (_database(bench, count) for count in (FEW, MANY))
    try:
        for database, count in ((few, FEW), (many, MANY)):
            _seed(database, count)
        return [growth("finding_list_growth", _lists(), few, many)]
    finally:
        for database in (few, many):
            database.client.drop_database(database.db.name)
            database.client.close()


def _lists() -> list[Asked]:
    return [
        Asked(f"{who} {filter}", _list(actor, filter))
        for who, (actor, filters) in READERS.items()
        for filter in filters
    ]


def _list(actor: Actor, filter: Any) -> Callable[[Database], Any]:
    def ask(database: Database) -> Any:
        desk: Any = SimpleNamespace(
            findings=Findings(database),
            supervisions=Supervisions(database),
            supervisors=Supervisors(database),
            clock=FixedClock(ENDED),
        )
        call = Call(actor, "bench")
        return queries.list_findings(call, desk, filter=filter, first=20, after=None)

    return ask


def _seed(database: Database, count: int) -> None:
    collection, store = database.collection(FINDINGS), Findings(database)
    numbers = iter(range(count))
    while some := list(islice(numbers, 2_000)):
        rows = [{**store._document(_finding(number, count)), "version": 1} for number in some]
        collection.insert_many(rows, ordered=False)
    with pymongo.timeout(900):  # what takes longer than any operation of a service may
        database.prepare(INDEXES, projections=PROJECTIONS, outbox=OUTBOX)


def _finding(number: int, count: int) -> Finding:
    at = ENDED - timedelta(days=365 * 10) * (1 - number / count)
    return Finding(
        id=f"f-{number:06d}",
        term=15,
        year=at.year,
        supervision_id=f"s-{number % SUPERVISIONS}",
        title="河流湖泊生态保护",
        organiser="com-urban",
        site_id=f"site-{number % SITES}",
        point=Point(31.0, 120.7),
        text="岸坡堆放建筑垃圾" * 5,
        severity=Severity.ORDINARY,
        found_at=at,
        recorded_at=at,
        recorded_by="a",
        state=STATES[number // UNITS % len(STATES)],
        unit=f"unit-{number % UNITS}",
        due_at=at + timedelta(days=60),
    )


def _database(bench: Bench, count: int) -> Database:
    process = settings.read({**bench.stack.environment, "DB_PREFIX": f"bench-su-{count}-"})
    return Database(connect(process), "supervision", process)
