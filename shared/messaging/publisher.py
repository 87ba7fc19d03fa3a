"""A connection that publishes with confirms, many messages in flight. For the relay.

pika's blocking channel waits for each confirm by itself; here every message has a future, and
whoever needs an order awaits one before publishing the next. A connection that is lost is not
healed: its futures fail, and its owner opens another.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import pika
from pika.adapters.asyncio_connection import AsyncioConnection
from pika.channel import Channel
from pika.exceptions import AMQPError, ConnectionClosed, NackError
from pika.spec import Basic

from shared.messaging.connections import parameters
from shared.messaging.topology import Exchange, Queue

CLOSE_SECONDS = 5.0

Deliver = Callable[[Basic.Deliver, pika.BasicProperties, bytes], None]


class Publisher:
    """One connection with one channel in confirm mode; used inside one event loop."""

    def __init__(
        self, connection: AsyncioConnection, closed: asyncio.Future[BaseException]
    ) -> None:
        self._connection = connection
        self.closed = closed  # its result says why
        self._channel: Channel
        self._unconfirmed: dict[int, asyncio.Future[None]] = {}
        self._sent = 0
        closed.add_done_callback(lambda _: self._fail_all())

    @classmethod
    async def open(cls, amqp_uri: str, name: str) -> Publisher:
        """Raises AMQPError."""
        loop = asyncio.get_running_loop()
        opened: asyncio.Future[None] = loop.create_future()
        closed: asyncio.Future[BaseException] = loop.create_future()

        def lost(_connection: AsyncioConnection, reason: BaseException) -> None:
            if not opened.done():
                opened.set_exception(_as_error(reason))
            if not closed.done():
                closed.set_result(reason)

        def found(_connection: AsyncioConnection) -> None:
            if not opened.done():
                opened.set_result(None)

        connection = AsyncioConnection(
            parameters(amqp_uri, name),
            on_open_callback=found,
            on_open_error_callback=lost,
            on_close_callback=lost,
            custom_ioloop=loop,
        )
        await opened
        publisher = cls(connection, closed)
        channel = await publisher._answer(
            lambda callback: connection.channel(on_open_callback=callback)
        )
        channel.add_on_close_callback(publisher._on_channel_closed)
        publisher._channel = channel
        await publisher._answer(partial(channel.confirm_delivery, publisher._on_confirm))
        return publisher

    async def declare(self, exchanges: Iterable[Exchange], queues: Iterable[Queue]) -> None:
        """Raises AMQPError."""
        channel = self._channel
        for exchange in exchanges:
            await self._answer(
                partial(channel.exchange_declare, exchange.name, exchange.type, durable=True)
            )
        for queue in queues:
            await self._answer(
                partial(channel.queue_declare, queue.name, durable=True, arguments=queue.arguments)
            )
            for source, key in queue.bindings:
                await self._answer(partial(channel.queue_bind, queue.name, source, key))

    def publish(
        self, exchange: str, key: str, body: bytes, properties: pika.BasicProperties
    ) -> asyncio.Future[None]:
        """Done when the broker has confirmed; fails with NackError, or with what has ended the
        connection. Raises AMQPError at once if that has ended already."""
        self._channel.basic_publish(exchange, key, body, properties)
        self._sent += 1
        confirmed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._unconfirmed[self._sent] = confirmed
        return confirmed

    async def consume(self, queue: str, deliver: Deliver) -> None:
        """`deliver` each message as it comes; it is to be acked or nacked. Raises AMQPError."""
        await self._answer(
            partial(
                self._channel.basic_consume, queue, lambda _channel, *message: deliver(*message)
            )
        )

    def ack(self, tag: int) -> None:
        self._channel.basic_ack(tag)

    def nack(self, tag: int) -> None:
        """It comes again."""
        self._channel.basic_nack(tag)

    def require_open(self) -> None:
        """Raises what has ended the connection."""
        if self.closed.done():
            raise _as_error(self.closed.result())

    async def close(self) -> None:
        if self._connection.is_open:
            self._connection.close()
        await asyncio.wait((self.closed,), timeout=CLOSE_SECONDS)

    async def _answer(self, ask: Callable[..., Any]) -> Any:
        """What the broker calls back with when `ask` is made; raises what ends the connection
        instead."""
        self.require_open()
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        ask(callback=answer.set_result)
        await asyncio.wait((answer, self.closed), return_when=asyncio.FIRST_COMPLETED)
        if not answer.done():
            self.require_open()
        return answer.result()

    def _on_confirm(self, frame: Any) -> None:
        method = frame.method
        tags = [method.delivery_tag]
        if method.multiple:
            tags = [tag for tag in self._unconfirmed if tag <= method.delivery_tag]
        for tag in tags:
            confirmed = self._unconfirmed.pop(tag, None)
            if confirmed is None or confirmed.done():
                continue
            if isinstance(method, Basic.Ack):
                confirmed.set_result(None)
            else:
                confirmed.set_exception(NackError([]))

    def _on_channel_closed(self, _channel: Channel, reason: BaseException) -> None:
        if not self.closed.done():
            self.closed.set_result(reason)
        if self._connection.is_open:
            self._connection.close()

    def _fail_all(self) -> None:
        waiting, self._unconfirmed = self._unconfirmed, {}
        for confirmed in waiting.values():
            if not confirmed.done():
                confirmed.set_exception(_as_error(self.closed.result()))


def _as_error(reason: BaseException) -> AMQPError:
    return reason if isinstance(reason, AMQPError) else ConnectionClosed(0, repr(reason))
