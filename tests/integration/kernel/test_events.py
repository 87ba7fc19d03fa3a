"""Events: out of the aggregate once stored, into the handler at least once, its effect once."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pymongo import AsyncMongoClient

from shared import contracts, settings
from shared.actor import Actor, Role
from shared.call import Call
from shared.ids import new_id
from shared.messaging.events import Event, dump
from shared.messaging.outbox import Outbox
from shared.persistence import Aggregates, Database
from tests import wire
from tests.integration.kernel.conftest import Kernel
from tests.integration.kernel.probe import service as probe  # registers the contract
from tests.waiting import eventually


def made(subject: str, *, event_id: str | None = None, **plan: Any) -> Event:
    return contracts.sample_event(
        "probe", "thing_made", subject=subject, id=event_id or new_id(), name="x", plan=plan
    )


def tries(kernel: Kernel, event: Event) -> int:
    row = kernel.db["tries"].find_one({"_id": event.id})
    return int(row["n"]) if row else 0


def test_a_write_leads_to_its_effect_and_leaves_nothing_pending(kernel: Kernel) -> None:
    thing = kernel.call("make_thing", name="story")["id"]
    (entry,) = eventually(lambda: kernel.entries_of(thing))
    assert entry["_id"] == f"thing_made:{thing}:1:n"
    published = {"_id": thing, "pending_events": []}
    (doc,) = eventually(lambda: list(kernel.db["things"].find(published)))
    assert doc["version"] == 1
    (logged,) = kernel.db["event_log"].find({"subject": thing})
    assert (logged["type"], logged["aggregateversion"], logged["actor"]["account"]) == (
        "thing_made",
        1,
        "account-1",
    )


def test_the_same_event_twice_and_the_same_fact_under_another_id_have_one_effect(
    kernel: Kernel,
) -> None:
    subject = new_id()
    first, again = made(subject), made(subject)
    for event in (first, first, again):
        kernel.publish(event)
    eventually(lambda: tries(kernel, first) == 2 and tries(kernel, again) == 1)
    assert len(kernel.entries_of(subject)) == 1


def test_a_handler_that_fails_twice_succeeds_at_the_third_try(kernel: Kernel) -> None:
    event = made(new_id(), fail=2)
    dead = kernel.dead()
    kernel.publish(event)
    eventually(lambda: kernel.entries_of(event.subject))
    assert tries(kernel, event) == 3
    assert kernel.dead() == dead


def test_after_five_delayed_tries_an_event_is_dead_and_can_be_put_back(kernel: Kernel) -> None:
    event = made(new_id(), fail=6)
    dead = kernel.dead()
    kernel.publish(event)
    eventually(lambda: kernel.dead() == dead + 1)
    assert tries(kernel, event) == 6  # the first delivery and five delayed tries
    assert not kernel.entries_of(event.subject)

    listed = kernel.command("shared.messaging.dead_letters", "list", "probe")
    assert listed.returncode == 0, listed.stderr
    (line,) = [line for line in listed.stdout.splitlines() if event.id in line]
    assert line.startswith("probe.on_probe_thing_made  ConnectionError  thing_made")
    eventually(lambda: kernel.dead() == dead + 1)  # listing leaves them there

    put_back = kernel.command("shared.messaging.dead_letters", "put-back", "probe")
    assert put_back.returncode == 0, put_back.stderr
    eventually(lambda: kernel.entries_of(event.subject))
    assert tries(kernel, event) == 7


@pytest.mark.parametrize(("refuse", "unfit"), [(True, False), (False, True)])
def test_what_a_rule_refuses_or_fits_nothing_is_dead_at_once(
    kernel: Kernel, refuse: bool, unfit: bool
) -> None:
    """Another try could only fail again."""
    event = made(new_id(), refuse=refuse, unfit=unfit)
    dead = kernel.dead()
    kernel.publish(event)
    eventually(lambda: kernel.dead() == dead + 1)
    assert tries(kernel, event) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe poison",
        b"",
        b"[]",
        dump({**made("s").to_document(), "data": {"occurred_on": "2017-02-06T09:00:00+08:00"}}),
        dump({**made("s").to_document(), "type": "other"}),
    ],
)
def test_poison_is_dead_at_once_and_the_queue_goes_on(kernel: Kernel, body: bytes) -> None:
    dead = kernel.dead()
    kernel.publish_raw(body)
    event = made(new_id())
    kernel.publish(event)
    eventually(lambda: kernel.dead() == dead + 1)
    eventually(lambda: kernel.entries_of(event.subject))
    with wire.channel(kernel.uri) as channel:
        channel.queue_purge("probe.dead")


class Killed(Exception):
    """Stands for the process dying at this point."""


def test_a_relay_killed_between_publish_and_unset_publishes_again_and_loses_nothing(
    kernel: Kernel,
) -> None:
    kernel.relay.stop()
    thing = kernel.call("make_thing", name="half-published")["id"]

    async def publish_and_die(event: dict[str, Any]) -> None:
        kernel.publish_raw(dump(event))
        raise Killed

    async def drain() -> None:
        client: AsyncMongoClient[dict[str, Any]]
        async with AsyncMongoClient(kernel.environment["MONGO_URI"]) as client:
            outbox = Outbox(client[kernel.db.name])
            await outbox.refresh()
            await outbox.drain(publish_and_die)

    with pytest.raises(Killed):
        asyncio.run(drain())
    assert kernel.db["things"].count_documents({"_id": thing, "pending_events.0": {"$exists": 1}})
    eventually(lambda: kernel.entries_of(thing))
    event_id = kernel.db["things"].find_one({"_id": thing})["pending_events"][0]["id"]  # type: ignore[index]

    kernel.relay.start()
    eventually(lambda: kernel.db["things"].find_one({"_id": thing, "pending_events": []}))
    eventually(lambda: kernel.db["tries"].find_one({"_id": event_id, "n": {"$gte": 2}}))
    assert len(kernel.entries_of(thing)) == 1
    assert kernel.db["event_log"].count_documents({"subject": thing}) == 1


def test_killing_relay_and_service_under_load_loses_nothing_and_doubles_nothing(
    kernel: Kernel,
) -> None:
    things = [kernel.call("make_thing", name=f"load {n}")["id"] for n in range(30)]
    kernel.relay.kill()
    kernel.relay.launch()
    things += [kernel.call("make_thing", name=f"load {n}")["id"] for n in range(30, 60)]
    kernel.service.kill()
    kernel.service.start()
    expected = {f"thing_made:{thing}:1:n" for thing in things}
    eventually(
        lambda: kernel.db["entries"].count_documents({"_id": {"$in": list(expected)}}) == 60, 20
    )


def test_an_outage_of_the_broker_delays_events_and_loses_none(kernel: Kernel) -> None:
    database = Database(kernel.mongo, "probe", settings.read(kernel.environment))
    things = Aggregates(database, "things", lambda _: 15)
    kernel.proxy.cut()
    written = []
    for number in range(5):  # what a service stores while the broker is away
        doc = {"_id": new_id(), "no": 100_000 + number, "name": "outage"}
        fact = ("thing_made", {"name": "outage", "plan": {}})
        at = contracts.sample_event("probe", "thing_made").occurred_on
        things.insert(Call(Actor("a", Role.MEMBER), "c"), doc, [fact], at)
        written.append(str(doc["_id"]))
    kernel.proxy.restore()
    for thing in written:
        eventually(lambda thing=thing: kernel.entries_of(thing), 15)  # type: ignore[misc]
    things.collection.delete_many({"name": "outage"})  # their numbers are not of the series


def test_a_replay_gives_the_same_projection_and_keeps_what_comes_meanwhile(
    kernel: Kernel,
) -> None:
    logged = list(kernel.db["event_log"].find({"data.plan": {}}))
    ids = {f"thing_made:{event['subject']}:1:n" for event in logged}
    eventually(
        lambda: kernel.db["entries"].count_documents({"_id": {"$in": list(ids)}}) == len(ids)
    )
    kernel.db["entries"].insert_one({"_id": "stray", "version": 1, "pending_events": []})
    kernel.db["entries"].delete_one({"_id": sorted(ids)[0]})

    replay = kernel.command("shared.messaging.replay", "probe")
    assert replay.returncode == 0, replay.stderr
    during = kernel.call("make_thing", name="during")["id"]

    assert kernel.db["entries"].find_one({"_id": "stray"}) is None
    assert kernel.db["entries"].count_documents({"_id": {"$in": list(ids)}}) == len(ids)
    eventually(lambda: kernel.entries_of(during))
    assert [name for name in kernel.db.list_collection_names() if "__" in name] == []
    assert "outbox" in kernel.db["entries"].index_information()


def test_a_replay_has_all_that_was_made_while_it_began(kernel: Kernel) -> None:
    """No handler need know of it at once: the log is asked for when all do."""
    made: list[str] = []
    with ThreadPoolExecutor(1) as pool:
        replay = pool.submit(kernel.command, "shared.messaging.replay", "probe")
        while not replay.done():
            made.append(kernel.call("make_thing", name="while it begins")["id"])
    assert replay.result().returncode == 0, replay.result().stderr
    eventually(lambda: all(kernel.entries_of(thing) for thing in made))
    assert [name for name in kernel.db.list_collection_names() if "__" in name] == []


assert probe  # its import registers the contract that the samples come from
