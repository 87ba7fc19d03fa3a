"""The outbox relay: `python -m shared.messaging.relay SERVICE…` (decisions 2, 36).

For each service's database, in a thread of its own: take the pending events of an aggregate in
order, write them to `event_log`, publish with confirm, and remove them from the aggregate. A
change stream wakes it at once; a sweep finds what a wake missed. It may publish twice, never not
at all. It also sends the log to a consumer that asks for a replay.
"""

from __future__ import annotations

import math
import signal
import sys
import threading
import time
from functools import partial
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import orjson
import pika
import pymongo
from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import AMQPError
from prometheus_client import Counter
from pymongo import MongoClient
from pymongo.errors import PyMongoError

from shared import metrics, settings, tracing
from shared.actor import TokenSigner, TokenVerifier
from shared.errors import AppError, Unavailable
from shared.logging import configure, get_logger
from shared.messaging import republication, signatures, topology
from shared.messaging.events import CONTENT_TYPE, dump
from shared.messaging.outbox import Outbox
from shared.messaging.signatures import Kind
from shared.persistence import audit
from shared.persistence.database import COUNTERS, PROBE_SECONDS, Document, primary_answers
from shared.probes import STUCK_SECONDS, Checks, Probes

SWEEP_SECONDS = 5.0
CONFIRM_SECONDS = 5.0  # a broker that takes longer takes nothing
WAKE_MS = 1000  # how long one look at the change stream may last; a change ends it at once
# Writes that may have left something pending: not the relay's own, which log and remove, nor the
# numbers taken beside a document. Only the names of collections are wanted, not the documents.
CHANGES: list[Document] = [
    {
        "$match": {
            "operationType": {"$in": ["insert", "update", "replace"]},
            "ns.coll": {"$nin": ["event_log", COUNTERS, audit.COLLECTION]},
            "updateDescription.updatedFields.pending_events": {"$ne": []},
        }
    },
    {"$project": {"ns": 1}},
]
BACKOFF = (0.2, 0.5, 1.0, 2.0)
TROUBLE = (AMQPError, PyMongoError, OSError)
log = get_logger(__name__)


def connection(process: settings.Settings, name: str) -> pika.BlockingConnection:
    """A pika connection whose heartbeats notice a dead broker within 20 seconds."""
    parameters = pika.URLParameters(process.amqp_uri)
    parameters.heartbeat = 10
    parameters.blocked_connection_timeout = 30
    parameters.client_properties = {"connection_name": name}
    return pika.BlockingConnection(parameters)


def properties(signature: str, event_id: str | None = None) -> pika.BasicProperties:
    return pika.BasicProperties(
        content_type=CONTENT_TYPE,
        delivery_mode=2,
        message_id=event_id,
        headers={signatures.HEADER: signature},
    )


