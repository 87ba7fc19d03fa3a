"""Documents, affairs, plans, rules and training in MongoDB."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, ClassVar, TypeVar

from pymongo.client_session import ClientSession

from services.office.domain.affairs import Affair
from services.office.domain.incoming import Incoming
from services.office.domain.library import InternalRule
from services.office.domain.numbers import number_key
from services.office.domain.outgoing import Outgoing
from services.office.domain.plans import Plan
from services.office.domain.training import Training
from services.office.repository.paper_indexes import (
    AFFAIRS,
    INCOMING,
    OUTGOING,
    PLANS,
    RULES,
    TRAININGS,
)
from shared.aggregate import Aggregate
from shared.clock import NEVER
from shared.persistence.records import HIDDEN, Records, WithFiles
from shared.words.searching import title_words

Row = dict[str, Any]
R = TypeVar("R", bound=Aggregate)


class Papers(Records[R]):
    """Records with days: MongoDB knows moments only, so a day is stored as its ISO text.

    What they are found and ordered by stands beside them: words of the title, the number without
    its brackets, and a due date also where there is none.
    """

    hidden: ClassVar[Mapping[str, int]] = {**HIDDEN, "words": 0, "number_key": 0}

    def _document(self, record: R) -> Row:
        found: Row = _stored(super()._document(record))
        return found


class Filed(Papers[R], WithFiles[R]):
    """Those that hold files."""


class OutgoingDocuments(Filed[Outgoing], name=OUTGOING):
    def next_number(self, session: ClientSession, counter: str) -> int:
        """Gap-free: taken in the transaction that stores the document (decision 13)."""
        return self._database.next_number(session, counter)

    def _document(self, record: Outgoing) -> Row:
        row = super()._document(record)
        return {**row, **found_by(row), "recipients": list(record.recipients)}


class IncomingDocuments(Filed[Incoming], name=INCOMING):
    def _document(self, record: Incoming) -> Row:
        row = super()._document(record)
        return {**row, **found_by(row)}

    def registered(self, sender_name: str, number: str, but: str) -> bool:
        """Whether another document of this sender has the number."""
        query = {"sender_name": sender_name, "number": number, "_id": {"$ne": but}}
        return self.collection.find_one(query, {"_id": 1}) is not None

    def to_remind(self, at: datetime) -> list[str]:
        """Ids of those whose reminder is due, the most urgent first."""
        query = {"next_reminder_at": {"$lte": at}}
        found = self.collection.find(query, {"_id": 1}).sort("next_reminder_at", 1).limit(100)
        return [row["_id"] for row in found]


class Affairs(Papers[Affair], name=AFFAIRS):
    def _document(self, record: Affair) -> Row:
        row = {**super()._document(record), "due_at": record.due_at}
        return {**row, **found_by(row)}


class Plans(Papers[Plan], name=PLANS):
    pass


class Rules(Filed[InternalRule], name=RULES):
    pass


class Trainings(Papers[Training], name=TRAININGS):
    def _document(self, record: Training) -> Row:
        return {**super()._document(record), "year": record.year}


def found_by(row: Row) -> Row:
    """What a stored document, affair or draft is found and ordered by."""
    number = row.get("number")
    return {
        "words": title_words(row["title"]),
        "number_key": number and number_key(number),
        "due_order": row.get("due_at") or NEVER,
    }


def _stored(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _stored(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_stored(part) for part in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return value
