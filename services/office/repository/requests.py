"""What other services say of a meeting they planned, kept beside it until it takes it in.

An invitation or a cancellation may come before the plan: it is kept first, then the meeting is
looked for; the plan is kept first, then these. Whichever comes last finds the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from services.office.domain.requests import Requests
from services.office.repository.indexes import REQUESTS
from shared.persistence import Database


class MeetingRequests:
    def __init__(self, database: Database) -> None:
        self._collection = database.collection(REQUESTS)

    def invite(self, meeting_id: str, keys: Iterable[str], withdrawn: Iterable[str] = ()) -> None:
        lists = {"invited": list(keys), "withdrawn": list(withdrawn)}
        change = {"$addToSet": {name: {"$each": listed} for name, listed in lists.items()}}
        self._collection.update_one({"_id": meeting_id}, change, upsert=True)

    def call_off(self, meeting_id: str, reason: str) -> None:
        change = {"$set": {"called_off": reason}}
        self._collection.update_one({"_id": meeting_id}, change, upsert=True)

    def hold(
        self, meeting_id: str, came: Iterable[str], by: str | None, held_on: datetime | None
    ) -> None:
        change = {"$set": {"came": list(came), "entered_by": by, "held_on": held_on}}
        self._collection.update_one({"_id": meeting_id}, change, upsert=True)

    def of(self, meeting_id: str) -> Requests:
        row = self._collection.find_one({"_id": meeting_id}) or {}
        return Requests(
            invited=tuple(row.get("invited", ())),
            withdrawn=tuple(row.get("withdrawn", ())),
            called_off=row.get("called_off"),
            came=None if row.get("came") is None else tuple(row["came"]),
            entered_by=row.get("entered_by"),
            held_on=row.get("held_on"),
        )
