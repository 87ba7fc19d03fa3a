"""Devices that have signed in to an account before. Of a device's token only its hash is stored."""

from __future__ import annotations

from datetime import datetime

from services.identity.repository.sessions import hashed
from shared.persistence import Database

MOST = 20  # of one account; the newest stay


class Devices:
    """A device gives no access; it only has a count of failed sign-ins of its own."""

    def __init__(self, database: Database) -> None:
        self._rows = database.collection("devices")

    def put(self, secret: str, account_id: str, at: datetime, expires_at: datetime) -> None:
        """Know one more; beyond MOST the oldest is forgotten."""
        row = {"account_id": account_id, "created_at": at, "expires_at": expires_at}
        self._rows.insert_one({"_id": hashed(secret), **row})
        newest = [("created_at", -1), ("_id", 1)]
        former = self._rows.find({"account_id": account_id}, {"_id": 1}).sort(newest).skip(MOST)
        if forgotten := [row["_id"] for row in former]:
            self._rows.delete_many({"_id": {"$in": forgotten}})

    def find(self, secret: str, account_id: str, at: datetime) -> str | None:
        """The id of a device that this account knows."""
        known = {"_id": hashed(secret), "account_id": account_id, "expires_at": {"$gt": at}}
        row = self._rows.find_one(known, {"_id": 1})
        return str(row["_id"]) if row else None

    def drop(self, account_id: str) -> None:
        """The account knows none any more."""
        self._rows.delete_many({"account_id": account_id})
