"""Members, organisations and sectors by their ids, one call for all of a request's level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gateway.context import BatchFn, Context

SERVICE = "members"
Row = dict[str, Any]


def _batch(method: str, key: str = "id") -> BatchFn:
    """Rows aligned with the ids; None for one that the viewer may not know of."""

    async def load(context: Context, ids: Sequence[str], **narrowed: Any) -> list[Row | None]:
        rows = await context.call(SERVICE, method, ids=list(ids), **narrowed)
        found = {row[key]: row for row in rows}
        return [found.get(id) for id in ids]

    return load


LOADERS = {
    "members": _batch("members_by_ids"),
    "member_masked_data": _batch("masked_data_by_ids"),
    "member_private_data": _batch("private_data_by_ids"),
    "member_profile_changes": _batch("profile_changes_by_ids"),
    "organisations": _batch("organisations_by_ids"),
    "sectors": _batch("sectors_by_codes", "code"),
}
