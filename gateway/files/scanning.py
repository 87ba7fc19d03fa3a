"""The virus scanner: any callable that raises FileInfected or Unavailable, or returns.

`clamd(uri)` speaks INSTREAM of ClamAV's daemon. Without a scanner nothing is scanned; with one
that does not answer nothing is stored.
"""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Awaitable, Callable
from typing import IO
from urllib.parse import urlsplit

from gateway.files.errors import FileInfected
from shared.errors import Unavailable
from shared.logging import get_logger

Scan = Callable[[IO[bytes]], Awaitable[None]]
PIECE = 64 * 1024
SECONDS = 30.0
LONGEST_REPLY = 1024
log = get_logger(__name__)


async def no_scan(_content: IO[bytes]) -> None:
    """Passes everything."""


def scanner(clamd_uri: str | None) -> Scan:
    return clamd(clamd_uri) if clamd_uri else no_scan


def clamd(uri: str) -> Scan:
    """A scan by the daemon at tcp://host:port; at most SECONDS for a file."""
    address = urlsplit(uri)

    async def scan(content: IO[bytes]) -> None:
        try:
            async with asyncio.timeout(SECONDS):
                reply = await _ask(address.hostname or "", address.port or 3310, content)
        except (OSError, TimeoutError, asyncio.LimitOverrunError) as error:
            log.error("scanner_away", error=error)
            raise Unavailable("病毒检查暂时不可用，请稍后再试") from error
        if reply.endswith(b" FOUND"):
            log.warning("file_infected", found=reply.decode("ascii", "replace"))
            raise FileInfected(field="file")
        if not reply.endswith(b" OK"):  # its own limits, or out of memory
            log.error("scanner_failed", reply=reply.decode("ascii", "replace"))
            raise Unavailable("病毒检查暂时不可用，请稍后再试")

    return scan


async def _ask(host: str, port: int, content: IO[bytes]) -> bytes:
    """The daemon's reply, without its final NUL; empty if it hung up."""
    reader, writer = await asyncio.open_connection(host, port, limit=LONGEST_REPLY)
    try:
        writer.write(b"zINSTREAM\0")
        content.seek(0)
        while piece := content.read(PIECE):
            writer.write(struct.pack(">I", len(piece)) + piece)
            await writer.drain()
        writer.write(struct.pack(">I", 0))
        await writer.drain()
        return (await reader.readuntil(b"\0"))[:-1]
    except asyncio.IncompleteReadError as cut_off:
        return cut_off.partial
    finally:
        writer.close()
