"""Certificates of rotation classes: a page each, and the list of a class as a table."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from gateway.base import labels_of
from gateway.context import Context
from gateway.study.enums import EnrolmentState
from gateway.study.loaders import SERVICE

Row = dict[str, Any]
PAGE = 100
HEADINGS = {
    "序号": 8,
    "委员证号": 14,
    "姓名": 14,
    "报名状态": 12,
    "报名时间": 20,
    "出席半天数": 12,
    "结业证号": 24,
    "证书有效": 10,
}


async def count(context: Context, filter: Row) -> int:
    return len(await _certificates(context, filter))


async def rows(context: Context, filter: Row) -> AsyncIterator[list[Any]]:
    """One line for each certificate that the viewer may print."""
    found = await _certificates(context, filter)
    people = await context.loaders.members.load_many([row["member_id"] for row in found])
    yield [
        {**row, "name": (person or {}).get("name", "")}
        for row, person in zip(found, people, strict=True)
    ]


async def count_enrolled(context: Context, filter: Row) -> int:
    found: int = await context.call(
        SERVICE, "count_enrolments", class_id=filter["subject"], filter={}
    )
    return found


async def enrolled(context: Context, filter: Row) -> AsyncIterator[list[list[Any]]]:
    after, more, states = None, True, labels_of(EnrolmentState)
    while more:
        page = await context.call(
            SERVICE, "list_enrolments", class_id=filter["subject"], first=PAGE, after=after
        )
        found, more = page["rows"], page["has_next"]
        if not found:
            return
        after = found[-1]["cursor"]
        people = await context.loaders.members.load_many([row["member_id"] for row in found])
        yield [
            [
                row["no"] + 1,
                (person or {}).get("member_no", ""),
                (person or {}).get("name", "（姓名不详）"),
                states[row["state"]],
                row["at"][:16].replace("T", " "),
                row["half_days_present"],
                row["certificate"],
                "是" if row["certificate_valid"] else "",
            ]
            for row, person in zip(found, people, strict=True)
        ]


async def _certificates(context: Context, filter: Row) -> list[Row]:
    found: list[Row] = await context.call(SERVICE, "class_certificates", class_id=filter["subject"])
    return found
