"""Full states of another service's records, kept as the newest that was told (decision 4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pymongo.collection import Collection


def keep_newest(
    collection: Collection[Any], key: str, version: int, row: Mapping[str, Any]
) -> None:
    """Store the state unless a newer one stands; one write decides and stores."""
    newer = {"$lt": [{"$ifNull": ["$version", 0]}, version]}
    fresh = {"$literal": {"_id": key, "version": version, **row}}
    collection.update_one(
        {"_id": key}, [{"$replaceWith": {"$cond": [newer, fresh, "$$ROOT"]}}], upsert=True
    )
