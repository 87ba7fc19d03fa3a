"""Every handler of every service: the same fact twice, and under another event id, changes
nothing more; and whatever the order in which facts arrive, the same state is reached.

The handlers run in this process on a real database; that queues deliver at least once is shown in
tests/integration/kernel.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from deploy.local.programs import services
from shared import contracts, settings
from shared.calendar import WorkCalendar
from shared.clock import FixedClock
from shared.contracts.base import SAMPLES, load_all
from shared.ids import new_id
from shared.keys import ensure
from shared.messaging.events import Event
from shared.messaging.service import Provide
from shared.persistence import Audit, Database, EndedSessions, SettingsStore, connect
from shared.persistence.database import Document

# Kept per delivery or per write, not part of what is known.
VOLATILE = {"pending_events", "version", "updated_at", "created_at", "at", "source_event_id"}
# A to-do that is closed stays closed; which of several closings is noted makes no difference.
BOOKKEEPING = {"closed"}


class Neighbours:
    """Answers what handlers ask other services: contacts, by the members service."""

    def call(self, service: str, method: str, call: Any, **kwargs: Any) -> list[Document]:
        assert (service, method) == ("members", "contacts_by_ids")
        return [{"id": key, "phone": "13812340088"} for key in kwargs["ids"]]


class Running:
    """A service class with its dependencies, over a database of its own."""

    def __init__(self, name: str, process: settings.Settings) -> None:
        self.client = connect(process)
        self.database = Database(self.client, name, process)
        self.name, self.process = name, process

    def build(self) -> None:
        name = self.name
        module = importlib.import_module(f"services.{name}.service")
        # The service itself, not a part of it that the module imports.
        [cls] = [
            value
            for value in vars(module).values()
            if getattr(value, "name", None) == name and value.__module__ == module.__name__
        ]
        now = FixedClock(contracts.sample_event("members", "member_appointed").occurred_on)
        platform = SimpleNamespace(
            service=name,
            environment=self.process,
            database=self.database,
            clock=now,
            calendar=WorkCalendar(),
            settings=SettingsStore(self.database),
            audit=Audit(self.database),
            ended_sessions=EndedSessions(self.database, lambda: now.real().timestamp()),
            rpc=Neighbours(),
        )
        self.service: Any = cls()
        for attribute, provided in inspect.getmembers(cls, lambda it: isinstance(it, Provide)):
            setattr(self.service, attribute, provided.build(platform))

    def handle(self, event: Event) -> None:
        getattr(self.service, f"on_{event.source}_{event.type}")(event)

    def state(self) -> dict[str, list[Document]]:
        return {
            name: sorted((_known(doc) for doc in self.database.db[name].find()), key=repr)
            for name in self.database.db.list_collection_names()
            if name not in {"audit", "migrations", "counters", "settings"}
        }

    def empty(self) -> None:
        """As it was when it was built: master data is the first migration's and has one version."""
        for name in self.database.db.list_collection_names():
            if name not in {"migrations", "sectors", "organisations"}:
                self.database.db[name].delete_many({})

    def close(self) -> None:
        self.client.drop_database(self.database.db.name)
        self.client.close()


def _known(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _known(inner) for key, inner in value.items() if key not in VOLATILE | BOOKKEEPING
        }
    return [_known(inner) for inner in value] if isinstance(value, list) else value


def handlers(name: str) -> list[tuple[str, str]]:
    """(source, type) of each handler of a service."""
    module = importlib.import_module(f"services.{name}.service")
    methods = {
        method
        for value in vars(module).values()
        if isinstance(value, type) and getattr(value, "name", None) == name
        for method in dir(value)
    }
    return [key for key in sorted(SAMPLES) if f"on_{key[0]}_{key[1]}" in methods]


load_all()
ALL = [(name, *key) for name in services() for key in handlers(name)]


@pytest.fixture(scope="module")
def process(mongo_uri: str, tmp_path_factory: pytest.TempPathFactory) -> settings.Settings:
    keys = tmp_path_factory.mktemp("keys")
    ensure(keys, services())
    prefix = f"test-{new_id()[:8]}-"
    return settings.read({"MONGO_URI": mongo_uri, "DB_PREFIX": prefix, "KEYS_DIR": str(keys)})


@pytest.fixture(scope="module")
def pool(process: settings.Settings) -> Iterator[dict[tuple[str, int], Running]]:
    """Services that stand empty, for one test after the other."""
    running: dict[tuple[str, int], Running] = {}
    yield running
    for each in running.values():
        each.close()


@pytest.fixture
def started(process: settings.Settings, pool: dict[tuple[str, int], Running]) -> Iterator[Any]:
    begun: list[tuple[str, int]] = []

    def start(name: str) -> Running:
        key = (name, len(begun))
        begun.append(key)
        if key not in pool:
            prefix = f"{process.db_prefix}{len(pool)}-"
            pool[key] = Running(name, dataclasses.replace(process, db_prefix=prefix))
            pool[key].build()
        return pool[key]

    yield start
    for key in begun:
        pool[key].empty()


def test_events_in_use_are_found() -> None:
    assert {name for name, _, _ in ALL} == set(services())


@pytest.mark.parametrize(("name", "source", "event_type"), ALL)
def test_a_fact_delivered_again_changes_nothing_more(
    started: Any, name: str, source: str, event_type: str
) -> None:
    service = started(name)
    event = contracts.sample_event(source, event_type)
    service.handle(event)
    once = service.state()
    service.handle(event)
    service.handle(dataclasses.replace(event, id=new_id()))
    assert service.state() == once


@pytest.mark.parametrize("name", ["notifications", "office", "proposals"])
def test_the_order_of_arrival_leaves_no_trace(started: Any, name: str) -> None:
    """All samples as a history of their subjects, forwards and backwards.

    For identity, performance and outcomes such a history is no legal one (ends before beginnings,
    two reversals of one fact, a promise both kept and missed): tests/unit/identity and performance
    and tests/integration/outcomes permute legal ones.
    """
    history = [
        contracts.sample_event(source, event_type, version=number, id=new_id())
        for number, (source, event_type) in enumerate(handlers(name), start=1)
    ]
    forwards, backwards = started(name), started(name)
    for event in history:
        forwards.handle(event)
    for event in [*reversed(history), *history]:
        backwards.handle(event)
    assert backwards.state() == forwards.state()
