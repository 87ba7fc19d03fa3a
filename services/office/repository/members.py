"""The member projection: group codes and state, nothing personal (decision 9)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from services.office.domain.groups import ALL
from services.office.repository.indexes import MEMBERS
from shared.persistence import Database

IN_OFFICE = {"$in": ["ACTIVE", "SUSPENDED"]}


class Members:
    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, member_id: str, version: int, row: dict[str, Any]) -> None:
        """Store a full state unless a newer one stands; one write decides and stores."""
        newer = {"$lt": [{"$ifNull": ["$version", 0]}, version]}
        fresh = {"$mergeObjects": ["$$ROOT", {"$literal": {**row, "version": version}}]}
        self._database.projection(MEMBERS).update_one(
            {"_id": member_id},
            [{"$replaceWith": {"$cond": [newer, fresh, "$$ROOT"]}}],
            upsert=True,
        )

    def known(self, ids: Collection[str]) -> set[str]:
        """Those of these ids that are members, whatever their state."""
        return self._ids({"_id": {"$in": list(ids)}})

    def in_office(self, ids: Collection[str]) -> set[str]:
        return self._ids({"_id": {"$in": list(ids)}, "state": IN_OFFICE})

    def of_groups(self, groups: Iterable[str]) -> list[str]:
        """The ACTIVE members of any of these groups ("SECTOR:22", "STANDING:YES", "ALL")."""
        listed = list(groups)
        if not listed:
            return []
        query: dict[str, Any] = {"state": "ACTIVE"}
        if ALL not in listed:
            query["groups"] = {"$in": listed}
        return sorted(self._ids(query))

    def current_term(self) -> int:
        """The newest term that has active members; 0 before the first."""
        found = self._database.projection(MEMBERS).find_one(
            {"state": "ACTIVE"}, {"term": 1}, sort=[("term", -1)]
        )
        return found.get("term", 0) if found else 0

    def _ids(self, query: dict[str, Any]) -> set[str]:
        return {row["_id"] for row in self._database.projection(MEMBERS).find(query, {"_id": 1})}
