"""`@on_event`: one quorum queue for each handler method, and no event lost or looped.

Ack comes after the effect. A transient failure waits outside the process and comes back (decision
5), a refused or malformed event goes to the dead letters at once, and so does one that failed too
often. Handlers are idempotent, so a second delivery is harmless.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import amqp
import orjson
from eventlet.semaphore import Semaphore
from nameko.extensions import Entrypoint, SharedExtension, register_entrypoint
from pymongo.errors import PyMongoError
from structlog.contextvars import bound_contextvars

from shared import contracts, metrics, tracing
from shared.errors import AppError, InvalidInput, Unavailable
from shared.logging import get_logger
from shared.messaging import events, signatures, topology
from shared.messaging.failures import is_lasting
from shared.messaging.link import LOST, BrokerLink
from shared.messaging.platform import PlatformExtension, instance_of
from shared.messaging.queues import QueueLengths
from shared.messaging.replays import Replays
from shared.messaging.signatures import Kind, Proof
from shared.messaging.workers import Workers
from shared.persistence.database import replaying

PREFETCH = 16  # for each queue
AT_ONCE = 16  # handlers of one process that run at the same time
log = get_logger(__name__)


class EventConsumers(SharedExtension):
    """Declares and consumes the queues of all handlers of a service, on one channel."""

    link = BrokerLink()
    platform = PlatformExtension()
    replays = Replays()
    lengths = QueueLengths()

    def __init__(self) -> None:
        self._handlers: list[EventHandler] = []
        self._channel: amqp.Channel | None = None
        self._tags: list[str] = []
        self._workers = Workers()
        self._slots = Semaphore(AT_ONCE)

    def register(self, handler: EventHandler) -> None:
        self._handlers.append(handler)
        self.replays.register(handler.source, handler.event_type, handler.queue.name)
        self.lengths.watch(handler.queue.name)

    def setup(self) -> None:
        self.link.on_open(self._open)
        self.lengths.watch(topology.dead_queue(self.container.service_name).name)

    @property
    def consuming(self) -> bool:
        return self._channel is not None

    def start(self) -> None:
        self.replays.start_watching()

    def stop_consuming(self) -> None:
        channel, self._channel = self._channel, None
        if channel is not None:
            try:
                for tag in self._tags:
                    channel.basic_cancel(tag, nowait=True)
            except LOST:
                log.debug("cancel_failed")
        self._workers.waitall()

    def _open(self, connection: amqp.Connection) -> None:
        channel = connection.channel()
        sources = {handler.source for handler in self._handlers}
        delays = self.platform.get().environment.retry_delays
        topology.declare_with_amqp(
            channel,
            [*topology.RETRY_EXCHANGES, *(topology.events_exchange(s) for s in sources)],
            [
                *(topology.delay_queue(delay) for delay in dict.fromkeys(delays)),
                topology.dead_queue(self.container.service_name),
                *(topology.replay_queue(source) for source in sources),
                *(handler.queue for handler in self._handlers),
            ],
        )
        channel.basic_qos(0, PREFETCH, False)
        self._tags = [
            channel.basic_consume(
                handler.queue.name, callback=functools.partial(self._on_message, handler)
            )
            for handler in self._handlers
        ]
        self._channel = channel

    def _on_message(self, handler: EventHandler, message: amqp.Message) -> None:
        self._workers.run(self._handle, handler, message)

    @functools.cached_property
    def _instance(self) -> Any:
        return instance_of(self.container)

    def _handle(self, handler: EventHandler, message: amqp.Message) -> None:
        """Give the event to the handler, at most AT_ONCE at a time."""
        with self._slots:
            try:
                verifier, body = self.platform.get().verifier, _body(message)
                proof = signatures.proof(verifier, message.headers, body)
                if proof.kind is Kind.REPLAY_END:
                    self._end_replay(handler, proof, body)
                    self._ack(message)
                    return
                event = _event(handler, proof, body)
                targets = self.replays.targets(event.replay)
                if not targets:
                    self._ack(message)  # of a replay that was superseded
                    return
            except Exception as error:
                self._fail(handler, message, error)
                return
            failure: Exception | None = None
            try:
                getattr(self._instance, handler.method_name)(event, targets)
            except Exception as error:
                failure = error
            self._finish(handler, message, event, failure)

    def _end_replay(self, handler: EventHandler, proof: Proof, body: bytes) -> None:
        end = orjson.loads(body)
        if (proof.issuer, end["queue"]) != (handler.source, handler.queue.name):
            raise signatures.OriginUnproven
        self.replays.expect(end["replay_id"], handler.queue.name, end["events"])

    def _finish(
        self,
        handler: EventHandler,
        message: amqp.Message,
        event: events.Event,
        error: BaseException | None,
    ) -> None:
        with bound_contextvars(correlation_id=event.correlation_id):
            if error is not None:
                self._fail(handler, message, error, event)
                return
            log.info("event", type=event.type, subject=event.subject)
            handler.handled.inc()
            try:
                if event.replay:
                    self.replays.done(event.replay, handler.queue.name, event.id)
                self._ack(message)
            except PyMongoError as failure:
                self._fail(handler, message, failure, event)

    def _fail(
        self,
        handler: EventHandler,
        message: amqp.Message,
        error: BaseException,
        event: events.Event | None = None,
    ) -> None:
        """Delay the message, or bury it; only then is the delivery acked."""
        service = self.container.service_name
        attempt = int(_headers(message).get(topology.ATTEMPT) or 0)
        delays = self.platform.get().environment.retry_delays
        permanent = is_lasting(error)
        headers = {
            **{k: v for k, v in _headers(message).items() if not k.startswith("x-death")},
            topology.QUEUE: handler.queue.name,
        }
        try:
            if permanent or attempt >= len(delays):
                code = error.code if isinstance(error, AppError) else type(error).__name__
                reason = str(error)[:500]
                log.error("event_dead", queue=handler.queue.name, code=code, exc_info=error)
                metrics.events_dead.labels(service, handler.queue.name, code).inc()
                key = topology.dead_key(service)
                headers |= {topology.REASON: reason, topology.CODE: code}
                if event is not None and event.replay:
                    self.replays.done(event.replay, handler.queue.name, event.id)
            else:
                log.warning(
                    "event_retry", queue=handler.queue.name, attempt=attempt + 1, error=error
                )
                handler.retried.inc()
                key = topology.delay_key(delays[attempt], handler.queue.name)
                headers[topology.ATTEMPT] = attempt + 1
            self.link.publish_confirmed(_body(message), topology.RETRY_EXCHANGE, key, headers)
            self._ack(message)
        except (Unavailable, PyMongoError, *LOST):
            log.warning("event_requeued", queue=handler.queue.name, exc_info=sys.exc_info())
            self._requeue(message)

    def _ack(self, message: amqp.Message) -> None:
        try:
            message.channel.basic_ack(message.delivery_info["delivery_tag"])
        except LOST:
            log.debug("ack_lost")  # delivered again; the handler is idempotent

    def _requeue(self, message: amqp.Message) -> None:
        try:
            message.channel.basic_reject(message.delivery_info["delivery_tag"], requeue=True)
        except LOST:
            log.debug("requeue_lost")


class EventHandler(Entrypoint):
    """One handler method with its queue."""

    consumers = EventConsumers()

    def __init__(self, source: str, event_type: str) -> None:
        self.source = source
        self.event_type = event_type
        super().__init__(expected_exceptions=(Exception,))  # all are logged by the consumer

    def setup(self) -> None:
        service = self.container.service_name
        self.queue = topology.event_queue(service, self.source, self.event_type, self.method_name)
        self.handled = metrics.events_handled.labels(service, self.queue.name)
        self.retried = metrics.events_retried.labels(service, self.queue.name)
        self.consumers.register(self)

    def stop(self) -> None:
        self.consumers.stop_consuming()


def _span(service: str, method: str, event: events.Event) -> AbstractContextManager[None]:
    """A replayed event is handled for another reason than its story's."""
    return tracing.span(
        f"{service}.{method}",
        tracing.CONSUMER,
        None if event.replayed else event.traceparent,
        correlation_id=event.correlation_id,
    )


