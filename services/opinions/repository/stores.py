"""What opinions keeps in MongoDB: items, one document each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from pymongo.client_session import ClientSession

from services.opinions.domain.record import Opinion
from services.opinions.domain.states import OpinionState
from services.opinions.repository import indexes
from shared.call import Call
from shared.persistence.changing import apart
from shared.persistence.records import WithFiles

# What figures are counted from.
COUNTED = dict.fromkeys(
    (
        "state",
        "channel",
        "authors",
        "organisation",
        "topic_codes",
        "urgency",
        "issued_as",
        "above",
        "deliveries",
        "instructions",
        "referrals",
        "clocks",
        "counts",
        "good",
        "closed_at",
    ),
    1,
)
NOT_COUNTED = [OpinionState.DRAFT.value, OpinionState.WITHDRAWN.value]


class Opinions(WithFiles[Opinion], name=indexes.OPINIONS):
    def next_number(self, session: ClientSession, year: int) -> int:
        """The next issue of the year, taken in the transaction that writes it."""
        return self._database.next_number(session, f"issue-{year}")

    def save_with(self, call: Call, opinion: Opinion, at: datetime, session: ClientSession) -> None:
        """A further record of a transaction whose first holds the command id."""
        self.save(apart(call), opinion, at, session)

    def ringing(self, at: datetime, most: int) -> list[Opinion]:
        """Those with an alarm that is due, the longest due first."""
        due = self.collection.find({"next_alarm_at": {"$lte": at}})
        return [self._record(row) for row in due.sort("next_alarm_at", 1).limit(most)]

    def with_referral_to(self, unit: str) -> list[Opinion]:
        """Those that the unit has still to answer."""
        waiting = {"$elemMatch": {"unit": unit, "state": "OPEN"}}
        return self.find({"referrals.unit": unit, "referrals": waiting}, [("_id", 1)])

    def counted(self, year: int, within: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Of the submitted ones of a year, what figures need."""
        query = {"year": year, "state": {"$nin": NOT_COUNTED}, **within}
        yield from self.collection.find(query, COUNTED)

    def submitted_by(self, year: int, members: Collection[str] | None = None) -> Counter[str]:
        """member id → items of the year, of all members or of these."""
        match: dict[str, Any] = {"year": year, "state": {"$nin": NOT_COUNTED}}
        if members is not None:
            match["authors"] = {"$in": list(members)}
        found = self.collection.find(match, {"authors": 1})
        return Counter(author for row in found for author in row["authors"])
