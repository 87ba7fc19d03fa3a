"""Papers of supervision: opinion and report as docx, a supervisor's certificate as pdf."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import orjson
from docx import Document

from gateway.exports import build

OPINION: dict[str, Any] = {
    "title": "关于河流湖泊生态保护的监督意见",
    "number": "吴政协监〔2017〕1号",
    "to": "区水利局",
    "copy_to": "区政府办(督查)",
    "text": "经监督检查，提出以下监督意见。",
    "at": "2017-06-20T09:00:00+08:00",
    "items": [
        {
            "no": 1,
            "problem": "岸坡垃圾",
            "basis": "河道管理条例",
            "measure": "清理岸坡",
            "unit": "区水利局",
            "due_at": "2017-08-31T00:00:00+08:00",
        }
    ],
}
REPORT: dict[str, Any] = {
    "title": "河湖生态保护监督报告",
    "topic": "河流湖泊生态保护",
    "units": "区水利局、区环保局",
    "text": "检查二十处河湖。",
    "authors": "陆晓芸",
    "at": "2017-09-20T09:00:00+08:00",
}
CERTIFICATE: dict[str, Any] = {
    "name": "吴志刚",
    "number": "吴政协监聘〔2017〕1号",
    "code": "c0de17",
    "issued_at": "2017-05-08T09:00:00+08:00",
    "ends_on": "2021-05-08T09:00:00+08:00",
    "member_id": "m-15-0066",
}


def built(folder: Path, kind: str, row: dict[str, Any]) -> bytes:
    head = {"kind": kind, "title": "民主监督", "made_on": "2017-02-06"}
    (folder / build.HEAD).write_bytes(orjson.dumps(head))
    (folder / build.ROWS).write_bytes(orjson.dumps(row))
    build.main(folder)
    assert not (folder / build.REFUSED).exists()
    return (folder / build.RESULT).read_bytes()


def words(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs]


def test_an_opinion_says_problem_basis_measure_unit_and_date(tmp_path: Path) -> None:
    told = words(built(tmp_path, "SUPERVISION_OPINION_DOCX", OPINION))
    assert told[:3] == ["吴政协监〔2017〕1号", "关于河流湖泊生态保护的监督意见", "区水利局："]
    for line in ("问题：岸坡垃圾", "监督意见：清理岸坡", "整改期限：2017年8月31日"):
        assert line in told
    assert told[-1] == "抄送：区政府办(督查)"


def test_a_report_names_its_authors(tmp_path: Path) -> None:
    told = words(built(tmp_path, "SUPERVISION_REPORT_DOCX", REPORT))
    assert "（主要执笔人：陆晓芸）" in told


def test_a_certificate_is_one_page(tmp_path: Path) -> None:
    content = built(tmp_path, "SUPERVISOR_CERTIFICATE_PDF", CERTIFICATE)
    assert content.startswith(b"%PDF")
    assert b"/FontFile2" in content  # it prints everywhere
    assert content.count(b"/Type /Page\n") == 1
