"""Public opinion as its asker sees it: an issue, a year's issues, a year's list (2.7).

Who reported it is in none of them, unless the authors agreed to be named.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from gateway.base import labels_of
from gateway.context import Context
from gateway.opinions.enums import OpinionChannel, OpinionState
from gateway.opinions.loaders import SERVICE
from shared.errors import InvalidInput

Row = dict[str, Any]
PAGE = 50
ISSUED = (
    "ISSUED",
    "DELIVERED",
    "SENT_UP",
    "INSTRUCTED",
    "REFERRED",
    "RESULT_GIVEN",
    "CLOSED",
)
LEVELS = {"CITY": "市级采用", "PROVINCE": "省级采用", "NATION": "全国采用"}
HEADINGS = {
    "期号": 24,
    "标题": 40,
    "收集渠道": 14,
    "签发日期": 14,
    "签发人": 12,
    "报送": 24,
    **dict.fromkeys(LEVELS.values(), 20),
    "领导批示": 30,
    "承办单位": 24,
    "办理结果": 30,
    "状态": 14,
}


async def count_one(context: Context, filter: Row) -> int:
    return len(await _one(context, filter))


async def one(context: Context, filter: Row) -> AsyncIterator[list[Any]]:
    """The issue in its official form."""
    yield await _papers(context, await _one(context, filter))


async def count_year(context: Context, filter: Row) -> int:
    """Raises InvalidInput without a year."""
    found: int = await context.call(SERVICE, "count_opinions", filter=_asked(filter))
    return found


async def papers(context: Context, filter: Row) -> AsyncIterator[list[Any]]:
    """The year's issues, for one document."""
    async for rows in _pages(context, filter):
        yield await _papers(context, rows)


async def listed(context: Context, filter: Row) -> AsyncIterator[list[list[Any]]]:
    """The year's issues, a line each."""
    channels, states = labels_of(OpinionChannel), labels_of(OpinionState)
    async for rows in _pages(context, filter):
        names = await _names(context, rows)
        yield [
            [
                row["issue_no"],
                row["title"],
                channels.get(row["channel"] or "", ""),
                row["issue"]["issued_at"][:10],
                row["issue"]["signer_name"],
                "、".join(names.get(d["to_id"], "") for d in row["deliveries"]),
                *(_used(row, level) for level in LEVELS),
                "；".join(f"{i['leader']}：{i['text']}" for i in _standing(row)),
                "、".join(names.get(r["unit_id"], "") for r in row["referrals"]),
                "；".join(r["result"] for r in row["referrals"] if r["result"]),
                states[row["state"]],
            ]
            for row in rows
        ]


async def _one(context: Context, filter: Row) -> list[Row]:
    found = await context.call(SERVICE, "opinions_by_ids", ids=[filter["subject"]])
    return [row for row in found if row["state"] in ISSUED]


def _asked(filter: Row) -> Row:
    if not filter.get("year"):
        raise InvalidInput("请给出年度", field="year")
    return {"year": filter["year"], "states": list(ISSUED)}


async def _pages(context: Context, filter: Row) -> AsyncIterator[list[Row]]:
    after, more = None, True
    while more:
        page = await context.call(
            SERVICE, "list_opinions", filter=_asked(filter), first=PAGE, after=after
        )
        rows, more = page["rows"], page["has_next"]
        if rows:
            after = rows[-1]["cursor"]
            yield rows


async def _papers(context: Context, rows: list[Row]) -> list[Row]:
    """What the document is laid out from; the authors by name who agreed to it."""
    names = await _names(context, rows)
    ids = [id for row in rows for id in row["named_ids"]]
    people = await context.loaders.members.load_many(ids)
    known = {id: person["name"] for id, person in zip(ids, people, strict=True) if person}
    return [
        {
            "no": [row["issue"]["year"], row["issue"]["no"]],
            "issue_no": row["issue_no"],
            "issued_at": row["issue"]["issued_at"][:10],
            "signer": row["issue"]["signer_name"],
            **{name: row["edited"][name] for name in ("title", "facts", "suggestion")},
            "to": "、".join(dict.fromkeys(names.get(d["to_id"], "") for d in row["deliveries"])),
            "authors": "、".join(known[id] for id in row["named_ids"] if id in known),
        }
        for row in rows
    ]


async def _names(context: Context, rows: list[Row]) -> dict[str, str]:
    """Organisation id → name, of all that these rows name."""
    ids = list(
        dict.fromkeys(
            [
                *(d["to_id"] for row in rows for d in row["deliveries"]),
                *(r["unit_id"] for row in rows for r in row["referrals"]),
            ]
        )
    )
    found = await context.loaders.organisations.load_many(ids)
    return {id: row["name"] for id, row in zip(ids, found, strict=True) if row}


def _used(row: Row, level: str) -> str:
    return next((a["used_by"] for a in row["above"] if a["level"] == level and a["form"]), "")


def _standing(row: Row) -> list[Row]:
    return [i for i in row["instructions"] if i["revoked_reason"] is None]
