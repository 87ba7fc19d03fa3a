"""Consultations and motions as their asker sees them: minutes, reports, motions (9.2)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from typing import Any

from gateway.base import labels_of
from gateway.consultations.enums import ConsultationForm
from gateway.context import Context

Row = dict[str, Any]


async def count_minutes(context: Context, filter: Row) -> int:
    return len(await _of(context, filter, "minutes"))


async def minutes(context: Context, filter: Row) -> AsyncIterator[list[Any]]:
    """With each dissent in the words and the name of whose it is."""
    for row in await _of(context, filter, "minutes"):
        told = row["minutes"]["dissents"]
        people = await _members(context, [row["present_ids"] or [], [d["member_id"] for d in told]])
        names = await _organisations(
            context,
            [row["organiser_ids"], row["department_ids"], [d["organisation_id"] for d in told]],
        )
        yield [
            {
                "title": row["title"],
                "form": labels_of(ConsultationForm)[row["form"]],
                "held_on": (row["held_on"] or "")[:10],
                "place": (row["meeting"] or {}).get("place") or "",
                "leader": row["leader"],
                "organisers": _joined(row["organiser_ids"], names),
                "departments": _joined(row["department_ids"], names),
                "present": _joined(row["present_ids"] or [], people),
                "text": row["minutes"]["text"],
                "dissents": [
                    f"{people.get(d['member_id']) or names.get(d['organisation_id'], '')}："
                    f"{d['text']}"
                    for d in told
                ],
            }
        ]


async def count_report(context: Context, filter: Row) -> int:
    return len(await _of(context, filter, "report"))


async def report(context: Context, filter: Row) -> AsyncIterator[list[Any]]:
    for row in await _of(context, filter, "report"):
        told = row["report"]
        names = await _organisations(context, [row["organiser_ids"]])
        yield [
            {
                "no": [told["year"], told["no"]],
                "title": told["title"],
                "text": told["text"],
                "items": [one["text"] for one in told["items"]],
                "signer": told["signer"],
                "reported_at": told["reported_at"][:10],
                "organisers": _joined(row["organiser_ids"], names),
            }
        ]


async def count_motion(context: Context, filter: Row) -> int:
    return len(await context.call("consultations", "motions_by_ids", ids=[filter["subject"]]))


async def motion(context: Context, filter: Row) -> AsyncIterator[list[Any]]:
    for row in await context.call("consultations", "motions_by_ids", ids=[filter["subject"]]):
        names = await _organisations(context, [row["main_ids"], row["copy_to_ids"]])
        adoption = row["adoption"] or {}
        yield [
            {
                "number": row["number"] or "",
                "title": row["title"],
                "text": row["text"],
                "items": [one["text"] for one in row["items"]],
                "main": _joined(row["main_ids"], names),
                "copy_to": _joined(row["copy_to_ids"], names),
                "adopted_on": (adoption.get("adopted_on") or "")[:10],
            }
        ]


async def _of(context: Context, filter: Row, part: str) -> list[Row]:
    """The consultation, if the part is there for the viewer."""
    found = await context.call("consultations", "consultations_by_ids", ids=[filter["subject"]])
    return [row for row in found if row.get(part) is not None]


async def _members(context: Context, ids: Iterable[Iterable[str | None]]) -> dict[Any, str]:
    return await _named(context.loaders.members, ids)


async def _organisations(context: Context, ids: Iterable[Iterable[str | None]]) -> dict[Any, str]:
    return await _named(context.loaders.organisations, ids)


async def _named(loader: Any, ids: Iterable[Iterable[str | None]]) -> dict[Any, str]:
    asked = list(dict.fromkeys(id for some in ids for id in some if id))
    found = await loader.load_many(asked)
    return {id: row["name"] for id, row in zip(asked, found, strict=True) if row}


def _joined(ids: Iterable[str], names: dict[Any, str]) -> str:
    return "、".join(names[id] for id in ids if id in names)
