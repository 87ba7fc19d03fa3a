"""Duties and contact links in MongoDB; a replay rebuilds them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pymongo.errors import DuplicateKeyError

from services.performance.domain.duties import Duty, LinkFact, Record
from services.performance.domain.figures import Sum
from services.performance.domain.ledger import Key
from services.performance.repository.indexes import BY_DAY, DUTIES, GROUP_YEARS, LINKS
from shared.contracts.functions import DutyFunction
from shared.persistence import Database, page

Document = dict[str, Any]
STANDING = {"undone": False}
OLDEST_FIRST = [("on", 1), ("_id", 1)]


def _counted(*conditions: Document) -> Document:
    return {"$sum": {"$cond": [{"$and": list(conditions)} if conditions else True, 1, 0]}}


def _status(status: str) -> Document:
    return {"$eq": ["$status", status]}


NOT_THERE = {"$eq": ["$present", 0]}
SUMS = {
    "count": _counted({"$eq": ["$done", True]}),
    "required": {"$sum": "$required"},
    "present": {"$sum": "$present"},
    "leave": _counted(_status("LEAVE"), NOT_THERE),
    "refused": _counted(_status("LEAVE_REFUSED"), NOT_THERE),
    "absent": _counted(_status("ABSENT"), NOT_THERE),
}


class Duties:
    def __init__(self, database: Database) -> None:
        self._database = database

    def _collection(self, name: str = DUTIES) -> Any:
        return self._database.projection(name)

    def record(self, records: Iterable[Record]) -> None:
        """Store what is not there yet; each stands or is undone by its fact's occurrence."""
        for one in records:
            row = {
                **asdict(one),
                "duty": one.duty.value,
                "function": one.function.value,
                "done": one.done,
                "undone": False,
            }
            self._collection().update_one({"_id": one.id}, {"$setOnInsert": row}, upsert=True)

    def undo(self, keys: Collection[Key]) -> None:
        """Those of these occurrences do not stand any more."""
        for source_ref, occurrence_no in keys:
            self._collection().update_many(
                {"source_ref": source_ref, "occurrence_no": occurrence_no},
                {"$set": {"undone": True}},
            )

    def keep_link(self, link: LinkFact) -> None:
        known = {
            name: value
            for name, value in asdict(link).items()
            if name != "link_id" and value is not None
        }
        self._collection(LINKS).update_one({"_id": link.link_id}, {"$set": known}, upsert=True)

    def keep_year(
        self, organisation: str, year: int, version: int, *, planned: bool, summarised: bool
    ) -> None:
        """What a group has written of a year; an older word never overwrites a newer one."""
        state = {"planned": planned, "summarised": summarised, "year": year, "version": version}
        query = {"_id": f"{organisation}:{year}", "version": {"$lt": version}}
        change = {"$set": {**state, "organisation": organisation}}
        with suppress(DuplicateKeyError):  # a newer one stands
            self._collection(GROUP_YEARS).update_one(query, change, upsert=True)

    # -- reading ---------------------------------------------------------------------------

    def sums(self, year: int, member_ids: Sequence[str]) -> dict[str, list[Sum]]:
        """What each of the members did in a year, by duty and kind; one query."""
        match = {"year": year, "member_id": {"$in": list(member_ids)}, **STANDING}
        key = {
            "member": "$member_id",
            "duty": "$duty",
            "kind": "$kind",
            "function": "$function",
        }
        found: dict[str, list[Sum]] = {}
        for row in self._collection().aggregate(
            [{"$match": match}, {"$group": {"_id": key, **SUMS}}, {"$sort": {"_id": 1}}]
        ):
            of = row.pop("_id")
            one = Sum(Duty(of["duty"]), of["kind"], **row, function=DutyFunction(of["function"]))
            found.setdefault(of["member"], []).append(one)
        return found

    def years_written(self, year: int) -> tuple[frozenset[str], frozenset[str]]:
        """The groups with a plan of the year, and those with a summary."""
        rows = list(self._collection(GROUP_YEARS).find({"year": year}))
        planned = frozenset(row["organisation"] for row in rows if row["planned"])
        return planned, frozenset(row["organisation"] for row in rows if row["summarised"])

    def trained(self, term: int, member_ids: Sequence[str]) -> frozenset[str]:
        """Those who completed a rotation class in the term."""
        query = {
            "duty": Duty.CLASS.value,
            "term": term,
            "member_id": {"$in": list(member_ids)},
            **STANDING,
        }
        return frozenset(self._collection().distinct("member_id", query))

    def heard_of(
        self,
        member_ids: Sequence[str],
        since: datetime,
        until: datetime,
        function: DutyFunction | None = None,
    ) -> frozenset[str]:
        """Those of the members who did any duty (of the function) from `since` on, before
        `until`."""
        query: Document = {
            "member_id": {"$in": list(member_ids)},
            "done": True,
            "on": {"$gte": since, "$lt": until},
            **STANDING,
        }
        if function is not None:
            query["function"] = function.value
        return frozenset(self._collection().distinct("member_id", query))

    def last_days(self, member_ids: Sequence[str]) -> dict[str, datetime]:
        """The day of each member's last duty."""
        match = {"member_id": {"$in": list(member_ids)}, "done": True, **STANDING}
        group = {"_id": "$member_id", "on": {"$max": "$on"}}
        rows = self._collection().aggregate([{"$match": match}, {"$group": group}])
        return {row["_id"]: row["on"] for row in rows}

    def links(
        self, member_ids: Sequence[str], year: int, ends: datetime
    ) -> list[tuple[str, str, int]]:
        """(link, member who is led, contacts in the year) of links that stand at its end."""
        standing = {
            "member_id": {"$in": list(member_ids)},
            "started_on": {"$lt": ends},
            "$or": [{"ended_on": None}, {"ended_on": {"$gte": ends}}],
        }
        rows = list(self._collection(LINKS).find(standing, {"member_id": 1}))
        kinds = {"$in": [row["_id"] for row in rows]}
        match = {"duty": Duty.CONTACT.value, "year": year, "kind": kinds, **STANDING}
        group = {"_id": "$kind", "count": {"$sum": 1}}
        found = self._collection().aggregate([{"$match": match}, {"$group": group}])
        counts = {row["_id"]: row["count"] for row in found}
        return [(row["_id"], row["member_id"], counts.get(row["_id"], 0)) for row in rows]

    def page_of(self, member_id: str, year: int, first: int, after: str | None) -> Document:
        """A member's duties of a year, oldest first."""
        query = {"year": year, "member_id": member_id, **STANDING}
        hidden = {"undone": 0, "member_id": 0}
        found: Document = page(self._collection(), query, OLDEST_FIRST, first, after, hidden)
        return found

    def listed(
        self, query: Document, latest_first: bool, first: int, after: str | None
    ) -> Document:
        """A page of the duties of many members by their day."""
        order = [(name, way if latest_first else -way) for name, way in BY_DAY]
        found: Document = page(
            self._collection(), {**query, **STANDING}, order, first, after, {"undone": 0}
        )
        return found

    def count(self, query: Document) -> int:
        return int(self._collection().count_documents({**query, **STANDING}))

    def count_of(self, member_id: str, year: int) -> int:
        query = {"year": year, "member_id": member_id, **STANDING}
        return int(self._collection().count_documents(query))
