"""RPC in a service: `@rpc` for commands, `@read` for queries.

Calls run in greenlets of our own, on one instance of the service whose dependencies are bound once
(docs/adr/0002), and are answered over one kept-open channel.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

import amqp
from nameko.extensions import Entrypoint, SharedExtension
from prometheus_client import Histogram
from pymongo.errors import PyMongoError
from structlog.contextvars import bound_contextvars

from shared import metrics, tracing
from shared.actor import PUBLIC_ACTOR, Actor
from shared.call import Act, Call, CommandId
from shared.errors import (
    AppError,
    DeadlineExceeded,
    Forbidden,
    InvalidInput,
    NotFound,
    Unauthenticated,
    Unavailable,
)
from shared.ids import new_id
from shared.logging import get_logger
from shared.messaging import builtins, topology, wire
from shared.messaging.failures import shown
from shared.messaging.link import LOST, BrokerLink
from shared.messaging.platform import PlatformExtension, instance_of
from shared.messaging.queues import QueueLengths
from shared.messaging.workers import Workers
from shared.persistence.audit import AuditKind, AuditOutcome

PREFETCH = 64
NOTHING: tuple[str | None, str | None] = (None, None)
UNKNOWN = "unknown"  # the label of every method that there is not
REPLY_SECONDS = 30.0  # how long an answer waits for a lost broker before it is given up
log = get_logger(__name__)


class RpcServer(SharedExtension):
    """Consumes the service's RPC queue and answers every message, whatever it holds."""

    link = BrokerLink()
    platform = PlatformExtension()
    lengths = QueueLengths()

    def __init__(self) -> None:
        self._methods: dict[str, RpcMethod] = {}
        self._workers = Workers()  # PREFETCH bounds them
        self._channel: amqp.Channel | None = None
        self._consumer: str | None = None
        self._offered: dict[str, Callable[..., Any]] = {}
        self._timers: dict[str, Histogram] = {}
        self._callers: dict[str, frozenset[str]] = {}
        self._subjects: dict[str, tuple[str | None, str | None]] = {}
        self._secret: frozenset[str] = frozenset()  # what leaves no trace in its time
        self._told: frozenset[str] = frozenset()  # of whose success the log has a line
        self._commands: frozenset[str] = frozenset()  # what the audit is told of

    def setup(self) -> None:
        self.link.on_open(self._open)
        self.lengths.watch(topology.rpc_queue(self.container.service_name).name)

    @property
    def consuming(self) -> bool:
        return self._channel is not None

    def register(self, method: RpcMethod) -> None:
        self._methods[method.method_name] = method

    def start(self) -> None:
        instance = instance_of(self.container)
        platform = self.platform.get()
        builtin = builtins.methods(platform, self.container)
        self._offered = {**builtin, **{name: getattr(instance, name) for name in self._methods}}
        service = self.container.service_name
        self._callers = {
            name: frozenset({service, *getattr(method, "callers", ())})
            for name, method in self._offered.items()
        }
        self._secret = frozenset(name for name, m in self._methods.items() if not m.logged)
        self._told = frozenset(n for n, m in self._methods.items() if not m.fast) - self._secret
        self._commands = self._told | builtins.COMMANDS
        self._subjects = {
            **{n: getattr(getattr(instance, n), "subject", NOTHING) for n in self._methods},
            **builtins.SUBJECTS,
        }
        self._timers = {
            name: metrics.rpc_seconds.labels(service, name)
            for name in self._offered.keys() - self._secret
        }

    def stop_consuming(self) -> None:
        """Take no more calls, and let those under way end."""
        channel, self._channel = self._channel, None
        if channel is not None:
            try:
                channel.basic_cancel(self._consumer, nowait=True)
            except LOST:
                log.debug("cancel_failed")
        self._workers.waitall()

    def _open(self, connection: amqp.Connection) -> None:
        channel = connection.channel()
        queue = topology.rpc_queue(self.container.service_name)
        topology.declare_with_amqp(channel, [topology.Exchange(topology.RPC_EXCHANGE)], [queue])
        channel.basic_qos(0, PREFETCH, False)
        self._consumer = channel.basic_consume(queue.name, callback=self._on_message)
        self._channel = channel

    def _on_message(self, message: amqp.Message) -> None:
        self._workers.run(self._serve, message)

    def _serve(self, message: amqp.Message) -> None:
        started = time.perf_counter()
        name = message.delivery_info["routing_key"].partition(".")[2]
        headers = message.headers or {}
        correlation_id = str(headers.get(wire.CORRELATION) or new_id())[:128]
        call = Call(PUBLIC_ACTOR, correlation_id)
        try:
            kwargs = wire.arguments(_bytes(message.body))
            call = self._call(name, headers, correlation_id, kwargs)
            self._admit(name, call.actor)
            method = self._offered.get(name)
            if method is None:
                raise NotFound(f"没有这个操作：{name}", code="UNKNOWN_METHOD")
            traced = tracing.on() and name not in self._secret
            span = self._span(name, call) if traced else tracing.OFF
            with bound_contextvars(correlation_id=correlation_id), span:
                body = wire.result_body(method(call, **kwargs))
                self._note(call)
                if name in self._told:
                    log.info("rpc", method=name, role=call.actor.role)
        except Exception as error:
            with bound_contextvars(correlation_id=correlation_id):
                body = self._failure(name, call, error)
        self._answer(name, message, body, started)

    def _call(
        self, name: str, headers: dict[str, Any], correlation_id: str, kwargs: dict[str, Any]
    ) -> Call:
        """The call's context; takes the command id out of `kwargs`."""
        deadline = float(headers.get(wire.DEADLINE) or time.time() + wire.DEFAULT_SECONDS)
        if time.time() >= deadline:
            raise DeadlineExceeded
        token = headers.get(wire.TOKEN)
        platform = self.platform.get()
        actor: Actor = platform.verifier.verify(token) if token else PUBLIC_ACTOR
        platform.ended_sessions.require_live(actor)
        command: CommandId | None = None
        if (command_id := kwargs.pop("command_id", None)) is not None:
            if not isinstance(command_id, str) or not 0 < len(command_id) <= 64:
                raise InvalidInput("请求编号格式不正确", field="commandId")
            command = CommandId(
                actor.account_id or "public", command_id, wire.fingerprint(name, kwargs)
            )
        parent = headers.get(tracing.TRACEPARENT)
        act = self._act(name, kwargs)
        return Call(
            actor,
            correlation_id,
            command=command,
            deadline=deadline,
            traceparent=parent,
            act=act,
        )

    def _act(self, name: str, kwargs: dict[str, Any]) -> Act | None:
        """None for what is secret in its very time."""
        if name in self._secret:
            return None
        argument, of = self._subjects.get(name, NOTHING)
        subject = kwargs.get(argument) if argument else None
        return Act(name, subject[:128] if isinstance(subject, str) else None, of)

    def _note(self, call: Call) -> None:
        """Tell the audit of a person's command that changed no aggregate."""
        act = call.act
        if (
            act is not None
            and not act.noted
            and act.name in self._commands
            and call.actor.account_id is not None
        ):
            self.platform.get().audit.record(call, act.name, act.subject, of=act.of)

    def _admit(self, name: str, actor: Actor) -> None:
        """A service's own word opens only what names that service (docs/adr/0017)."""
        if actor.service is not None and actor.service not in self._callers.get(name, ()):
            raise Forbidden

    def _span(self, name: str, call: Call) -> AbstractContextManager[None]:
        return tracing.span(
            f"{self.container.service_name}.{name}",
            tracing.SERVER,
            call.traceparent,
            correlation_id=call.correlation_id,
        )

    def _failure(self, name: str, call: Call, error: BaseException) -> bytes:
        told = shown(error)
        known = name if name in self._offered else UNKNOWN
        metrics.rpc_errors.labels(self.container.service_name, known, told.code).inc()
        if isinstance(told, Forbidden | Unauthenticated):
            about = call.act or Act(name)
            self.platform.get().audit.record(
                call,
                name,
                about.subject,
                AuditKind.REFUSAL,
                of=about.of,
                outcome=AuditOutcome.REFUSED,
                code=told.code,
            )
        if told.kind == "internal":
            log.error("rpc_failed", method=name, exc_info=error)
        else:
            log.info("rpc_refused", method=name, role=call.actor.role, code=told.code)
        return wire.error_body(told)

    def _answer(self, name: str, message: amqp.Message, body: bytes, started: float) -> None:
        """Reply, then ack: a call whose process dies in between is delivered again."""
        timer = self._timers.get(name)
        if timer is not None:
            timer.observe(time.perf_counter() - started)
        reply_to, ack = message.properties.get("reply_to"), partial(self._ack, message)
        if not reply_to:
            ack()
            return
        try:
            # A direct reply-to address lives on the default exchange, nameko's own on its.
            self.link.publish(
                body,
                "" if reply_to.startswith("amq.") else topology.RPC_EXCHANGE,
                reply_to,
                correlation_id=message.properties.get("correlation_id"),
                until=time.time() + REPLY_SECONDS,
                then=ack,
            )
        except Unavailable:
            log.warning("reply_given_up", key=message.delivery_info["routing_key"])
            ack()

    def _ack(self, message: amqp.Message) -> None:
        try:
            message.channel.basic_ack(message.delivery_info["delivery_tag"])
        except LOST:
            log.debug("ack_lost")  # delivered again; command ids make that harmless


