"""提案汇编: many proposals as one document, with cover and table of contents, by category."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from gateway.exports.form import write_proposal
from gateway.exports.paper import CENTRE, TITLE, Entry, Paper, bookmark, table_of_contents
from gateway.exports.wording import heading_of, written

Case = dict[str, Any]
Told = Callable[[], Any]
NO_CATEGORY = "未分类"
BEFORE_TITLE = 6  # empty lines of the cover


def compilation_docx(cases: list[Case], paper: Paper, made_on: str, told: Told) -> None:
    """`cases` stand in their order already; `told` is called after each of them."""
    _cover(paper, cases, made_on)
    paper.add("目录", TITLE, new_page=True)
    entries = _entries(cases)
    table_of_contents(paper, [entry for entry, _ in entries])
    for entry, case in entries:
        heading = paper.add(entry.text, f"Heading {entry.level}", new_page=True)
        bookmark(heading, entry)
        if case is not None:
            write_proposal(paper, case)
            told()


def _cover(paper: Paper, cases: list[Case], made_on: str) -> None:
    for _ in range(BEFORE_TITLE):
        paper.add("")
    paper.add("提案汇编", TITLE)
    sessions = dict.fromkeys(case["session"] for case in cases if case["session"])
    paper.add("、".join(sessions), CENTRE)
    paper.add(f"共{len(cases)}件", CENTRE)
    paper.add(written(made_on), CENTRE)


def _entries(cases: list[Case]) -> list[tuple[Entry, Case | None]]:
    """A heading for each category and each proposal; None: the heading of a category."""
    return [
        (Entry(level, text, f"_Toc{number}"), case)
        for number, (level, text, case) in enumerate(_headings(cases), 1)
    ]


def _headings(cases: list[Case]) -> Iterator[tuple[int, str, Case | None]]:
    for category, group in groupby(cases, key=lambda case: case["category"]):
        yield 1, category or NO_CATEGORY, None
        for case in group:
            yield 2, heading_of(case), case
