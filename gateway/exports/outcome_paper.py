"""An outcome file, and the summary of a year, laid out in the child process."""

from __future__ import annotations

from typing import Any

from gateway.exports.form import numbered
from gateway.exports.paper import BODY, TITLE, Paper

Row = dict[str, Any]
SUMMED = "合计"


def write_outcome(paper: Paper, file: Row) -> None:
    """The facts of the file, then each item with its history."""
    paper.add("成果采纳反馈档案", TITLE)
    paper.facts(
        [
            ("标题", file["title"]),
            ("来源", file["source"]),
            ("来源编号", file["reference"]),
            ("报送组织", file["organiser"]),
            ("建档日期", file["opened"]),
            ("状态", file["state"]),
        ]
    )
    paper.section("内容摘要", [file["text"]])
    paper.section("领导批示", numbered(file["instructions"]))
    paper.section("转化途径", numbered(file["conversions"]))
    for number, item in enumerate(file["items"], 1):
        told = [item["text"], *_facts(item)]
        paper.section(f"意见{number}", told)
        paper.section("跟踪记录", item["entries"])


def write_summary(paper: Paper, year: Row, headings: list[str]) -> None:
    """To Party and government, and to the next plenary (2.5)."""
    paper.add(f"{year['year']}年协商民主成果采纳落实情况", TITLE)
    rows = [*year["figures"], [SUMMED, *year["total"]]]
    for name, *counts in rows:
        said = "，".join(f"{h}{n}条" for h, n in zip(headings, counts, strict=True) if n)
        paper.add(f"{name}：{said or '无'}。", BODY)
    paper.section("重大改革举措意见", numbered([_in_short(item) for item in year["major"]]))
    paper.section("逾期未办，列入视察计划", numbered([_in_short(item) for item in year["overdue"]]))


def _facts(item: Row) -> list[str]:
    told = [
        ("成果种类", item["kind"]),
        ("责任单位", item["unit"]),
        ("状态", item["state"]),
        ("采纳情况", item["adoption"]),
        ("答复", item["result"]),
        ("理由", item["reason"]),
    ]
    return [f"{label}：{value}" for label, value in told if value]


def _in_short(item: Row) -> str:
    parts = [item["title"], item["text"], item["unit"], item["state"]]
    return "；".join(part for part in parts if part)
