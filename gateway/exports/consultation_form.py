"""Minutes, reports and motions in their official form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gateway.exports.form import numbered
from gateway.exports.paper import CENTRE, RIGHT, TITLE, Paper
from gateway.exports.wording import written

Row = dict[str, Any]
Told = Callable[[], Any]
COMMITTEE = "政协苏州市吴江区委员会"


def minutes_docx(rows: list[Row], paper: Paper, told: Told) -> None:
    """会议纪要; dissent stands as it was said (7.4)."""
    for row in rows:
        paper.add(f"{row['form']}会议纪要", TITLE)
        paper.add(row["title"], CENTRE)
        paper.facts(
            [
                ("时间", written(row["held_on"])),
                ("地点", row["place"]),
                ("主办单位", row["organisers"]),
                ("出席领导", row["leader"]),
                ("出席委员", row["present"]),
                ("参加部门", row["departments"]),
            ]
        )
        paper.section("纪要", [row["text"]])
        paper.section("不同意见", row["dissents"])
        told()


def report_docx(rows: list[Row], paper: Paper, told: Told) -> None:
    """协商专报: the head with the number, the text, the opinions, who signed."""
    for row in rows:
        year, no = row["no"]
        paper.add("协商专报", TITLE)
        paper.add(f"{year}年第{no}期", CENTRE)
        head = f"{COMMITTEE}　　{written(row['reported_at'])}　　签发人：{row['signer']}"
        paper.add(head, CENTRE)
        paper.add("")
        paper.add(row["title"], TITLE)
        paper.body(row["text"])
        paper.section("意见建议", numbered(row["items"]))
        paper.add(row["organisers"], RIGHT)
        told()


def motion_docx(rows: list[Row], paper: Paper, told: Told) -> None:
    """建议案: number, title, addressees, text, opinions, signature, copies."""
    for row in rows:
        paper.add(COMMITTEE, TITLE)
        paper.add(row["number"], CENTRE)
        paper.add("")
        paper.add(row["title"], TITLE)
        if row["adopted_on"]:
            paper.add(f"（{written(row['adopted_on'])}常务委员会会议通过）", CENTRE)
        if row["main"]:
            paper.add(f"{row['main']}：")
        paper.body(row["text"])
        paper.section("意见建议", numbered(row["items"]))
        paper.add(COMMITTEE, RIGHT)
        paper.add(written(row["adopted_on"]), RIGHT)
        if row["copy_to"]:
            paper.add(f"抄送：{row['copy_to']}")
        told()
