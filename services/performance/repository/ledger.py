"""The ledger in MongoDB; a replay rebuilds it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from pymongo import DESCENDING

from services.performance.domain.ledger import UNDO, Cancellation, Cause, Entry, Key
from services.performance.repository.indexes import CANCELLATIONS, LEDGER
from shared.call import Call
from shared.ids import effect_id
from shared.persistence import Aggregates, Database, page

Document = dict[str, Any]

CAUSE_FIELDS = ("source_event_id", "event_type", "posted_at", "actor")
NEWEST_FIRST = [("posted_at", DESCENDING), ("_id", DESCENDING)]
ENTRY_FIELDS = [field.name for field in fields(Entry) if field.name != "entry_id"]
ENTRY_PROJECTION = dict.fromkeys(ENTRY_FIELDS, 1)


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

    def of_year(self, year: int) -> list[Entry]:
        return self._find({"year": year})

    def reversal_of(self, entry_id: str) -> Entry | None:
        return self.entry(f"{entry_id}:{UNDO}")

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

    def ids_of_year(self, year: int) -> list[tuple[str, str]]:
        """(member, entry) of all entries of a year."""
        rows = self._entries.collection.find({"year": year}, {"member_id": 1})
        return [(row["member_id"], row["_id"]) for row in rows]

    def size_of_year(self, year: int) -> int:
        return self._entries.collection.count_documents({"year": year})

    def years(self) -> list[int]:
        """The years that have entries."""
        return sorted(self._entries.collection.distinct("year"))

    def count_of(self, member_id: str, year: int) -> int:
        return self._entries.collection.count_documents({"year": year, "member_id": member_id})

    def _find(self, query: Document) -> list[Entry]:
        rows = self._entries.collection.find(query, ENTRY_PROJECTION)
        return [Entry(entry_id=row.pop("_id"), **row) for row in rows]


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
