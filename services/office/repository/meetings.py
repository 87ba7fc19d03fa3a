"""Meetings and check-ins in MongoDB."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from pymongo import UpdateOne
from pymongo.client_session import ClientSession

from services.office.domain.attendance import Seen
from services.office.domain.check_in import CheckIn
from services.office.domain.meeting_states import ANNOUNCED, MeetingState
from services.office.domain.meetings import Meeting
from services.office.repository.indexes import BY_DATE, CHECK_INS, MEETINGS
from shared.call import Call
from shared.contracts.recipients import member_key
from shared.persistence import Database
from shared.persistence.paging import page
from shared.persistence.records import WithFiles

Document = dict[str, Any]


class Meetings(WithFiles[Meeting], name=MEETINGS):
    def save_answer(self, call: Call, meeting: Meeting, key: str, at: datetime) -> None:
        """Write one invitee's answer and its event; the rest of the document is not sent."""
        document = {
            "_id": meeting.id,
            "term": meeting.term,
            f"answers.{key}": asdict(meeting.answers[key]),
            "commands": meeting.commands,
        }
        self._aggregates.save(call, document, meeting.version, meeting.events, at)

    def listed(
        self,
        query: Document,
        fields: Document,
        latest_first: bool,
        first: int,
        after: str | None,
    ) -> Document:
        """A page by date, of these fields (a projection)."""
        order = [(name, d if latest_first else -d) for name, d in BY_DATE]
        return page(self.collection, query, order, first, after, fields)

    def fields_of(self, query: Document, fields: Document) -> list[Document]:
        """These fields of all that match; for queries that name their ids."""
        found = self.collection.find(query, fields)
        return [{**row, "id": row.pop("_id")} for row in found]

    def to_come(self, member_id: str, since: datetime) -> list[Meeting]:
        """The meetings from then on, not begun, to which a member is or was invited."""
        kinds = {MeetingState.PLANNED, MeetingState.CANCELLED, *ANNOUNCED}
        states = [state.value for state in kinds]
        query = {
            "invited.key": member_key(member_id),
            "held_at": {"$gte": since},
            "state": {"$in": states},
        }
        return self.find(query, [("_id", 1)])

    def to_remind(self, at: datetime, within: timedelta) -> list[Meeting]:
        """The announced meetings that begin, or whose answers are due, so soon after `at`."""
        states, soon = [state.value for state in ANNOUNCED], {"$gt": at, "$lte": at + within}
        moments = ("held_at", "answer_by")
        query = {"$or": [{"state": {"$in": states}, moment: soon} for moment in moments]}
        return self.find(query, [("_id", 1)])

    def of_calendar(self, keys: Sequence[str], since: datetime, most: int) -> list[Document]:
        """The announced meetings of an invitee from `since` on, called off ones included."""
        query = {
            "invited.key": {"$in": list(keys)},
            "held_at": {"$gte": since},
            "notices": {"$gt": 0},
        }
        found = self.collection.find(query, CALENDAR).sort("held_at", 1).limit(most)
        return [{**row, "id": row.pop("_id")} for row in found]


CALENDAR = dict.fromkeys(
    ("title", "held_at", "ends_at", "place", "state", "notices", "notified_at", "mandatory"), 1
)


class CheckIns:
    """Who checked in when. One document for a member and half-day, however often it is told."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(CHECK_INS)

    def merge(self, rows: Sequence[CheckIn]) -> int:
        """Keep each once, with the earliest time told; how many were new.

        Presence in the room wins over video.
        """
        if not rows:
            return 0
        writes = [
            UpdateOne(
                {"_id": row.id},
                {
                    "$setOnInsert": {
                        "meeting_id": row.meeting_id,
                        "member_id": row.member_id,
                        "half_day": row.half_day,
                        "way": row.way.value,
                        "by": row.by,
                    },
                    "$min": {"at": row.at, "remote": row.remote},
                },
                upsert=True,
            )
            for row in rows
        ]
        return self._collection.bulk_write(writes, ordered=False).upserted_count

    def drop(self, meeting_id: str, half_day: int, session: ClientSession) -> None:
        """Forget who checked in to a half-day that had not begun."""
        self._collection.delete_many(
            {"meeting_id": meeting_id, "half_day": half_day}, session=session
        )

    def of_meeting(self, meeting_id: str) -> dict[str, Seen]:
        """member id → the half-days seen, in the order of their first check-in."""
        found: dict[str, Seen] = {}
        for row in self.rows({"meeting_id": meeting_id}):
            before = found.get(row["member_id"])
            found[row["member_id"]] = Seen(
                (before.half_days if before else frozenset()) | {row["half_day"]},
                row["remote"] and (before is None or before.remote),
            )
        return found

    def rows(self, query: Document) -> list[Document]:
        """The check-ins of meetings that the query names, in the order of time."""
        return sorted(self._collection.find(query), key=_order)


def _order(row: Document) -> tuple[datetime, str]:
    return row["at"], row["_id"]
