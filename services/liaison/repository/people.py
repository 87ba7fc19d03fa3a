"""Members as the contact system sees them, and the norm's facts: projections of others' events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from services.liaison.domain.ranks import Person, rank_of
from services.liaison.domain.years import Norm
from services.liaison.repository import indexes
from shared.persistence import Database, roster
from shared.persistence.roster import IN_OFFICE

FIELDS = {"term": 1, "posts": 1, "groups": 1, "state": 1}


class Members(roster.Members):
    """The kernel's projection with ranks."""

    def people(self, ids: Collection[str]) -> dict[str, Person]:
        """Those of these ids that are in office."""
        return self._people({"_id": {"$in": list(ids)}, "state": IN_OFFICE})

    def all_people(self) -> dict[str, Person]:
        """Everybody in office in the newest term."""
        return self._people({"state": IN_OFFICE, "term": self.current_term()})

    def _people(self, query: dict[str, Any]) -> dict[str, Person]:
        rows = self._database.projection(roster.MEMBERS).find(query, FIELDS)
        return {row["_id"]: _person(row) for row in rows}


class NormFacts:
    """What counts for a sector group's year, each fact once, whichever comes first (2.9)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(
        self, fact: str, norm: Norm, year: int, groups: Iterable[str], members: Iterable[str]
    ) -> None:
        """Of these sector groups, or of these members' groups. What was undone stays undone."""
        row = {
            "norm": norm.value,
            "year": year,
            "groups": list(groups),
            "members": list(members),
        }
        self._rows.update_one({"_id": fact}, {"$set": row}, upsert=True)

    def undo(self, fact: str) -> None:
        self._rows.update_one({"_id": fact}, {"$set": {"undone": True}}, upsert=True)

    def of(self, group: str, members: Iterable[str], year: int) -> dict[Norm, int]:
        """members: those of the group."""
        whose = [{"groups": group}, {"members": {"$in": list(members)}}]
        query = {"$or": whose, "year": year, "undone": {"$ne": True}}
        return dict(Counter(Norm(row["norm"]) for row in self._rows.find(query, {"norm": 1})))

    @property
    def _rows(self) -> Any:
        return self._database.projection(indexes.NORMS)


def _person(row: dict[str, Any]) -> Person:
    return Person(
        row["_id"],
        row["term"],
        rank_of(row["posts"]),
        row["state"] == "ACTIVE",
        tuple(row["groups"]),
    )
