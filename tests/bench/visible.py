"""From sending `fileProposal` until the ledger shows the points, against one confirmed event.

Both on an idle platform: each write begins when all that came before it has had its effects.
"""

from __future__ import annotations

import threading
import time
from typing import Any

import pika

from gateway.base import global_id
from shared.persistence.database import HAS_PENDING
from tests.bench.platform import Bench
from tests.bench.report import Figure, p50
from tests.waiting import eventually
from tests.world import DIRECTOR

TIMES = 40
LOOK = 0.001  # seconds between two looks at the ledger
MUTATION = """
  mutation ($input: FileProposalInput!) { fileProposal(input: $input) { errors { reason } } }
"""


def measure(bench: Bench) -> list[Figure]:
    ours = [_visible(bench, number) for number in range(TIMES)]
    limit = _raw(bench.stack.amqp_uri)
    behind = f"{p50(ours) * 1000:.1f} ms against {p50(limit) * 1000:.1f} ms"
    ratio = p50(ours) / p50(limit)
    return [Figure("write_to_visible_ratio", ratio, 20, at_most=True, behind=behind)]


def _visible(bench: Bench, number: int) -> float:
    key = bench.reviewed(number)
    eventually(lambda: _is_quiet(bench, key))
    ledger = bench.stack.db("performance")["ledger"]
    given = {
        "id": global_id("Proposal", key),
        "reviewUnits": [global_id("Organisation", "unit-zjj")],
        "oneMatter": True,
    }
    token = bench.stack.token(DIRECTOR)
    began = time.perf_counter()
    answer = bench.stack.graphql(MUTATION, {"input": given}, token)
    assert answer["data"]["fileProposal"]["errors"] == [], answer
    while not ledger.find_one({"source_ref": f"proposal/{key}/filed"}, {"_id": 1}):
        time.sleep(LOOK)
    return time.perf_counter() - began


def _is_quiet(bench: Bench, key: str) -> bool:
    """Whether the last effect of the steps before is there, and no event is on its way."""
    notifications = bench.stack.db("notifications")
    decision = {"kind": "FILING_DECISION", "subject": key, "open": True}
    return bool(notifications["todos"].find_one(decision)) and not any(
        collection.find_one(HAS_PENDING)
        for collection in (
            bench.stack.db("proposals")["proposals"],
            notifications["todos"],
            notifications["messages"],
        )
    )


def _raw(uri: str) -> list[float]:
    """A confirmed publish on a quorum queue until its consumer has it."""
    arrived = threading.Event()
    reader = pika.BlockingConnection(pika.URLParameters(uri))
    taking = reader.channel()
    taking.queue_declare("bench-limit", durable=True, arguments={"x-queue-type": "quorum"})

    def take(_channel: Any, method: Any, _properties: Any, _body: bytes) -> None:
        taking.basic_ack(method.delivery_tag)
        arrived.set()

    taking.basic_consume("bench-limit", take)
    thread = threading.Thread(target=taking.start_consuming, daemon=True)
    thread.start()
    writer = pika.BlockingConnection(pika.URLParameters(uri))
    giving = writer.channel()
    giving.confirm_delivery()
    persistent = pika.BasicProperties(delivery_mode=2)
    found = []
    for _ in range(TIMES * 2):
        arrived.clear()
        began = time.perf_counter()
        giving.basic_publish("", "bench-limit", b"{}", persistent)
        arrived.wait(10)
        found.append(time.perf_counter() - began)
    reader.add_callback_threadsafe(taking.stop_consuming)
    thread.join(5)
    giving.queue_delete("bench-limit")
    writer.close()
    reader.close()
    return found
