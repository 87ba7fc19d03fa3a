"""Records of liaison by their ids, one call for all of a request's level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gateway.context import BatchFn, Context

SERVICE = "liaison"
Row = dict[str, Any]


def _batch(method: str) -> BatchFn:
    """Rows aligned with the ids; None for one that the viewer may not see."""

    async def load(context: Context, ids: Sequence[str]) -> list[Row | None]:
        rows = await context.call(SERVICE, method, ids=list(ids))
        found = {row["id"]: row for row in rows}
        return [found.get(id) for id in ids]

    return load


LOADERS = {
    "contact_links": _batch("links_by_ids"),
    "contact_link_plans": _batch("plans_by_ids"),
    "member_contacts": _batch("contacts_by_ids"),
    "leads": _batch("leads_by_ids"),
    "activities": _batch("activities_by_ids"),
    "members_homes": _batch("homes_by_ids"),
    "home_duties": _batch("duties_by_ids"),
    "receptions": _batch("receptions_by_ids"),
    "visit_bookings": _batch("bookings_by_ids"),
    "joint_conferences": _batch("conferences_by_ids"),
    "conference_items": _batch("items_by_ids"),
    "work_briefings": _batch("briefings_by_ids"),
    "exchanges": _batch("exchanges_by_ids"),
    "representatives": _batch("representatives_by_ids"),
    "circles": _batch("circles_by_ids"),
}
