"""Migrations on a real database: each once, in order, whoever dies or waits."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from pymongo import MongoClient

from shared import settings
from shared.ids import new_id
from shared.persistence import Database, connect, migrations
from shared.persistence.migrations import Change, Contraction, DataTooNew, Migration
from tests.waiting import eventually

ROWS = 10


@pytest.fixture
def client(mongo_uri: str) -> Iterator[MongoClient[Any]]:
    with connect(settings.read({"MONGO_URI": mongo_uri})) as opened:
        yield opened


@pytest.fixture
def database(mongo_uri: str, client: MongoClient[Any]) -> Iterator[Database]:
    process = settings.read({"MONGO_URI": mongo_uri, "DB_PREFIX": f"test-{new_id()[:8]}-"})
    made = Database(client, "probe", process)
    made.collection("things").insert_many([{"_id": number, "n": 0} for number in range(ROWS)])
    yield made
    client.drop_database(made.db.name)


def state(database: Database, number: int) -> dict[str, Any]:
    row = database.collection("migrations").find_one({"_id": number})
    assert row is not None
    return row


def add(amount: int, fail_at: int | None = None) -> Change:
    """Adds to each thing that has not been added to; fails at the thing `fail_at`."""
    mark = f"added_{amount}"

    def change(database: Database) -> None:
        things = database.collection("things")
        for row in things.find({mark: {"$exists": False}}).sort("_id", 1):
            if row["_id"] == fail_at:
                raise ConnectionError("the power went")
            once = {"_id": row["_id"], mark: {"$exists": False}}
            things.update_one(once, {"$inc": {"n": amount}, "$set": {mark: True}})

    return change


def noted(ran: list[int], number: int) -> Change:
    """Does nothing but note that it ran."""
    return lambda database: ran.append(number)


def sums(database: Database) -> list[int]:
    return [row["n"] for row in database.collection("things").find().sort("_id", 1)]


def test_each_runs_once_and_in_its_order(database: Database) -> None:
    ran: list[int] = []
    steps: list[Migration] = [(number, noted(ran, number)) for number in (1, 2, 5)]
    database.prepare({}, steps[:2])
    database.prepare({}, steps)
    database.prepare({}, steps)
    assert ran == [1, 2, 5]
    assert state(database, 5).keys() == {"_id", "state", "contracts", "done_at"}
    with pytest.raises(ValueError, match=r"ascending order: \[2, 1\]"):
        database.prepare({}, [steps[1], steps[0]])


def test_one_that_failed_half_way_is_resumed_at_once(database: Database) -> None:
    with pytest.raises(ConnectionError):
        database.prepare({}, [(1, add(1, fail_at=4)), (2, add(10))])
    assert sums(database) == [1] * 4 + [0] * 6
    assert state(database, 1)["state"] == "RUNNING"
    began = time.monotonic()
    database.prepare({}, [(1, add(1)), (2, add(10))])
    assert sums(database) == [11] * ROWS
    assert time.monotonic() - began < migrations.LEASE_SECONDS / 2


def test_what_a_killed_process_held_is_taken_over_when_its_lease_ends(database: Database) -> None:
    held = {"_id": 1, "state": "RUNNING", "contracts": False, "owner": "dead"}
    until = time.time() + 0.5
    database.collection("migrations").insert_one({**held, "until": until})
    database.prepare({}, [(1, add(1))])
    assert time.time() >= until
    assert sums(database) == [1] * ROWS


def test_a_row_of_a_former_version_is_taken_over(database: Database) -> None:
    database.collection("migrations").insert_many(
        [
            {"_id": 1, "state": "DONE", "since": 1.0, "done_at": 2.0},
            {"_id": 2, "state": "RUNNING", "since": time.time()},
        ]
    )
    database.prepare({}, [(1, add(1)), (2, add(10))])
    assert sums(database) == [10] * ROWS


def test_a_slow_one_is_waited_for_however_long_it_takes(
    database: Database, client: MongoClient[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "LEASE_SECONDS", 0.3)
    go_on, runs = threading.Event(), []

    def slow(given: Database) -> None:
        runs.append(threading.current_thread().name)
        assert go_on.wait(20)
        add(1)(given)

    replicas = [
        threading.Thread(target=database.prepare, args=({}, [(1, slow)]), name=str(number))
        for number in range(3)
    ]
    for replica in replicas:
        replica.start()
    eventually(lambda: runs)
    first = state(database, 1)["until"]
    eventually(lambda: state(database, 1)["until"] > first + 1)  # three leases long
    go_on.set()
    for replica in replicas:
        replica.join(20)
    assert len(runs) == 1
    assert sums(database) == [1] * ROWS


class TestDataOfALaterVersion:
    LATER: list[Migration] = [(1, add(1)), (2, add(10))]  # noqa: RUF012

    def test_expanded_data_are_worked_with(self, database: Database) -> None:
        database.prepare({}, self.LATER)
        database.prepare({}, self.LATER[:1])
        assert sums(database) == [11] * ROWS

    def test_contracted_data_are_refused_before_anything_is_changed(
        self, database: Database
    ) -> None:
        database.prepare({}, [*self.LATER, (3, Contraction(add(100)))])
        with pytest.raises(DataTooNew, match="migration 3 of probe is of a later version"):
            database.prepare({"fresh": []}, self.LATER)
        assert "fresh" not in database.db.list_collection_names()
        assert sums(database) == [111] * ROWS

    def test_a_contraction_that_has_begun_counts(self, database: Database) -> None:
        with pytest.raises(ConnectionError):
            database.prepare({}, [*self.LATER, (3, Contraction(add(100, fail_at=2)))])
        with pytest.raises(DataTooNew):
            database.prepare({}, self.LATER)
