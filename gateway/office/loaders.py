"""Records of the office by their ids, one call for all of a request's level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gateway.context import BatchFn, Context

SERVICE = "office"
Row = dict[str, Any]


def _batch(method: str) -> BatchFn:
    """Rows aligned with the ids; None for one that the viewer may not see."""

    async def load(context: Context, ids: Sequence[str]) -> list[Row | None]:
        rows = await context.call(SERVICE, method, ids=list(ids))
        found = {row["id"]: row for row in rows}
        return [found.get(id) for id in ids]

    return load


LOADERS = {
    "meetings": _batch("meetings_by_ids"),
    "meeting_records": _batch("meeting_records_by_ids"),
    "meeting_tallies": _batch("tallies_by_ids"),
    "outgoing_documents": _batch("outgoing_by_ids"),
    "incoming_documents": _batch("incoming_by_ids"),
    "affairs": _batch("affairs_by_ids"),
    "work_plans": _batch("plans_by_ids"),
    "internal_rules": _batch("internal_rules_by_ids"),
    "trainings": _batch("trainings_by_ids"),
}
