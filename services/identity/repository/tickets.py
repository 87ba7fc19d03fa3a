"""Tickets between two steps of getting in: good for one purpose, once, and for minutes."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from services.identity.domain.tickets import Purpose, Ticket
from services.identity.repository.sessions import hashed
from shared.persistence import Database


class Tickets:
    """Only hashes are stored; a ticket gives no access to anything else."""

    def __init__(self, database: Database) -> None:
        self._rows = database.collection("tickets")

    def put(self, secret: str, ticket: Ticket, expires_at: datetime) -> None:
        self._rows.insert_one({"_id": hashed(secret), **asdict(ticket), "expires_at": expires_at})

    def find(self, secret: str, purpose: Purpose, at: datetime) -> Ticket | None:
        """A good ticket for this, or None."""
        wanted = {"_id": hashed(secret), "purpose": purpose, "expires_at": {"$gt": at}}
        row = self._rows.find_one(wanted, {"_id": 0, "expires_at": 0})
        return Ticket(**{**row, "purpose": Purpose(row["purpose"])}) if row else None

    def drop(self, account_id: str) -> None:
        """No ticket of this account is good any more."""
        self._rows.delete_many({"account_id": account_id})
