"""Scores of the members of a list; what people decide, by its id."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from gateway.context import Context
from gateway.loading import by_ids

SERVICE = "performance"

Key = tuple[str, int | None, bool]  # (member_id, year, with categories)


async def load_scores(context: Context, keys: Sequence[Key]) -> list[dict[str, Any] | None]:
    """Rows aligned with the keys, None where the viewer may not see; a call for each year."""
    wanted: dict[tuple[int | None, bool], list[str]] = defaultdict(list)
    for member_id, year, explained in keys:
        wanted[year, explained].append(member_id)
    found: dict[Key, dict[str, Any]] = {}

    async def load(year: int | None, explained: bool, member_ids: list[str]) -> None:
        rows = await context.call(
            SERVICE,
            "scores_by_member_ids",
            member_ids=member_ids,
            year=year,
            explained=explained,
        )
        found.update({(row["member_id"], year, explained): row for row in rows})

    await asyncio.gather(*(load(*group, member_ids) for group, member_ids in wanted.items()))
    return [found.get(key) for key in keys]


LOADERS = {
    "scores": load_scores,
    "ledger_entries": by_ids(SERVICE, "ledger_entries_by_ids"),
    "points_requests": by_ids(SERVICE, "requests_by_ids"),
    "points_appeals": by_ids(SERVICE, "appeals_by_ids"),
    "performance_talks": by_ids(SERVICE, "talks_by_ids"),
}
