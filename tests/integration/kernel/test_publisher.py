"""The connection that publishes with many messages in flight."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pika
import pytest
from pika.exceptions import AMQPError, NackError

from shared.ids import new_id
from shared.messaging.publisher import Publisher
from shared.messaging.topology import Exchange, Queue
from tests import wire

PROPERTIES = pika.BasicProperties(delivery_mode=2)


@pytest.fixture
def exchange(broker: str) -> Iterator[Exchange]:
    found = Exchange(f"test-{new_id()[:8]}", "topic")
    yield found
    with wire.channel(broker) as channel:
        channel.exchange_delete(found.name)


@pytest.fixture
def queue(broker: str, exchange: Exchange) -> Iterator[Queue]:
    """Holds one message and refuses others."""
    arguments = {"x-max-length": 1, "x-overflow": "reject-publish"}
    found = Queue(f"{exchange.name}.q", arguments, ((exchange.name, "full"),))
    yield found
    with wire.channel(broker) as channel:
        channel.queue_delete(found.name)


def test_each_message_has_a_confirm_of_its_own(
    broker: str, exchange: Exchange, queue: Queue
) -> None:
    """Two of one kind: the second is refused, since the queue is full; others between pass."""

    async def story() -> list[object]:
        publisher = await Publisher.open(broker, "test")
        await publisher.declare([exchange], [queue])
        keys = ("full", "nowhere", "full", "nowhere")
        sent = [publisher.publish(exchange.name, key, b"{}", PROPERTIES) for key in keys]
        found: list[object] = await asyncio.gather(*sent, return_exceptions=True)
        await publisher.close()
        return [type(one) for one in found]

    assert asyncio.run(story()) == [type(None), type(None), NackError, type(None)]


def test_what_is_in_flight_fails_when_the_channel_is_closed(broker: str) -> None:
    """Nobody has declared this exchange; the broker closes the channel."""

    async def story() -> list[object]:
        publisher = await Publisher.open(broker, "test")
        sent = [publisher.publish("nothing-here", "key", b"{}", PROPERTIES) for _ in range(2)]
        found: list[object] = await asyncio.gather(*sent, return_exceptions=True)
        with pytest.raises(AMQPError):
            publisher.require_open()
        with pytest.raises(AMQPError):
            publisher.publish("nothing-here", "key", b"{}", PROPERTIES)
        await publisher.close()
        return found

    assert all(isinstance(one, AMQPError) for one in asyncio.run(story()))


def test_a_broker_that_is_away_is_an_error_of_amqp() -> None:
    with pytest.raises(AMQPError):
        asyncio.run(Publisher.open("amqp://127.0.0.1:1/?connection_attempts=1", "test"))


def test_a_message_that_is_not_acked_comes_again(
    broker: str, exchange: Exchange, queue: Queue
) -> None:
    async def story() -> list[bool]:
        publisher = await Publisher.open(broker, "test")
        await publisher.declare([exchange], [queue])
        seen: list[bool] = []
        acked = asyncio.Event()

        def deliver(method: pika.spec.Basic.Deliver, _: pika.BasicProperties, body: bytes) -> None:
            assert body == b"again"
            seen.append(method.redelivered)
            if method.redelivered:
                publisher.ack(method.delivery_tag)
                acked.set()
            else:
                publisher.nack(method.delivery_tag)

        await publisher.consume(queue.name, deliver)
        await publisher.publish(exchange.name, "full", b"again", PROPERTIES)
        await asyncio.wait_for(acked.wait(), 10)
        await publisher.close()
        return seen

    assert asyncio.run(story()) == [False, True]
