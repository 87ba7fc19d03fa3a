"""Presence at plenaries and Standing Committee meetings, and the reviews it opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.members.domain.absences import Presence, RemovalReview, ReviewState
from shared.persistence import Database, Records

PRESENCES, REVIEWS = "presences", "removal_reviews"
INDEXES = {
    PRESENCES: [IndexModel([("member_id", ASCENDING)])],
    REVIEWS: [
        IndexModel([("member_id", ASCENDING)]),
        IndexModel([("state", ASCENDING), ("opened_at", DESCENDING), ("_id", ASCENDING)]),
        IndexModel([("opened_at", DESCENDING), ("_id", ASCENDING)]),
    ],
}
NEWEST_FIRST = [("opened_at", -1), ("_id", 1)]


class Reviews(Records[RemovalReview], name=REVIEWS):
    pass


class Absences:
    def __init__(self, database: Database) -> None:
        self._presences = database.collection(PRESENCES)
        self.reviews = Reviews(database)

    def record(self, presences: Iterable[Presence]) -> None:
        """Store what is not there yet."""
        for one in presences:
            self._presences.update_one({"_id": one.id}, {"$setOnInsert": asdict(one)}, upsert=True)

    def of_member(self, member_id: str) -> list[Presence]:
        rows = self._presences.find({"member_id": member_id}, {"_id": 0})
        return [Presence(**row) for row in rows]

    def reviews_of(self, member_id: str) -> list[RemovalReview]:
        return self.reviews.find({"member_id": member_id}, [("_id", 1)])

    def page(self, state: ReviewState | None, first: int, after: str | None) -> dict[str, Any]:
        return self.reviews.page(_of_state(state), NEWEST_FIRST, first, after)

    def count(self, state: ReviewState | None) -> int:
        return self.reviews.count(_of_state(state))


def _of_state(state: ReviewState | None) -> dict[str, Any]:
    return {"state": state} if state else {}
