"""The counts of failed sign-ins, for unknown names too, so that both answer alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from pymongo.errors import DuplicateKeyError

from services.identity.domain.throttle import Attempts, Counter, Limit, check_lock, settle
from shared.errors import Conflict
from shared.persistence import Database

FORGOTTEN_AFTER = timedelta(days=1)
MOST_RACES = 100


class AttemptCounter:
    """One small document for each count that has failures lately."""

    def __init__(self, database: Database) -> None:
        self._rows = database.collection("attempts")

    def check(self, counters: Iterable[Counter], at: datetime) -> None:
        """Raises AccountLocked if any of them is locked."""
        for row in self._rows.find({"_id": {"$in": [counter.id for counter in counters]}}):
            check_lock(_attempts(row), at)

    def settle(self, counter: Counter, fits: bool, at: datetime, limit: Limit) -> Attempts:
        """Count an attempt by the rule `settle`; raises AccountLocked.

        Replaces the count only if it is still the one that was read, so that attempts at the
        same moment are counted one after the other.
        """
        for _ in range(MOST_RACES):
            before = self._read(counter)
            after = settle(before or Attempts(), fits, at, limit)
            if self._replace(counter, before, after, at):
                return after
        raise Conflict

    def clear(self, who: str) -> None:
        """Forget the failures at an account: its owner has come in another way."""
        self._rows.delete_many({"who": who})

    def _read(self, counter: Counter) -> Attempts | None:
        row = self._rows.find_one({"_id": counter.id})
        return _attempts(row) if row else None

    def _replace(
        self, counter: Counter, before: Attempts | None, after: Attempts, at: datetime
    ) -> bool:
        if after == (before or Attempts()):
            return True
        row: dict[str, Any] = {
            **asdict(after),
            "who": counter.who,
            "expires_at": (after.locked_until or at) + FORGOTTEN_AFTER,
        }
        if before is None:
            try:
                self._rows.insert_one({"_id": counter.id, **row})
            except DuplicateKeyError:
                return False
            return True
        same = {"_id": counter.id, **asdict(before)}
        return bool(self._rows.update_one(same, {"$set": row}).matched_count)


def _attempts(row: Mapping[str, Any]) -> Attempts:
    return Attempts(**{name: row[name] for name in asdict(Attempts())})
