"""The roster as a sheet that can be imported again, with or without private columns, and empty."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from gateway.base import labels_of
from gateway.context import Context
from gateway.members.enums import Affiliation, Gender, JoinedVia, MemberPost, MemberState
from gateway.roster.columns import COLUMNS, Column

Row = dict[str, Any]
Names = Mapping[str, str]
PAGE = 100
FIELDS = [
    *("member_no", "name", "state", "gender", "ethnic_group", "affiliation", "sector"),
    *("sector_group", "town", "committees", "posts", "work_unit", "title", "work_unit_id"),
    *("inside_system", "overseas", "skills", "terms_served", "not_scored"),
    *("joined_via", "joined_on"),
]
PRIVATE = ("birth_date", "phone", "religion")
# Kinds of organisations whose names a column takes.
GROUPS = {
    "界别活动小组": "SECTOR_GROUP",
    "镇街道工委": "TOWN_COMMITTEE",
    "专委会1": "COMMITTEE",
    "专委会2": "COMMITTEE",
    "所属承办单位": "HANDLING_UNIT",
}


def columns(private: bool) -> list[Column]:
    return [column for column in COLUMNS if private or not column.private]


async def count(context: Context, filter: Row) -> int:
    found: int = await context.call("members", "count_members", filter=filter["members"])
    return found


async def rows(context: Context, filter: Row, private: bool) -> AsyncIterator[list[list[Any]]]:
    """Pages of cells. Private data is asked for member by member page, and each look is audited."""
    names = await _names(context)
    asked = {"filter": filter["members"], "fields": FIELDS, "first": PAGE}
    after, more = None, True
    while more:
        page = await context.call("members", "list_members", **asked, after=after)
        found, more = page["rows"], page["has_next"]
        if not found:
            return
        after = found[-1]["cursor"]
        known: dict[str, Row] = {}
        if private:
            ids = [row["id"] for row in found]
            looked = await context.call("members", "private_data_by_ids", ids=ids)
            known = {row["id"]: row for row in looked}
        yield [_cells({**known.get(row["id"], {}), **row}, names, private) for row in found]


async def options(context: Context) -> list[list[str]]:
    """What may be written, a list for each heading that takes known words."""
    organisations = await context.call("members", "organisations", kinds=None, include_ended=False)
    sectors = await context.call("members", "sectors", term=None)
    by_kind: dict[str, list[str]] = {}
    for row in organisations:
        by_kind.setdefault(row["kind"], []).append(row["name"])
    groups = {heading: by_kind.get(kind, []) for heading, kind in GROUPS.items()}
    words = {
        "性别": list(labels_of(Gender).values()),
        "政治面貌": list(labels_of(Affiliation).values()),
        "界别": [row["name"] for row in sectors],
        **groups,
        "政协职务": list(labels_of(MemberPost).values()),
        "产生方式": list(labels_of(JoinedVia).values()),
    }
    return [[heading, *listed] for heading, listed in words.items()]


async def _names(context: Context) -> Names:
    found = await context.call("members", "organisations", kinds=None, include_ended=True)
    return {row["id"]: row["name"] for row in found}


def _cells(row: Row, names: Names, private: bool) -> list[Any]:
    return [
        CELLS.get(column.heading, _plain(column.key))(row, names) for column in columns(private)
    ]


def _plain(key: str | None) -> Callable[[Row, Names], Any]:
    return lambda row, _: row.get(key or "") or ""


def _label(enum: Any, key: str) -> Callable[[Row, Names], str]:
    labels = labels_of(enum)
    return lambda row, _: labels.get(row.get(key) or "", "")


def _name(key: str) -> Callable[[Row, Names], str]:
    return lambda row, names: names.get(row.get(key) or "", "")


def _committee(place: int) -> Callable[[Row, Names], str]:
    def cell(row: Row, names: Names) -> str:
        found = row.get("committees") or []
        return names.get(found[place], "") if place < len(found) else ""

    return cell


def _words(key: str, yes: str, no: str) -> Callable[[Row, Names], str]:
    return lambda row, _: "" if row.get(key) is None else yes if row[key] else no


def _posts(row: Row, names: Names) -> str:
    labels = labels_of(MemberPost)
    return "、".join(
        labels[post["post"]]
        + (f"（{names.get(post['organisation'], '')}）" if post.get("organisation") else "")
        for post in row.get("posts") or ()
    )


CELLS: Mapping[str, Callable[[Row, Names], Any]] = {
    "状态": _label(MemberState, "state"),
    "性别": _label(Gender, "gender"),
    "政治面貌": _label(Affiliation, "affiliation"),
    "界别": lambda row, _: (row.get("sector") or {}).get("name", ""),
    "界别活动小组": _name("sector_group"),
    "镇街道工委": _name("town"),
    "专委会1": _committee(0),
    "专委会2": _committee(1),
    "政协职务": _posts,
    "所属承办单位": _name("work_unit_id"),
    "体制内外": _words("inside_system", "体制内", "体制外"),
    "港澳台侨": _words("overseas", "是", "否"),
    "不记分": _words("not_scored", "是", "否"),
    "专业特长": lambda row, _: "、".join(row.get("skills") or ()),
    "连任届数": lambda row, _: str(row.get("terms_served") or ""),
    "产生方式": _label(JoinedVia, "joined_via"),
    # Only a co-opted member's day is a fact of its own; others join with the term.
    "就任日期": lambda row, _: (
        str(row.get("joined_on") or "")[:10] if row.get("joined_via") == "CO_OPTED" else ""
    ),
}
