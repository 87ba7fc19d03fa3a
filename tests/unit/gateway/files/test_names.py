"""Names of files: harmless, and readable in every browser."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gateway.files.names import LONGEST, attachment, clean_name

PDF = ("pdf",)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("附件1：二次供水.pdf", "附件1：二次供水.pdf"),
        ("A.PDF", "A.PDF"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\文件\\调研.pdf", "调研.pdf"),
        ("evil.exe", "evil.exe.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie_ x=1.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        ('a"b<c>|d?*.pdf', "a_b_c__d__.pdf"),
        ("", "未命名.pdf"),
        (" . ", "未命名.pdf"),
        (".pdf", "pdf.pdf"),
        ("é.pdf".replace("é", "e\u0301"), "é.pdf"),
    ],
)
def test_the_kept_name(name: str, kept: str) -> None:
    assert clean_name(name, PDF) == kept


def test_another_extension_of_the_same_kind_stays() -> None:
    assert clean_name("照片.jpeg", ("jpg", "jpeg")) == "照片.jpeg"


@given(st.text(max_size=300))
@example("A\x1f\u0323")  # a control character between a letter and its mark
def test_any_name_becomes_a_harmless_one(name: str) -> None:
    kept = clean_name(name, ("jpg", "jpeg"))
    assert len(kept) <= LONGEST
    assert not set(kept) & set('/\\\0\r\n"<>:|?*')
    assert kept.rpartition(".")[0].strip(" .") and clean_name(kept, ("jpg", "jpeg")) == kept


@given(st.text(max_size=300))
def test_the_header_gives_the_name_back(name: str) -> None:
    kept = clean_name(name, PDF)
    header = attachment(kept).decode("ascii")
    assert unquote(header.rpartition("filename*=UTF-8''")[2]) == kept
    assert header.count('"') == 2


def test_the_header_of_a_chinese_name() -> None:
    assert attachment("调研 1.pdf") == (
        b"attachment; filename=\"__ 1.pdf\"; filename*=UTF-8''%E8%B0%83%E7%A0%94%201.pdf"
    )
