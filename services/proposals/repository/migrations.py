"""Changes of stored documents, each run once at the start of a service."""

from __future__ import annotations

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


MIGRATIONS: list[Migration] = [(1, _starts_into_counters), (2, _drop_former_indexes)]
