"""The member projection in MongoDB; a replay rebuilds it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from services.performance.domain.ledger import SHANGHAI
from services.performance.domain.members import (
    IN_OFFICE,
    TERM_ENDED,
    Group,
    Held,
    Member,
    MemberSnapshot,
    longest_held,
)
from services.performance.repository.indexes import MEMBERS
from shared.persistence import Database

Document = dict[str, Any]


class MemberRepository:
    """Group codes of members, from the full states that member events carry."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take_snapshot(self, snapshot: MemberSnapshot) -> None:
        """Store the state unless a newer one stands; the day of an end is always kept.

        One write decides and stores, so that two events handled at once cannot pass each other.
        """
        state = {
            "version": snapshot.version,
            "term": snapshot.term,
            "state": snapshot.state,
            "groups": [group.key for group in snapshot.groups],
            "traits": list(snapshot.traits),
            "not_scored": snapshot.not_scored,
            "overseas": snapshot.overseas,
            "joined_on": snapshot.joined_on,
            "co_opted": snapshot.co_opted,
        }
        newer = {"$lt": [{"$ifNull": ["$version", 0]}, snapshot.version]}
        merged = {"$mergeObjects": ["$$ROOT", {"$literal": state}]}
        end = {"ended_on": snapshot.ended_on} if snapshot.ended_on else {}
        kept = {"$cond": [newer, merged, "$$ROOT"]}
        self._database.projection(MEMBERS).update_one(
            {"_id": snapshot.member_id},
            [{"$replaceWith": {"$mergeObjects": [kept, {"$literal": end}]}}],
            upsert=True,
        )

    def by_ids(self, member_ids: Iterable[str]) -> list[Member]:
        """The members that are known; the order is free."""
        return self._find({"_id": {"$in": list(member_ids)}})

    def held_in(self, memberships: Sequence[str], year: int) -> str | None:
        """Of one person's memberships, the latest first, the one that was held the longest in the
        year."""
        if len(memberships) < 2:
            return next(iter(memberships), None)
        times = {"joined_on": 1, "ended_on": 1}
        found = self._database.projection(MEMBERS).find({"_id": {"$in": list(memberships)}}, times)
        rows = {row["_id"]: row for row in found}
        held = [Held(id, *(rows.get(id, {}).get(name) for name in times)) for id in memberships]
        return longest_held(held, *(datetime(y, 1, 1, tzinfo=SHANGHAI) for y in (year, year + 1)))

    def ids_in(self, groups: Sequence[Group]) -> list[str]:
        """The members in any of `groups`, whatever their state."""
        keys = [group.key for group in groups]
        return self._database.projection(MEMBERS).distinct("_id", {"groups": {"$in": keys}})

    def latest_term(self) -> int:
        """The newest term that has members; 0 before the first."""
        found = self._database.projection(MEMBERS).find_one({}, {"term": 1}, sort=[("term", -1)])
        return found.get("term", 0) if found else 0

    def ranked_in(self, year: int, groups: Sequence[Group] = ()) -> list[Member]:
        """The members whose points of `year` are compared, in any of `groups` if given.

        Those in office, those whose term ended in the year or later, and those who left after
        it; who resigned, died or was removed within the year is not ranked.
        """
        begins, ends = (datetime(y, 1, 1, tzinfo=SHANGHAI) for y in (year, year + 1))
        query: Document = {
            "$and": [
                {"$or": [{"joined_on": None}, {"joined_on": {"$lt": ends}}]},
                {
                    "$or": [
                        {"state": {"$in": list(IN_OFFICE)}},
                        {"state": TERM_ENDED, "ended_on": {"$gte": begins}},
                        {"ended_on": {"$gte": ends}},
                    ]
                },
            ]
        }
        if groups:
            query["groups"] = {"$in": [group.key for group in groups]}
        return self._find(query)

    def _find(self, query: Document) -> list[Member]:
        return [
            Member(
                member_id=row["_id"],
                groups=tuple(Group.parse(key) for key in row["groups"]),
                not_scored=row["not_scored"],
                overseas=row.get("overseas", False),
                term=row.get("term", 0),
                traits=tuple(row.get("traits", ())),
                co_opted_on=row["joined_on"] if row["co_opted"] else None,
            )
            for row in self._database.projection(MEMBERS).find(query)
        ]
