"""Changes of stored documents, each run once at the start of a service."""

from __future__ import annotations

from shared.persistence.database import COUNTERS, Database, Migration

STARTS = "counter_starts"


def _starts_into_counters(database: Database) -> None:
    """A series' first number stands beside its last one, so that a number is one round trip."""
    for row in database.collection(STARTS).find():
        last = {"$ifNull": ["$value", row["first"] - 1]}
        database.collection(COUNTERS).update_one(
            {"_id": row["_id"]}, [{"$set": {"first": row["first"], "value": last}}], upsert=True
        )
    database.collection(STARTS).drop()


MIGRATIONS: list[Migration] = [(1, _starts_into_counters)]
