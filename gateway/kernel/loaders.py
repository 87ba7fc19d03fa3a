"""Changes of settings by their ids, of all services."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from gateway.context import Context
from gateway.manifests import manifests


async def load_changes(context: Context, ids: Sequence[str]) -> list[dict[str, Any] | None]:
    """One call to each service that keeps some of them: its name begins the id."""
    services = sorted({id.partition(".")[0] for id in ids} & manifests().keys())
    asked = [
        context.call(
            service,
            "setting_changes_by_ids",
            ids=[id for id in ids if id.partition(".")[0] == service],
        )
        for service in services
    ]
    found = {row["id"]: row for rows in await asyncio.gather(*asked) for row in rows}
    return [found.get(id) for id in ids]


LOADERS = {"setting_changes": load_changes}
