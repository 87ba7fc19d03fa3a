"""Transactions on a real database, where two writers meet."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from typing import Any

import pytest
from pymongo.client_session import ClientSession

from shared import settings
from shared.ids import new_id
from shared.persistence import Database, connect


class Batch(list[Any]):
    """What a transaction has read."""


@pytest.fixture
def database(mongo_uri: str) -> Iterator[Database]:
    process = settings.read({"MONGO_URI": mongo_uri, "DB_PREFIX": f"test-{new_id()[:8]}-"})
    with connect(process) as client:
        made = Database(client, "probe", process)
        made.collection("things").insert_one({"_id": 1, "n": 0})
        yield made
        client.drop_database(made.db.name)


@pytest.fixture
def no_collector() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collector")
def test_a_lost_race_is_run_again_and_leaves_nothing_behind(database: Database) -> None:
    things = database.collection("things")
    read: list[weakref.ref[Batch]] = []

    def work(session: ClientSession) -> int:
        batch = Batch(things.find({}, session=session))
        read.append(weakref.ref(batch))
        if len(read) == 1:  # another writer is faster
            things.update_one({"_id": 1}, {"$inc": {"n": 1}})
        things.update_one({"_id": 1}, {"$set": {"n": batch[0]["n"] + 10}}, session=session)
        return len(batch)

    assert database.run_in_transaction(work) == 1

    assert things.find_one({"_id": 1}) == {"_id": 1, "n": 11}
    assert [batch() for batch in read] == [None, None]
