"""The ledger and the member projection in MongoDB; both are rebuilt by a replay."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.errors import OperationFailure

from services.performance.domain.ledger import SHANGHAI, Cancellation, Cause, Entry, Key
from services.performance.domain.members import (
    IN_OFFICE,
    TERM_ENDED,
    Group,
    Member,
    MemberSnapshot,
)
from services.performance.domain.rules import RuleBook, RuleSet
from shared.call import Call
from shared.ids import effect_id
from shared.persistence import Aggregates, Database, page

Document = dict[str, Any]

LEDGER = "ledger"
CANCELLATIONS = "cancellations"
MEMBERS = "members"
RULE_SETS = Path(__file__).parent / "rule_sets"

INDEXES = {
    LEDGER: [
        # A fact earns once for each member and occurrence; reversals stand beside originals.
        IndexModel(
            [
                ("source_ref", ASCENDING),
                ("occurrence_no", ASCENDING),
                ("rule_code", ASCENDING),
                ("member_id", ASCENDING),
                ("reverses_entry_id", ASCENDING),
            ],
            name="fact",
            unique=True,
        ),
        # A correction takes back and gives anew with one event: a reversal and an original.
        IndexModel(
            [
                ("source_event_id", ASCENDING),
                ("rule_code", ASCENDING),
                ("member_id", ASCENDING),
                ("reverses_entry_id", ASCENDING),
            ],
            name="event_once",
            unique=True,
        ),
        IndexModel(
            [
                ("year", ASCENDING),
                ("member_id", ASCENDING),
                ("posted_at", DESCENDING),
                ("_id", DESCENDING),
            ],
            name="account",
        ),
    ],
    CANCELLATIONS: [],
    MEMBERS: [
        IndexModel([("groups", ASCENDING)], name="group"),
        IndexModel([("state", ASCENDING), ("ended_on", ASCENDING)], name="in_office"),
    ],
}
PROJECTIONS = {LEDGER, CANCELLATIONS, MEMBERS}
OUTBOX = {LEDGER}

CAUSE_FIELDS = ("source_event_id", "event_type", "posted_at", "actor")
NEWEST_FIRST = [("posted_at", DESCENDING), ("_id", DESCENDING)]
ENTRY_FIELDS = [field.name for field in fields(Entry) if field.name != "entry_id"]
ENTRY_PROJECTION = dict.fromkeys(ENTRY_FIELDS, 1)


def drop_event_index(database: Database) -> None:
    """`event_once` takes its place: a correction's reversal and original share event and rule."""
    with contextlib.suppress(OperationFailure):
        database.collection(LEDGER).drop_index("event")


MIGRATIONS = [(1, drop_event_index)]


def rule_book(folder: Path = RULE_SETS) -> RuleBook:
    """All versions of the scheme, from their data files."""
    documents = [json.loads(file.read_text()) for file in sorted(folder.glob("*.json"))]
    return RuleBook(RuleSet.parse(document) for document in documents)


class LedgerRepository:
    """Append-only: entries are inserted once by their id; points never change, none is removed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._entries = Aggregates(database, LEDGER, projection=True)

    def post(self, call: Call, entry: Entry, event: tuple[str, Mapping[str, Any]]) -> None:
        """Insert the entry with its event, unless it stands already.

        Of several events that post the same entry the earliest is kept, so that the order of
        delivery leaves no trace and a replay gives the identical ledger.
        """
        document = asdict(entry)
        document["_id"] = document.pop("entry_id")
        if not self._entries.insert_once(call, document, [event], entry.posted_at):
            earlier = {name: document[name] for name in CAUSE_FIELDS}
            self._entries.collection.update_one(
                {"_id": entry.entry_id, "$or": later_than(entry.posted_at, entry.source_event_id)},
                {"$set": earlier},
            )

    def cancel(self, cancellation: Cancellation) -> None:
        """Note it; of several causes of one cancellation the earliest is kept."""
        key = _occurrence(cancellation.source_ref, cancellation.occurrence_no)
        collection = self._database.projection(CANCELLATIONS)
        row, cause = asdict(cancellation), cancellation.cause
        if collection.update_one({"_id": key}, {"$setOnInsert": row}, upsert=True).matched_count:
            later = later_than(cause.occurred_on, cause.source_event_id, "cause.", "occurred_on")
            collection.update_one({"_id": key, "$or": later}, {"$set": {"cause": row["cause"]}})

    def cancellations(self, keys: Collection[Key]) -> dict[Key, Cancellation]:
        """Those of `keys` that are known, from one query."""
        ids = [_occurrence(*key) for key in keys]
        rows = self._database.projection(CANCELLATIONS).find({"_id": {"$in": ids}})
        found = (
            Cancellation(row["source_ref"], row["occurrence_no"], Cause(**row["cause"]))
            for row in rows
        )
        return {cancellation.key: cancellation for cancellation in found}

    def entry(self, entry_id: str) -> Entry | None:
        return next(iter(self._find({"_id": entry_id})), None)

    def earned(self, source_ref: str, occurrence_no: int) -> list[Entry]:
        """The entries that the fact's occurrence earned, whether or not they are reversed."""
        return self._find(
            {
                "source_ref": source_ref,
                "occurrence_no": occurrence_no,
                "reverses_entry_id": None,
            }
        )

    def of_members(self, member_ids: Sequence[str], year: int) -> list[Entry]:
        return self._find({"year": year, "member_id": {"$in": list(member_ids)}})

    def page_of(self, member_id: str, year: int, first: int, after: str | None) -> Document:
        """A page of raw rows, newest first."""
        return page(
            self._entries.collection,
            {"year": year, "member_id": member_id},
            NEWEST_FIRST,
            first,
            after,
            ENTRY_PROJECTION,
        )

    def rows_by_ids(self, entry_ids: Iterable[str]) -> list[Document]:
        """Raw rows; those that do not exist are left out."""
        found = self._entries.collection.find({"_id": {"$in": list(entry_ids)}}, ENTRY_PROJECTION)
        return [{"id": row.pop("_id"), **row} for row in found]

    def count_of(self, member_id: str, year: int) -> int:
        return self._entries.collection.count_documents({"year": year, "member_id": member_id})

    def _find(self, query: Document) -> list[Entry]:
        rows = self._entries.collection.find(query, ENTRY_PROJECTION)
        return [Entry(entry_id=row.pop("_id"), **row) for row in rows]


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
            "state": snapshot.state,
            "groups": [group.key for group in snapshot.groups],
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
                co_opted_on=row["joined_on"] if row["co_opted"] else None,
            )
            for row in self._database.projection(MEMBERS).find(query)
        ]


def later_than(
    at: datetime, event_id: str, prefix: str = "", moment: str = "posted_at"
) -> list[Document]:
    """Conditions, one of which holds for what a later event caused."""
    return [
        {f"{prefix}{moment}": {"$gt": at}},
        {f"{prefix}{moment}": at, f"{prefix}source_event_id": {"$gt": event_id}},
    ]


def _occurrence(source_ref: str, occurrence_no: int) -> str:
    return effect_id(source_ref, occurrence_no)
