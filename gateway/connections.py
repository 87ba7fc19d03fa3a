"""Limits on what arrives before there is a request: sizes, times, and connections of one address.

uvicorn has none for its fast parser: it would take headers without end, and wait for ever for the
rest of a request. A request's headers have to be here after STALL_SECONDS, and of a body at least
LEAST_BYTES in each such time. Behind a proxy of ours connections are its own, and not counted.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEADER_BYTES = 32 * 1024  # of one request, its address included
MOST_CONNECTIONS = 256  # of one address
STALL_SECONDS = 10.0
LEAST_BYTES = 4 * 1024


class Joined:
    """A transport whose writes of one turn of the loop are one: head and body of an answer."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self.whole = transport
        self._loop = loop
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> None:
        if not self._parts:
            self._loop.call_soon(self.flush)
        self._parts.append(data)

    def flush(self) -> None:
        parts, self._parts = self._parts, []
        if parts:
            self.whole.write(b"".join(parts))

    def close(self) -> None:
        self.flush()
        self.whole.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.whole, name)


class LimitedProtocol(HttpToolsProtocol):
    """A connection; `counted` says whether its peer is the client itself."""

    counted: ClassVar[bool] = True
    of_peers: ClassVar[Counter[str]] = Counter()

    _peer: str | None = None
    _receiving = True  # a request is wanted or under way
    _in_headers = True
    _header_bytes = 0
    _arrived = 0  # bytes since the last look
    _look: asyncio.TimerHandle | None = None
    transport: Any  # Joined

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        joined: Any = Joined(transport, self.loop)
        super().connection_made(joined)
        self._watch()
        if self.counted and self.client:
            self._peer = self.client[0]
            self.of_peers[self._peer] += 1
            if self.of_peers[self._peer] > MOST_CONNECTIONS:
                transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._let_go()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._arrived += len(data)
        if self._in_headers:
            # Counted by what arrives, not by what is parsed: one header may have no end.
            self._header_bytes += len(data)
        if not self._receiving:  # the first bytes of the next request
            self._receiving = True
            self._watch()
        super().data_received(data)
        if self._in_headers and self._header_bytes > MOST_HEADER_BYTES:
            self._refuse(b"431 Request Header Fields Too Large")

    def on_message_begin(self) -> None:
        self._in_headers = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._in_headers, self._header_bytes = False, 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._in_headers, self._header_bytes = True, 0
        self._receiving = False
        self._unwatch()

    def handle_websocket_upgrade(self) -> None:
        self._let_go()  # from now on gateway/slots.py counts it
        self.transport.flush()
        self.transport = self.transport.whole
        super().handle_websocket_upgrade()

    def _let_go(self) -> None:
        self._unwatch()
        peer, self._peer = self._peer, None
        if peer is not None:
            self.of_peers[peer] -= 1
            if not self.of_peers[peer]:
                del self.of_peers[peer]

    def _watch(self) -> None:
        self._unwatch()
        self._arrived = 0
        self._look = self.loop.call_later(STALL_SECONDS, self._check)

    def _unwatch(self) -> None:
        if self._look is not None:
            self._look.cancel()
            self._look = None

    def _check(self) -> None:
        """Nobody waits for ever for a request that does not come."""
        paused = self.flow is not None and self.flow.read_paused  # we do not read: not its fault
        if not paused and (self._in_headers or self._arrived < LEAST_BYTES):
            self._refuse(b"408 Request Timeout")
            return
        self._watch()

    def _refuse(self, status: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(b"HTTP/1.1 " + status + b"\r\nconnection: close\r\n\r\n")
            self.transport.close()


def limited(proxies: int) -> type[Any]:
    """The protocol for uvicorn; proxies: how many of our own stand in front."""
    return (
        LimitedProtocol if not proxies else type("Behind", (LimitedProtocol,), {"counted": False})
    )
