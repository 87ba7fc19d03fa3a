"""Synchronous calls between services: only for checks that must be current (decision 9)."""

from __future__ import annotations

from typing import Any

import amqp
import eventlet
import orjson
from eventlet.event import Event as Signal
from nameko.extensions import SharedExtension

from shared.actor import ServiceTokens
from shared.call import Call
from shared.errors import DeadlineExceeded, Unavailable, from_wire
from shared.ids import new_id
from shared.messaging import wire
from shared.messaging.link import LOST, BrokerLink
from shared.messaging.topology import RPC_EXCHANGE

REPLY_TO = "amq.rabbitmq.reply-to"


class RpcClient(SharedExtension):
    """Calls other services over the process's one connection, by direct reply-to."""

    link = BrokerLink()
    tokens: ServiceTokens

    def __init__(self) -> None:
        self._channel: amqp.Channel | None = None
        self._pending: dict[str, Signal] = {}

    def setup(self) -> None:
        self.link.on_open(self._open)
        self.link.on_lost(self._lose)

    def call(
        self,
        service: str,
        method: str,
        call: Call,
        timeout: float = wire.DEFAULT_SECONDS,
        **kwargs: Any,
    ) -> Any:
        """The result of `service.method(**kwargs)`, on behalf of `call`'s actor.

        Without a user's token the service's own goes along (role SYSTEM). Raises Unavailable,
        DeadlineExceeded, or the error that the service answered.
        """
        body, headers, expiration = wire.request(
            kwargs,
            token=call.actor.token or self.tokens.current(),
            correlation_id=call.correlation_id,
            timeout=timeout,
        )
        self.link.wait_until_up(timeout)
        key = new_id()
        signal = self._pending[key] = Signal()
        message = amqp.Message(
            body,
            content_type="application/json",
            reply_to=REPLY_TO,
            correlation_id=key,
            expiration=expiration,
            application_headers=headers,
        )
        try:
            self._publish(message, f"{service}.{method}")
            with eventlet.Timeout(timeout, DeadlineExceeded()):
                reply = signal.wait()
        finally:
            self._pending.pop(key, None)
        if reply is None:
            raise Unavailable
        answer = orjson.loads(reply)
        if answer["error"]:
            raise from_wire(answer["error"])
        return answer["result"]

    def _publish(self, message: amqp.Message, key: str) -> None:
        if self._channel is None:
            raise Unavailable
        try:
            self._channel.basic_publish(message, RPC_EXCHANGE, key, mandatory=True)
        except LOST as error:
            raise Unavailable from error

    def _open(self, connection: amqp.Connection) -> None:
        channel = connection.channel()
        channel.exchange_declare(RPC_EXCHANGE, "topic", durable=True, auto_delete=False)
        channel.basic_consume(REPLY_TO, no_ack=True, callback=self._on_reply)
        channel.events["basic_return"].add(self._on_return)
        self._channel = channel

    def _lose(self) -> None:
        self._channel = None
        waiting, self._pending = self._pending, {}
        for signal in waiting.values():
            signal.send(None)

    def _on_reply(self, message: amqp.Message) -> None:
        self._answer(message, message.body)

    def _on_return(self, _error: Any, _exchange: str, _key: str, message: amqp.Message) -> None:
        self._answer(message, None)  # no queue for this service: nobody will answer

    def _answer(self, message: amqp.Message, body: bytes | None) -> None:
        signal = self._pending.pop(message.properties.get("correlation_id"), None)
        if signal is not None:
            signal.send(body)
