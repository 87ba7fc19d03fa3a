"""The people of a meeting as a table: answers, check-ins and the record of presence."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from gateway.base import labels_of
from gateway.context import Context
from gateway.office.enums import AnswerState, AttendanceRole, AttendanceStatus
from gateway.office.loaders import SERVICE

Row = dict[str, Any]
HEADINGS = {
    "委员证号": 14,
    "姓名或单位": 24,
    "参会身份": 10,
    "身份说明": 16,
    "答复": 14,
    "签到半天": 12,
    "出席情况": 18,
    "出席半天数": 10,
    "免计半天数": 10,
    "视频出席": 10,
}
PAGE = 100


async def count(context: Context, filter: Row) -> int:
    found: int = await context.call(
        SERVICE, "count_invitees", meeting_id=filter["subject"], filter={}
    )
    return found


async def rows(context: Context, filter: Row) -> AsyncIterator[list[list[Any]]]:
    after, more = None, True
    while more:
        page = await context.call(
            SERVICE, "list_invitees", meeting_id=filter["subject"], first=PAGE, after=after
        )
        more = page["has_next"]
        if page["rows"]:
            after = page["rows"][-1]["cursor"]
            yield await _cells(context, page["rows"])


async def _cells(context: Context, people: list[Row]) -> list[list[Any]]:
    members = [row["member_id"] for row in people if row["member_id"]]
    units = [row["organisation_id"] for row in people if row["organisation_id"]]
    persons = dict(zip(members, await context.loaders.members.load_many(members), strict=True))
    named = dict(zip(units, await context.loaders.organisations.load_many(units), strict=True))
    answers, roles, statuses = map(labels_of, (AnswerState, AttendanceRole, AttendanceStatus))
    return [
        [
            (persons.get(row["member_id"]) or {}).get("member_no", ""),
            _name(row, persons, named),
            roles[row["role"]],
            row["capacity"],
            answers[row["answer"]],
            "、".join(map(str, row["checked_in"])),
            statuses.get(row["status"] or "", ""),
            row["half_days_present"],
            row["half_days_exempt"],
            "是" if row["remote"] else "",
        ]
        for row in people
    ]


def _name(row: Row, persons: dict[str, Row | None], units: dict[str, Row | None]) -> str:
    """A member's; an organisation's, with those who come for it."""
    found = persons.get(row["member_id"]) or units.get(row["organisation_id"]) or {}
    coming = "、".join(one["name"] for one in row["attendees"])
    return str(found.get("name", "（受邀人员）")) + (f"（{coming}）" if coming else "")
