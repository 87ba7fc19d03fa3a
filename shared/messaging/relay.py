"""The outbox relay: `python -m shared.messaging.relay SERVICE…` (decisions 2, 36).

For each service's database, in a task of its own: take the pending events of an aggregate in
order, write them to `event_log`, publish with confirm, and remove them from the aggregate. A
change stream wakes it at once; a sweep finds what a wake missed. It may publish twice, never not
at all. It also sends the log to a consumer that asks for a replay.
"""

from __future__ import annotations

import asyncio
import math
import signal
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from functools import partial
from socketserver import ThreadingMixIn
from typing import Any, TypeVar
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import orjson
import pika
import pymongo
from pika.exceptions import AMQPError
from prometheus_client import Counter
from pymongo import AsyncMongoClient
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import PyMongoError

from shared import metrics, settings, tracing
from shared.actor import TokenSigner, TokenVerifier
from shared.errors import AppError, Unavailable
from shared.logging import configure, get_logger
from shared.messaging import republication, signatures, topology
from shared.messaging.changes import Changed, Changes
from shared.messaging.connections import BACKOFF
from shared.messaging.events import CONTENT_TYPE, dump
from shared.messaging.outbox import LOOK_SECONDS, Outbox, Publish
from shared.messaging.publisher import Publisher
from shared.messaging.signatures import Kind
from shared.persistence.database import PROBE_SECONDS, Document
from shared.probes import STUCK_SECONDS, Checks, Probes

T = TypeVar("T")

SWEEP_SECONDS = 30.0
LINGER_SECONDS = 0.01  # after a drain, so that what comes in a burst goes out together
STOP_SECONDS = 5.0
KEY_SECONDS = 1.0  # until an asker whose key is not published yet is looked at again
REPLAYED_TOGETHER = 100  # events of a replay that wait for their confirms
CONFIRM_SECONDS = 5.0  # a broker that takes longer takes nothing
TROUBLE = (AMQPError, PyMongoError, OSError)
log = get_logger(__name__)


def properties(signature: str, event_id: str | None = None) -> pika.BasicProperties:
    return pika.BasicProperties(
        content_type=CONTENT_TYPE,
        delivery_mode=2,
        message_id=event_id,
        headers={signatures.HEADER: signature},
    )


