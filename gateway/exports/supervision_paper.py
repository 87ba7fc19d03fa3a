"""监督意见 and 监督报告 in their official form, laid out in the child process."""

from __future__ import annotations

from typing import Any

from gateway.exports.paper import CENTRE, RIGHT, TITLE, Paper
from gateway.exports.wording import written

Row = dict[str, Any]
ISSUER = "政协苏州市吴江区委员会"


def write_opinion(paper: Paper, row: Row) -> None:
    """Number, addressees, text, each opinion with problem, basis, measure and date (5.7)."""
    paper.add(row["number"], CENTRE)
    paper.add(row["title"], TITLE)
    paper.add(f"{row['to']}：")
    paper.body(row["text"])
    for item in row["items"]:
        told = [
            f"问题：{item['problem']}",
            f"依据：{item['basis']}",
            f"监督意见：{item['measure']}",
            f"整改单位：{item['unit']}",
            f"整改期限：{written(item['due_at'])}",
        ]
        paper.section(f"意见{item['no']}", told)
    paper.add(ISSUER, RIGHT)
    paper.add(written(row["at"]), RIGHT)
    if row["copy_to"]:
        paper.add(f"抄送：{row['copy_to']}")


def write_report(paper: Paper, row: Row) -> None:
    paper.add(row["title"], TITLE)
    paper.facts([("监督主题", row["topic"]), ("被监督单位", row["units"])])
    paper.body(row["text"])
    paper.add(f"（主要执笔人：{row['authors']}）", RIGHT)
    paper.add(written(row["at"]), RIGHT)
