"""Reading an upload: multipart/form-data with one field `file`, streamed to a temporary file.

Memory stays bounded whatever is sent: what passes SPOOLED bytes goes to the disk, and reading
ends at the limit.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from gateway.files.errors import FileEmpty, FileTooLarge
from gateway.responses import Receive
from shared.errors import InvalidInput

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

FIELD = b"file"
SPOOLED = 256 * 1024
OVERHEAD = 64 * 1024  # of boundaries, headers and other fields


@dataclass(frozen=True)
class Received:
    """content: from its beginning to its end; name: as the client gave it; sha256: hex."""

    content: IO[bytes]
    name: str
    size: int
    sha256: str


EXTENDED_NAME = re.compile(rb"(?i)\bfilename\*\s*=\s*([\w-]+)'[^']*'([^;\s]+)")
NAME_ENCODINGS = ("utf-8", "gb18030")  # browsers; older programs on Chinese Windows


def _name_of(disposition: bytes, options: Mapping[bytes, bytes]) -> str:
    """The name as it was meant: RFC 5987's `filename*` before bytes of either encoding."""
    extended = EXTENDED_NAME.search(disposition)
    given = unquote_to_bytes(extended[2]) if extended else options.get(b"filename", b"")
    said = (extended[1].decode(),) if extended else NAME_ENCODINGS
    for encoding in said:
        try:
            return given.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return ""


class _Form:
    """Takes the file out of what the parser finds; other fields are passed over."""

    def __init__(self, content: IO[bytes], limit: int) -> None:
        self._content = content
        self._limit = limit
        self._digest = hashlib.sha256()
        self._header, self._value = b"", b""
        self._headers: dict[bytes, bytes] = {}
        self._inside = False
        self._size = 0
        self._name: str | None = None
        self.complete = False

    def callbacks(self) -> MultipartCallbacks:
        return {
            "on_part_begin": self._headers.clear,
            "on_header_field": self._on_header_field,
            "on_header_value": self._on_header_value,
            "on_header_end": self._on_header_end,
            "on_headers_finished": self._on_headers_finished,
            "on_part_data": self._on_part_data,
            "on_part_end": self._on_part_end,
            "on_end": self._on_end,
        }

    def received(self) -> Received:
        """Raises InvalidInput for a form that is cut off or has no file, FileEmpty."""
        if not self.complete or self._name is None:
            raise InvalidInput("请以表单字段 file 上传一个文件", field="file")
        if not self._size:
            raise FileEmpty(field="file")
        self._content.seek(0)
        return Received(self._content, self._name, self._size, self._digest.hexdigest())

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _on_header_end(self) -> None:
        self._headers[self._header.lower()] = self._value
        self._header, self._value = b"", b""

    def _on_headers_finished(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition"))
        if options.get(b"name") != FIELD:
            return
        if self._name is not None:
            raise InvalidInput("一次只能上传一个文件", field="file")
        self._name = _name_of(self._headers[b"content-disposition"], options)
        self._inside = True

    def _on_part_data(self, data: bytes, start: int, end: int) -> None:
        if not self._inside:
            return
        piece = data[start:end]
        self._size += len(piece)
        if self._size > self._limit:
            raise FileTooLarge.over(self._limit)
        self._digest.update(piece)
        self._content.write(piece)

    def _on_part_end(self) -> None:
        self._inside = False

    def _on_end(self) -> None:
        self.complete = True


async def read_upload(
    headers: Mapping[bytes, bytes], receive: Receive, content: IO[bytes], limit: int
) -> Received:
    """The file of a form, written to `content`; at most `limit` bytes of it.

    Raises InvalidInput, FileEmpty, FileTooLarge.
    """
    announced = headers.get(b"content-length", b"")
    if announced.isdigit() and int(announced) > limit + OVERHEAD:
        raise FileTooLarge.over(limit)
    kind, options = parse_options_header(headers.get(b"content-type"))
    if kind != b"multipart/form-data" or b"boundary" not in options:
        raise InvalidInput("Content-Type 须为 multipart/form-data", field="file")
    form = _Form(content, limit)
    try:
        parser = MultipartParser(options[b"boundary"], form.callbacks())
        await _feed(parser, receive, limit)
    except FormParserError:
        raise InvalidInput("上传内容的格式不正确", field="file") from None
    return form.received()


async def _feed(parser: MultipartParser, receive: Receive, limit: int) -> None:
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise InvalidInput("文件未完整送达", field="file")
        piece = message.get("body", b"")
        size += len(piece)
        if size > limit + OVERHEAD:
            raise FileTooLarge.over(limit)
        parser.write(piece)
        more = message.get("more_body", False)
