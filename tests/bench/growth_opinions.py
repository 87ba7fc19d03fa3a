"""Lists and figures of public opinion with 100,000 items, against 1,000 (same process)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import islice
from types import SimpleNamespace
from typing import Any

import pymongo

from services.opinions.domain.record import Edition, Opinion, Text
from services.opinions.domain.states import Channel, OpinionState, Urgency
from services.opinions.queries import opinions as queries
from services.opinions.repository import INDEXES, OUTBOX, PROJECTIONS, Opinions
from services.opinions.repository.indexes import OPINIONS
from shared import settings
from shared.actor import Actor, Role
from shared.call import Call
from shared.clock import FixedClock
from shared.persistence import Database, connect
from shared.persistence.topics import Topics
from tests.bench.growth import ENDED, FEW, MANY, Asked, growth
from tests.bench.platform import Bench
from tests.bench.report import Figure

MEMBERS = 40  # so that a page is full in either
S = OpinionState
STATES = (S.SUBMITTED, S.EDITING, S.RETAINED, S.ISSUED, S.DELIVERED, S.CLOSED)
CHANNELS = list(Channel)
READERS: dict[str, tuple[Actor, list[dict[str, Any]]]] = {
    "editor": (
        Actor("a", Role.INFO_EDITOR),
        [
            {},
            {"states": [S.SUBMITTED]},
            {"channel": Channel.PARTY},
            {"urgency": Urgency.URGENT},
            {"year": 2017},
        ],
    ),
    "member": (Actor("a", Role.MEMBER, {}, "p-7", "m-7"), [{}, {"own": True}]),
    "town": (Actor("a", Role.TOWN_STAFF, {"town": "town-3"}), [{}]),
    "unit": (Actor("a", Role.UNIT_OFFICER, {"unit": "unit-7"}), [{}]),
    "office": (Actor("a", Role.SUPERVISING_OFFICE, {"side": "PARTY"}), [{}]),
    "chair": (Actor("a", Role.CHAIR_COUNCIL, {}, "p-8", "m-8"), [{}]),
}


def measure(bench: Bench) -> list[Figure]:
    few, many = (_database(bench, count) for count in (FEW, MANY))
    try:
        for database, count in ((few, FEW), (many, MANY)):
            _seed(database, count)
        return [growth("opinion_list_growth", _lists(), few, many)]
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
            opinions=Opinions(database), topics=Topics(database), clock=FixedClock(ENDED)
        )
        call = Call(actor, "bench")
        return queries.list_opinions(call, desk, filter=filter, first=20, after=None)

    return ask


def _seed(database: Database, count: int) -> None:
    """Most are old; indexes come last, for they are built at once in a third of the time."""
    collection, store = database.collection(OPINIONS), Opinions(database)
    numbers = iter(range(count))
    while some := list(islice(numbers, 2_000)):
        rows = [{**store._document(_item(number, count)), "version": 1} for number in some]
        collection.insert_many(rows, ordered=False)
    with pymongo.timeout(900):  # what takes longer than any operation of a service may
        database.prepare(INDEXES, projections=PROJECTIONS, outbox=OUTBOX)


def _item(number: int, count: int) -> Opinion:
    at = ENDED - timedelta(days=365 * 10) * (1 - number / count)
    state = STATES[number % len(STATES)]
    made = Opinion(
        id=f"o-{number:06d}",
        term=15,
        year=at.year,
        channel=CHANNELS[number % len(CHANNELS)],
        text=Text(f"关于第{number}件事的建议", "情况" * 100, "建议" * 50),
        created_at=at,
        authors=(f"m-{number % MEMBERS}",),
        organisation=f"town-{number % 8}" if number % 6 == 2 else None,
        state=state,
        submitted_at=at,
    )
    if state not in (S.SUBMITTED, S.RETAINED):  # as it is: what is issued was edited
        made.edition = Edition(made.text, "a", at)
    if number % 10 == 0:
        made.urgency = Urgency.URGENT
    return made


def _database(bench: Bench, count: int) -> Database:
    process = settings.read({**bench.stack.environment, "DB_PREFIX": f"bench-op-{count}-"})
    return Database(connect(process), "opinions", process)
