"""A synchronous AMQP client for tests: RPC, events, queue depths.

Each operation has a connection of its own: tests call from many threads, and restart the broker.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pika
import pika.exceptions
from pika.adapters.blocking_connection import BlockingChannel

from shared.actor import TokenSigner
from shared.errors import DeadlineExceeded, Unavailable, from_wire
from shared.ids import new_id
from shared.messaging import signatures, topology, wire
from shared.messaging.events import CONTENT_TYPE
from shared.messaging.signatures import Kind

REPLY_TO = "amq.rabbitmq.reply-to"


@contextlib.contextmanager
def channel(uri: str) -> Iterator[BlockingChannel]:
    """A channel with publisher confirms; raises Unavailable while there is no broker."""
    parameters = pika.URLParameters(uri)
    parameters.socket_timeout = parameters.stack_timeout = 5
    try:
        connection = pika.BlockingConnection(parameters)
    except (pika.exceptions.AMQPError, OSError) as error:
        raise Unavailable from error
    try:
        opened = connection.channel()
        opened.confirm_delivery()
        yield opened
    finally:
        if connection.is_open:
            connection.close()


def call(
    uri: str, service: str, method: str, token: str | None, timeout: float, kwargs: dict[str, Any]
) -> Any:
    """The result of the RPC; raises what it answered, Unavailable if nobody listens, or
    DeadlineExceeded after `timeout` seconds."""
    body, headers, expiration = wire.request(
        kwargs, token=token, correlation_id=new_id(), timeout=timeout
    )
    answers: list[bytes] = []
    with channel(uri) as opened:
        opened.basic_consume(
            REPLY_TO, lambda _c, _m, _p, reply: answers.append(reply), auto_ack=True
        )
        properties = pika.BasicProperties(
            content_type="application/json",
            reply_to=REPLY_TO,
            correlation_id=new_id(),
            expiration=expiration,
            headers=headers,
        )
        key = f"{service}.{method}"
        try:
            opened.basic_publish(topology.RPC_EXCHANGE, key, body, properties, mandatory=True)
        except (pika.exceptions.UnroutableError, pika.exceptions.ChannelClosedByBroker) as error:
            raise Unavailable(f"{service} is not there") from error
        deadline = time.monotonic() + timeout
        while not answers:
            if time.monotonic() > deadline:
                raise DeadlineExceeded(f"no answer from {key} within {timeout} s")
            opened.connection.process_data_events(0.05)
    answer = orjson.loads(answers[0])
    if answer["error"]:
        raise from_wire(answer["error"])
    return answer["result"]


def publish(
    uri: str, keys: Path, source: str, event_type: str, body: bytes, message_id: str
) -> None:
    """As a relay does it: signed with the producer's key, persistent, with confirm."""
    exchange = topology.events_exchange(source)
    signature = signatures.sign(TokenSigner.load(keys, source), Kind.EVENT, body)
    properties = pika.BasicProperties(
        content_type=CONTENT_TYPE,
        delivery_mode=2,
        message_id=message_id,
        headers={signatures.HEADER: signature},
    )
    with channel(uri) as opened:
        topology.declare_with_pika(opened, [exchange], [])
        opened.basic_publish(exchange.name, event_type, body, properties)


def follow(uri: str, source: str) -> str:
    """The name of a queue that hears everything `source` tells from now on."""
    exchange, name = topology.events_exchange(source), f"test-{new_id()}"
    with channel(uri) as opened:
        topology.declare_with_pika(opened, [exchange], [])
        opened.queue_declare(name, arguments={"x-expires": 120_000})
        opened.queue_bind(name, exchange.name, "#")
    return name


def heard(uri: str, name: str) -> list[dict[str, Any]]:
    """What has come to a queue of `follow`, taken out of it."""
    found = []
    with channel(uri) as opened:
        while (body := opened.basic_get(name, auto_ack=True)[2]) is not None:
            found.append(orjson.loads(body))
    return found


def queue_depth(uri: str, name: str) -> int:
    """Messages ready in the queue; raises LookupError if there is no such queue."""
    with channel(uri) as opened:
        try:
            return int(opened.queue_declare(name, passive=True).method.message_count)
        except pika.exceptions.ChannelClosedByBroker as error:
            raise LookupError(f"no queue {name}") from error
