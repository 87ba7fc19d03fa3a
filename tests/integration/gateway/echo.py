"""A service in pika, answering as a test wants: the other end of the gateway's calls."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import orjson
import pika
import pika.exceptions

from shared.messaging import topology
from tests import wire

SERVICE = "echo"


class Request(NamedTuple):
    method: str
    body: dict[str, Any]
    properties: pika.BasicProperties
    at: float  # epoch seconds


# Answers the bodies to send back, in order, each to the request it belongs to.
Answer = Callable[[Request], list[tuple[Request, bytes]]]


class Echo:
    """Requests taken so far; `answer` decides what goes back."""

    def __init__(self, uri: str, answer: Answer, service: str = SERVICE) -> None:
        self._uri = uri
        self._service = service
        self._answer = answer
        self._ready = threading.Event()
        self._stop = threading.Event()
        self.requests: list[Request] = []
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Echo:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(10)

    def _run(self) -> None:
        with contextlib.suppress(pika.exceptions.AMQPError), wire.channel(self._uri) as channel:
            queue = topology.rpc_queue(self._service)
            topology.declare_with_pika(channel, [topology.Exchange(topology.RPC_EXCHANGE)], [queue])
            channel.basic_consume(queue.name, self._on_request, auto_ack=True)
            self._ready.set()
            while not self._stop.is_set():
                channel.connection.process_data_events(0.02)

    def _on_request(self, channel: Any, method: Any, properties: Any, body: bytes) -> None:
        request = Request(
            method.routing_key.partition(".")[2], orjson.loads(body), properties, time.time()
        )
        self.requests.append(request)
        for asked, reply in self._answer(request):
            channel.basic_publish(
                "",
                asked.properties.reply_to,
                reply,
                pika.BasicProperties(correlation_id=asked.properties.correlation_id),
            )


def result(value: Any) -> bytes:
    return orjson.dumps({"result": value, "error": None})


def kwargs_back(request: Request) -> list[tuple[Request, bytes]]:
    """The plainest service: it answers its arguments."""
    return [(request, result(request.body["kwargs"]))]


def silent(_request: Request) -> list[tuple[Request, bytes]]:
    return []


@contextlib.contextmanager
def queue_without_consumer(uri: str) -> Iterator[None]:
    """The service's queue as it stays when the service has stopped; empty before and after."""
    queue = topology.rpc_queue(SERVICE)
    with wire.channel(uri) as channel:
        topology.declare_with_pika(channel, [topology.Exchange(topology.RPC_EXCHANGE)], [queue])
        channel.queue_purge(queue.name)
        yield
        channel.queue_purge(queue.name)


def remove_queue(uri: str) -> None:
    with wire.channel(uri) as channel:
        channel.queue_delete(topology.rpc_queue(SERVICE).name)
