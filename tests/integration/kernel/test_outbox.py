"""The relay's view of one database: what it logs, publishes and removes, and what wakes it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any
from unittest.mock import AsyncMock

import pytest
from pymongo import AsyncMongoClient, MongoClient
from pymongo.errors import AutoReconnect

from shared import settings
from shared.actor import Actor, Role
from shared.call import Act, Call, CommandId
from shared.ids import new_id
from shared.messaging import changes as changes_of
from shared.messaging import outbox as outboxes
from shared.messaging.changes import CHANGES, Changes
from shared.messaging.outbox import Outbox, Publish
from shared.persistence import Database, audit, connect
from shared.persistence.database import HAS_PENDING, OUTBOX_INDEX

Document = dict[str, Any]


@pytest.fixture
def database(mongo_uri: str) -> Iterator[Database]:
    process = settings.read({"MONGO_URI": mongo_uri, "DB_PREFIX": f"test-{new_id()[:8]}-"})
    client: MongoClient[Any] = connect(process)
    prepared = Database(client, "probe", process)
    prepared.prepare({}, outbox={"things", "others"})
    yield prepared
    client.drop_database(prepared.db.name)
    client.close()


class Relaying:
    """An outbox, and what it has published."""

    def __init__(self, database: Database, mongo_uri: str) -> None:
        self._name, self._uri = database.db.name, mongo_uri
        self.published: list[str] = []

    async def publish(self, event: Document) -> None:
        await asyncio.sleep(0)  # so that others come between, as while the broker confirms
        self.published.append(event["id"])

    def drain(self, publish: Publish | None = None, of: str | None = None) -> None:
        async def drained() -> None:
            client: AsyncMongoClient[Document]
            async with AsyncMongoClient(self._uri) as client:
                outbox = Outbox(client[self._name])
                await outbox.refresh()
                if of is None:
                    await outbox.drain(publish or self.publish)
                else:
                    await outbox.drain_of(of, publish or self.publish)

        asyncio.run(drained())


@pytest.fixture
def outbox(database: Database, mongo_uri: str) -> Relaying:
    return Relaying(database, mongo_uri)


def pend(database: Database, name: str, key: str, count: int) -> list[str]:
    """An aggregate with `count` pending events; their ids."""
    ids = [f"{key}-{number}" for number in range(count)]
    row = {"_id": key, "pending_events": [{"id": id, "type": "made"} for id in ids]}
    database.collection(name).insert_one(row)
    return ids


def logged(database: Database) -> list[str]:
    return [row["_id"] for row in database.collection("event_log").find().sort("logged_at", 1)]


def test_all_of_many_aggregates_in_their_order(
    database: Database, outbox: Relaying, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outboxes, "AT_ONCE", 2)
    wanted = [pend(database, "things", f"t{n}", 3) for n in range(5)]
    outbox.drain(of="things")
    published = outbox.published
    for ids in wanted:
        assert [id for id in published if id in ids] == ids
        assert [id for id in logged(database) if id in ids] == ids
    assert len(published) == len(logged(database)) == 15
    assert database.collection("things").count_documents(HAS_PENDING) == 0


def test_one_collection_alone(database: Database, outbox: Relaying) -> None:
    pend(database, "things", "t", 1)
    other = pend(database, "others", "o", 1)
    outbox.drain(of="others")
    assert outbox.published == other
    assert database.collection("things").count_documents(HAS_PENDING) == 1


def test_what_is_not_confirmed_stays_and_is_logged_once(
    database: Database, outbox: Relaying
) -> None:
    """The others go on; nothing follows what was refused."""
    first, second = pend(database, "things", "a", 2), pend(database, "things", "b", 3)

    async def refuse_one(event: Document) -> None:
        if event["id"] == second[1]:
            raise ConnectionError
        await outbox.publish(event)

    with pytest.raises(ConnectionError):
        outbox.drain(refuse_one)
    assert sorted(outbox.published) == [*first, second[0]]
    (left,) = database.collection("things").find(HAS_PENDING)
    assert [event["id"] for event in left["pending_events"]] == second[1:]
    outbox.drain()
    assert sorted(outbox.published) == [*first, *second]
    assert logged(database) == [*first, *second]


def test_aggregates_wait_for_their_own_confirms_only(database: Database, outbox: Relaying) -> None:
    """Each first event goes out before any second one: a broker's delay is waited for twice, not
    six times."""
    wanted = [pend(database, "things", f"t{n}", 2) for n in range(3)]
    outbox.drain()
    assert sorted(outbox.published[:3]) == [ids[0] for ids in wanted]
    assert sorted(outbox.published[3:]) == [ids[1] for ids in wanted]


def test_it_wakes_for_new_events_and_not_for_what_it_writes_itself(
    database: Database, outbox: Relaying
) -> None:
    things = database.collection("things")
    with database.db.watch(CHANGES, max_await_time_ms=500) as changes:
        pend(database, "things", "inserted", 1)
        outbox.drain()
        things.update_one({"_id": "inserted"}, {"$push": {"pending_events": {"id": "second"}}})
        things.update_one({"_id": "inserted"}, {"$push": {"pending_events": {"id": "third"}}})
        database.run_in_transaction(lambda session: database.next_number(session, "no"))
        pend(database, "others", "last", 1)
        names = [changes.next()["ns"]["coll"] for _ in range(4)]
    # The insert, the two pushes, the last insert; no entry in the log, no removal, no number.
    assert names == ["things", "things", "things", "others"]


def test_entries_of_the_audit_go_into_it_once_and_to_nobody_else(
    database: Database, outbox: Relaying
) -> None:
    call = Call(
        Actor("a-1", Role.OFFICE),
        "c-1",
        command=CommandId("a-1", "k", "f"),
        act=Act("make_thing", None, "Thing"),
    )
    [waiting] = audit.pending(call, "thing-1")
    row = {"_id": "thing-1", "pending_events": [{"id": "e-1", "type": "made"}, waiting]}
    database.collection("things").insert_one(row)
    database.collection("others").insert_one({"_id": "other", "pending_events": [waiting]})
    outbox.drain()
    assert outbox.published == logged(database) == ["e-1"]
    [kept] = database.collection("audit").find()
    assert (kept["_id"], kept["account_id"], kept["role"]) == ("a-1:k", "a-1", "OFFICE")
    assert (kept["kind"], kept["action"], kept["subject"]) == ("COMMAND", "make_thing", "thing-1")
    assert database.collection("things").count_documents(HAS_PENDING) == 0
    assert database.collection("others").count_documents(HAS_PENDING) == 0


def test_a_collection_becomes_an_outbox_when_it_gets_the_index(
    database: Database, mongo_uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A relay may look while a service that starts has made the collection, and not the index."""
    monkeypatch.setattr(outboxes, "LOOK_SECONDS", 0.2)
    late = database.collection("late")
    late.insert_one({"_id": "first"})

    async def story() -> list[bool]:
        client: AsyncMongoClient[Document]
        async with AsyncMongoClient(mongo_uri) as client:
            outbox = Outbox(client[database.db.name])
            await outbox.refresh()
            found = [await outbox.concerns("late"), await outbox.concerns("things")]
            late.create_index([("pending_events.id", 1)], name=OUTBOX_INDEX)
            found.append(await outbox.concerns("late"))  # looked at just before
            assert outbox.doubtful == {"late"}
            while not await outbox.concerns("late"):
                await asyncio.sleep(0.05)
            assert outbox.doubtful == set()
            return found

    assert asyncio.run(story()) == [False, True, False]


