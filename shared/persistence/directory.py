"""A service's projection of organisations: what they are and whether they are in being."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any

from pymongo import ASCENDING, IndexModel

from shared.messaging.events import Event
from shared.persistence.database import Database
from shared.persistence.snapshots import keep_newest

ORGANISATIONS = "organisations"  # the collection
INDEXES = [IndexModel([("kind", ASCENDING), ("is_active", ASCENDING)])]
USES = ("may_be_addressed", "may_be_supervised", "may_handle")
KEPT = ("kind", "name", "code", "is_active", "merged_into", "parent", "side", *USES)


class Directory:
    """Filled by `note` from every `organisation_changed`, which carries the full state."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, event: Event) -> None:
        """A full-state snapshot; an older one never overwrites a newer one (decision 4)."""
        organisation_id = event.data["organisation_id"]
        row = {name: event.data.get(name) for name in KEPT}
        known = self._database.projection(ORGANISATIONS)
        keep_newest(known, organisation_id, event.version, row)
        self._database.kept(ORGANISATIONS).drop()

    def kinds(self, ids: Collection[str]) -> dict[str, str]:
        """Organisation id → kind, of those that are in being."""
        asked = sorted(set(ids))
        query = {"_id": {"$in": asked}, "is_active": True}
        kept = self._database.kept(ORGANISATIONS)
        return dict(kept.get(("kinds", *asked), partial(self._kinds, query)))

    def unfit(self, ids: Collection[str], use: str) -> set[str]:
        """Those of `ids` that are known and may not be used so (one of USES; decision 57)."""
        return set(self._kinds({"_id": {"$in": list(ids)}, use: False}))

    def known(self, ids: Collection[str]) -> dict[str, str]:
        """Organisation id → kind, of those that are or were."""
        return self._kinds({"_id": {"$in": list(ids)}})

    def of_kind(self, kind: str, side: str | None = None) -> list[str]:
        """All of a kind; of one side those on it, and on neither."""
        on: dict[str, Any] = {"side": {"$in": [side, None]}} if side else {}
        return sorted(self._kinds({"kind": kind, **on}))

    def side(self, organisation_id: str) -> str | None:
        """PARTY or GOVERNMENT (decision 45); none for who is on neither."""
        query = {"_id": organisation_id}
        row = self._database.projection(ORGANISATIONS).find_one(query, {"side": 1})
        return row.get("side") if row else None

    def standings(self) -> list[tuple[str, str | None, str | None]]:
        """(id, parent, merged into) of all, ended ones too: some hundreds, kept in memory."""
        return list(self._database.kept(ORGANISATIONS).get("standings", self._standings))

    def _standings(self) -> list[tuple[str, str | None, str | None]]:
        rows = self._database.projection(ORGANISATIONS).find({}, {"parent": 1, "merged_into": 1})
        return [(row["_id"], row.get("parent"), row.get("merged_into")) for row in rows]

    def name(self, organisation_id: str) -> str | None:
        query = {"_id": organisation_id}
        row = self._database.projection(ORGANISATIONS).find_one(query, {"name": 1})
        return row["name"] if row else None

    def code(self, organisation_id: str) -> str | None:
        """Of a party the code of its group; of a unit its word for numbers."""
        query = {"_id": organisation_id}
        row = self._database.projection(ORGANISATIONS).find_one(query, {"code": 1})
        return row.get("code") if row else None

    def _kinds(self, query: dict[str, Any]) -> dict[str, str]:
        rows = self._database.projection(ORGANISATIONS).find(query, {"kind": 1})
        return {row["_id"]: row["kind"] for row in rows}
