"""What one process of each kind takes in a second, beside what its server alone would take.

A write: a draft saved through one service process, against a journaled insert of the same size.
An event: through the relay, which was held back, against one confirmed publish after another.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import orjson
import pika

from gateway.rpc import RpcClient
from shared.ids import new_id
from shared.persistence.database import HAS_PENDING
from tests.bench.platform import Bench
from tests.bench.report import Figure
from tests.waiting import eventually
from tests.world import OFFICE, TEXT

IN_FLIGHT, WRITES, EVENTS = 16, 800, 400


def measure(bench: Bench) -> list[Figure]:
    writes, inserts = asyncio.run(_writes(bench)), _inserts(bench)
    events, publishes = _events(bench), _publishes(bench.stack.amqp_uri)
    return [
        Figure(
            "service_write_ratio",
            writes / inserts,
            behind=f"{writes:.0f} drafts against {inserts:.0f} journaled inserts a second",
        ),
        Figure(
            "relay_event_ratio",
            events / publishes,
            behind=f"{events:.0f} events against {publishes:.0f} confirmed publishes a second",
        ),
    ]


async def _writes(bench: Bench) -> float:
    """Drafts a second of one proposals process."""
    client = RpcClient(bench.stack.amqp_uri)
    client.start()
    await client.wait_until_up()
    token = bench.stack.token(bench.members[0])
    left = iter(range(WRITES))

    async def writer() -> None:
        for _ in left:
            body = orjson.dumps({"args": [], "kwargs": {**TEXT, "command_id": new_id()}})
            await client.send(
                "proposals", "save_draft", body, token=token, correlation_id=new_id(), timeout=30
            )

    began = time.perf_counter()
    await asyncio.gather(*(writer() for _ in range(IN_FLIGHT)))
    speed = WRITES / (time.perf_counter() - began)
    await client.close()
    return speed


def _inserts(bench: Bench) -> float:
    """Inserts a second of documents of a draft's size, as many at once."""
    drafts = bench.stack.db("proposals")["proposals"]
    row = drafts.find_one({"state": "DRAFT"})
    assert row is not None
    scratch = bench.stack.db("bench")["inserts"]

    def insert(_: int) -> None:
        scratch.insert_one({**row, "_id": new_id(), "pending_events": []})

    began = time.perf_counter()
    with ThreadPoolExecutor(IN_FLIGHT) as pool:
        list(pool.map(insert, range(WRITES)))
    return WRITES / (time.perf_counter() - began)


def _events(bench: Bench) -> float:
    """Events a second through the relay, of members that were nominated while it stood still."""
    relay = bench.stack.pid("relay")
    assert relay is not None
    roster = bench.stack.db("members")
    os.kill(relay, signal.SIGSTOP)
    try:
        with ThreadPoolExecutor(IN_FLIGHT) as pool:
            list(pool.map(lambda number: _nominate(bench, number), range(1000, 1000 + EVENTS)))
        began = time.perf_counter()
    finally:
        os.kill(relay, signal.SIGCONT)
    names = roster.list_collection_names()
    eventually(
        lambda: not any(roster[name].count_documents(HAS_PENDING, limit=1) for name in names),
        timeout=60,
    )
    return EVENTS / (time.perf_counter() - began)


def _nominate(bench: Bench, number: int) -> None:
    bench.stack.call(
        "members",
        "nominate_member",
        OFFICE,
        member_no=f"15-{number:04d}",
        term=15,
        name=f"委员{number}",
        gender="FEMALE",
        sector="22",
        affiliation="MASSES",
        phone=f"13915{number:06d}",
    )


def _publishes(uri: str) -> float:
    """Confirmed publishes a second on a quorum queue, one after another."""
    with pika.BlockingConnection(pika.URLParameters(uri)) as connection:
        channel = connection.channel()
        channel.queue_declare("bench-publish", durable=True, arguments={"x-queue-type": "quorum"})
        channel.confirm_delivery()
        persistent = pika.BasicProperties(delivery_mode=2)
        began = time.perf_counter()
        for _ in range(EVENTS):
            channel.basic_publish("", "bench-publish", b"{}" * 400, persistent)
        speed = EVENTS / (time.perf_counter() - began)
        channel.queue_delete("bench-publish")
    return speed