class Relay(threading.Thread):
    """The relay of one service's database."""

    def __init__(self, service: str, process: settings.Settings, stopping: threading.Event) -> None:
        super().__init__(name=f"relay-{service}", daemon=True)
        self._service = service
        self._process = process
        self._stopping = stopping
        self._exchange = topology.events_exchange(service)
        self._verifier = TokenVerifier(process.keys_dir / "jwks.json")
        client: MongoClient[Document] = MongoClient(
            process.mongo_uri, serverSelectionTimeoutMS=5_000, socketTimeoutMS=20_000
        )
        self._database = client[f"{process.db_prefix}{service}"]
        self._outbox = Outbox(self._database)
        self._client = client
        self._replaying: list[tuple[threading.Thread, int]] = []
        self._published: dict[str, Counter] = {}
        self._connected = metrics.broker_connected.labels(service)
        self._age = metrics.outbox_age.labels(service)
        self.connected = False
        self._waiting_since: float | None = None  # for a confirm
        self.beat_at = time.monotonic()  # when the loop turned last

    def run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            started = self.beat_at = time.monotonic()
            try:
                self._serve()
            except TROUBLE as error:
                failures = 0 if time.monotonic() - started > 30 else failures + 1
                wait = BACKOFF[min(failures, len(BACKOFF) - 1)]
                log.warning("relay_interrupted", of=self._service, error=error, again_in=wait)
                self._stopping.wait(wait)

    def turns(self) -> bool:
        """Whether the loop goes round, be it in vain."""
        return self.is_alive() and time.monotonic() - self.beat_at < STUCK_SECONDS

    def publishes(self) -> bool:
        """Whether the broker is there and takes what is published: short of memory or disk it
        leaves publishers waiting."""
        waiting = self._waiting_since
        return self.connected and (waiting is None or time.monotonic() - waiting < CONFIRM_SECONDS)

    def primary_answers(self) -> bool:
        return primary_answers(self._client)

    def measure(self) -> None:
        """Set the age of the outbox; it is not a number while the database does not tell."""
        try:
            with pymongo.timeout(PROBE_SECONDS):
                self._age.set(self._outbox.age())
        except PyMongoError:
            self._age.set(math.nan)

    def _serve(self) -> None:
        """Publish until something breaks; both servers are connected anew after that."""
        self._signer = TokenSigner.load(self._process.keys_dir, self._service)
        broker = connection(self._process, f"relay-{self._service}")
        try:
            channel = broker.channel()
            topology.declare_with_pika(
                channel,
                [self._exchange, *topology.RETRY_EXCHANGES],
                [topology.replay_queue(self._service)],
            )
            channel.confirm_delivery()
            self._replaying.clear()  # what was not acked comes again on this channel
            log.info("relay_connected", of=self._service)
            with self._database.watch(CHANGES, max_await_time_ms=WAKE_MS) as changes:
                self._set_connected(True)
                again = republication.carry_out(self._database, partial(self._publish, channel))
                if again:
                    log.info("republished", of=self._service, events=again)
                self._follow(broker, channel, changes)
        finally:
            self._set_connected(False)
            if broker.is_open:
                broker.close()

    def _set_connected(self, connected: bool) -> None:
        self.connected = connected
        self._connected.set(connected)

    def _publish(self, channel: BlockingChannel, event: Document) -> None:
        kind = event["type"]
        correlation_id = event.get("correlationid", "")
        parent = event.get(tracing.TRACEPARENT)
        with tracing.span(
            f"publish {kind}", tracing.PRODUCER, parent, correlation_id=correlation_id
        ):
            body = dump(event)
            signature = signatures.sign(self._signer, Kind.EVENT, body)
            self._waiting_since = self._waiting_since or time.monotonic()  # also over a new try
            channel.basic_publish(
                self._exchange.name, kind, body, properties(signature, event["id"])
            )
            self._waiting_since = None
        if kind not in self._published:
            self._published[kind] = metrics.events_published.labels(self._service, kind)
        self._published[kind].inc()
        self.beat_at = time.monotonic()

    def _follow(
        self, broker: pika.BlockingConnection, channel: BlockingChannel, changes: Any
    ) -> None:
        publish = partial(self._publish, channel)
        swept_at = 0.0
        while not self._stopping.is_set():
            self.beat_at = time.monotonic()
            due = self.beat_at - swept_at >= SWEEP_SECONDS
            if due:
                self._outbox.refresh()
                self._outbox.drain(publish)
                swept_at = time.monotonic()
                self._take_up_replays(channel)
            self._ack_sent_replays(channel)
            change = changes.try_next()
            if change and self._outbox.concerns(change["ns"]["coll"]):
                self._outbox.drain_of(change["ns"]["coll"], publish)
            broker.process_data_events(0)

    def _ack_sent_replays(self, channel: BlockingChannel) -> None:
        """Ack a request when all of it is sent, so that a dead relay is followed up."""
        for thread, tag in [item for item in self._replaying if not item[0].is_alive()]:
            channel.basic_ack(tag)
            self._replaying.remove((thread, tag))

    def _take_up_replays(self, channel: BlockingChannel) -> None:
        queue = topology.replay_queue(self._service).name
        while True:
            method, asked, body = channel.basic_get(queue)
            if method is None or body is None:
                return
            try:
                request = self._request(asked.headers if asked else None, body)
            except Unavailable:  # the asker's key is not yet published here
                channel.basic_nack(method.delivery_tag)
                return
            except AppError as error:
                log.warning("replay_refused", of=self._service, error=error)
                channel.basic_ack(method.delivery_tag)
                continue
            thread = threading.Thread(
                target=self._replay, args=(request,), name="replay", daemon=True
            )
            thread.start()
            self._replaying.append((thread, method.delivery_tag))

    def _request(self, headers: dict[str, Any] | None, body: bytes) -> dict[str, Any]:
        """What a consumer asks for its own queues; raises OriginUnproven for another's."""
        asking = signatures.proof(self._verifier, headers, body)
        request: dict[str, Any] = orjson.loads(body)
        own = all(queue.startswith(f"{asking.issuer}.") for queue in request["queues"].values())
        if asking.kind is not Kind.REPLAY_REQUEST or not own:
            raise signatures.OriginUnproven
        return request

    def _replay(self, request: dict[str, Any]) -> None:
        """Send the log to the queues of one consumer, then tell each queue how much that was."""
        while not self._stopping.is_set():
            try:
                self._send_log(request["replay_id"], request["queues"])
                return
            except TROUBLE as error:
                log.warning("replay_interrupted", of=self._service, error=error)
                self._stopping.wait(BACKOFF[-1])

    def _send_log(self, replay_id: str, queues: dict[str, str]) -> None:
        broker = connection(self._process, f"replay-{self._service}")
        channel = broker.channel()
        channel.confirm_delivery()

        def send(queue: str, kind: Kind, body: bytes) -> None:
            signature = signatures.sign(self._signer, kind, body, replay_id)
            channel.basic_publish(
                topology.RETRY_EXCHANGE, topology.now_key(queue), body, properties(signature)
            )

        counts = dict.fromkeys(queues.values(), 0)
        wanted = {"type": {"$in": list(queues)}}
        for event in self._database["event_log"].find(wanted).sort("logged_at", 1):
            queue = queues[event["type"]]
            event.pop("_id"), event.pop("logged_at")
            send(queue, Kind.EVENT, dump(event))
            counts[queue] += 1
        for queue, count in counts.items():
            end = {"replay_id": replay_id, "queue": queue, "events": count}
            send(queue, Kind.REPLAY_END, orjson.dumps(end))
        broker.close()
        log.info("replay_sent", of=self._service, replay_id=replay_id, events=sum(counts.values()))


