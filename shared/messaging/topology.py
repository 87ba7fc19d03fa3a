"""The broker's exchanges and queues, as data; arguments are fixed at creation, so here only.

Events:  topic exchange `<service>.events` → one quorum queue for each consuming method.
Retries: exchange `retry`. A failed message goes to the queue of its delay (`retry.<ms>`), and
         when that time is over through `retry.due` back to the one queue it came from.
Dead:    `<service>.dead`, reached over `retry` with the key `dead.<service>`.
Replay:  a consumer asks a producer's relay with the key `replay.<source>`; the relay and the
         put-back command reach one consumer queue with the key `now.<queue>`.
RPC:     nameko's exchange `nameko-rpc`, a classic queue for each service.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

RPC_EXCHANGE = "nameko-rpc"
RETRY_EXCHANGE = "retry"
DUE_EXCHANGE = "retry.due"
MOST_DELIVERIES = 20  # of one message whose handler keeps killing its process
RPC_QUEUE_IDLE_MS = 5_000

# Headers of our own on event messages.
ATTEMPT = "x-attempt"
QUEUE = "x-queue"
REASON = "x-reason"
CODE = "x-code"

_SAFE = {"x-dead-letter-strategy": "at-least-once", "x-overflow": "reject-publish"}


@dataclass(frozen=True)
class Exchange:
    name: str
    type: str = "topic"


@dataclass(frozen=True)
class Queue:
    name: str
    arguments: dict[str, Any] = field(default_factory=dict)
    bindings: tuple[tuple[str, str], ...] = ()  # (exchange, key)


RETRY_EXCHANGES = (Exchange(RETRY_EXCHANGE), Exchange(DUE_EXCHANGE))


def events_exchange(service: str) -> Exchange:
    return Exchange(f"{service}.events")


def dead_key(service: str) -> str:
    return f"dead.{service}"


def delay_key(delay: float, queue: str) -> str:
    return f"{_milliseconds(delay)}.{queue}"


def now_key(queue: str) -> str:
    return f"now.{queue}"


def replay_key(source: str) -> str:
    return f"replay.{source}"


def event_queue(service: str, source: str, event_type: str, method: str) -> Queue:
    """The queue of one handler. A message delivered too often is dead, not looped for ever."""
    name = f"{service}.{method}"
    return Queue(
        name,
        {
            "x-queue-type": "quorum",
            "x-delivery-limit": MOST_DELIVERIES,
            "x-dead-letter-exchange": RETRY_EXCHANGE,
            "x-dead-letter-routing-key": dead_key(service),
            **_SAFE,
        },
        (
            (events_exchange(source).name, event_type),
            (RETRY_EXCHANGE, now_key(name)),
            (DUE_EXCHANGE, f"*.{name}"),
        ),
    )


def delay_queue(delay: float) -> Queue:
    """One queue for each delay step: messages of one delay leave in the order they came."""
    wait = _milliseconds(delay)
    return Queue(
        f"retry.{wait}",
        {
            "x-queue-type": "quorum",
            "x-message-ttl": wait,
            "x-dead-letter-exchange": DUE_EXCHANGE,
            **_SAFE,
        },
        ((RETRY_EXCHANGE, f"{wait}.#"),),
    )


def is_delay_queue(name: str) -> bool:
    exchange, _, wait = name.rpartition(".")
    return exchange == RETRY_EXCHANGE and wait.isdecimal()


def dead_queue(service: str) -> Queue:
    return Queue(
        f"{service}.dead",
        {"x-queue-type": "quorum", "x-overflow": "reject-publish"},
        ((RETRY_EXCHANGE, dead_key(service)),),
    )


def replay_queue(source: str) -> Queue:
    """Replay requests to the relay of `source`."""
    return Queue(
        f"relay.{source}",
        {"x-queue-type": "quorum"},
        ((RETRY_EXCHANGE, replay_key(source)),),
    )


def rpc_queue(service: str) -> Queue:
    """Goes when nobody has consumed for a while, so that calls to an absent service fail at once
    instead of waiting for their deadline."""
    return Queue(
        f"rpc-{service}", {"x-expires": RPC_QUEUE_IDLE_MS}, ((RPC_EXCHANGE, f"{service}.*"),)
    )


def declare_with_amqp(channel: Any, exchanges: Iterable[Exchange], queues: Iterable[Queue]) -> None:
    """Declare on a py-amqp channel (the services)."""
    for exchange in exchanges:
        channel.exchange_declare(exchange.name, exchange.type, durable=True, auto_delete=False)
    for queue in queues:
        channel.queue_declare(
            queue.name, durable=True, auto_delete=False, arguments=queue.arguments
        )
        for source, key in queue.bindings:
            channel.queue_bind(queue.name, source, key)


def declare_with_pika(channel: Any, exchanges: Iterable[Exchange], queues: Iterable[Queue]) -> None:
    """Declare on a pika blocking channel (relay and commands)."""
    for exchange in exchanges:
        channel.exchange_declare(exchange.name, exchange.type, durable=True)
    for queue in queues:
        channel.queue_declare(queue.name, durable=True, arguments=queue.arguments)
        for source, key in queue.bindings:
            channel.queue_bind(queue.name, source, key)


def _milliseconds(delay: float) -> int:
    return round(delay * 1000)
