"""Writes that meet go out together, each with its own outcome (shared/persistence/grouped.py)."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pymongo import MongoClient, monitoring
from pymongo.errors import DuplicateKeyError, ServerSelectionTimeoutError

from deploy.local.options import ROOT
from shared import settings
from shared.ids import new_id
from shared.persistence import Database
from tests.integration.kernel.racing import EACH, WRITERS, race
from tests.waiting import eventually

WRITES = {"insert", "update"}
HELD_SECONDS = 20


class Gate(monitoring.CommandListener):
    """Counts the commands that write, and holds them while it is shut."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.open = threading.Event()
        self.open.set()

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        if event.command_name in WRITES:
            found = event.command.get("documents") or event.command["updates"]
            self.sizes.append(len(found))
            assert self.open.wait(HELD_SECONDS)

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        """Not of interest."""

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        """Not of interest."""


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def database(mongo_uri: str, gate: Gate) -> Iterator[Database]:
    process = settings.read({"MONGO_URI": mongo_uri, "DB_PREFIX": f"test-{new_id()[:8]}-"})
    with MongoClient[Any](mongo_uri, event_listeners=[gate]) as client:
        made = Database(client, "probe", process)
        yield made
        client.drop_database(made.db.name)


def test_threads_that_write_at_once_are_each_told_their_own(database: Database, gate: Gate) -> None:
    with ThreadPoolExecutor(WRITERS) as pool:
        race(database, pool.map)
    assert max(gate.sizes) > 1
    assert len(gate.sizes) < 5 * WRITERS * EACH / 2  # five that can be sent, of each step


def test_greenlets_that_write_at_once_are_each_told_their_own(mongo_uri: str) -> None:
    """Also when some are killed, as by a deadline."""
    command = [sys.executable, "-m", "tests.integration.kernel.racing", mongo_uri]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout) == (0, "every writer was told\n"), done.stderr


def test_what_comes_while_one_is_under_way_is_one_write(database: Database, gate: Gate) -> None:
    group = database.writes(database.collection("things"))
    gate.open.clear()
    with ThreadPoolExecutor(9) as pool:
        first = pool.submit(group.insert, {"_id": 0})
        eventually(lambda: gate.sizes == [1])
        others = [pool.submit(group.insert, {"_id": number % 7 + 1}) for number in range(8)]
        eventually(lambda: len(group._waiting) == 8)
        gate.open.set()
        first.result()
        errors = [other.exception() for other in others]
    assert gate.sizes == [1, 8]
    assert [type(error) for error in errors].count(DuplicateKeyError) == 1
    assert errors.count(None) == 7


def test_alone_a_write_is_the_single_operation(database: Database, gate: Gate) -> None:
    group = database.writes(database.collection("things"))
    group.insert({"_id": 1})
    with pytest.raises(DuplicateKeyError):
        group.insert({"_id": 1})
    assert group.upsert(2, {"$set": {"a": 1}}) is True
    assert group.upsert(2, {"$set": {"a": 2}}) is False
    assert gate.sizes == [1, 1, 1, 1]


def test_when_the_database_is_away_all_hear_of_it_and_the_next_may_write(
    database: Database, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    things = database.collection("things")
    group = database.writes(things)
    away = ServerSelectionTimeoutError("nobody there")

    def fail(*_: Any, **__: Any) -> None:
        raise away

    gate.open.clear()
    with ThreadPoolExecutor(5) as pool:
        first = pool.submit(group.insert, {"_id": 0})
        eventually(lambda: gate.sizes == [1])
        others = [pool.submit(group.insert, {"_id": number}) for number in range(1, 5)]
        eventually(lambda: len(group._waiting) == 4)
        monkeypatch.setattr(group._collection, "bulk_write", fail, raising=False)
        gate.open.set()
        first.result()
        errors = [other.exception() for other in others]
    assert {type(error) for error in errors} == {ServerSelectionTimeoutError}
    assert len({id(error) for error in errors}) == 4  # each with its own frames
    monkeypatch.undo()
    group.insert({"_id": 9})
    assert things.count_documents({}) == 2
