"""The leanest page of the same shape: what is left of ours without all that it does beside.

`python -m tests.bench.bare app|proposals|members AMQP_URI PORT|MONGO_URI`: a bare ASGI application
asks two processes over RabbitMQ, one after the other; each does one find with pymongo and answers
with pika. No GraphQL, no token, no permission, no cursor, no green thread, no log. It is no goal:
it says what the shape itself costs, two calls between processes.
"""

from __future__ import annotations

import sys
from typing import Any

import orjson
import pika
import uvicorn
from pymongo import MongoClient

from gateway.rpc import RpcClient
from shared.messaging.topology import RPC_EXCHANGE

FILED: dict[str, Any] = {"state": "FILED", "openness": "OPEN"}
WANTED = dict.fromkeys(("title", "state", "case_no", "filed_at", "first_proposer"), 1)
NAMES = dict.fromkeys(("name", "member_no"), 1)


def page(database: Any) -> list[dict[str, Any]]:
    found = database["proposals"].find(FILED, WANTED)
    return list(found.sort([("filed_at", -1), ("_id", 1)]).limit(20))


def people(database: Any, ids: list[str]) -> list[dict[str, Any]]:
    return list(database["members"].find({"_id": {"$in": ids}}, NAMES))


FINDS: dict[str, Any] = {"proposals": page, "members": people}


class App:
    """POST anything: a page of proposals with their proposers."""

    def __init__(self, uri: str) -> None:
        self._rpc = RpcClient(uri)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await receive()
            self._rpc.start()
            await self._rpc.wait_until_up()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await self._rpc.close()
            await send({"type": "lifespan.shutdown.complete"})
            return
        orjson.loads((await receive())["body"])
        rows = await self._call("proposals", [])
        ids = list({row["first_proposer"] for row in rows})
        names = {row["_id"]: row for row in await self._call("members", [ids])}
        nodes = [{**row, "firstProposer": names[row["first_proposer"]]} for row in rows]
        edges = [{"node": node} for node in nodes]
        body = orjson.dumps({"data": {"proposals": {"edges": edges}}})
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _call(self, name: str, args: list[Any]) -> Any:
        body = orjson.dumps(args)
        return await self._rpc.send("bare", name, body, token=None, correlation_id=name)


def serve(name: str, amqp_uri: str, mongo_uri: str) -> None:
    """Answer with the rows of one find."""
    database: Any = MongoClient(mongo_uri)[name]
    find = FINDS[name]
    channel = pika.BlockingConnection(pika.URLParameters(amqp_uri)).channel()
    channel.queue_declare(f"bare-{name}", auto_delete=True)
    channel.queue_bind(f"bare-{name}", RPC_EXCHANGE, f"bare.{name}")
    channel.basic_qos(prefetch_count=100)

    def answer(taken: Any, method: Any, given: Any, body: bytes) -> None:
        rows = find(database, *orjson.loads(body))
        properties = pika.BasicProperties(correlation_id=given.correlation_id)
        reply = orjson.dumps({"result": rows, "error": None})
        taken.basic_publish("", given.reply_to, reply, properties)
        taken.basic_ack(method.delivery_tag)

    channel.basic_consume(f"bare-{name}", answer)
    channel.start_consuming()


if __name__ == "__main__":
    role, uri, where = sys.argv[1:]
    if role == "app":
        options: Any = {"loop": "uvloop", "http": "httptools", "log_level": "critical"}
        uvicorn.run(App(uri), port=int(where), access_log=False, **options)
    else:
        serve(role, uri, where)