def test_one_stream_tells_each_database_of_its_own(
    database: Database, mongo_uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And of all that there is whenever it was opened: what came before is not known."""
    monkeypatch.setattr(changes_of, "BACKOFF", (0.01,))
    own, other, strange = (f"{database.db.name}-{name}" for name in ("own", "other", "strange"))
    pending: Document = {"pending_events": [{"id": "e-1"}]}
    empty: Document = {"pending_events": []}

    async def story() -> None:
        client: AsyncMongoClient[Document]
        async with AsyncMongoClient(mongo_uri) as client:
            changes = Changes(client, [own, other])
            opened = changes._watch
            broken = AsyncMock(side_effect=[AutoReconnect("lost"), await opened()])
            monkeypatch.setattr(changes, "_watch", broken)
            assert [changes.of(own).take(), changes.of(other).take()] == [None, None]
            following = asyncio.ensure_future(changes.follow())
            await changes.of(other).come
            assert [changes.of(own).take(), changes.of(other).take()] == [None, None]
            for name in (strange, own):
                database.client[name]["things"].insert_one(dict(pending))
                database.client[name]["empty"].insert_one(dict(empty))
            await changes.of(own).come
            assert [changes.of(own).take(), changes.of(other).take()] == [{"things"}, set()]
            following.cancel()
            for name in (own, other, strange):
                await client.drop_database(name)

    asyncio.run(story())