class Relay:
    """The relay of one service's database; all of a process share its event loop."""

    def __init__(
        self,
        service: str,
        process: settings.Settings,
        database: AsyncDatabase[Document],
        changed: Changed,
        stopping: asyncio.Future[None],
    ) -> None:
        self.service = service
        self._changed = changed
        self._stopping = stopping
        self._process = process
        self._exchange = topology.events_exchange(service)
        self._verifier = TokenVerifier(process.keys_dir / "jwks.json")
        self._database = database
        self._outbox = Outbox(self._database)
        self._replays: set[asyncio.Task[None]] = set()
        self._published: dict[str, Counter] = {}
        self._connected = metrics.broker_connected.labels(service)
        self._age = metrics.outbox_age.labels(service)
        self.connected = False
        self._in_flight = 0
        self._waiting_since: float | None = None  # for the confirm of the next of these
        self.beat_at = time.monotonic()  # when the loop turned last

    async def run(self) -> None:
        failures = 0
        while not self._stopping.done():
            started = self.beat_at = time.monotonic()
            try:
                await self._serve()
            except TROUBLE as error:
                failures = 0 if time.monotonic() - started > 30 else failures + 1
                wait = BACKOFF[min(failures, len(BACKOFF) - 1)]
                log.warning("relay_interrupted", of=self.service, error=error, again_in=wait)
                await asyncio.wait((self._stopping,), timeout=wait)

    def turns(self) -> bool:
        """Whether the loop goes round, be it in vain."""
        return time.monotonic() - self.beat_at < STUCK_SECONDS

    def publishes(self) -> bool:
        """Whether the broker is there and takes what is published: short of memory or disk it
        leaves publishers waiting."""
        waiting = self._waiting_since
        return self.connected and (waiting is None or time.monotonic() - waiting < CONFIRM_SECONDS)

    async def primary_answers(self) -> bool:
        with pymongo.timeout(PROBE_SECONDS):
            return bool((await self._database.client.admin.command("ping"))["ok"])

    async def measure(self) -> None:
        """Set the age of the outbox; it is not a number while the database does not tell."""
        try:
            with pymongo.timeout(PROBE_SECONDS):
                self._age.set(await self._outbox.age())
        except PyMongoError:
            self._age.set(math.nan)

    async def _serve(self) -> None:
        """Publish until something breaks; both servers are connected anew after that."""
        self._signer = TokenSigner.load(self._process.keys_dir, self.service)
        broker = await Publisher.open(self._process.amqp_uri, f"relay-{self.service}")
        try:
            replays = topology.replay_queue(self.service)
            await broker.declare([self._exchange, *topology.RETRY_EXCHANGES], [replays])
            log.info("relay_connected", of=self.service)
            self._set_connected(True)
            publish = partial(self._publish, broker)
            if again := await republication.carry_out(self._database, publish):
                log.info("republished", of=self.service, events=again)
            await broker.consume(replays.name, partial(self._take_up_replay, broker))
            await self._follow(broker, publish)
        finally:
            self._set_connected(False)
            for replay in self._replays:  # its request was not acked, so it comes again
                replay.cancel()
            await broker.close()

    def _set_connected(self, connected: bool) -> None:
        self.connected = connected
        self._connected.set(connected)

    async def _publish(self, broker: Publisher, event: Document) -> None:
        kind = event["type"]
        correlation_id = event.get("correlationid", "")
        parent = event.get(tracing.TRACEPARENT)
        with tracing.span(
            f"publish {kind}", tracing.PRODUCER, parent, correlation_id=correlation_id
        ):
            body = dump(event)
            signature = signatures.sign(self._signer, Kind.EVENT, body)
            sent = broker.publish(
                self._exchange.name, kind, body, properties(signature, event["id"])
            )
            await self._confirmed(sent)
        if kind not in self._published:
            self._published[kind] = metrics.events_published.labels(self.service, kind)
        self._published[kind].inc()
        self.beat_at = time.monotonic()

    async def _confirmed(self, sent: asyncio.Future[None]) -> None:
        self._in_flight += 1
        self._waiting_since = self._waiting_since or time.monotonic()  # also over a new try
        try:
            await sent
        finally:
            self._in_flight -= 1
        self._waiting_since = time.monotonic() if self._in_flight else None

    async def _follow(self, broker: Publisher, publish: Publish) -> None:
        swept_at = -math.inf
        while not self._stopping.done():
            self.beat_at = time.monotonic()
            broker.require_open()
            changed = self._changed.take()
            if changed is None or self.beat_at - swept_at >= SWEEP_SECONDS:
                await self._outbox.refresh()
                await self._outbox.drain(publish)
                swept_at = time.monotonic()
            else:
                changed |= self._outbox.doubtful
                for name in changed:
                    if await self._outbox.concerns(name):
                        await self._outbox.drain_of(name, publish)
                if changed:
                    await asyncio.sleep(LINGER_SECONDS)
            await asyncio.wait(
                (self._changed.come, broker.closed, self._stopping),
                timeout=LOOK_SECONDS if self._outbox.doubtful else SWEEP_SECONDS,
                return_when=asyncio.FIRST_COMPLETED,
            )

    def _take_up_replay(
        self,
        broker: Publisher,
        method: pika.spec.Basic.Deliver,
        asked: pika.BasicProperties,
        body: bytes,
    ) -> None:
        replay = asyncio.ensure_future(
            self._answer_replay(broker, method.delivery_tag, asked.headers, body)
        )
        self._replays.add(replay)
        replay.add_done_callback(self._replays.discard)

    async def _answer_replay(
        self, broker: Publisher, tag: int, headers: dict[str, Any] | None, body: bytes
    ) -> None:
        """Send what is asked for; ack when all of it is sent, so that a dead relay is followed
        up."""
        try:
            request = self._request(headers, body)
        except Unavailable:  # the asker's key is not yet published here
            await asyncio.sleep(KEY_SECONDS)
            broker.nack(tag)
            return
        except AppError as error:
            log.warning("replay_refused", of=self.service, error=error)
            broker.ack(tag)
            return
        while True:
            try:
                await self._send_log(request["replay_id"], request["queues"])
                break
            except TROUBLE as error:
                log.warning("replay_interrupted", of=self.service, error=error)
                await asyncio.sleep(BACKOFF[-1])
        broker.ack(tag)

    def _request(self, headers: dict[str, Any] | None, body: bytes) -> dict[str, Any]:
        """What a consumer asks for its own queues; raises OriginUnproven for another's."""
        asking = signatures.proof(self._verifier, headers, body)
        request: dict[str, Any] = orjson.loads(body)
        own = all(queue.startswith(f"{asking.issuer}.") for queue in request["queues"].values())
        if asking.kind is not Kind.REPLAY_REQUEST or not own:
            raise signatures.OriginUnproven
        return request

    async def _send_log(self, replay_id: str, queues: dict[str, str]) -> None:
        """Send the log to the queues of one consumer, then tell each queue how much that was."""
        broker = await Publisher.open(self._process.amqp_uri, f"replay-{self.service}")

        def send(queue: str, kind: Kind, body: bytes) -> asyncio.Future[None]:
            signature = signatures.sign(self._signer, kind, body, replay_id)
            key = topology.now_key(queue)
            return broker.publish(topology.RETRY_EXCHANGE, key, body, properties(signature))

        counts = dict.fromkeys(queues.values(), 0)
        wanted = {"type": {"$in": list(queues)}}
        sent: list[asyncio.Future[None]] = []
        try:
            async for event in self._database["event_log"].find(wanted).sort("logged_at", 1):
                queue = queues[event["type"]]
                event.pop("_id"), event.pop("logged_at")
                sent.append(send(queue, Kind.EVENT, dump(event)))
                counts[queue] += 1
                if len(sent) == REPLAYED_TOGETHER:
                    await asyncio.gather(*sent)
                    sent.clear()
            await asyncio.gather(*sent)
            for queue, count in counts.items():
                end = {"replay_id": replay_id, "queue": queue, "events": count}
                await send(queue, Kind.REPLAY_END, orjson.dumps(end))
        finally:
            await broker.close()
        log.info("replay_sent", of=self.service, replay_id=replay_id, events=sum(counts.values()))


