"""Members, organisations and sectors by their ids, one call for all of a request's level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gateway.context import Context
from gateway.loading import by_ids

SERVICE = "members"
Row = dict[str, Any]


async def _members(context: Context, ids: Sequence[str], **narrowed: Any) -> list[Row | None]:
    """narrowed: `fields`, of a page that asks for no more."""
    rows = await context.call(SERVICE, "members_by_ids", ids=list(ids), **narrowed)
    found = {row["id"]: row for row in rows}
    return [found.get(id) for id in ids]


async def _sectors(context: Context, codes: Sequence[str]) -> list[Row | None]:
    rows = await context.call(SERVICE, "sectors_by_codes", ids=list(codes))
    found = {row["code"]: row for row in rows}
    return [found.get(code) for code in codes]


LOADERS = {
    "members": _members,
    "member_masked_data": by_ids(SERVICE, "masked_data_by_ids"),
    "member_private_data": by_ids(SERVICE, "private_data_by_ids"),
    "member_profile_changes": by_ids(SERVICE, "profile_changes_by_ids"),
    "organisations": by_ids(SERVICE, "organisations_by_ids"),
    "removal_reviews": by_ids(SERVICE, "removal_reviews_by_ids"),
    "sectors": _sectors,
    "topics": by_ids(SERVICE, "topics_by_codes"),
    "terms": by_ids(SERVICE, "terms_by_ids"),
}
