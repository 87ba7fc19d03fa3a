"""Records of a service by their ids, one call for all of a request's level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gateway.context import BatchFn, Context


def by_ids(service: str, method: str) -> BatchFn:
    """Rows aligned with the ids; None for one that the viewer may not see."""

    async def load(context: Context, ids: Sequence[str]) -> list[dict[str, Any] | None]:
        rows = await context.call(service, method, ids=list(ids))
        found = {row["id"]: row for row in rows}
        return [found.get(id) for id in ids]

    return load