def probes(relays: list[Relay], loop: asyncio.AbstractEventLoop) -> Probes:
    """Alive: every loop turns. Ready: every one publishes and its database answers.

    The answers are given in another thread than the loop's.
    """

    def asked(work: Callable[[Relay], Awaitable[T]]) -> list[T]:
        async def all_of_them() -> list[T]:
            return await asyncio.gather(*map(work, relays))

        return asyncio.run_coroutine_threadsafe(all_of_them(), loop).result(2 * PROBE_SECONDS)

    def measure() -> None:
        asked(Relay.measure)

    ready: Checks = {
        "broker": lambda: all(relay.publishes() for relay in relays),
        "database": lambda: all(asked(Relay.primary_answers)),
    }
    return Probes({"loops": lambda: all(relay.turns() for relay in relays)}, ready, measure)


def serve(probes: Probes, port: int) -> None:
    """Answer the probes in a thread of their own, on all interfaces."""
    server = make_server("0.0.0.0", port, probes, _ThreadingServer, _QuietHandler)
    threading.Thread(target=server.serve_forever, name="probes", daemon=True).start()


class _ThreadingServer(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """One line for each probe would drown the log."""


async def relay(services: list[str], process: settings.Settings) -> None:
    """Until SIGTERM or SIGINT. Raises what is a bug and not an outage: then the supervisor starts
    all of it again."""
    loop = asyncio.get_running_loop()
    stopping: asyncio.Future[None] = loop.create_future()

    def stop() -> None:
        if not stopping.done():
            stopping.set_result(None)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    client: AsyncMongoClient[Document] = AsyncMongoClient(
        process.mongo_uri, serverSelectionTimeoutMS=5_000, socketTimeoutMS=20_000
    )
    databases = {service: client[f"{process.db_prefix}{service}"] for service in services}
    changes = Changes(client, [database.name for database in databases.values()])
    relays = [
        Relay(service, process, database, changes.of(database.name), stopping)
        for service, database in databases.items()
    ]
    if process.probe_port is not None:
        serve(probes(relays, loop), process.probe_port)
    running = asyncio.gather(*(relay.run() for relay in relays))
    following = asyncio.ensure_future(changes.follow())
    await asyncio.wait((running, following, stopping), return_when=asyncio.FIRST_COMPLETED)
    if following.done():
        following.result()
    try:
        await asyncio.wait_for(running, STOP_SECONDS)  # what is under way is ended
    except TimeoutError:
        log.warning("relay_cut_off")
    finally:
        following.cancel()
        await client.close()


def main(services: list[str]) -> int:
    if not services:
        print("usage: python -m shared.messaging.relay SERVICE…", file=sys.stderr)
        return 2
    configure("relay")
    tracing.configure("relay")
    asyncio.run(relay(services, settings.load()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
