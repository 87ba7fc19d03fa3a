"""Aggregates: one document, one write, with its events and its command id inside (decisions 2, 7).

A document holds, beside the service's own fields: `version`, `pending_events` (for the relay),
`commands` (the client's command ids of the last 30 days) and `open_decisions` (what of it waits
for somebody, `deciding`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import orjson
from pymongo.client_session import ClientSession
from pymongo.collection import Collection
from pymongo.errors import DuplicateKeyError

from shared import contracts, tracing
from shared.call import Call, CommandId
from shared.clock import SHANGHAI
from shared.contracts.base import Contract
from shared.contracts.functions import function_of
from shared.errors import AppError, CommandIdReused, Conflict
from shared.ids import new_id
from shared.messaging.events import Event
from shared.persistence import audit, deciding
from shared.persistence.database import Database, Document, replay_target

Recorded = Iterable[tuple[str, Mapping[str, Any]]]  # (event type, data) as domains record them
COMMANDS_KEPT = timedelta(days=30)
KERNEL_FIELDS = frozenset({"_id", "version", "pending_events", "commands", deciding.FIELD})
MOST_RUNS = 5


class Aggregates:
    """One collection of aggregates.

    `term` reads the CPPCC term of a document, for the envelope. With `projection` the collection
    is one that a replay rebuilds; inside a replay nothing is recorded.
    """

    def __init__(
        self,
        database: Database,
        name: str,
        term: Callable[[Document], int] = lambda doc: int(doc.get("term") or 0),
        *,
        projection: bool = False,
    ) -> None:
        self._database = database
        self._name = name
        self._term = term
        self._projection = projection

    @property
    def collection(self) -> Collection[Document]:
        find = self._database.projection if self._projection else self._database.collection
        return find(self._name)

    def get(self, aggregate_id: str, session: ClientSession | None = None) -> Document | None:
        return self.collection.find_one({"_id": aggregate_id}, session=session)

    def insert(
        self,
        call: Call,
        doc: Document,
        events: Recorded,
        at: datetime,
        session: ClientSession | None = None,
    ) -> None:
        """Store a new aggregate as version 1. Conflict if its id or command id exists."""
        (fresh, live), collection = self._first(call, doc, events, at), self.collection
        try:
            if session is None:
                self._database.writes(collection).insert(fresh)
            else:
                collection.insert_one(fresh, session=session)
        except DuplicateKeyError as error:
            raise Conflict from error
        self._written(call, live)

    def insert_once(self, call: Call, doc: Document, events: Recorded, at: datetime) -> bool:
        """Store the effect of a fact unless it stands already; True if it is new."""
        fresh, live = self._first(call, doc, events, at)
        key = fresh.pop("_id")
        is_new = self._database.writes(self.collection).upsert(key, {"$setOnInsert": fresh})
        if is_new:
            self._written(call, live)
        return is_new

    def save(
        self,
        call: Call,
        doc: Document,
        version: int,
        events: Recorded,
        at: datetime,
        session: ClientSession | None = None,
    ) -> None:
        """Store the fields of `doc` over `version`; Conflict if another write came in between, or
        if the same command was carried out before.

        Matching on the version makes concurrent edits fail, not overwrite. The relay's own
        removal of confirmed events leaves the version alone, so it never disturbs an edit. Of the
        command id the loaded document tells whether it was used here (no index compares a document
        with itself), the unique index whether it was used for another one.
        """
        changes: Document = {
            "$set": {key: value for key, value in doc.items() if key not in KERNEL_FIELDS},
            "$inc": {"version": 1},
        }
        if self._decisions(events):
            events, waiting = self._dated(events, self._waiting(doc, version, session), at)
            changes["$set"][deciding.FIELD] = waiting
        pending, live = self._events(call, doc, version + 1, events, at)
        if pending:
            changes["$push"] = {"pending_events": {"$each": pending}}
        if call.command is not None:
            former = doc.get("commands", ())
            if any(command["key"] == call.command.key for command in former):
                raise Conflict
            kept = [c for c in former if c["at"] > _real_now() - COMMANDS_KEPT]
            changes["$set"]["commands"] = [*kept, _command(call.command)]
        try:
            done = self.collection.update_one(
                {"_id": doc["_id"], "version": version}, changes, session=session
            )
        except DuplicateKeyError as error:
            raise Conflict from error
        if not done.matched_count:
            raise Conflict
        self._written(call, live)

    def remind(self, call: Call, at: datetime) -> None:
        """Tell of each decision whose day has come, once (decision 41)."""
        for doc in self.collection.find({deciding.REMIND_AT: {"$lte": at}}):
            while (row := deciding.due(doc[deciding.FIELD], at)) is not None:
                left = deciding.reminded(doc[deciding.FIELD], row)
                version = doc["version"]
                pending, _ = self._events(call, doc, version + 1, [deciding.reminder(row)], at)
                done = self.collection.update_one(
                    {"_id": doc["_id"], "version": version},
                    {
                        "$set": {deciding.FIELD: left},
                        "$inc": {"version": 1},
                        "$push": {"pending_events": {"$each": pending}},
                    },
                )
                if not done.matched_count:  # another write came in between: at the next look
                    break
                doc |= {deciding.FIELD: left, "version": version + 1}

    def first_result(self, command: CommandId) -> str | None:
        """The id of the aggregate that this command id wrote; CommandIdReused on other content."""
        row = self.collection.find_one(
            {"commands.key": command.key, "commands.0": {"$exists": True}},
            {"commands": {"$elemMatch": {"key": command.key}}},
        )
        if row is None:
            return None
        if row["commands"][0]["fingerprint"] != command.fingerprint:
            raise CommandIdReused
        return str(row["_id"])

    def _first(
        self, call: Call, doc: Document, events: Recorded, at: datetime
    ) -> tuple[Document, list[Document]]:
        """The document to store, and the events that are told and not kept."""
        if self._decisions(events):
            events, doc[deciding.FIELD] = self._dated(events, (), at)
        pending, live = self._events(call, doc, 1, events, at)
        return {
            **doc,
            "version": 1,
            "pending_events": pending,
            **({"commands": [_command(call.command)]} if call.command else {}),
        }, live

    def _decisions(self, events: Recorded) -> bool:
        return not replay_target.get() and deciding.concerns(self._database.service, events)

    def _dated(
        self, events: Recorded, standing: Iterable[Document], at: datetime
    ) -> tuple[Recorded, list[Document]]:
        database = self._database
        return deciding.dated(database.service, events, standing, at, database.decide_by)

    def _waiting(
        self, doc: Document, version: int, session: ClientSession | None
    ) -> list[Document]:
        """What of the document waits for a decision, at the version that is written over."""
        same = {"_id": doc["_id"], "version": version}
        row = self.collection.find_one(same, {deciding.FIELD: 1}, session=session)
        if row is None:
            raise Conflict
        return list(row.get(deciding.FIELD, ()))

    def _events(
        self, call: Call, doc: Document, version: int, events: Recorded, at: datetime
    ) -> tuple[list[Document], list[Document]]:
        """For the outbox, and to tell when the write is done."""
        if replay_target.get():
            return [], []
        real = _real_now().isoformat()
        kept: list[Document] = []
        live: list[Document] = []
        for event_type, data in events:
            known, event = self._envelope(call, doc, version, event_type, data, at, real)
            (live if known.live else kept).append(event)
        return kept + audit.pending(call, str(doc["_id"])), live

    def _written(self, call: Call, live: Iterable[Document]) -> None:
        """The audit's entry stands in the write; none is in that of a call without a command id."""
        if call.act is not None and call.command is not None:
            call.act.noted = True
        for event in live:
            self._database.tell(event)

    def _envelope(
        self,
        call: Call,
        doc: Document,
        version: int,
        event_type: str,
        data: Mapping[str, Any],
        at: datetime,
        real: str,
    ) -> tuple[Contract, Document]:
        payload = orjson.loads(orjson.dumps({"occurred_on": at, **data}))  # primitives only
        source = self._database.service
        if function := function_of(source, event_type, payload):
            payload["function"] = function.value
        known = contracts.validate(source, event_type, payload)
        actor = call.actor
        event = Event(
            id=new_id(),
            type=event_type,
            source=source,
            subject=str(doc["_id"]),
            data=payload,
            time=real,
            version=version,
            actor={
                "account": actor.account_id,
                "role": actor.role.value,
                "person": actor.person_id,
                "member": actor.member_id,
            },
            term=self._term(doc),
            year=datetime.fromisoformat(payload["occurred_on"]).year,
            correlation_id=call.correlation_id,
            causation_id=call.causation_id,
            traceparent=tracing.traceparent(),
        )
        return known, event.to_document()


