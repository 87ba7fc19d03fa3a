"""What may be uploaded, told by content: a file is what its bytes say, whatever its name.

Programs, web pages, archives, old binary Office files and Office files with macros are refused:
an archive hides what it holds, and the others can act on who opens them.
"""

from __future__ import annotations

import codecs
import re
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO

from gateway.files.errors import FileTypeRefused

HEAD = 16  # bytes that every signature fits in
PIECE = 64 * 1024
TAIL = 65_557  # where the end record of a ZIP must stand
LARGEST_DIRECTORY = 512 * 1024  # of a ZIP: thousands of entries, more than a document has
END_RECORD, BIG_ZIP = b"PK\x05\x06", b"PK\x06\x07"
ENCODINGS = ("utf-8-sig", "gb18030")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
MACROS = "vbaproject.bin"


@dataclass(frozen=True)
class Kind:
    """content_type as it is sent; extensions without dot, the usual one first."""

    content_type: str
    extensions: tuple[str, ...]


_OFFICE = "application/vnd.openxmlformats-officedocument"
TEXT = Kind("text/plain", ("txt",))
PDF = Kind("application/pdf", ("pdf",))
CSV = Kind("text/csv", ("csv",))
SIGNATURES: tuple[tuple[re.Pattern[bytes], Kind], ...] = (
    (re.compile(rb"%PDF-[12]\."), PDF),
    (re.compile(rb"\xff\xd8\xff"), Kind("image/jpeg", ("jpg", "jpeg"))),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), Kind("image/png", ("png",))),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), Kind("image/webp", ("webp",))),
    # Voice notes, as phones and WeChat record them.
    (re.compile(rb"#!AMR(-WB)?\n"), Kind("audio/amr", ("amr",))),
    (re.compile(rb"ID3[\x02-\x04]|\xff[\xfb\xf3\xf2]"), Kind("audio/mpeg", ("mp3",))),
    (re.compile(rb".{4}ftypM4A ", re.DOTALL), Kind("audio/mp4", ("m4a",))),
)
# The entry that makes a ZIP this kind of document. OFD is GB/T 33190, for official documents.
PACKAGES: Mapping[str, Kind] = {
    "word/document.xml": Kind(f"{_OFFICE}.wordprocessingml.document", ("docx",)),
    "xl/workbook.xml": Kind(f"{_OFFICE}.spreadsheetml.sheet", ("xlsx",)),
    "ppt/presentation.xml": Kind(f"{_OFFICE}.presentationml.presentation", ("pptx",)),
    "OFD.xml": Kind("application/ofd", ("ofd",)),
}


def kind_of(content: IO[bytes], name: str) -> Kind:
    """The kind of a file; raises FileTypeRefused. The name only tells CSV from other text."""
    content.seek(0)
    head = content.read(HEAD)
    for signature, kind in SIGNATURES:
        if signature.match(head):
            return kind
    found = _package(content) if head.startswith(b"PK\x03\x04") else _text(content, name)
    if found is None:
        raise FileTypeRefused(field="file")
    return found


def _package(content: IO[bytes]) -> Kind | None:
    if not _is_small_zip(content):
        return None
    try:
        with zipfile.ZipFile(content) as package:
            entries = package.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error):
        return None
    if any(entry.lower().endswith(MACROS) for entry in entries):
        return None
    return next((kind for entry, kind in PACKAGES.items() if entry in entries), None)


def _is_small_zip(content: IO[bytes]) -> bool:
    """Whether the list of entries is short enough to be read into memory."""
    size = content.seek(0, 2)
    content.seek(max(0, size - TAIL))
    tail = content.read(TAIL)
    at = tail.rfind(END_RECORD)
    if at < 0 or len(tail) < at + 22 or BIG_ZIP in tail:
        return False
    (directory,) = struct.unpack_from("<I", tail, at + 12)
    return bool(directory <= LARGEST_DIRECTORY)


def _text(content: IO[bytes], name: str) -> Kind | None:
    if not any(_is_text(content, encoding) for encoding in ENCODINGS):
        return None
    return CSV if name.lower().endswith(".csv") else TEXT


def _is_text(content: IO[bytes], encoding: str) -> bool:
    """Whether all of it is text in this encoding, without control characters."""
    content.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while piece := content.read(PIECE):
            if CONTROL.search(decoder.decode(piece)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
