"""What a file is, told by its bytes."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile

import pytest

from gateway.files import kinds
from gateway.files.errors import FileTypeRefused
from tests.unit.gateway.files.samples import (
    DOCX,
    EXE,
    JPEG,
    OFD,
    OLE,
    PDF,
    PNG,
    PPTX,
    WEBP,
    XLSX,
    package,
)

OFFICE = "application/vnd.openxmlformats-officedocument"


@pytest.mark.parametrize(
    ("content", "name", "content_type", "extension"),
    [
        (PDF, "a.exe", "application/pdf", "pdf"),
        (JPEG, "a", "image/jpeg", "jpg"),
        (PNG, "a", "image/png", "png"),
        (WEBP, "a", "image/webp", "webp"),
        (b"#!AMR\n" + bytes(20), "a", "audio/amr", "amr"),
        (b"#!AMR-WB\n" + bytes(20), "a", "audio/amr", "amr"),
        (b"ID3\x04" + bytes(20), "a", "audio/mpeg", "mp3"),
        (b"\xff\xfb\x90\x00" + bytes(20), "a", "audio/mpeg", "mp3"),
        (b"\x00\x00\x00\x1cftypM4A " + bytes(20), "a", "audio/mp4", "m4a"),
        (DOCX, "a", f"{OFFICE}.wordprocessingml.document", "docx"),
        (XLSX, "a", f"{OFFICE}.spreadsheetml.sheet", "xlsx"),
        (PPTX, "a", f"{OFFICE}.presentationml.presentation", "pptx"),
        (OFD, "a", "application/ofd", "ofd"),
        ("二次供水".encode(), "a.txt", "text/plain", "txt"),
        ("二次供水".encode("gb18030"), "a", "text/plain", "txt"),
        ("\ufeff姓名,得分\r\n陆晓芸,102\r\n".encode(), "名单.CSV", "text/csv", "csv"),
        (b"<html><script>alert(1)</script>", "a.html", "text/plain", "txt"),
    ],
)
def test_the_kind_is_what_the_content_says(
    content: bytes, name: str, content_type: str, extension: str
) -> None:
    kind = kinds.kind_of(io.BytesIO(content), name)
    assert (kind.content_type, kind.extensions[0]) == (content_type, extension)


@pytest.mark.parametrize(
    "content",
    [
        EXE,
        OLE,
        b"\x7fELF\x02\x01\x01" + bytes(20),
        b"GIF89a\x01\x00\x01\x00\x00",
        b"RIFF\x24\x00\x00\x00WAVEfmt ",
        b"%PDF-evil\x00",
        b"\x00",
        package("readme.txt"),
        package("word/document.xml", "word/vbaProject.bin"),
        package("xl/workbook.xml", "xl/VBAPROJECT.BIN"),
        DOCX[:-30],
        b"PK\x03\x04" + bytes(40),
        "正文".encode() + b"\x1b[2J",
        b"\xff\xfe\x31\x00",
        PDF[1:5] + b"\x81",
    ],
    ids=lambda content: repr(content[:12]),
)
def test_what_is_not_listed_is_refused_whatever_its_name(content: bytes) -> None:
    for name in ("a.pdf", "a.docx", "a.txt", "a.csv"):
        with pytest.raises(FileTypeRefused):
            kinds.kind_of(io.BytesIO(content), name)


def test_a_control_character_anywhere_makes_it_no_text() -> None:
    content = b"a" * (kinds.PIECE + 1) + b"\x00"
    with pytest.raises(FileTypeRefused):
        kinds.kind_of(io.BytesIO(content), "a.txt")


def test_a_character_on_the_border_of_two_pieces_is_text() -> None:
    content = b"a" * (kinds.PIECE - 1) + "政协".encode()
    assert kinds.kind_of(io.BytesIO(content), "a.txt") is kinds.TEXT


def test_a_zip_of_very_many_entries_is_refused_before_they_are_read() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(12_000):
            archive.writestr(f"word/{number:06d}", b"")
        archive.writestr("word/document.xml", b"")
    tracemalloc.start()
    try:
        with pytest.raises(FileTypeRefused):
            kinds.kind_of(made, "a.docx")
        assert tracemalloc.get_traced_memory()[1] < 300_000
    finally:
        tracemalloc.stop()


def test_a_zip_that_lies_about_its_directory_is_refused() -> None:
    at = DOCX.rfind(kinds.END_RECORD)
    for size in (0, 1, 10, 400_000):
        lying = DOCX[: at + 12] + struct.pack("<I", size) + DOCX[at + 16 :]
        with pytest.raises(FileTypeRefused):
            kinds.kind_of(io.BytesIO(lying), "a.docx")
