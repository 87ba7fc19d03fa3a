"""Subscriptions over server-sent events, distinct-connections mode of the graphql-sse protocol.

One operation, one response: `next` events with results, then `complete`. An operation that is
refused is one `next` event with its errors; a request that is malformed is answered as JSON.
A result is made only when the one before it has been sent, so a slow reader holds one of them.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

import orjson

from gateway.requests import EVENT_STREAM
from gateway.responses import COMMON_HEADERS, Receive, Send

SECONDS_BETWEEN_SIGNS = 12.0  # a comment that keeps proxies from closing a silent stream
SIGN = b":\n\n"
COMPLETE = b"event: complete\ndata:\n\n"

Results = AsyncGenerator[dict[str, Any], None]


async def stream(results: Results, correlation_id: str, receive: Receive, send: Send) -> None:
    """Send all results; ends early, and closes them, when the client goes."""
    await send(
        {
            "type": "http.response.start",
            "status": 200,
            "headers": [
                (b"content-type", f"{EVENT_STREAM}; charset=utf-8".encode()),
                (b"x-accel-buffering", b"no"),
                (b"x-correlation-id", correlation_id.encode()),
                *COMMON_HEADERS,
            ],
        }
    )
    sending = asyncio.create_task(_send_all(results, send))
    leaving = asyncio.create_task(_left(receive))
    try:
        await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (sending, leaving):
            task.cancel()
        await asyncio.gather(sending, leaving, return_exceptions=True)


async def _send_all(results: Results, send: Send) -> None:
    lock = asyncio.Lock()

    async def write(body: bytes, more: bool = True) -> None:
        async with lock:
            await send({"type": "http.response.body", "body": body, "more_body": more})

    await write(SIGN)
    signs = asyncio.create_task(_signs(write))
    try:
        async with contextlib.aclosing(results) as made:
            async for result in made:
                await write(b"event: next\ndata: " + orjson.dumps(result) + b"\n\n")
    finally:
        signs.cancel()
    await write(COMPLETE, more=False)


async def _signs(write: Callable[[bytes], Awaitable[None]]) -> None:
    while True:
        await asyncio.sleep(SECONDS_BETWEEN_SIGNS)
        await write(SIGN)


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
