"""A service's projection of the taxonomy of topics, and what its records may name (decision 56)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from pymongo import ASCENDING, IndexModel

from shared.clock import SHANGHAI
from shared.errors import TopicUnfit
from shared.messaging.events import Event
from shared.persistence.database import Database
from shared.persistence.snapshots import keep_newest

TOPICS = "topics"  # the collection
INDEXES = [IndexModel([("parent", ASCENDING)])]
KEPT = ("name", "parent", "valid_from", "valid_to")


class Topics:
    """Filled by `note` from every `topic_changed`, which carries the full state."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, event: Event) -> None:
        """A full-state snapshot; an older one never overwrites a newer one (decision 4)."""
        row = {name: event.data[name] for name in KEPT}
        keep_newest(self._database.projection(TOPICS), event.data["code"], event.version, row)

    def choose(
        self,
        codes: Iterable[str],
        at: datetime,
        kept: Collection[str] = (),
        field: str = "topicCodes",
    ) -> tuple[str, ...]:
        """The codes once each; `kept`: those the record had before, which it keeps though ended.

        Raises TopicUnfit for one that may not be chosen at `at`.
        """
        chosen = tuple(dict.fromkeys(codes))
        fresh = set(chosen) - set(kept)
        if not fresh:
            return chosen
        day = at.astimezone(SHANGHAI).date().isoformat()
        valid: dict[str, Any] = {
            "_id": {"$in": sorted(fresh)},
            "valid_from": {"$lte": day},
            "$or": [{"valid_to": None}, {"valid_to": {"$gt": day}}],
        }
        if unfit := sorted(fresh - self._codes(valid)):
            raise TopicUnfit(field=field, details={"codes": unfit})
        return chosen

    def within(self, code: str) -> list[str]:
        """A topic itself; an area with all topics below it, ended ones too: what to look for."""
        return sorted({code, *self._codes({"parent": code})})

    def asked(self, filter: Mapping[str, Any]) -> dict[str, Any]:
        """What a list's filter `topic_code` asks for: the topic, of an area also those below."""
        code = filter.get("topic_code")
        return {"topic_codes": {"$in": self.within(code)}} if code else {}

    def _codes(self, query: dict[str, Any]) -> set[str]:
        return {row["_id"] for row in self._database.projection(TOPICS).find(query, {"_id": 1})}
