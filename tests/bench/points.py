"""A member's page and a sector's figures with 100,000 ledger entries, against 1,000.

A member's year has the same shape in both: 33 entries. The larger database has more members and
more years, as a committee's has after ten of them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pymongo

from services.performance import repository
from services.performance.domain.figures import By
from services.performance.queries import points, statistics
from shared import settings
from shared.actor import Actor, Role
from shared.call import Call
from shared.clock import SHANGHAI
from shared.persistence import Database, connect
from tests.bench.growth import Asked, growth
from tests.bench.platform import Bench
from tests.bench.report import Figure
from tests.integration.performance.desk import Office

FEW, MANY = 1_000, 100_000
EACH_YEAR = 33
MEMBERS = {FEW: 30, MANY: 300}
OF_SECTOR = 10
LAST = 2017
MEMBER = Actor("a", Role.MEMBER, {}, "p-7", "m-0007")
OFFICE = Actor("a", Role.OFFICE)


def measure(bench: Bench) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="bench-points-") as folder:
        databases = [_database(bench, count) for count in (FEW, MANY)]
        try:
            offices = {}
            for database, count in zip(databases, (FEW, MANY), strict=True):
                seed(database, count)
                offices[database.db.name] = Office(database, Path(folder))
            few, many = databases
            return [
                growth("member_page_growth", [_page(offices)], few, many),
                growth("sector_statistics_growth", [_sector(offices)], few, many),
            ]
        finally:
            for database in databases:
                database.client.drop_database(database.db.name)
                database.client.close()


def _page(offices: dict[str, Office]) -> Asked:
    """Points explained, the ledger, figures and duties: what a member's page reads."""

    def ask(database: Database) -> Any:
        desk, call = offices[database.db.name].desk, Call(MEMBER, "bench")
        own = str(MEMBER.member_id)
        return [
            points.score(call, desk.reading, member_id=own, year=LAST),
            points.list_ledger(call, desk.reading, member_id=own, year=LAST, first=20, after=None),
            points.count_ledger(call, desk.reading, member_id=own, year=LAST),
            statistics.member_figures(call, desk, member_id=own, year=LAST),
            statistics.list_duties(call, desk, member_id=own, year=LAST, first=20, after=None),
        ]

    return Asked("member page", ask)


def _sector(offices: dict[str, Office]) -> Asked:
    def ask(database: Database) -> Any:
        desk, call = offices[database.db.name].desk, Call(OFFICE, "bench")
        [found] = statistics.duty_statistics(
            call, desk, year=LAST, by=By.SECTOR, group_id="s-00", parts=None
        )
        assert found["members"] == OF_SECTOR, found
        return found

    return Asked("sector", ask)


def _database(bench: Bench, count: int) -> Database:
    uri = {"MONGO_URI": bench.stack.environment["MONGO_URI"], "DB_PREFIX": f"points-{count}-"}
    process = settings.read(uri)
    return Database(connect(process), "performance", process)


def seed(database: Database, count: int) -> None:
    """Entries and duties of whole years; indexes last, in a third of the time."""
    made = _years(count)
    while some := list(islice(made, 2_000)):
        database.collection("ledger").insert_many([_entry(*one) for one in some], ordered=False)
        database.collection("duties").insert_many([_duty(*one) for one in some], ordered=False)
    members = [_member(number) for number in range(MEMBERS[count])]
    database.collection("members").insert_many(members)
    with pymongo.timeout(300):  # what takes longer than any operation of a service may
        database.prepare(
            repository.INDEXES, projections=repository.PROJECTIONS, outbox=repository.OUTBOX
        )


def _years(count: int) -> Iterator[tuple[int, int, int]]:
    """(year, member, number), the last year first."""
    total = 0
    for back in range(count):
        for member in range(MEMBERS[count]):
            for number in range(EACH_YEAR):
                yield LAST - back, member, number
                total += 1
                if total == count:
                    return


def _on(year: int, number: int) -> datetime:
    return datetime(year, 1, 5, 9, tzinfo=SHANGHAI) + timedelta(days=10 * number)


def _entry(year: int, member: int, number: int) -> dict[str, Any]:
    ref, on = f"meeting/{year}-{number}/attendance/m-{member:04d}", _on(year, number)
    return {
        "_id": f"A3:{ref}:m-{member:04d}:1",
        "member_id": f"m-{member:04d}",
        "term": 15,
        "year": year,
        "rule_code": "A3",
        "rule_version": 1,
        "variant": "",
        "quantity": 1,
        "out_of": 1,
        "source_ref": ref,
        "occurrence_no": 1,
        "source_event_id": f"e-{year}-{number}",
        "event_type": "meeting_attendance_confirmed",
        "occurred_on": on,
        "posted_at": on,
        "actor": {"account": "office-1", "role": "OFFICE"},
        "reverses_entry_id": None,
        "remote": False,
        "version": 1,
        "pending_events": [],
    }


def _duty(year: int, member: int, number: int) -> dict[str, Any]:
    ref = f"meeting/{year}-{number}/attendance/m-{member:04d}"
    return {
        "_id": f"{ref}:m-{member:04d}:1",
        "source_ref": ref,
        "occurrence_no": 1,
        "member_id": f"m-{member:04d}",
        "year": year,
        "term": 15,
        "duty": "MEETING",
        "kind": ("COMMITTEE", "SECTOR", "PLENARY")[number % 3],
        "on": _on(year, number),
        "status": "PRESENT",
        "required": 1,
        "present": 1,
        "done": True,
        "undone": False,
    }


def _member(number: int) -> dict[str, Any]:
    return {
        "_id": f"m-{number:04d}",
        "version": 1,
        "term": 15,
        "state": "ACTIVE",
        "groups": [f"SECTOR:s-{number // OF_SECTOR:02d}"],
        "traits": ["STANDING:NO"],
        "not_scored": False,
        "overseas": False,
        "joined_on": None,
        "co_opted": False,
    }
