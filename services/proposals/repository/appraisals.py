"""Appraisals, their voter rolls and their ballot boxes, in collections of their own.

Roll and ballots hold nothing in common but the appraisal (decision 29). The ballot box is a
clustered collection: its natural order is that of the random ids, not that of casting.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from pymongo.client_session import ClientSession
from pymongo.errors import PyMongoError

from services.proposals.domain.appraisal import UNDER_WAY, Appraisal, AppraisalState
from services.proposals.domain.appraisal_reports import tell_files
from services.proposals.domain.ballots import Ballot, Line, RollEntry, RollState
from services.proposals.repository.documents import converter, plain
from services.proposals.repository.indexes import APPRAISALS, BALLOTS, DOWN, ROLLS, UP
from shared.call import Call
from shared.errors import NotFound
from shared.persistence import Aggregates, Database, page
from shared.persistence.database import Document

ORDER = [("held_at", DOWN), ("_id", UP)]
HIDDEN = {"under_way": 0, "pending_events": 0, "commands": 0}
COUNTING = [state.value for state in AppraisalState if state is not AppraisalState.CANCELLED]


def create_ballot_box(database: Database) -> None:
    """Before anything else makes the collection; safe at every start and by several replicas."""
    if BALLOTS in database.db.list_collection_names():
        return
    try:
        database.db.create_collection(BALLOTS, clusteredIndex={"key": {"_id": 1}, "unique": True})
    except PyMongoError:  # another replica was faster
        if BALLOTS not in database.db.list_collection_names():
            raise


class Appraisals:
    def __init__(self, database: Database) -> None:
        self._database = database
        self.aggregates = Aggregates(database, APPRAISALS)
        self._rolls = database.collection(ROLLS)
        self._ballots = database.collection(BALLOTS)

    # -- aggregates ------------------------------------------------------------------------

    def get(
        self,
        appraisal_id: str,
        query: Mapping[str, Any] | None = None,
        session: ClientSession | None = None,
    ) -> Appraisal:
        """The appraisal, if `query` (what the actor may see) lets it; NotFound otherwise."""
        wanted = {"$and": [{"_id": appraisal_id}, query or {}]}
        found = self.aggregates.collection.find_one(wanted, session=session)
        if found is None:
            raise NotFound("未找到该评议")
        return converter.structure({**found, "id": found["_id"]}, Appraisal)

    def add(self, call: Call, appraisal: Appraisal, at: datetime) -> None:
        tell_files(appraisal)
        self.aggregates.insert(call, _document(appraisal), appraisal.events, at)

    def save(
        self, call: Call, appraisal: Appraisal, at: datetime, session: ClientSession | None = None
    ) -> None:
        tell_files(appraisal)
        document = {**_document(appraisal), "commands": appraisal.commands}
        self.aggregates.save(call, document, appraisal.version, appraisal.events, at, session)

    def in_transaction(self, work: Any) -> Any:
        return self._database.run_in_transaction(work)

    # -- rolls and ballots -----------------------------------------------------------------

    def open_roll(self, appraisal: Appraisal, session: Any) -> None:
        """Everyone of the panel may vote."""
        blank = {"state": RollState.INVITED.value, "command": None, "noted": False}
        self._rolls.insert_many(
            [
                {
                    "_id": _roll_id(appraisal.id, voter.key),
                    "appraisal_id": appraisal.id,
                    "key": voter.key,
                    **blank,
                }
                for voter in appraisal.panel
            ],
            session=session,
        )

    def close_roll(self, appraisal_id: str, session: Any) -> None:
        """Who has not voted has missed it. The write collides with a vote at the same moment, so
        that each ballot is either counted or never cast."""
        self._rolls.update_many(
            {"appraisal_id": appraisal_id, "state": RollState.INVITED.value},
            {"$set": {"state": RollState.MISSED.value}},
            session=session,
        )

    def vote(
        self, appraisal_id: str, key: str, command: str | None, ballots: Sequence[Ballot]
    ) -> bool:
        """Roll and ballots together, or neither; False if this voter may not vote (any more)."""

        def write(session: ClientSession) -> bool:
            done = self._rolls.update_one(
                {"_id": _roll_id(appraisal_id, key), "state": RollState.INVITED.value},
                {"$set": {"state": RollState.VOTED.value, "command": command}},
                session=session,
            )
            if done.modified_count:
                rows = [_ballot(ballot) for ballot in ballots]
                self._ballots.insert_many(rows, session=session)
            return bool(done.modified_count)

        return self._database.run_in_transaction(write)

    def entry(self, appraisal_id: str, keys: Iterable[str]) -> RollEntry | None:
        """The roll's entry of whoever owns one of the keys."""
        row = self._rolls.find_one({"_id": {"$in": [_roll_id(appraisal_id, k) for k in keys]}})
        return _entry(row) if row else None

    def rolls(self, appraisal_ids: Collection[str], keys: Collection[str]) -> dict[str, RollEntry]:
        """Appraisal → the entry of whoever owns one of the keys."""
        ids = [_roll_id(appraisal_id, key) for appraisal_id in appraisal_ids for key in keys]
        found = self._rolls.find({"_id": {"$in": ids}})
        return {row["appraisal_id"]: _entry(row) for row in found}

    def whole_rolls(self, appraisal_ids: Collection[str]) -> dict[str, list[RollEntry]]:
        """Appraisal → all entries, of those whose vote was opened."""
        rolls: dict[str, list[RollEntry]] = {}
        for row in self._rolls.find({"appraisal_id": {"$in": list(appraisal_ids)}}):
            rolls.setdefault(row["appraisal_id"], []).append(_entry(row))
        return rolls

    def unnoted(self, appraisal_id: str, session: Any) -> list[str]:
        """Keys of those who voted and were not told of yet."""
        query = {"appraisal_id": appraisal_id, "state": RollState.VOTED.value, "noted": False}
        return [row["key"] for row in self._rolls.find(query, {"key": 1}, session=session)]

    def note(self, appraisal_id: str, keys: Iterable[str], session: Any) -> None:
        ids = [_roll_id(appraisal_id, key) for key in keys]
        self._rolls.update_many({"_id": {"$in": ids}}, {"$set": {"noted": True}}, session=session)

    def lines(self, appraisal_id: str, session: Any) -> list[Line]:
        """What the ballots say, in no order that means anything."""
        found = self._ballots.find({"appraisal_id": appraisal_id}, session=session)
        return [converter.structure(row, Line) for row in found]

    # -- reading ---------------------------------------------------------------------------

    def listed_elsewhere(self, proposal_ids: Collection[str]) -> bool:
        """Whether one of the cases is on an appraisal under way."""
        query = {"subjects.proposal_id": {"$in": list(proposal_ids)}, "under_way": True}
        return self.aggregates.collection.find_one(query, {"_id": 1}) is not None

    def listed(self) -> list[str]:
        """Every case that is or was on an appraisal."""
        query = {"state": {"$in": COUNTING}}
        return self.aggregates.collection.distinct("subjects.proposal_id", query)

    def open_ids(self) -> list[str]:
        query = {"state": AppraisalState.OPEN.value}
        return [row["_id"] for row in self.aggregates.collection.find(query, {"_id": 1})]

    def reports_due(self, at: datetime) -> list[str]:
        """The planned ones whose units are to be reminded of their reports by now."""
        query = {
            "state": AppraisalState.PLANNED.value,
            "reports_reminded": False,
            "report_remind_at": {"$lte": at},
        }
        return [row["_id"] for row in self.aggregates.collection.find(query, {"_id": 1})]

    def held(self, file_ids: Collection[str]) -> set[str]:
        query = {"files_told": {"$in": list(file_ids)}}
        return set(self.aggregates.collection.distinct("files_told", query)) & set(file_ids)

    def page(self, query: Document, first: int, after: str | None) -> Document:
        return page(self.aggregates.collection, query, ORDER, first, after, HIDDEN)

    def count(self, query: Document) -> int:
        return self.aggregates.collection.count_documents(query)

    def rows(self, query: Document) -> list[Document]:
        found = self.aggregates.collection.find(query, HIDDEN).limit(100)
        return [{**row, "id": row.pop("_id")} for row in found]


def _document(appraisal: Appraisal) -> Document:
    return {**plain(appraisal), "under_way": appraisal.state in UNDER_WAY}


def _ballot(ballot: Ballot) -> Document:
    line: Document = converter.unstructure(ballot.line)
    return {"_id": ballot.id, "appraisal_id": ballot.appraisal_id, **line}


def _roll_id(appraisal_id: str, key: str) -> str:
    return f"{appraisal_id}:{key}"


def _entry(row: Document) -> RollEntry:
    return RollEntry(row["key"], RollState(row["state"]), row["command"])
