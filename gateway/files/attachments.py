"""Which records hold which files, learnt from the services' events (docs/adr/0006).

The gateway is no nameko service; it consumes in a thread of its own over pika, with the queues,
retries and dead letters of every other consumer (shared/messaging). The first time it runs it
asks each source for what was published before its queue existed.
"""

from __future__ import annotations

import asyncio
import functools
import threading
import time
from collections.abc import Coroutine, Mapping
from typing import Any, TypeVar

import orjson
import pika
from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import AMQPError
from pymongo.errors import PyMongoError

from gateway.files.store import FileStore
from shared import contracts, metrics
from shared.actor import TokenSigner, TokenVerifier
from shared.contracts import names
from shared.errors import InvalidInput
from shared.logging import get_logger
from shared.messaging import events, signatures, topology
from shared.messaging.connections import BACKOFF, parameters
from shared.messaging.failures import is_lasting
from shared.messaging.signatures import INITIAL, Kind, Proof
from shared.messaging.topology import Queue
from shared.settings import Settings

CONSUMER = "gateway"
# Service → the events that tell which files its records hold. A new owner of files is a new row.
OWNERS: Mapping[str, tuple[str, ...]] = {
    "proposals": (
        names.PROPOSAL_FILES_CHANGED,
        names.INSPECTION_FILES_CHANGED,
        names.APPRAISAL_FILES_CHANGED,
    ),
    "study": (names.STUDY_FILES_CHANGED,),
    "liaison": (names.LIAISON_FILES_CHANGED,),
    "outcomes": (names.OUTCOME_FILES_CHANGED,),
    "opinions": (names.OPINION_FILES_CHANGED,),
    "consultations": (names.CONSULTATION_FILES_CHANGED,),
    "supervision": (names.SUPERVISION_FILES_CHANGED,),
    "office": (
        names.MEETING_FILES_CHANGED,
        names.DOCUMENT_FILES_CHANGED,
        names.INTERNAL_RULE_FILES_CHANGED,
    ),
}
FACTS = tuple((owner, event_type) for owner, types in OWNERS.items() for event_type in types)
PREFETCH = 16
LOOK_SECONDS = 10.0  # between two looks at the lengths of the queues
WAKE_SECONDS = 0.5  # how soon the thread notices that it has to end
ANSWER_SECONDS = 30.0
STEADY_SECONDS = 30  # a connection that lasted this long begins its backoff anew
TROUBLE = (AMQPError, PyMongoError, OSError, TimeoutError)
T = TypeVar("T")
Fact = tuple[str, str]  # (owner, event type)
log = get_logger(__name__)


def queue_of(owner: str, event_type: str) -> Queue:
    return topology.event_queue(CONSUMER, owner, event_type, f"on_{owner}_{event_type}")


HANDLED = {fact: metrics.events_handled.labels(CONSUMER, queue_of(*fact).name) for fact in FACTS}


async def note_files(store: FileStore, event: events.Event) -> None:
    """The effect of an owner's event: idempotent, and the same in any order."""
    holder = {
        "key": f"{event.source}:{event.subject}",
        "owner": event.source,
        "subject": event.subject,
        "version": event.version,
    }
    await store.note({**holder, "held": True}, event.data["attached"], event.occurred_on)
    await store.note({**holder, "held": False}, event.data["detached"], event.occurred_on)


