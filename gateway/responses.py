"""Whole responses over plain ASGI."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, NamedTuple

import orjson

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

JSON = "application/json; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
HTML = "text/html; charset=utf-8"

COMMON_HEADERS = ((b"x-content-type-options", b"nosniff"), (b"cache-control", b"no-store"))


class Response(NamedTuple):
    status: int
    body: bytes
    kind: str = JSON
    headers: tuple[tuple[bytes, bytes], ...] = ()


def json_response(status: int, content: Any) -> Response:
    return Response(status, orjson.dumps(content))


async def reply(send: Send, response: Response) -> None:
    await send(
        {
            "type": "http.response.start",
            "status": response.status,
            "headers": [
                (b"content-type", response.kind.encode()),
                (b"content-length", str(len(response.body)).encode()),
                *COMMON_HEADERS,
                *response.headers,
            ],
        }
    )
    await send({"type": "http.response.body", "body": response.body})


async def method_not_allowed(send: Send, allowed: str) -> None:
    headers = ((b"allow", allowed.encode()),)
    await reply(send, Response(405, b"method not allowed\n", TEXT, headers))
