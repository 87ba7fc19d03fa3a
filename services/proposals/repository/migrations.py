"""Changes of stored documents, each run once at the start of a service."""

from __future__ import annotations

from services.proposals.repository.documents import unit_words
from services.proposals.repository.indexes import PROPOSALS
from shared.persistence.database import COUNTERS, Database, Migration

STARTS = "counter_starts"
FORMER_INDEXES = [
    f"{field}_1_updated_at_-1__id_1"
    for field in (
        "first_proposer",
        "cosignatures.member_id",
        "groups.sector",
        "words",
        "assigned_units",
    )
]


def _starts_into_counters(database: Database) -> None:
    """A series' first number stands beside its last one, so that a number is one round trip."""
    for row in database.collection(STARTS).find():
        last = {"$ifNull": ["$value", row["first"] - 1]}
        database.collection(COUNTERS).update_one(
            {"_id": row["_id"]}, [{"$set": {"first": row["first"], "value": last}}], upsert=True
        )
    database.collection(STARTS).drop()


def _drop_former_indexes(database: Database) -> None:
    """Others serve the same lists, in every order."""
    proposals = database.collection(PROPOSALS)
    standing = proposals.index_information()
    for name in FORMER_INDEXES:
        if name in standing:
            proposals.drop_index(name)


def _words_of_units(database: Database) -> None:
    """What units handle can be searched by unit and word together."""
    proposals = database.collection(PROPOSALS)
    assigned = {"assigned_units": {"$ne": []}, "unit_words": {"$exists": False}}
    for row in proposals.find(assigned, {"assigned_units": 1, "words": 1}):
        fresh = unit_words(row.get("assigned_units", ()), row.get("words", ()))
        proposals.update_one({"_id": row["_id"]}, {"$set": {"unit_words": fresh}})


MIGRATIONS: list[Migration] = [
    (1, _starts_into_counters),
    (2, _drop_former_indexes),
    (3, _words_of_units),
]
