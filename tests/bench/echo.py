"""One service process against a raw pika echo, 32 calls in flight, by the gateway's own client."""

from __future__ import annotations

import asyncio
import sys
import time
from typing import Any

import orjson
import pika

from gateway.rpc import RpcClient
from shared.ids import new_id
from shared.messaging.topology import RPC_EXCHANGE
from tests.bench.platform import Bench
from tests.bench.report import Figure, p50

IN_FLIGHT, CALLS, ROUNDS = 32, 3000, 5
BODY = orjson.dumps({"args": [], "kwargs": {"text": "二次供水"}})


def measure(bench: Bench) -> list[Figure]:
    service = bench.stack.run("bencher", "shared.messaging.runner", "tests.bench.bencher.service")
    raw = bench.stack.run(
        "raw-echo", "tests.bench.echo", bench.stack.amqp_uri, healthy=lambda: True
    )
    service.start()
    raw.start()
    found = asyncio.run(_race(bench.stack.amqp_uri))
    service.stop()
    raw.stop()
    read, write, limit = (p50(found[key]) for key in ("bencher.echo", "bencher.work", "raw.echo"))
    behind = f"read {read:.0f}, write {write:.0f}, raw pika {limit:.0f} calls a second"
    return [
        Figure("rpc_echo_ratio", read / limit, 0.65, behind=behind),
        Figure("rpc_write_echo_ratio", write / limit),
    ]


async def _race(uri: str) -> dict[str, list[float]]:
    """Calls a second of each, in turns."""
    client = RpcClient(uri)
    client.start()
    await client.wait_until_up()
    found: dict[str, list[float]] = {"bencher.echo": [], "bencher.work": [], "raw.echo": []}
    for _ in range(ROUNDS):
        for key, speeds in found.items():
            speeds.append(await _speed(client, *key.split(".")))
    await client.close()
    return found


async def _speed(client: RpcClient, service: str, method: str) -> float:
    left = iter(range(CALLS))

    async def caller() -> None:
        for _ in left:
            answer = await client.send(
                service, method, BODY, token=None, correlation_id=new_id(), timeout=30
            )
            assert answer == "二次供水"

    began = time.perf_counter()
    await asyncio.gather(*(caller() for _ in range(IN_FLIGHT)))
    return CALLS / (time.perf_counter() - began)


def serve(uri: str) -> None:
    """The limit: pika alone, which answers what it is sent."""
    channel = pika.BlockingConnection(pika.URLParameters(uri)).channel()
    channel.exchange_declare(RPC_EXCHANGE, "topic", durable=True)
    channel.queue_declare("raw-echo", auto_delete=True)
    channel.queue_bind("raw-echo", RPC_EXCHANGE, "raw.echo")
    channel.basic_qos(prefetch_count=100)

    def answer(taken: Any, method: Any, given: Any, body: bytes) -> None:
        text = orjson.loads(body)["kwargs"]["text"]
        properties = pika.BasicProperties(correlation_id=given.correlation_id)
        reply = orjson.dumps({"result": text, "error": None})
        taken.basic_publish("", given.reply_to, reply, properties)
        taken.basic_ack(method.delivery_tag)

    channel.basic_consume("raw-echo", answer)
    channel.start_consuming()


if __name__ == "__main__":
    serve(sys.argv[1])
