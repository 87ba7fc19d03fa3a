"""Tickets for choosing a password: given for a one-time code, good once and for minutes."""

from __future__ import annotations

from datetime import datetime

from services.identity.repository.sessions import hashed
from shared.persistence import Database


class Tickets:
    """Only hashes are stored; a ticket gives no access to anything else."""

    def __init__(self, database: Database) -> None:
        self._rows = database.collection("tickets")

    def put(self, secret: str, account_id: str, expires_at: datetime) -> None:
        self._rows.insert_one(
            {"_id": hashed(secret), "account_id": account_id, "expires_at": expires_at}
        )

    def find(self, secret: str, at: datetime) -> str | None:
        """The account of a good ticket."""
        row = self._rows.find_one({"_id": hashed(secret), "expires_at": {"$gt": at}})
        return str(row["account_id"]) if row else None

    def drop(self, account_id: str) -> None:
        """No ticket of this account is good any more."""
        self._rows.delete_many({"account_id": account_id})
