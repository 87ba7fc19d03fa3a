"""The door of the files in this process, over a real database; and a scanner that speaks clamd."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from gateway.files.http import FileHandler
from gateway.files.links import Links
from gateway.files.scanning import Scan, no_scan
from gateway.files.store import FileStore
from gateway.revocations import Revocations
from shared import settings
from tests.unit.gateway.files.samples import EICAR
from tests.unit.gateway.sample import FakeRpc, FakeVerifier

SIGNED_IN = {"Authorization": "Bearer good"}
LIMIT = 1024 * 1024


@dataclass
class Door:
    store: FileStore
    http: httpx.AsyncClient

    async def send(self, content: bytes, name: str = "a.pdf", **headers: str) -> httpx.Response:
        more = {key.replace("_", "-"): value for key, value in headers.items()}
        return await self.http.post(
            "/files", files={"file": (name, content)}, headers={**SIGNED_IN, **more}
        )

    async def get(self, file_id: str) -> httpx.Response:
        return await self.http.get(f"/files/{file_id}", headers=SIGNED_IN)


def through(
    process: settings.Settings,
    use: Callable[[Door], Awaitable[Any]],
    scan: Scan = no_scan,
    rpc: FakeRpc | None = None,
) -> Any:
    """The result of `use(door)` inside an event loop."""

    async def run() -> Any:
        async with opened(process, scan, rpc) as door:
            return await use(door)

    return asyncio.run(run())


@asynccontextmanager
async def opened(
    process: settings.Settings, scan: Scan = no_scan, rpc: FakeRpc | None = None
) -> AsyncIterator[Door]:
    store = FileStore(process)
    links = Links(Path("/nowhere"))
    asked = rpc or FakeRpc()
    revocations = Revocations(asked, process.keys_dir)
    handler = FileHandler(store, FakeVerifier(), revocations, asked, links, scan, limit=LIMIT)
    transport = httpx.ASGITransport(handler)
    try:
        async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as http:
            yield Door(store, http)
    finally:
        await store.close()


@dataclass
class Clamd:
    """INSTREAM as clamd speaks it: finds EICAR; `reply` replaces its verdict, None hangs up."""

    reply: Callable[[bytes], bytes | None] = field(
        default=lambda content: (
            b"stream: Eicar-Test-Signature FOUND" if EICAR in content else b"stream: OK"
        )
    )
    scanned: list[bytes] = field(default_factory=list)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[str]:
        """The URI to reach it by."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        async with server:
            yield f"tcp://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readuntil(b"\0") == b"zINSTREAM\0"
        content = b""
        while (size := struct.unpack(">I", await reader.readexactly(4))[0]) > 0:
            content += await reader.readexactly(size)
        self.scanned.append(content)
        reply = self.reply(content)
        if reply is not None:
            writer.write(reply + b"\0")
            await writer.drain()
        writer.close()
