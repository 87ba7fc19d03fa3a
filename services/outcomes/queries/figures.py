"""Figures of a year: adopted, carried out, verified (8.8, 9.1)."""

from __future__ import annotations

from typing import Any

from services.outcomes.commands import access
from services.outcomes.commands.ports import Desk
from services.outcomes.domain.kinds import Adoption, ItemState
from services.outcomes.domain.labels import Grouping
from services.outcomes.schemas import common
from services.outcomes.schemas import figures as form
from shared.actor import LEADERS, Role, allow
from shared.call import Call
from shared.operations import query
from shared.persistence.shaping import both

Row = dict[str, Any]
READERS = (
    access.OFFICE,
    *sorted(LEADERS),
    Role.STANDING_MEMBER,
    Role.INFO_EDITOR,
    *access.COMMITTEES,
    *access.PROPOSALS,
    access.SUPERVISING,
    *access.UNITS,
)
S = ItemState


def _is(field: str, value: Any) -> Row:
    return {"$cond": [{"$eq": [f"${field}", value]}, 1, 0]}


FIGURES: dict[str, Row] = {
    "adopted": _is("adoption", Adoption.ADOPTED.value),
    "partly_adopted": _is("adoption", Adoption.PARTLY_ADOPTED.value),
    "not_adopted": _is("adoption", Adoption.NOT_ADOPTED.value),
    "implementing": _is("state", S.IMPLEMENTING.value),
    "implemented": _is("state", S.IMPLEMENTED.value),
    "verified": {"$cond": [{"$ne": ["$verified_at", None]}, 1, 0]},
    "closed": _is("state", S.CLOSED.value),
    "open": _is("open", True),
    "overdue": _is("overdue", True),
    "major": _is("major", True),
    "carried_over": {"$cond": [{"$gt": [{"$size": "$carried"}, 0]}, 1, 0]},
}


@allow(*READERS)
@query("outcomeFigures", gives="[OutcomeFigures!]")
def outcome_figures(call: Call, desk: Desk, *, year: common.Year, by: form.Grouping) -> list[Row]:
    """当年报送意见的采纳、落实情况；单位只见本单位。Figures of the items sent in a year.

    Of what the viewer sees, by source, unit, state or kind. adopted_rate: adopted ÷ answered.
    """
    match = both({"year": year}, access.visible(call.actor))
    found = desk.items.grouped(match, by.value.lower(), FIGURES)
    units = by is Grouping.UNIT
    return [_row(row, units) for row in sorted(found, key=lambda row: str(row["_id"]))]


def _row(row: Row, units: bool) -> Row:
    answered = row["adopted"] + row["partly_adopted"] + row["not_adopted"]
    return {
        "key": row["_id"],
        "unit_key": row["_id"] if units else None,
        "total": row["total"],
        **{name: row[name] for name in FIGURES},
        "answered": answered,
        "adopted_rate": round(100 * row["adopted"] / answered, 2) if answered else None,
    }
