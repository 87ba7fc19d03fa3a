"""Reading a form as it arrives, in pieces of any size."""

from __future__ import annotations

import asyncio
import hashlib
import io
import tempfile
import tracemalloc
from collections.abc import Iterable
from typing import IO, Any

import pytest

from gateway.files.errors import FileEmpty, FileTooLarge
from gateway.files.uploads import OVERHEAD, SPOOLED, Received, read_upload
from shared.errors import InvalidInput
from tests.unit.gateway.files.samples import FORM, PDF, form, part, pieces

LIMIT = 1000


def read(
    body: Iterable[bytes],
    *,
    limit: int = LIMIT,
    content: IO[bytes] | None = None,
    headers: dict[str, str] | None = None,
) -> Received:
    sent = iter(body)

    async def receive() -> Any:
        piece = next(sent, None)
        return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

    given = {"content-type": FORM, **(headers or {})}
    raw = {key.encode(): value.encode() for key, value in given.items()}
    target = io.BytesIO() if content is None else content
    return asyncio.run(read_upload(raw, receive, target, limit))


@pytest.mark.parametrize("size", [1, 7, 64, 10_000])
def test_the_file_is_taken_out_of_the_form(size: int) -> None:
    body = form(part(b"1", None, "comment"), part(PDF, "附件.pdf"), part(b"2", None, "x"))
    received = read(pieces(body, size))
    assert received.content.read() == PDF
    assert (received.name, received.size) == ("附件.pdf", len(PDF))
    assert received.sha256 == hashlib.sha256(PDF).hexdigest()


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (b"filename*=utf-8''%E8%B0%83%E7%A0%94.pdf", "调研.pdf"),
        (b"filename=x.pdf; filename*=UTF-8''%E8%B0%83%E7%A0%94.pdf", "调研.pdf"),
        ('filename="调研.pdf"'.encode("gbk"), "调研.pdf"),
        ('filename="调研.pdf"'.encode(), "调研.pdf"),
        (b'filename="\xff\xff.pdf"', ""),
    ],
)
def test_the_name_is_read_however_it_was_written(said: bytes, name: str) -> None:
    usual = part(PDF, "x.pdf")
    assert b'filename="x.pdf"' in usual
    assert read([form(usual.replace(b'filename="x.pdf"', said))]).name == name


def test_content_that_looks_like_a_form_is_kept_as_it_is() -> None:
    content = b"\r\n--b0undar\r\n\r\n--\r\n" + bytes(range(256))
    assert read([form(part(content))]).content.read() == content


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (form(part(PDF, field="document")), {}),
        (form(part(PDF), part(PDF)), {}),
        (form(part(PDF))[:-20], {}),
        (b"", {}),
        (b"not a form", {}),
        (form(part(PDF)), {"content-type": "application/pdf"}),
        (form(part(PDF)), {"content-type": "multipart/form-data"}),
        (form(part(PDF)), {"content-type": "multipart/mixed; boundary=b0undary"}),
        (b"--b0undary\r\n" + b"X: 1\r\n" * 50 + b"\r\n", {}),
    ],
)
def test_anything_else_is_refused(body: bytes, headers: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        read([body], headers=headers)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(FileEmpty):
        read([form(part(b""))])


def test_a_client_that_goes_away_is_noticed() -> None:
    async def receive() -> Any:
        return {"type": "http.disconnect"}

    with pytest.raises(InvalidInput):
        asyncio.run(read_upload({b"content-type": FORM.encode()}, receive, io.BytesIO(), LIMIT))


def test_the_limit_is_exact() -> None:
    assert read([form(part(b"a" * LIMIT))]).size == LIMIT
    with pytest.raises(FileTooLarge) as refused:
        read([form(part(b"a" * (LIMIT + 1)))])
    assert refused.value.details == {"limit": LIMIT}


def test_a_large_form_is_refused_by_its_announced_length_alone() -> None:
    with pytest.raises(FileTooLarge):
        read([], headers={"content-length": str(LIMIT + OVERHEAD + 1)})


def test_other_fields_count_too() -> None:
    with pytest.raises(FileTooLarge):
        read(pieces(form(part(b"a" * (LIMIT + OVERHEAD), None, "comment"), part(PDF)), 5000))


def test_memory_does_not_grow_with_the_file() -> None:
    size = 8 * 1024 * 1024
    whole = form(part(b"a" * size))
    tracemalloc.start()
    try:
        with tempfile.SpooledTemporaryFile(SPOOLED) as content:
            received = read(pieces(whole, 65_536), limit=size, content=content)
            assert received.size == size
        assert tracemalloc.get_traced_memory()[1] < 8 * SPOOLED
    finally:
        tracemalloc.stop()