def _event(handler: EventHandler, proof: Proof, body: bytes) -> events.Event:
    event = signatures.event(proof, body)
    if (event.source, event.type) != (handler.source, handler.event_type):
        raise InvalidInput(f"事件 {event.source}.{event.type} 投递到了错误的队列")
    contracts.validate(event.source, event.type, event.data)
    return event


def _body(message: amqp.Message) -> bytes:
    return message.body if isinstance(message.body, bytes) else str(message.body).encode()


def _headers(message: amqp.Message) -> dict[str, Any]:
    return message.headers or {}


def on_event(source: str, event_type: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Handle an event of `source`: `def on_<source>_<type>(self, event: Event) -> None`.

    The method's name is the queue's name and therefore frozen. During a replay the handler runs
    for the fresh copies of the projections too.
    """

    def decorate(fn: Callable[..., None]) -> Callable[..., None]:
        if fn.__name__ != f"on_{source}_{event_type}":
            raise ValueError(f"{fn.__name__} must be named on_{source}_{event_type}")

        @functools.wraps(fn)
        def handle(self: Any, event: events.Event, targets: list[str | None] | None = None) -> None:
            correlated = bound_contextvars(correlation_id=event.correlation_id)
            with correlated, _span(self.name, fn.__name__, event):
                for target in targets or [None]:
                    if target is None:
                        fn(self, event)
                    else:
                        with replaying(target):
                            fn(self, event)

        register_entrypoint(handle, EventHandler(source, event_type))
        return handle

    return decorate
