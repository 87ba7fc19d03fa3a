"""A service's projection of members: group codes and state, nothing personal (decision 9)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel

from shared.contracts import names
from shared.contracts.groups import ALL, STANDING, group_keys
from shared.messaging.events import Event
from shared.persistence.database import Database

MEMBERS = "members"  # the collection
INDEXES = [
    IndexModel([("groups", ASCENDING), ("state", ASCENDING)]),
    IndexModel([("state", ASCENDING), ("term", DESCENDING)]),
    IndexModel([("person_id", ASCENDING)]),
]

CO_OPTED = "CO_OPTED"
IN_OFFICE = {"$in": ["ACTIVE", "SUSPENDED"]}
# Facts that end a membership, in the middle of a term or with it.
ENDS = frozenset(
    {
        names.MEMBER_RESIGNED,
        names.MEMBER_REVOKED,
        names.MEMBER_DECEASED,
        names.MEMBER_TERM_ENDED,
    }
)


class Members:
    """Filled by `note` from every event that carries the full state of a membership."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, event: Event) -> None:
        """Store the state unless a newer one stands; the day of an end is always kept.

        One write decides and stores.
        """
        data = event.data
        row = {
            "version": event.version,
            "state": data["state"],
            "person_id": data["person_id"],
            "term": event.term,
            "groups": group_keys(data["groups"]),
            "posts": [post["post"] for post in data["posts"]],
            "joined_on": _moment(data.get("joined_on")),
            "newcomer": data["joined_via"] == CO_OPTED or bool(data["groups"].get("new")),
        }
        newer = {"$lt": [{"$ifNull": ["$version", 0]}, event.version]}
        fresh = {"$mergeObjects": ["$$ROOT", {"$literal": row}]}
        kept = {"$cond": [newer, fresh, "$$ROOT"]}
        end = {"left_on": event.occurred_on} if event.type in ENDS else {}
        self._database.projection(MEMBERS).update_one(
            {"_id": data["member_id"]},
            [{"$replaceWith": {"$mergeObjects": [kept, {"$literal": end}]}}],
            upsert=True,
        )
        self._database.kept(MEMBERS).drop()

    def known(self, ids: Collection[str]) -> set[str]:
        """Those of these ids that are members, whatever their state."""
        return self._ids({"_id": {"$in": list(ids)}})

    def in_office(self, ids: Collection[str]) -> set[str]:
        return self._ids({"_id": {"$in": list(ids)}, "state": IN_OFFICE})

    def left(self, ids: Collection[str], by: datetime) -> set[str]:
        """Those whose membership had ended by that moment."""
        return self._ids(
            {
                "_id": {"$in": list(ids)},
                "left_on": {"$lte": by},
                "state": {"$nin": IN_OFFICE["$in"]},
            }
        )

    def left_on(self, id: str) -> datetime | None:
        """When somebody left who is not in office; None also where the day is not known."""
        query = {"_id": id, "state": {"$nin": IN_OFFICE["$in"]}}
        row = self._database.projection(MEMBERS).find_one(query, {"left_on": 1})
        return row.get("left_on") if row else None

    def of_persons(self, ids: Collection[str]) -> dict[str, str]:
        """Every membership of the persons behind `ids` → that one of `ids` (decision 40).

        Those that were heard of before persons were kept stand for themselves until their next
        event, which comes at the latest when they end.
        """
        members = self._database.projection(MEMBERS)
        named = members.find({"_id": {"$in": list(ids)}}, {"person_id": 1})
        persons = {row["person_id"]: row["_id"] for row in named if row.get("person_id")}
        same = members.find({"person_id": {"$in": list(persons)}}, {"person_id": 1})
        return {**{row["_id"]: persons[row["person_id"]] for row in same}, **{id: id for id in ids}}

    def standing(self, ids: Collection[str]) -> set[str]:
        return self._ids({"_id": {"$in": list(ids)}, "groups": STANDING})

    def groups_of(self, ids: Collection[str]) -> dict[str, list[str]]:
        """member id → the keys of its groups, of those that are known."""
        found = self._database.projection(MEMBERS).find({"_id": {"$in": list(ids)}}, {"groups": 1})
        return {row["_id"]: row["groups"] for row in found}

    def active(self) -> dict[str, list[str]]:
        """Every active member's groups."""
        found = self._database.projection(MEMBERS).find({"state": "ACTIVE"}, {"groups": 1})
        return {row["_id"]: row["groups"] for row in found}

    def newcomers(self, joined_before: datetime) -> list[str]:
        """The active members new to the committee, or co-opted, who joined before that moment."""
        joined = {"$lt": joined_before}
        return sorted(self._ids({"state": "ACTIVE", "newcomer": True, "joined_on": joined}))

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
        return self._database.kept(MEMBERS).get("term", self._newest_term)

    def _newest_term(self) -> int:
        found = self._database.projection(MEMBERS).find_one(
            {"state": "ACTIVE"}, {"term": 1}, sort=[("term", -1)]
        )
        return found.get("term", 0) if found else 0

    def _ids(self, query: dict[str, Any]) -> set[str]:
        return {row["_id"] for row in self._database.projection(MEMBERS).find(query, {"_id": 1})}


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
