"""Accounts by their ids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gateway.context import Context
from gateway.identity.types import SERVICE


async def load_accounts(context: Context, ids: Sequence[str]) -> list[dict[str, Any] | None]:
    """Rows aligned with the ids; None for one that does not exist."""
    rows = await context.call(SERVICE, "accounts_by_ids", ids=list(ids))
    found = {row["id"]: row for row in rows}
    return [found.get(id) for id in ids]


LOADERS = {"accounts": load_accounts}