class RpcMethod(Entrypoint):
    """One RPC method; `fast` ones are reads, of those not `logged` no success leaves a line."""

    server = RpcServer()

    def __init__(self, fast: bool = False, logged: bool = True) -> None:
        self.fast = fast
        self.logged = logged
        super().__init__(expected_exceptions=(AppError, PyMongoError))

    def setup(self) -> None:
        self.server.register(self)

    def stop(self) -> None:
        self.server.stop_consuming()


def rpc(fn: Callable[..., Any]) -> Callable[..., Any]:
    """A command: `def submit(self, call: Call, **payload)`; command ids arrive as call.command."""
    decorated: Callable[..., Any] = RpcMethod.decorator()(fn)
    return decorated


def unlogged_rpc(fn: Callable[..., Any]) -> Callable[..., Any]:
    """A command whose very time is secret, such as a vote: no line in the log, nothing measured."""
    decorated: Callable[..., Any] = RpcMethod.decorator(logged=False)(fn)
    return decorated


def read(fn: Callable[..., Any]) -> Callable[..., Any]:
    """A query: `def list_proposals(self, call: Call, **payload)`; must not write."""
    decorated: Callable[..., Any] = RpcMethod.decorator(fast=True)(fn)
    return decorated


def _bytes(body: Any) -> bytes:
    return body if isinstance(body, bytes) else str(body).encode()
