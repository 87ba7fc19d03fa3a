"""A small synchronous client for operators' commands and tests: RPC and queues, by pika."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Any

import orjson
import pika

from shared import settings
from shared.actor import ServiceTokens, TokenSigner
from shared.errors import DeadlineExceeded, NotFound, Unavailable, from_wire
from shared.ids import new_id
from shared.messaging import topology, wire

REPLY_TO = "amq.rabbitmq.reply-to"


class Operator:
    """Speaks to `service` with a SYSTEM token signed by `issuer`'s key (default: its own)."""

    def __init__(self, service: str, issuer: str | None = None) -> None:
        self.service = service
        self._process = settings.load()
        try:
            signer = TokenSigner.load(self._process.keys_dir, issuer or service)
        except OSError as error:
            raise NotFound(f"没有服务 {issuer or service} 的密钥：{error}") from error
        self._tokens = ServiceTokens(signer)

    def __enter__(self) -> Operator:
        try:
            self._connection = pika.BlockingConnection(pika.URLParameters(self._process.amqp_uri))
        except pika.exceptions.AMQPError as error:
            raise Unavailable(f"连接不到消息服务器：{error!r}") from error
        self.channel = self._connection.channel()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def call(
        self, method: str, *, token: str | None = None, timeout: float = 10.0, **kwargs: Any
    ) -> Any:
        """The result of the service's method; raises the error that it answered."""
        body, headers, expiration = wire.request(
            kwargs,
            token=token or self._tokens.current(),
            correlation_id=new_id(),
            timeout=timeout,
        )
        answers: list[bytes] = []
        tag = self.channel.basic_consume(
            REPLY_TO, lambda _c, _m, _p, reply: answers.append(reply), auto_ack=True
        )
        self.channel.basic_publish(
            topology.RPC_EXCHANGE,
            f"{self.service}.{method}",
            body,
            pika.BasicProperties(
                content_type="application/json",
                reply_to=REPLY_TO,
                correlation_id=new_id(),
                expiration=expiration,
                headers=headers,
            ),
        )
        until = time.monotonic() + timeout
        while not answers:
            if time.monotonic() > until:
                raise DeadlineExceeded(f"{self.service} 没有应答")
            self._connection.process_data_events(0.1)
        self.channel.basic_cancel(tag)
        answer = orjson.loads(answers[0])
        if answer["error"]:
            raise from_wire(answer["error"])
        return answer["result"]
