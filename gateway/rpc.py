"""The way to the services: one AMQP connection, one channel, answers by direct reply-to.

pika's asyncio adapter costs a third of aio-pika's CPU for each call. Every call has a timer here
and an `expiration` at the broker, so a call that is late is neither waited for nor begun. While
the broker is away calls fail at once; the connection heals by itself.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import random
import time
from typing import Any, NamedTuple, Protocol

import orjson
import pika
from pika.adapters.asyncio_connection import AsyncioConnection
from pika.exceptions import AMQPError

from shared import tracing
from shared.errors import AppError, DeadlineExceeded, Unavailable, from_wire
from shared.logging import get_logger
from shared.messaging import wire
from shared.messaging.topology import RPC_EXCHANGE

REPLY_TO = "amq.rabbitmq.reply-to"
HEARTBEAT_SECONDS = 10
MOST_IN_FLIGHT = 1000
FIRST_WAIT = 0.1  # seconds before the first new try to connect; doubled up to LONGEST_WAIT
LONGEST_WAIT = 2.0

log = get_logger(__name__)
# pika tells of each failed try in five lines; `broker_lost` below says it in one.
logging.getLogger("pika").setLevel(logging.CRITICAL)


class Listener(Protocol):
    """Something else that works on this connection."""

    def opened(self, connection: AsyncioConnection) -> None: ...
    def lost(self) -> None: ...


class _Pending(NamedTuple):
    answer: asyncio.Future[Any]
    timer: asyncio.TimerHandle


class RpcClient:
    """Calls `<service>.<method>`; must be used inside the event loop that called `start`."""

    def __init__(self, amqp_uri: str, *, most_in_flight: int = MOST_IN_FLIGHT) -> None:
        self._parameters = pika.URLParameters(amqp_uri)
        self._parameters.heartbeat = HEARTBEAT_SECONDS
        self._parameters.connection_attempts = 1
        self._parameters.socket_timeout = self._parameters.stack_timeout = 5
        self._parameters.client_properties = {"connection_name": "gateway"}
        self._most_in_flight = most_in_flight
        self._pending: dict[str, _Pending] = {}
        self._keys = itertools.count()
        self._connection: AsyncioConnection | None = None
        self._channel: Any = None  # set only while calls can be sent
        self._blocked = False
        self._up = asyncio.Event()
        self._down = asyncio.Event()
        self._wait = FIRST_WAIT
        self._retry: asyncio.TimerHandle | None = None
        self._closing = False
        self._listeners: list[Listener] = []

    def add_listener(self, listener: Listener) -> None:
        """Told, from the next connection on, whenever it opens and when it is lost."""
        self._listeners.append(listener)

    @property
    def connected(self) -> bool:
        return self._channel is not None

    @property
    def takes_calls(self) -> bool:
        """Whether the broker is there and takes what is published."""
        return self._channel is not None and not self._blocked

    @property
    def in_flight(self) -> int:
        return len(self._pending)

    def start(self) -> None:
        """Begin to connect; calls fail until the broker answers."""
        self._loop = asyncio.get_running_loop()
        self._connect()

    async def wait_until_up(self) -> None:
        await self._up.wait()

    async def close(self) -> None:
        """Fail what is pending and close the connection."""
        self._closing = True
        if self._retry is not None:
            self._retry.cancel()
        connection = self._connection
        if connection is None:
            return
        if not (connection.is_closing or connection.is_closed):
            connection.close()
        await self._down.wait()

    def send(
        self,
        service: str,
        method: str,
        body: bytes,
        *,
        token: str | None,
        correlation_id: str,
        timeout: float | None = None,
    ) -> asyncio.Future[Any]:
        """The future result of a call; `body` is the JSON of {"args": [], "kwargs": {…}}.

        timeout: seconds, 3 unless told. The future fails with Unavailable if the broker is away,
        too much is in flight or nobody serves the method; with DeadlineExceeded; or with the
        error that the service answered.
        """
        answer: asyncio.Future[Any] = self._loop.create_future()
        if not self.takes_calls or len(self._pending) >= self._most_in_flight:
            answer.set_exception(Unavailable())
            return answer
        seconds = wire.DEFAULT_SECONDS if timeout is None else timeout
        key = f"{next(self._keys):x}"
        headers = {
            wire.CORRELATION: correlation_id,
            wire.DEADLINE: repr(time.time() + seconds),
        }
        if token:
            headers[wire.TOKEN] = token
        if (parent := tracing.traceparent()) is not None:
            headers[tracing.TRACEPARENT] = parent
        properties = pika.BasicProperties(
            content_type="application/json",
            headers=headers,
            reply_to=REPLY_TO,
            correlation_id=key,
            expiration=str(max(1, round(seconds * 1000))),
        )
        try:
            self._channel.basic_publish(
                RPC_EXCHANGE, f"{service}.{method}", body, properties, mandatory=True
            )
        except AMQPError:
            answer.set_exception(Unavailable())
            return answer
        timer = self._loop.call_later(seconds, self._expire, key)
        self._pending[key] = _Pending(answer, timer)
        return answer

    # Answers

    def _on_reply(self, _channel: Any, _method: Any, properties: Any, body: bytes) -> None:
        answer = self._take(properties.correlation_id)
        if answer is None:
            return  # too late
        try:
            reply = orjson.loads(body)
            error = reply["error"]
            failure = from_wire(error) if error else None
        except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as malformed:
            log.error("rpc_reply_malformed", exc_info=malformed)
            failure = AppError()
        if failure is None:
            answer.set_result(reply.get("result"))
        else:
            answer.set_exception(failure)

    def _on_return(self, _channel: Any, _method: Any, properties: Any, _body: bytes) -> None:
        self._fail(properties.correlation_id, Unavailable())  # no queue: nobody will answer

    def _expire(self, key: str) -> None:
        self._fail(key, DeadlineExceeded())

    def _fail(self, key: str, error: AppError) -> None:
        answer = self._take(key)
        if answer is not None:
            answer.set_exception(error)

    def _take(self, key: str) -> asyncio.Future[Any] | None:
        """The waiting future of `key`, which waits no more."""
        pending = self._pending.pop(key, None)
        if pending is None:
            return None
        pending.timer.cancel()
        return None if pending.answer.done() else pending.answer

    # Connection

    def _connect(self) -> None:
        self._retry = None
        self._down.clear()
        self._connection = AsyncioConnection(
            self._parameters,
            on_open_callback=self._on_open,
            on_open_error_callback=self._on_lost,
            on_close_callback=self._on_lost,
            custom_ioloop=self._loop,
        )

    def _on_open(self, connection: AsyncioConnection) -> None:
        connection.add_on_connection_blocked_callback(lambda *_: self._block(True))
        connection.add_on_connection_unblocked_callback(lambda *_: self._block(False))
        connection.channel(on_open_callback=self._on_channel)
        for listener in self._listeners:
            listener.opened(connection)

    def _on_channel(self, channel: Any) -> None:
        channel.add_on_close_callback(self._on_channel_closed)
        channel.add_on_return_callback(self._on_return)
        # Publishing to an exchange that no service has declared yet would close the channel.
        channel.exchange_declare(RPC_EXCHANGE, "topic", durable=True)
        channel.basic_consume(
            REPLY_TO, self._on_reply, auto_ack=True, callback=lambda _: self._ready(channel)
        )

    def _ready(self, channel: Any) -> None:
        self._channel = channel
        self._wait = FIRST_WAIT
        self._up.set()
        log.info("broker_connected")

    def _block(self, blocked: bool) -> None:
        """The broker is short of memory or disk and reads no more, or does again."""
        self._blocked = blocked
        log.warning("broker_blocked" if blocked else "broker_unblocked")

    def _on_channel_closed(self, channel: Any, _reason: Exception) -> None:
        self._forget()
        connection = channel.connection
        if connection.is_open:
            connection.close()

    def _on_lost(self, _connection: AsyncioConnection, reason: Any) -> None:
        self._forget()
        for listener in self._listeners:
            listener.lost()
        self._connection = None
        self._down.set()
        if self._closing:
            return
        log.warning("broker_lost", error=reason)
        self._retry = self._loop.call_later(self._wait * random.uniform(0.5, 1), self._connect)
        self._wait = min(self._wait * 2, LONGEST_WAIT)

    def _forget(self) -> None:
        """Fail what waits for an answer that will not come."""
        self._channel = None
        self._blocked = False
        self._up.clear()
        for key in list(self._pending):
            self._fail(key, Unavailable())