def remind_deciders(call: Call, database: Database, at: datetime) -> None:
    """Each decision of the service whose day has come is told of, once (decision 41)."""
    own = database.outbox - database.projections
    for name in sorted(deciding.waits_in(database.service, own)):
        Aggregates(database, name).remind(call, at)


def execute(
    call: Call, aggregates: Aggregates, use_case: Callable[[], str], *, look_first: bool = True
) -> str:
    """The id that `use_case` wrote; for a command id seen before, the first result again.

    A use case that lost a race is run again from its reading on, so that two people who act at
    the same moment both succeed; after MOST_RUNS races the Conflict is shown. A refusal may be
    of what the same command has just done, sent twice at one moment: then that is the result.

    Without `look_first` a command id is looked up only then. It is for a use case that does
    nothing before it saves, by one write or transaction with the command id, what it has loaded:
    `save` itself fails for an id that was used.
    """
    for run in range(1, MOST_RUNS + 1):
        if (look_first or run > 1) and (first := _first_result(call, aggregates)) is not None:
            return first
        try:
            return use_case()
        except Conflict:
            if run == MOST_RUNS:
                raise
        except AppError:
            if (first := _first_result(call, aggregates)) is not None:
                return first
            raise
    raise Conflict


def _first_result(call: Call, aggregates: Aggregates) -> str | None:
    first = aggregates.first_result(call.command) if call.command else None
    if first is not None and call.act is not None:
        call.act.noted = True  # by the first write, which names its record
    return first


def _command(command: CommandId) -> Document:
    return {"key": command.key, "fingerprint": command.fingerprint, "at": _real_now()}


def _real_now() -> datetime:
    return datetime.now(SHANGHAI)
