"""Answering with a file: streamed from GridFS, in whole or one range (RFC 9110)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from gridfs import AsyncGridOut

from gateway.files.names import attachment
from gateway.files.store import FileStore, Row
from gateway.responses import Send

PIECE = 255 * 1024  # GridFS's own chunk
_RANGE = re.compile(rb"bytes=(\d{0,15})-(\d{0,15})")
# A client may keep a file, but asks each time whether it still may show it.
COMMON = (
    (b"cache-control", b"private, no-cache"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; sandbox"),
    (b"accept-ranges", b"bytes"),
    (b"vary", b"authorization"),
)
Headers = Mapping[bytes, bytes]


class Part(NamedTuple):
    """Which bytes are sent: `start` to before `end`."""

    status: int
    start: int
    end: int


async def send_file(
    send: Send, store: FileStore, row: Row, headers: Headers, *more: tuple[bytes, bytes], body: bool
) -> None:
    """Answer 200, 206, 304 or 416; without `body` the headers alone (HEAD)."""
    tag = f'"{row["sha256"]}"'.encode()
    part = part_of(headers, tag, row["size"])
    start = [(b"etag", tag), *COMMON, *more]
    if part.status != 304:
        start += _content_headers(row, part)
    # Opened before the answer begins, so that a database which is away is still told.
    content = await store.open(row["_id"]) if body and part.end > part.start else None
    await send({"type": "http.response.start", "status": part.status, "headers": start})
    if content is not None:
        await _stream(send, content, part)
    await send({"type": "http.response.body", "body": b""})


def part_of(headers: Headers, tag: bytes, size: int) -> Part:
    """What the conditions of a request ask for, of a file of `size` bytes."""
    if _matches(headers.get(b"if-none-match"), tag):
        return Part(304, 0, 0)
    asked = _RANGE.fullmatch(headers.get(b"range", b""))
    same = headers.get(b"if-range", tag) == tag
    if asked is None or not same or asked.groups() == (b"", b""):
        return Part(200, 0, size)
    first, last = asked.groups()
    if not first:  # the last so many bytes
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
    return Part(206, start, end) if start < end else Part(416, 0, 0)


def _matches(condition: bytes | None, tag: bytes) -> bool:
    if condition is None:
        return False
    listed = {each.strip().removeprefix(b"W/") for each in condition.split(b",")}
    return bool(listed & {tag, b"*"})


def _content_headers(row: Row, part: Part) -> list[tuple[bytes, bytes]]:
    size = row["size"]
    span = {206: f"bytes {part.start}-{part.end - 1}/{size}", 416: f"bytes */{size}"}
    return [
        (b"content-type", row["content_type"].encode()),
        (b"content-disposition", attachment(row["name"])),
        (b"content-length", str(part.end - part.start).encode()),
        *([(b"content-range", span[part.status].encode())] if part.status in span else []),
    ]


async def _stream(send: Send, content: AsyncGridOut, part: Part) -> None:
    await content.seek(part.start)
    left = part.end - part.start
    while left and (piece := await content.read(min(PIECE, left))):
        left -= len(piece)
        await send({"type": "http.response.body", "body": piece, "more_body": True})
