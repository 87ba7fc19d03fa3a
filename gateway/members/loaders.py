"""Members, organisations and sectors by their ids, one call for all of a request's level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gateway.context import Context
from gateway.loading import by_ids

SERVICE = "members"
Row = dict[str, Any]


async def _members(
    context: Context, ids: Sequence[str], fields: Sequence[str] | None = None
) -> list[Row | None]:
    """fields: of a page that asks for no more."""
    narrowed: dict[str, Any] = {} if fields is None else {"fields": fields}

    async def fetch(wanted: list[str]) -> list[Row]:
        rows: list[Row] = await context.call(SERVICE, "members_by_ids", ids=wanted, **narrowed)
        return rows

    return await context.copies.members(context, ids, fields, fetch)


async def _organisations(context: Context, ids: Sequence[str]) -> list[Row | None]:
    async def fetch(wanted: list[str]) -> list[Row]:
        rows: list[Row] = await context.call(SERVICE, "organisations_by_ids", ids=wanted)
        return rows

    return await context.copies.organisations(ids, fetch)


async def _sectors(context: Context, codes: Sequence[str]) -> list[Row | None]:
    rows = await context.call(SERVICE, "sectors_by_codes", ids=list(codes))
    found = {row["code"]: row for row in rows}
    return [found.get(code) for code in codes]


LOADERS = {
    "members": _members,
    "member_masked_data": by_ids(SERVICE, "masked_data_by_ids"),
    "member_private_data": by_ids(SERVICE, "private_data_by_ids"),
    "member_profile_changes": by_ids(SERVICE, "profile_changes_by_ids"),
    "organisations": _organisations,
    "removal_reviews": by_ids(SERVICE, "removal_reviews_by_ids"),
    "sectors": _sectors,
    "topics": by_ids(SERVICE, "topics_by_codes"),
    "terms": by_ids(SERVICE, "terms_by_ids"),
}
