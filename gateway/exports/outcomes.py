"""Outcomes for export: the list of a year as a table, one file and the year's summary as docx."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from gateway.base import labels_of
from gateway.context import Context
from gateway.outcomes import enums
from gateway.outcomes.loaders import SERVICE
from shared.actor import LEADERS, Role
from shared.errors import InvalidInput, NotFound

Row = dict[str, Any]
PAGE = 100
# Section 3, "Outcome item": X is the office's; the leaders read all.
MAY = frozenset({Role.OFFICE, *LEADERS})
HEADINGS = {
    "来源": 14,
    "标题": 40,
    "意见": 60,
    "成果种类": 20,
    "重大改革": 10,
    "责任单位": 24,
    "状态": 14,
    "采纳": 12,
    "报送日期": 14,
    "期限": 14,
    "逾期": 8,
    "核实日期": 14,
    "办结方式": 20,
    "结转年度": 20,
}
FIGURES = {
    "total": "意见",
    "answered": "已答复",
    "adopted": "采纳",
    "partly_adopted": "部分采纳",
    "not_adopted": "未采纳",
    "verified": "已核实",
    "closed": "已办结",
    "open": "未办结",
    "overdue": "逾期",
    "carried_over": "跨年结转",
}


async def count(context: Context, filter: Row) -> int:
    found: int = await context.call(SERVICE, "count_items", filter=_year(filter))
    return found


async def rows(context: Context, filter: Row) -> AsyncIterator[list[list[Any]]]:
    async for page in _items(context, _year(filter)):
        units = await _units(context, page)
        yield [_line(row, units) for row in page]


async def count_one(context: Context, filter: Row) -> int:
    await _file(context, filter["subject"])
    return 1


async def one(context: Context, filter: Row) -> AsyncIterator[list[Any]]:
    """One line: the file with all of its items."""
    file = await _file(context, filter["subject"])
    items: list[Row] = []
    async for page in _items(context, {"outcome_id": filter["subject"]}):
        units = await _units(context, page)
        items += [_item(row, units) for row in page]
    organiser = await context.loaders.organisations.load(file["organiser_id"])
    yield [
        {
            "title": file["title"],
            "source": _label(enums.OutcomeSource, file["source"]),
            "reference": file["ref"],
            "organiser": (organiser or {}).get("name", ""),
            "opened": _day(file["opened_at"]),
            "state": _label(enums.OutcomeFileState, file["state"]),
            "text": file["text"],
            "instructions": [_instruction(i) for i in file["instructions"] if not i["revoked_at"]],
            "conversions": [_conversion(c) for c in file["conversions"] if not c["withdrawn"]],
            "items": sorted(items, key=lambda item: item["sent"]),
        }
    ]


async def count_summary(context: Context, filter: Row) -> int:
    """One document, if anything was sent in the year."""
    if filter.get("year") is None:
        raise InvalidInput("请填写年度", field="year")
    return min(1, await count(context, filter))


async def summary(context: Context, filter: Row) -> AsyncIterator[list[Any]]:
    """One line: the figures of the year, its major reform measures, what is overdue."""
    year = filter["year"]
    groups = await context.call(SERVICE, "outcome_figures", year=year, by="SOURCE")
    lists: dict[str, list[Row]] = {}
    for name in ("major", "overdue"):
        lists[name] = []
        async for page in _items(context, {"year": year, name: True}):
            units = await _units(context, page)
            lists[name] += [_item(row, units) for row in page]
    yield [
        {
            "year": year,
            "figures": [[_label(enums.OutcomeSource, g["key"]), *_counts(g)] for g in groups],
            "total": [sum(g[name] for g in groups) for name in FIGURES],
            **lists,
        }
    ]


def _counts(group: Row) -> list[int]:
    return [group[name] for name in FIGURES]


def _year(filter: Row) -> Row:
    return {"year": filter["year"]} if filter.get("year") is not None else {}


async def _file(context: Context, id: str) -> Row:
    file: Row | None = await context.loaders.outcome_files.load(id)
    if file is None:
        raise NotFound("未找到该成果档案", field="subject")
    return file


async def _items(context: Context, filter: Row) -> AsyncIterator[list[Row]]:
    after, more = None, True
    while more:
        page = await context.call(SERVICE, "list_items", filter=filter, first=PAGE, after=after)
        found, more = page["rows"], page["has_next"]
        if found:
            after = found[-1]["cursor"]
            yield found


async def _units(context: Context, rows: list[Row]) -> dict[str, str]:
    ids = sorted({row["unit_id"] for row in rows if row["unit_id"]})
    found = await context.loaders.organisations.load_many(ids)
    return {row["id"]: row["name"] for row in found if row is not None}


def _line(row: Row, units: dict[str, str]) -> list[Any]:
    item = _item(row, units)
    return [
        item["source"],
        item["title"],
        item["text"],
        item["kind"],
        "是" if row["major"] else "",
        item["unit"],
        item["state"],
        item["adoption"],
        item["sent"],
        _day(row["due_at"]),
        "是" if row["overdue"] else "",
        _day(row["verified_at"]),
        _label(enums.OutcomeEnd, row["end"]),
        "、".join(map(str, row["carried"])),
    ]


def _item(row: Row, units: dict[str, str]) -> Row:
    return {
        "source": _label(enums.OutcomeSource, row["source"]),
        "title": row["title"],
        "text": row["text"] or "",
        "kind": _label(enums.OutcomeKind, row["kind"]),
        "unit": units.get(row["unit_id"] or "", ""),
        "state": _label(enums.OutcomeItemState, row["state"]),
        "adoption": _label(enums.OutcomeAdoption, row["adoption"]),
        "result": row["result"] or "",
        "reason": row["reason"] or "",
        "sent": _day(row["sent_at"]),
        "entries": [
            f"{_day(entry['at'])} {_label(enums.TrackingEntryKind, entry['kind'])} {entry['text']}"
            for entry in row["entries"]
        ],
    }


def _instruction(row: Row) -> str:
    level = _label(enums.OutcomeInstructionLevel, row["level"])
    return f"{_day(row['on'])} {row['leader']}（{level}）：{row['text']}"


def _conversion(row: Row) -> str:
    route = _label(enums.ConversionRoute, row["route"])
    return f"{_day(row['on'])} {route}：{row['title']}（{row['reference']}）"


def _label(enum: Any, value: str | None) -> str:
    return labels_of(enum).get(value or "", "")


def _day(at: str | None) -> str:
    return at[:10] if at else ""
