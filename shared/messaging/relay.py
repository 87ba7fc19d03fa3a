"""The outbox relay: `python -m shared.messaging.relay SERVICE…` (decisions 2, 36).

For each service's database, in a thread of its own: take the pending events of an aggregate in
order, write them to `event_log`, publish with confirm, and remove them from the aggregate. A
change stream wakes it at once; a sweep finds what a wake missed. It may publish twice, never not
at all. It also sends the log to a consumer that asks for a replay.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import orjson
import pika
from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import AMQPError
from pymongo import MongoClient, UpdateOne
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import BulkWriteError, PyMongoError

from shared import settings
from shared.logging import configure, get_logger
from shared.messaging import topology
from shared.messaging.events import CONTENT_TYPE, dump
from shared.persistence.database import HAS_PENDING, OUTBOX_INDEX, Document

SWEEP_SECONDS = 5.0
WAKE_MS = 500  # how long one look at the change stream may last
AT_ONCE = 100  # aggregates whose events are logged, and then removed, by one write
DUPLICATE_KEY = 11000
# Writes that may have left something pending: not the relay's own removals. Only the names of
# collections are wanted, not the documents.
CHANGES: list[Document] = [
    {
        "$match": {
            "operationType": {"$in": ["insert", "update", "replace"]},
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


def properties(event: Document, headers: dict[str, Any] | None = None) -> pika.BasicProperties:
    return pika.BasicProperties(
        content_type=CONTENT_TYPE,
        delivery_mode=2,
        message_id=event["id"],
        headers=headers,
    )


class Outbox:
    """The pending events of one database."""

    def __init__(self, database: Database[Document]) -> None:
        self._database = database
        self._log = database["event_log"]
        self.collections: list[str] = []
        self._known: set[str] = set()

    def refresh(self) -> None:
        """Find the collections that carry pending events: those with the outbox index."""
        self._known = set(self._database.list_collection_names())
        self.collections = [
            name for name in self._known if OUTBOX_INDEX in self._database[name].index_information()
        ]

    def concerns(self, collection: str) -> bool:
        """Whether `collection` may hold pending events."""
        if collection not in self._known:
            self.refresh()
        return collection in self.collections

    def drain(self, publish: Callable[[Document], None]) -> None:
        """Publish all that is pending."""
        for name in self.collections:
            self.drain_of(name, publish)

    def drain_of(self, name: str, publish: Callable[[Document], None]) -> None:
        """Publish all that is pending in one collection, AT_ONCE aggregates together."""
        collection = self._database[name]
        found = AT_ONCE
        while found == AT_ONCE:
            wanted = collection.find(HAS_PENDING, {"pending_events": 1}, hint=OUTBOX_INDEX)
            pending = list(wanted.limit(AT_ONCE))
            found = len(pending)
            if pending:
                self._publish_of(collection, publish, pending)

    def _publish_of(
        self,
        collection: Collection[Document],
        publish: Callable[[Document], None],
        pending: list[Document],
    ) -> None:
        """The events of some aggregates, in the log first, each after the confirm of the former."""
        self._write_to_log([event for doc in pending for event in doc["pending_events"]])
        confirmed: dict[Any, list[str]] = {}
        try:
            for doc in pending:
                for event in doc["pending_events"]:
                    publish(event)
                    confirmed.setdefault(doc["_id"], []).append(event["id"])
        finally:
            if confirmed:
                # The version stays: removing what is published is no edit of the aggregate.
                collection.bulk_write(
                    [
                        UpdateOne({"_id": key}, {"$pull": {"pending_events": {"id": {"$in": ids}}}})
                        for key, ids in confirmed.items()
                    ],
                    ordered=False,
                )

    def _write_to_log(self, events: list[Document]) -> None:
        now = time.time()
        rows = [
            {"_id": event["id"], **event, "logged_at": now + number / 1_000_000}  # in their order
            for number, event in enumerate(events)
        ]
        try:
            self._log.insert_many(rows, ordered=False)
        except BulkWriteError as error:
            others = [e for e in error.details["writeErrors"] if e["code"] != DUPLICATE_KEY]
            if others or error.details["writeConcernErrors"]:
                raise
            log.debug("logged_before")  # published before, or written before a crash


class Relay(threading.Thread):
    """The relay of one service's database."""

    def __init__(self, service: str, process: settings.Settings, stopping: threading.Event) -> None:
        super().__init__(name=f"relay-{service}", daemon=True)
        self._service = service
        self._process = process
        self._stopping = stopping
        self._exchange = topology.events_exchange(service)
        client: MongoClient[Document] = MongoClient(
            process.mongo_uri, serverSelectionTimeoutMS=5_000, socketTimeoutMS=20_000
        )
        self._database = client[f"{process.db_prefix}{service}"]
        self._outbox = Outbox(self._database)
        self._replaying: list[tuple[threading.Thread, int]] = []

    def run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            started = time.monotonic()
            try:
                self._serve()
            except TROUBLE as error:
                failures = 0 if time.monotonic() - started > 30 else failures + 1
                wait = BACKOFF[min(failures, len(BACKOFF) - 1)]
                log.warning("relay_interrupted", of=self._service, error=repr(error), again_in=wait)
                self._stopping.wait(wait)

    def _serve(self) -> None:
        """Publish until something breaks; both servers are connected anew after that."""
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
                self._follow(broker, channel, changes)
        finally:
            if broker.is_open:
                broker.close()

    def _follow(
        self, broker: pika.BlockingConnection, channel: BlockingChannel, changes: Any
    ) -> None:
        def publish(event: Document) -> None:
            channel.basic_publish(
                self._exchange.name, event["type"], dump(event), properties(event)
            )

        swept_at = 0.0
        while not self._stopping.is_set():
            due = time.monotonic() - swept_at >= SWEEP_SECONDS
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
            method, _, body = channel.basic_get(queue)
            if method is None or body is None:
                return
            thread = threading.Thread(
                target=self._replay, args=(orjson.loads(body),), name="replay", daemon=True
            )
            thread.start()
            self._replaying.append((thread, method.delivery_tag))

    def _replay(self, request: dict[str, Any]) -> None:
        """Send the log to the queues of one consumer, then tell each queue how much that was."""
        while not self._stopping.is_set():
            try:
                self._send_log(request["replay_id"], request["queues"])
                return
            except TROUBLE as error:
                log.warning("replay_interrupted", of=self._service, error=repr(error))
                self._stopping.wait(BACKOFF[-1])

    def _send_log(self, replay_id: str, queues: dict[str, str]) -> None:
        broker = connection(self._process, f"replay-{self._service}")
        channel = broker.channel()
        channel.confirm_delivery()
        counts = dict.fromkeys(queues.values(), 0)
        wanted = {"type": {"$in": list(queues)}}
        for event in self._database["event_log"].find(wanted).sort("logged_at", 1):
            queue = queues[event["type"]]
            event.pop("_id"), event.pop("logged_at")
            channel.basic_publish(
                topology.RETRY_EXCHANGE,
                topology.now_key(queue),
                dump(event),
                properties(event, {topology.REPLAYED: replay_id}),
            )
            counts[queue] += 1
        for queue, count in counts.items():
            headers = {topology.REPLAYED: replay_id, topology.REPLAY_END: count}
            channel.basic_publish(
                topology.RETRY_EXCHANGE,
                topology.now_key(queue),
                b"{}",
                pika.BasicProperties(delivery_mode=2, headers=headers),
            )
        broker.close()
        log.info("replay_sent", of=self._service, replay_id=replay_id, events=sum(counts.values()))


def main(services: list[str]) -> int:
    if not services:
        print("usage: python -m shared.messaging.relay SERVICE…", file=sys.stderr)
        return 2
    configure("relay")
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    relays = [Relay(service, settings.load(), stopping) for service in services]
    for relay in relays:
        relay.start()
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
