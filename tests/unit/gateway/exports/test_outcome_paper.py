"""An outcome file and the summary of a year as docx."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import orjson
from docx import Document

from gateway.exports import build
from gateway.exports.outcomes import FIGURES

ITEM: dict[str, Any] = {
    "source": "协商",
    "title": "精准开展扶贫工作",
    "text": "建立帮扶台账",
    "kind": "安民之策（政策）",
    "unit": "区民政局",
    "state": "已核实",
    "adoption": "采纳",
    "result": "列入年度计划",
    "reason": "",
    "sent": "2017-02-06",
    "entries": ["2017-02-06 报送 建立帮扶台账", "2017-06-01 核实通过 现场核实"],
}
FILE: dict[str, Any] = {
    "title": "精准开展扶贫工作",
    "source": "协商",
    "reference": "协商专报2017年第3期",
    "organiser": "办公室",
    "opened": "2017-02-06",
    "state": "跟踪中",
    "text": "",
    "instructions": ["2017-02-10 区委书记（区）：请研究"],
    "conversions": ["2017-03-01 新闻报道：扶贫专报（吴江日报）"],
    "items": [ITEM],
}
YEAR: dict[str, Any] = {
    "year": 2017,
    "figures": [["协商", 9, 7, 4, 1, 2, 2, 2, 7, 1, 7], ["建议案", *[0] * 10]],
    "total": [9, 7, 4, 1, 2, 2, 2, 7, 1, 7],
    "major": [ITEM],
    "overdue": [],
}


def built(folder: Path, kind: str, row: dict[str, Any]) -> str:
    columns = [{"heading": h, "width": 10, "hint": ""} for h in FIGURES.values()]
    head = {"kind": kind, "title": "成果", "made_on": "2017-12-31", "columns": columns}
    (folder / build.HEAD).write_bytes(orjson.dumps(head))
    (folder / build.ROWS).write_bytes(orjson.dumps(row))
    build.main(folder)
    made = Document(io.BytesIO((folder / build.RESULT).read_bytes()))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in made.paragraphs), *cells])


def test_a_file_says_who_said_what_when_and_what_became_of_it(tmp_path: Path) -> None:
    text = built(tmp_path, "OUTCOME_DOCX", FILE)
    for said in (
        "成果采纳反馈档案",
        "协商专报2017年第3期",
        "1. 2017-02-10 区委书记（区）：请研究",
        "意见1",
        "责任单位：区民政局",
        "采纳情况：采纳",
        "2017-06-01 核实通过 现场核实",
    ):
        assert said in text
    assert "理由：" not in text


def test_the_summary_counts_the_year_and_names_its_major_reforms(tmp_path: Path) -> None:
    text = built(tmp_path, "OUTCOME_SUMMARY_DOCX", YEAR)
    assert "2017年协商民主成果采纳落实情况" in text
    assert "协商：意见9条，已答复7条，采纳4条" in text
    assert "建议案：无。" in text
    assert "合计：意见9条" in text
    assert "1. 精准开展扶贫工作；建立帮扶台账；区民政局；已核实" in text
    assert "逾期未办" not in text
