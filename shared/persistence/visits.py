"""How often a client without an account has come for a day (docs/adr/0014)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pymongo import ASCENDING, IndexModel

from shared.persistence.database import Database

VISITS = "visits"  # the collection
INDEXES = [IndexModel([("expires_at", ASCENDING)], expireAfterSeconds=0)]


class Visits:
    """A counter for each client, purpose and day; forgotten at `expires_at`."""

    def __init__(self, database: Database) -> None:
        self._collection: Any = database.collection(VISITS)

    def count(self, client: str, purpose: str, day: str, expires_at: datetime) -> int:
        """This time included."""
        row = self._collection.find_one_and_update(
            {"_id": f"{purpose}:{day}:{client}"},
            {"$inc": {"count": 1}, "$setOnInsert": {"expires_at": expires_at}},
            upsert=True,
            return_document=True,
        )
        return int(row["count"])