class Attachments(threading.Thread):
    """Consumes until `stop`; effects run in the event loop that made it."""

    def __init__(self, process: Settings, store: FileStore) -> None:
        super().__init__(name="file-attachments", daemon=True)
        self._process = process
        self._store = store
        self._loop = asyncio.get_running_loop()
        self._verifier = TokenVerifier(process.keys_dir / "jwks.json")
        self._stopping = threading.Event()
        self.consuming = False

    def stop(self) -> None:
        self._stopping.set()

    def run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            started = time.monotonic()
            try:
                self._consume()
            except TROUBLE as error:
                failures = 0 if time.monotonic() - started > STEADY_SECONDS else failures + 1
                wait = BACKOFF[min(failures, len(BACKOFF) - 1)]
                log.warning("attachments_interrupted", error=error, again_in=wait)
                self._stopping.wait(wait)

    def _consume(self) -> None:
        """Until something breaks, or `stop`."""
        broker = pika.BlockingConnection(parameters(self._process.amqp_uri, "gateway-files"))
        try:
            channel = broker.channel()
            self._declare(channel)
            channel.confirm_delivery()
            channel.basic_qos(prefetch_count=PREFETCH)
            for fact in FACTS:
                self._ask_for_the_past(channel, *fact)
                callback = functools.partial(self._on_message, fact)
                channel.basic_consume(queue_of(*fact).name, callback)
            log.info("attachments_connected")
            self.consuming = True
            looked_at = 0.0
            while not self._stopping.is_set():
                if time.monotonic() - looked_at >= LOOK_SECONDS:
                    _measure(channel)
                    looked_at = time.monotonic()
                broker.process_data_events(WAKE_SECONDS)
        finally:
            self.consuming = False
            if broker.is_open:
                broker.close()

    def _declare(self, channel: BlockingChannel) -> None:
        delays = dict.fromkeys(self._process.retry_delays)
        topology.declare_with_pika(
            channel,
            [*topology.RETRY_EXCHANGES, *map(topology.events_exchange, OWNERS)],
            [
                *map(topology.delay_queue, delays),
                topology.dead_queue(CONSUMER),
                *map(topology.replay_queue, OWNERS),
                *(queue_of(*fact) for fact in FACTS),
            ],
        )

    def _ask_for_the_past(self, channel: BlockingChannel, owner: str, event_type: str) -> None:
        """Once: what was published before the queue existed is sent to it."""
        queue = queue_of(owner, event_type).name
        if self._await(self._store.has_mark(queue)):
            return
        body = orjson.dumps({"replay_id": INITIAL, "queues": {event_type: queue}})
        signer = TokenSigner.load(self._process.keys_dir, CONSUMER)
        signature = signatures.sign(signer, Kind.REPLAY_REQUEST, body)
        _publish(channel, topology.replay_key(owner), body, {signatures.HEADER: signature})
        self._await(self._store.set_mark(queue))

    def _on_message(
        self, fact: Fact, channel: BlockingChannel, method: Any, properties: Any, body: bytes
    ) -> None:
        """Ack comes after the effect, or after the message is safe elsewhere (decision 5)."""
        headers = dict(properties.headers or {})
        try:
            proof = signatures.proof(self._verifier, headers, body)
            if proof.kind is not Kind.REPLAY_END:  # of the first look at the past: nothing waits
                self._await(note_files(self._store, _event(fact, proof, body)))
                HANDLED[fact].inc()
        except Exception as error:
            self._set_aside(fact, channel, headers, body, error)
        channel.basic_ack(method.delivery_tag)

    def _set_aside(
        self,
        fact: Fact,
        channel: BlockingChannel,
        headers: dict[str, Any],
        body: bytes,
        error: Exception,
    ) -> None:
        """Delay the message, or bury it: refused at once, transient after its tries."""
        queue, delays = queue_of(*fact).name, self._process.retry_delays
        attempt = int(headers.get(topology.ATTEMPT) or 0)
        permanent = is_lasting(error)
        kept = {key: value for key, value in headers.items() if not key.startswith("x-death")}
        kept[topology.QUEUE] = queue
        if permanent or attempt >= len(delays):
            log.error("event_dead", queue=queue, exc_info=error)
            kept[topology.CODE] = getattr(error, "code", type(error).__name__)
            metrics.events_dead.labels(CONSUMER, queue, kept[topology.CODE]).inc()
            kept[topology.REASON] = str(error)[:500]
            _publish(channel, topology.dead_key(CONSUMER), body, kept)
            return
        log.warning("event_retry", queue=queue, attempt=attempt + 1, error=error)
        metrics.events_retried.labels(CONSUMER, queue).inc()
        kept[topology.ATTEMPT] = attempt + 1
        _publish(channel, topology.delay_key(delays[attempt], queue), body, kept)

    def _await(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(ANSWER_SECONDS)


def _measure(channel: BlockingChannel) -> None:
    for queue in (topology.dead_queue(CONSUMER), *(queue_of(*fact) for fact in FACTS)):
        length = channel.queue_declare(queue.name, passive=True).method.message_count
        metrics.queue_messages.labels(CONSUMER, queue.name).set(length)


def _event(fact: Fact, proof: Proof, body: bytes) -> events.Event:
    event = signatures.event(proof, body)
    if (event.source, event.type) != fact:
        raise InvalidInput(f"事件 {event.source}.{event.type} 投递到了错误的队列")
    contracts.validate(event.source, event.type, event.data)
    return event


def _publish(channel: BlockingChannel, key: str, body: bytes, headers: dict[str, Any]) -> None:
    """Persistent, and confirmed when it returns."""
    properties = pika.BasicProperties(
        content_type="application/json", delivery_mode=2, headers=headers
    )
    channel.basic_publish(topology.RETRY_EXCHANGE, key, body, properties, mandatory=True)
