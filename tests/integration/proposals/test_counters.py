"""Where a series of numbers begins (decision 12), and what older databases said about it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.proposals.domain.errors import CounterInUse
from services.proposals.repository import INDEXES, MIGRATIONS, OUTBOX, PROJECTIONS, Proposals
from shared import settings
from shared.ids import new_id
from shared.persistence import Database, connect


@pytest.fixture
def database(mongo_uri: str) -> Iterator[Database]:
    process = settings.read({"MONGO_URI": mongo_uri, "DB_PREFIX": f"test-{new_id()[:8]}-"})
    client = connect(process)
    yield Database(client, "proposals", process)
    client.drop_database(f"{process.db_prefix}proposals")
    client.close()


def prepared(database: Database) -> Proposals:
    database.prepare(INDEXES, MIGRATIONS, PROJECTIONS, OUTBOX)
    return Proposals(database)


def number(store: Proposals, counter: str) -> int:
    taken: int = store.in_transaction(lambda session: store.next_number(session, counter))
    return taken


def test_a_series_begins_where_it_was_set_else_at_1(database: Database) -> None:
    store = prepared(database)
    assert store.set_start("case:15-1:PLENARY", 23) is True
    assert [number(store, "case:15-1:PLENARY") for _ in range(2)] == [23, 24]
    assert [number(store, "case:15-1:REGULAR") for _ in range(2)] == [1, 2]


def test_a_start_set_again_changes_nothing_and_a_used_series_takes_none(
    database: Database,
) -> None:
    store = prepared(database)
    store.set_start("set", 23)
    number(store, "set")
    assert store.set_start("set", 23) is False
    assert number(store, "set") == 24
    number(store, "used")
    for counter, first in [("set", 24), ("used", 1)]:
        with pytest.raises(CounterInUse):
            store.set_start(counter, first)


def test_starts_of_older_databases_move_into_the_counters(database: Database) -> None:
    starts = [{"_id": "used", "first": 315}, {"_id": "unused", "first": 23}]
    database.collection("counter_starts").insert_many(starts)
    database.collection("counters").insert_one({"_id": "used", "value": 320})
    store = prepared(database)
    assert [number(store, "used"), number(store, "unused")] == [321, 23]
    assert store.set_start("used", 315) is False
    assert "counter_starts" not in database.db.list_collection_names()
