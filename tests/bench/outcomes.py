"""Lists and figures of opinion items with 100,000 in the database, against 1,000."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from types import SimpleNamespace
from typing import Any

import pymongo

from services.outcomes.domain import items
from services.outcomes.domain.files import file_id, item_id
from services.outcomes.domain.items import Item
from services.outcomes.domain.kinds import Adoption, Disclosure, Kind, PromiseState, Source
from services.outcomes.domain.labels import Grouping
from services.outcomes.queries import figures, outcomes, promises
from services.outcomes.repository import INDEXES, OUTBOX, PROJECTIONS, Items
from shared import settings
from shared.actor import Actor, Role
from shared.call import Call
from shared.clock import SHANGHAI
from shared.persistence import Database, connect
from shared.persistence.topics import Topics
from tests.bench.growth import Asked, growth
from tests.bench.platform import Bench
from tests.bench.report import Figure

FEW, MANY = 1_000, 100_000
# What one member has suggested, in either; a page of what one unit has is full in either.
OF_ONE, UNITS = 25, 5
ENDED = datetime(2018, 1, 5, 9, tzinfo=SHANGHAI)
YEARS = {FEW: 2, MANY: 200}  # so that a year of either has as many items
VIEWERS = {
    "office": Actor("a", Role.OFFICE),
    "member": Actor("a", Role.MEMBER, {}, "p-7", "m-7"),
    "unit": Actor("a", Role.UNIT_OFFICER, {"unit": "unit-3"}),
    "side": Actor("a", Role.SUPERVISING_OFFICE, {"side": "GOVERNMENT"}),
    "committee": Actor("a", Role.COMMITTEE_STAFF, {"committee": "com-social"}),
    "public": Actor(None, Role.PUBLIC),
}
FILTERS: dict[str, Any] = {
    "all": {},
    "year": {"year": 2017},
    "state": {"state": "REFERRED"},
    "source": {"source": "MOTION"},
    "overdue": {"overdue": True},
    "inspections": {"inspect_in": 2018},
    "words": {"text": "扶贫"},
}
PROMISES: dict[str, Any] = {
    "all": {},
    "unit": {"unit": "unit-3"},
    "missed": {"promise": "MISSED"},
    "year": {"year": 2017},
}


def measure(bench: Bench) -> list[Figure]:
    few, many = (_database(bench, count) for count in (FEW, MANY))
    try:
        for database, count in ((few, FEW), (many, MANY)):
            _seed(database, count)
        return [growth("outcome_growth", _asked(), few, many)]
    finally:
        for database in (few, many):
            database.client.drop_database(database.db.name)
            database.client.close()


def _asked() -> list[Asked]:
    lists = [
        Asked(f"{who} {what}", _list(outcomes.list_items, actor, chosen))
        for who, actor in VIEWERS.items()
        for what, chosen in FILTERS.items()
    ]
    public = VIEWERS["public"]
    pages = [
        Asked(f"promises {what}", _list(promises.list_promises, public, chosen))
        for what, chosen in PROMISES.items()
    ]
    return [
        *lists,
        *pages,
        Asked("figures of promises", partial(_figures, promises.promise_figures, public, {})),
        *(Asked(f"by {by}", partial(_by, by)) for by in Grouping),
    ]


def _desk(database: Database) -> Any:
    return SimpleNamespace(items=Items(database), topics=Topics(database))


def _list(read: Any, actor: Actor, chosen: Any) -> Callable[[Database], Any]:
    return lambda database: read(
        Call(actor, "bench"), _desk(database), filter=chosen, first=20, after=None
    )


def _by(by: Grouping, database: Database) -> Any:
    return _figures(figures.outcome_figures, VIEWERS["office"], {"by": by}, database)


def _figures(read: Any, actor: Actor, said: Any, database: Database) -> Any:
    return read(Call(actor, "bench"), _desk(database), year=2017, **said)


def _seed(database: Database, count: int) -> None:
    store = Items(database)
    made = _items(count)
    while some := list(islice(made, 2_000)):
        rows = [{**store._document(item), "version": 1} for item in some]
        store.collection.insert_many(rows, ordered=False)
    with pymongo.timeout(900):
        database.prepare(INDEXES, projections=PROJECTIONS, outbox=OUTBOX)


def _items(count: int) -> Iterator[Item]:
    rolled = random.Random(7)
    for number in range(count):
        sent_at = ENDED - timedelta(days=365 * YEARS[count]) * (1 - number / count)
        yield _item(number, sent_at, rolled, members=count // OF_ONE)


def _item(number: int, sent_at: datetime, rolled: random.Random, members: int) -> Item:
    source = rolled.choice(list(Source))
    made = Item(
        id=item_id(file_id(source, str(number // 9)), number % 9 + 1),
        outcome_id=file_id(source, str(number // 9)),
        term=15,
        year=sent_at.year,
        source=source,
        title=rolled.choice(["精准开展扶贫工作", "开发地方特色旅游", "建设创新生态体系"]),
        organiser="com-social",
        organisations=("com-social",),
        topic_codes=(),
        authors=(f"m-{rolled.randrange(members)}",),
        text="建立台账",
        sent_at=sent_at,
        kind=rolled.choice(list(Kind)),
        state=rolled.choice(list(items.S)),
        unit=f"unit-{rolled.randrange(UNITS)}",
        side=rolled.choice(["GOVERNMENT", "PARTY"]),
        adoption=rolled.choice(list(Adoption)),
        openness=rolled.choice(list(Disclosure)),
        overdue=rolled.random() < 0.2,
    )
    if made.overdue:
        made.inspect_in = sent_at.year + 1
    if source is Source.COMMITMENT:
        made.promise = rolled.choice(list(PromiseState))
        made.promised_on, made.promise_year = sent_at, sent_at.year
    return made


def _database(bench: Bench, count: int) -> Database:
    process = settings.read({**bench.stack.environment, "DB_PREFIX": f"bench-o{count}-"})
    return Database(connect(process), "outcomes", process)
