"""Papers of supervision as their asker sees them: the opinion, the report, a certificate."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from gateway.context import Context
from gateway.supervision.loaders import SERVICE
from shared.actor import Role
from shared.errors import NotFound

Row = dict[str, Any]
MAY = frozenset(Role) - {Role.PUBLIC}
CERTIFIES = frozenset(
    {
        Role.SUPERVISOR,
        Role.OFFICE,
        Role.COMMITTEE_STAFF,
        Role.COMMITTEE_DIRECTOR,
        Role.CHAIR_COUNCIL,
        Role.SECRETARY_GENERAL,
    }
)


async def count_opinion(context: Context, filter: Row) -> int:
    await _part(context, filter["subject"], "opinion", "监督意见")
    return 1


async def opinion(context: Context, filter: Row) -> AsyncIterator[list[Any]]:
    """One line: the opinion with its items."""
    row, part = await _part(context, filter["subject"], "opinion", "监督意见")
    units = [item["unit_id"] for item in part["items"]]
    names = await _organisations(context, [*units, *part["copy_ids"]])
    yield [
        {
            "title": f"关于{row['title']}的监督意见",
            "number": part["no"] or "",
            "to": "、".join(names[unit] for unit in dict.fromkeys(units)),
            "copy_to": "、".join(names[id] for id in part["copy_ids"]),
            "text": part["text"],
            "at": part["issued_at"] or part["signed_at"],
            "items": [
                {
                    **{name: item[name] for name in ("no", "problem", "basis", "measure")},
                    "unit": names[item["unit_id"]],
                    "due_at": item["due_at"],
                }
                for item in part["items"]
            ],
        }
    ]


async def count_report(context: Context, filter: Row) -> int:
    await _part(context, filter["subject"], "report", "监督报告")
    return 1


async def report(context: Context, filter: Row) -> AsyncIterator[list[Any]]:
    """One line: the supervision report with its main authors."""
    row, part = await _part(context, filter["subject"], "report", "监督报告")
    people = await context.loaders.members.load_many(part["author_ids"])
    names = await _organisations(context, row["unit_ids"])
    yield [
        {
            "title": part["title"],
            "topic": row["topic"],
            "units": "、".join(names[unit] for unit in row["unit_ids"]),
            "text": part["text"],
            "authors": "、".join((person or {}).get("name", "") for person in people),
            "at": part["accepted_at"] or part["submitted_at"],
        }
    ]


async def count_certificates(context: Context, filter: Row) -> int:
    return len(await _certificates(context, filter))


async def certificates(context: Context, filter: Row) -> AsyncIterator[list[Any]]:
    """The certificate of a supervisor, if the viewer may print it."""
    found = await _certificates(context, filter)
    for row in found:
        if row["member_id"]:
            person = await context.loaders.members.load(row["member_id"])
            row["name"] = (person or {}).get("name", "")
    yield found


async def _certificates(context: Context, filter: Row) -> list[Row]:
    found: list[Row] = await context.call(
        SERVICE, "supervisor_certificates", supervisor_id=filter["subject"]
    )
    return found


async def _part(context: Context, id: str, part: str, called: str) -> tuple[Row, Row]:
    """Raises NotFound for what the viewer does not see, or is not written."""
    row: Row | None = await context.loaders.supervisions.load(id)
    if row is None or not row[part]:
        raise NotFound(f"未找到该{called}", field="subject")
    return row, row[part]


async def _organisations(context: Context, ids: list[str]) -> dict[str, str]:
    found = await context.loaders.organisations.load_many(ids)
    return {id: (row or {}).get("name", "") for id, row in zip(ids, found, strict=True)}
