"""From sending `fileProposal` until the ledger shows the points, against one confirmed event.

Both on an idle platform: each begins when all that came before it has had its effects. They are
taken in turn, so that what disturbs the machine disturbs both.
"""

from __future__ import annotations

import http.client
import threading
import time
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import orjson
import pika

from gateway.base import global_id
from shared.persistence.database import HAS_PENDING
from tests.bench.platform import Bench
from tests.bench.report import Figure, p50
from tests.waiting import eventually
from tests.world import DIRECTOR

TIMES, EVENTS = 40, 4  # writes, and events after each
PATIENCE = 10.0  # seconds
MUTATION = """
  mutation ($input: FileProposalInput!) { fileProposal(input: $input) { errors { reason } } }
"""


def measure(bench: Bench) -> list[Figure]:
    ours: list[float] = []
    limit: list[float] = []
    client = http.client.HTTPConnection(urlsplit(bench.stack.url).netloc, timeout=PATIENCE)
    with Event(bench.stack.amqp_uri) as event:
        for number in range(TIMES):
            key = bench.reviewed(number)
            eventually(lambda key=key: _is_decided_next(bench, key))  # type: ignore[misc]
            eventually(lambda: _is_quiet(bench))
            ours.append(_visible(bench, client, key))
            eventually(lambda: _is_quiet(bench))
            limit += [event.seconds() for _ in range(EVENTS)]
    client.close()
    behind = f"{p50(ours) * 1000:.1f} ms against {p50(limit) * 1000:.1f} ms"
    ratio = p50(ours) / p50(limit)
    return [Figure("write_to_visible_ratio", ratio, 12, at_most=True, behind=behind)]


def _visible(bench: Bench, client: http.client.HTTPConnection, key: str) -> float:
    """Seconds of one write. A change stream tells of the entry when it is there to stay: no look
    at the ledger, and no reading of the answer, takes the processor from what is measured."""
    units = [global_id("Organisation", "unit-zjj")]
    given = {"id": global_id("Proposal", key), "reviewUnits": units, "oneMatter": True}
    body = orjson.dumps({"query": MUTATION, "variables": {"input": given}})
    token = bench.stack.token(DIRECTOR)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    entry = [{"$match": {"fullDocument.source_ref": f"proposal/{key}/filed"}}]
    ledger = bench.stack.db("performance")["ledger"]
    with ledger.watch(entry, max_await_time_ms=int(PATIENCE * 1000)) as entries:
        began = time.perf_counter()
        client.request("POST", "/graphql", body, headers)
        entered = entries.try_next()
        seconds = time.perf_counter() - began
    answer = orjson.loads(client.getresponse().read())
    assert entered and answer["data"]["fileProposal"]["errors"] == [], answer
    return seconds


def _is_decided_next(bench: Bench, key: str) -> bool:
    """Whether the last effect of the steps before is there: the to-do of whoever files it."""
    decision = {"kind": "FILING_DECISION", "subject": key, "open": True}
    return bool(bench.stack.db("notifications")["todos"].find_one(decision))


def _is_quiet(bench: Bench) -> bool:
    """Whether no event is on its way."""
    return not any(
        bench.stack.db(service)[name].find_one(HAS_PENDING)
        for service, name in (
            ("proposals", "proposals"),
            ("performance", "ledger"),
            ("notifications", "todos"),
            ("notifications", "messages"),
        )
    )


class Event:
    """A confirmed publish on a quorum queue until its consumer has it."""

    def __init__(self, uri: str) -> None:
        self._arrived = threading.Event()
        self._reader = pika.BlockingConnection(pika.URLParameters(uri))
        self._taking = self._reader.channel()
        quorum = {"x-queue-type": "quorum"}
        self._taking.queue_declare("bench-limit", durable=True, arguments=quorum)
        self._taking.basic_consume("bench-limit", self._take)
        self._thread = threading.Thread(target=self._taking.start_consuming, daemon=True)
        self._writer = pika.BlockingConnection(pika.URLParameters(uri))
        self._giving = self._writer.channel()
        self._giving.confirm_delivery()

    def _take(self, _channel: Any, method: Any, _properties: Any, _body: bytes) -> None:
        self._taking.basic_ack(method.delivery_tag)
        self._arrived.set()

    def __enter__(self) -> Event:
        self._thread.start()
        self.seconds()  # warm
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._reader.add_callback_threadsafe(self._taking.stop_consuming)
        self._thread.join(5)
        self._giving.queue_delete("bench-limit")
        self._writer.close()
        self._reader.close()

    def seconds(self) -> float:
        """Seconds of one event."""
        self._arrived.clear()
        began = time.perf_counter()
        self._giving.basic_publish("", "bench-limit", b"{}", pika.BasicProperties(delivery_mode=2))
        assert self._arrived.wait(PATIENCE)
        return time.perf_counter() - began