def probes(relays: list[Relay]) -> Probes:
    """Alive: every thread turns. Ready: every one publishes and its database answers."""

    def measure() -> None:
        for relay in relays:
            relay.measure()

    ready: Checks = {
        "broker": lambda: all(relay.publishes() for relay in relays),
        "database": lambda: all(relay.primary_answers() for relay in relays),
    }
    return Probes({"threads": lambda: all(relay.turns() for relay in relays)}, ready, measure)


def serve(probes: Probes, port: int) -> None:
    """Answer the probes in a thread of their own, on all interfaces."""
    server = make_server("0.0.0.0", port, probes, _ThreadingServer, _QuietHandler)
    threading.Thread(target=server.serve_forever, name="probes", daemon=True).start()


class _ThreadingServer(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """One line for each probe would drown the log."""


def main(services: list[str]) -> int:
    if not services:
        print("usage: python -m shared.messaging.relay SERVICE…", file=sys.stderr)
        return 2
    configure("relay")
    tracing.configure("relay")
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    process = settings.load()
    relays = [Relay(service, process, stopping) for service in services]
    for relay in relays:
        relay.start()
    if process.probe_port is not None:
        serve(probes(relays), process.probe_port)
    while not stopping.wait(0.5):
        dead = [relay.name for relay in relays if not relay.is_alive()]
        if dead:  # a bug, not an outage: let the supervisor start all of it again
            log.error("relay_thread_died", threads=dead)
            return 1
    for relay in relays:
        relay.join(5)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
