"""社情民意 in its official form: the head with the number, the text, who signed, for whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gateway.exports.paper import CENTRE, RIGHT, TITLE, Paper
from gateway.exports.wording import written

Row = dict[str, Any]
Told = Callable[[], Any]
ISSUER = "政协苏州市吴江区委员会办公室"


def write_issue(paper: Paper, row: Row, *, new_page: bool = False) -> None:
    """One issue; who reported it only if the authors agreed."""
    year, no = row["no"]
    paper.add("社情民意", TITLE, new_page=new_page)
    paper.add(f"{year}年第{no}期", CENTRE)
    paper.add(f"{ISSUER}　　{written(row['issued_at'])}　　签发人：{row['signer']}", CENTRE)
    paper.add("")
    paper.add(row["title"], TITLE)
    paper.section("一、情况反映", [row["facts"]])
    paper.section("二、意见建议", [row["suggestion"]])
    if row["authors"]:
        paper.add(f"（反映人：{row['authors']}）", RIGHT)
    if row["to"]:
        paper.add(f"报送：{row['to']}")


def issues_docx(rows: list[Row], paper: Paper, told: Told) -> None:
    """By number, each on a page of its own."""
    for position, row in enumerate(sorted(rows, key=lambda row: row["no"])):
        write_issue(paper, row, new_page=position > 0)
        told()
