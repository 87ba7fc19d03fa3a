"""Identifiers: random ones for new things, derived ones for effects of facts."""

from __future__ import annotations

import uuid


def new_id() -> str:
    """A random UUID, as text."""
    return str(uuid.uuid4())


def effect_id(*parts: object) -> str:
    """The id of an effect, made from the fact that causes it (decision 3).

    The same fact gives the same id however often and under whatever event id it arrives, so
    `{"_id": effect_id(...)}` with `$setOnInsert` is idempotent by construction.
    """
    return ":".join(str(part) for part in parts)
