"""An issue of public opinion as docx: the official form, and nobody's name who did not agree."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import orjson
from docx import Document

from gateway.exports import build

ROW: dict[str, Any] = {
    "no": [2017, 35],
    "issue_no": "社情民意 2017年第35期",
    "issued_at": "2017-02-06",
    "signer": "李建平",
    "title": "关于立即排查取水口水质的建议",
    "facts": "取水口水面有油膜。",
    "suggestion": "排查上游排口。",
    "to": "区委办、区政府办(督查)",
    "authors": "",
}


def made(folder: Path, kind: str, *rows: dict[str, Any]) -> list[str]:
    head = {"kind": kind, "title": "社情民意", "made_on": "2017-12-31"}
    (folder / build.HEAD).write_bytes(orjson.dumps(head))
    (folder / build.ROWS).write_bytes(b"\n".join(orjson.dumps(row) for row in rows))
    build.main(folder)
    assert (folder / build.BUILT).stat().st_size == len(rows)
    document = Document(io.BytesIO((folder / build.RESULT).read_bytes()))
    return [paragraph.text for paragraph in document.paragraphs]


def test_the_form_of_an_issue(tmp_path: Path) -> None:
    texts = made(tmp_path, "OPINION_DOCX", ROW)
    assert texts == [
        "社情民意",
        "2017年第35期",
        "政协苏州市吴江区委员会办公室　　2017年2月6日　　签发人：李建平",
        "",
        "关于立即排查取水口水质的建议",
        "一、情况反映",
        "取水口水面有油膜。",
        "二、意见建议",
        "排查上游排口。",
        "报送：区委办、区政府办(督查)",
    ]


def test_whoever_agreed_is_named(tmp_path: Path) -> None:
    assert "（反映人：钱文娟）" in made(tmp_path, "OPINION_DOCX", {**ROW, "authors": "钱文娟"})


def test_a_year_goes_by_number(tmp_path: Path) -> None:
    rows = [{**ROW, "no": [2017, no]} for no in (3, 1, 2)]
    texts = made(tmp_path, "OPINION_COLLECTION_DOCX", *rows)
    assert [text for text in texts if text.endswith("期")] == [
        "2017年第1期",
        "2017年第2期",
        "2017年第3期",
    ]
