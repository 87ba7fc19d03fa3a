"""The count of failed sign-ins, for unknown names too, so that both answer alike."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from pymongo.errors import DuplicateKeyError

from services.identity.domain.passwords import Attempts, check_lock, settle
from shared.errors import Conflict
from shared.persistence import Database

FORGOTTEN_AFTER = timedelta(days=1)
MOST_RACES = 100


class AttemptCounter:
    """One small document for each name that failed lately."""

    def __init__(self, database: Database) -> None:
        self._rows = database.collection("attempts")

    def check(self, key: str, at: datetime) -> None:
        """Raises AccountLocked."""
        check_lock(self._read(key) or Attempts(), at)

    def settle(self, key: str, fits: bool, at: datetime, limit: int, lock: timedelta) -> Attempts:
        """Count an attempt by the rule `settle`; raises AccountLocked.

        Replaces the count only if it is still the one that was read, so that attempts at the
        same moment are counted one after the other.
        """
        for _ in range(MOST_RACES):
            before = self._read(key)
            after = settle(before or Attempts(), fits, at, limit, lock)
            if self._replace(key, before, after, at):
                return after
        raise Conflict

    def clear(self, key: str) -> None:
        """Forget the failures: the owner has come in another way."""
        self._rows.delete_one({"_id": key})

    def _read(self, key: str) -> Attempts | None:
        row = self._rows.find_one({"_id": key})
        return Attempts(row["failures"], row["locked_until"]) if row else None

    def _replace(self, key: str, before: Attempts | None, after: Attempts, at: datetime) -> bool:
        if after == (before or Attempts()):
            return True
        row: dict[str, Any] = {
            "failures": after.failures,
            "locked_until": after.locked_until,
            "expires_at": (after.locked_until or at) + FORGOTTEN_AFTER,
        }
        if before is None:
            try:
                self._rows.insert_one({"_id": key, **row})
            except DuplicateKeyError:
                return False
            return True
        same = {"_id": key, "failures": before.failures, "locked_until": before.locked_until}
        return bool(self._rows.update_one(same, {"$set": row}).matched_count)
