"""Documents, affairs, plans, rules and training in MongoDB."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Collection as Some
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from pymongo.client_session import ClientSession

from services.office.domain.affairs import Affair, AffairKind, AffairState, AffairStep, Rating
from services.office.domain.circulation import Reader
from services.office.domain.document_kinds import Kind, Retention, Urgency
from services.office.domain.incoming import Incoming, IncomingState
from services.office.domain.library import InternalRule, Version
from services.office.domain.outgoing import Outgoing, OutgoingState, Purpose, Receipt, Step
from services.office.domain.plan_facts import Counts
from services.office.domain.plans import Duty, Item, Plan, PlanState
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
from shared.call import Call
from shared.persistence import Database
from shared.persistence.records import Records

Row = dict[str, Any]
Parse = dict[str, Callable[[Any], Any]]
R = TypeVar("R", bound=Aggregate)
F = TypeVar("F", bound=Outgoing | Incoming | InternalRule)


class Papers(Records[R]):
    """Records with days: MongoDB knows moments only, so a day is stored as its ISO text."""

    def _document(self, record: R) -> Row:
        found: Row = _stored(super()._document(record))
        return found


class Filed(Papers[F]):
    """Records that hold files, and tell so before each write."""

    def add(
        self, call: Call, record: F, at: datetime, session: ClientSession | None = None
    ) -> None:
        record.tell_files()
        super().add(call, record, at, session)

    def add_once(self, call: Call, record: F, at: datetime) -> bool:
        record.tell_files()
        return super().add_once(call, record, at)

    def save(
        self, call: Call, record: F, at: datetime, session: ClientSession | None = None
    ) -> None:
        record.tell_files()
        super().save(call, record, at, session)

    def held(self, file_ids: Some[str]) -> set[str]:
        """Those of the files that any of these records holds."""
        query = {"files_told": {"$in": list(file_ids)}}
        return set(self.collection.distinct("files_told", query)) & set(file_ids)


class OutgoingDocuments(Filed[Outgoing]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {
            "kind": Kind,
            "urgency": Urgency,
            "retention": Retention,
            "state": OutgoingState,
            "main": tuple,
            "copy_to": tuple,
            "attachments": tuple,
            "files_told": tuple,
            "purpose": lambda row: Purpose(**row) if row else None,
            "receipts": lambda rows: tuple(Receipt(**row) for row in rows),
            "trail": _steps,
        }
        super().__init__(database, OUTGOING, Outgoing, parse)

    def next_number(self, session: ClientSession, counter: str) -> int:
        """Gap-free: taken in the transaction that stores the document (decision 13)."""
        return self._database.next_number(session, counter)

    def _document(self, record: Outgoing) -> Row:
        return {**super()._document(record), "recipients": list(record.recipients)}


class IncomingDocuments(Filed[Incoming]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {
            "kind": Kind,
            "urgency": Urgency,
            "retention": Retention,
            "state": IncomingState,
            "received_on": _day,
            "adopted_on": _day,
            "dated_on": _day,
            "printed_on": _day,
            "attachments": tuple,
            "files_told": tuple,
            "readers": lambda rows: tuple(Reader(**row) for row in rows),
            "trail": _steps,
        }
        super().__init__(database, INCOMING, Incoming, parse)

    def registered(self, sender_name: str, number: str, but: str) -> bool:
        """Whether another document of this sender has the number."""
        query = {"sender_name": sender_name, "number": number, "_id": {"$ne": but}}
        return self.collection.find_one(query, {"_id": 1}) is not None

    def to_remind(self, at: datetime) -> list[str]:
        """Ids of those whose reminder is due, the most urgent first."""
        query = {"next_reminder_at": {"$lte": at}}
        found = self.collection.find(query, {"_id": 1}).sort("next_reminder_at", 1).limit(100)
        return [row["_id"] for row in found]


class Affairs(Papers[Affair]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {
            "kind": AffairKind,
            "state": AffairState,
            "rating": lambda row: Rating(**row) if row else None,
            "trail": lambda rows: tuple(AffairStep(**row) for row in rows),
        }
        super().__init__(database, AFFAIRS, Affair, parse)


class Plans(Papers[Plan]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {
            "state": PlanState,
            "themes": tuple,
            "items": lambda rows: tuple(_item(row) for row in rows),
            "adopted_on": _day,
            "sent_on": _day,
            "forwarded_on": _day,
            "printed_on": _day,
            "trail": _steps,
        }
        super().__init__(database, PLANS, Plan, parse)


class Rules(Filed[InternalRule]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {
            "versions": lambda rows: tuple(_version(row) for row in rows),
            "repealed_on": _day,
            "files_told": tuple,
        }
        super().__init__(database, RULES, InternalRule, parse)


class Trainings(Papers[Training]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {"begins_on": _day, "ends_on": _day, "staff": tuple}
        super().__init__(database, TRAININGS, Training, parse)

    def _document(self, record: Training) -> Row:
        return {**super()._document(record), "year": record.year}


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


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _steps(rows: Sequence[Row]) -> tuple[Step, ...]:
    return tuple(Step(**row) for row in rows)


def _item(row: Row) -> Item:
    parsed = {
        "duty": Duty(row["duty"]),
        "counts": Counts(**row["counts"]),
        "topics": tuple(row["topics"]),
    }
    return Item(**{**row, **parsed})


def _version(row: Row) -> Version:
    days = {name: _day(row[name]) for name in ("valid_from", "valid_to")}
    return Version(**{**row, **days, "attachments": tuple(row["attachments"])})
