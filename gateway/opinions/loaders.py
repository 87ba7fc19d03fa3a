"""Records of opinions by their ids, and by what they were made from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gateway.context import Context
from gateway.loading import by_ids

SERVICE = "opinions"


async def of_origins(context: Context, refs: Sequence[str]) -> list[dict[str, Any] | None]:
    """Aligned with ids of proposals or leads: the latest item made of each, if seen."""
    rows = await context.call(SERVICE, "opinions_of_origins", refs=list(refs))
    found = {row["made_of"]: row for row in reversed(rows)}
    return [found.get(ref) for ref in refs]


LOADERS = {
    "opinions": by_ids(SERVICE, "opinions_by_ids"),
    "opinions_of_origins": of_origins,
}
