"""The gateway's handler on 20 rows × 6 fields from memory: with its caches, and without."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import orjson

from gateway.app import Gateway
from shared.actor import PUBLIC_ACTOR, Actor
from shared.settings import read
from tests.bench.platform import Bench
from tests.bench.report import Figure, p50

QUERY = """
  query List { proposals(first: 20) {
    edges { node { id title state stateLabel caseNo filedAt } }
  } }
"""
ROUNDS, REQUESTS = 9, 60
ROW = {
    "title": "关于加强老旧住宅小区二次供水的建议",
    "state": "FILED",
    "case_no": "15-1-023",
    "filed_at": "2017-02-06T09:00:00+08:00",
    "cursor": "c",
}


class FromMemory:
    """In the place of the services: 20 rows, at once."""

    def send(self, *_: Any, **__: Any) -> asyncio.Future[Any]:
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        rows = [{**ROW, "id": f"p-{n}"} for n in range(20)]
        answer.set_result({"rows": rows, "has_next": False})
        return answer


class Nobody:
    def verify(self, token: str) -> Actor:
        return PUBLIC_ACTOR


def measure(bench: Bench) -> list[Figure]:
    # Without shares: new texts of visitors would wait for one another, and not only for their work.
    config = read({**bench.stack.environment, "CLIENT_SHARE": "0"})
    return asyncio.run(_measure(Gateway(config, rpc=FromMemory(), verifier=Nobody(), services=())))


async def _measure(gateway: Gateway) -> list[Figure]:
    cached: list[float] = []
    fresh: list[float] = []
    for turn in range(ROUNDS):
        cached.append(await _seconds(gateway, [QUERY] * REQUESTS))
        # Another comment is another document: parsed and validated anew.
        fresh.append(await _seconds(gateway, [f"# {turn} {n}\n{QUERY}" for n in range(REQUESTS)]))
    behind = f"{p50(cached) * 1e6:.0f} µs against {p50(fresh) * 1e6:.0f} µs a request"
    return [Figure("gateway_list_ratio", p50(fresh) / p50(cached), 4, behind=behind)]


async def _seconds(gateway: Gateway, queries: list[str]) -> float:
    """A request, on average."""
    bodies = [orjson.dumps({"query": query}) for query in queries]
    began = time.perf_counter()
    for body in bodies:
        await _post(gateway, body)
    return (time.perf_counter() - began) / len(bodies)


async def _post(gateway: Gateway, body: bytes) -> None:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope: Any = {
        "type": "http",
        "method": "POST",
        "path": "/graphql",
        "query_string": b"",
        "headers": [
            (b"content-type", b"application/json"),
            (b"accept", b"application/json"),
            (b"content-length", str(len(body)).encode()),
        ],
    }
    await gateway(scope, receive, send)
    assert sent[0]["status"] == 200 and sent[1]["body"].count(ROW["case_no"].encode()) == 20, sent
