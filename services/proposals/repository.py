"""Proposals in MongoDB: one document for each, text versions apart (decision 8).

A document's keys are the keys of rows on the wire, so that lists go out as they are found.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import rjieba
from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.client_session import ClientSession

from services.proposals.domain import errors
from services.proposals.domain.cosigning import Cosignature, Entry, Seal, Shortfall, Withdrawal
from services.proposals.domain.kinds import ProposerType
from services.proposals.domain.proposal import Details, Proposal, Session
from services.proposals.domain.states import (
    BEFORE_FILING,
    Category,
    Mark,
    Openness,
    SignState,
    State,
)
from services.proposals.domain.text import Text
from shared.call import Call
from shared.errors import NotFound
from shared.persistence import Aggregates, Database, page
from shared.persistence.database import Document

PROPOSALS, TEXTS, MEMBERS, SESSIONS = "proposals", "texts", "members", "sessions"
STARTS = "counter_starts"

UP, DOWN = ASCENDING, DESCENDING


def _listed(*keys: tuple[str, int]) -> IndexModel:
    """An index that serves a filter and the default order, newest first."""
    return IndexModel([*keys, ("updated_at", DOWN), ("_id", UP)])


INDEXES = {
    PROPOSALS: [
        _listed(("first_proposer", UP)),
        _listed(("cosignatures.member_id", UP)),
        _listed(("organisation.kind", UP), ("organisation.id", UP)),
        _listed(("state", UP)),
        _listed(("term", UP), ("session", UP), ("state", UP)),
        _listed(("category", UP)),
        _listed(("proposer_type", UP)),
        _listed(("groups.sector", UP)),
        _listed(("words", UP)),
        _listed(("entry.account_id", UP)),
        IndexModel([("updated_at", DOWN), ("_id", UP)]),
        IndexModel([("filed_at", DOWN), ("_id", UP)]),
        IndexModel([("submitted_at", DOWN), ("_id", UP)]),
        IndexModel(
            [("serial_no", UP)],
            unique=True,
            partialFilterExpression={"serial_no": {"$gt": ""}},
        ),
        IndexModel(
            [("case_no", UP)], unique=True, partialFilterExpression={"case_no": {"$gt": ""}}
        ),
        IndexModel(
            [("shortfall.decide_by", UP)],
            partialFilterExpression={"shortfall.decide_by": {"$gt": datetime(1970, 1, 1)}},
        ),
    ],
    TEXTS: [IndexModel([("proposal_id", UP), ("no", UP)])],
    MEMBERS: [],
    SESSIONS: [IndexModel([("opens_at", DOWN)])],
    STARTS: [],
}
OUTBOX = {PROPOSALS}
PROJECTIONS = {MEMBERS, SESSIONS}

ORDERS = {
    "UPDATED": [("updated_at", DOWN), ("_id", UP)],
    "FILED": [("filed_at", DOWN), ("_id", UP)],
    "SUBMITTED": [("submitted_at", DOWN), ("_id", UP)],
}
DETAIL_FIELDS = [f.name for f in dataclasses.fields(Details)]
SCALARS = (
    "first_proposer",
    "organisation",
    "groups",
    "text_no",
    "text_pinned",
    "session",
    "serial_no",
    "revision",
    "submitted_at",
    "review_due_at",
    "return_comment",
    "window_until",
    "review_opinion",
    "case_no",
    "case_title",
    "filed_at",
    "filed_count",
    "history",
    "created_at",
)
MIN_WORD = 2  # single characters say nothing about likeness


def words(*texts: str) -> list[str]:
    """The different Chinese words of the texts, for search and likeness (rjieba)."""
    found = (w.strip().lower() for text in texts for w in rjieba.cut_for_search(text, True))
    return sorted({word for word in found if len(word) >= MIN_WORD})


class Proposals:
    """Proposals and their text versions."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.aggregates = Aggregates(database, PROPOSALS)
        self._texts = database.collection(TEXTS)

    # -- aggregates ------------------------------------------------------------------------

    def get(self, proposal_id: str, query: Mapping[str, Any] | None = None) -> Proposal:
        """The proposal, if `query` (what the actor may see) lets it; NotFound otherwise."""
        found = self.aggregates.collection.find_one({"$and": [{"_id": proposal_id}, query or {}]})
        if found is None:
            raise NotFound("未找到该提案")
        return from_document(found)

    def add(self, call: Call, proposal: Proposal, at: datetime) -> None:
        self.aggregates.insert(call, to_document(proposal, at), proposal.events, at)

    def save(
        self, call: Call, proposal: Proposal, at: datetime, session: ClientSession | None = None
    ) -> None:
        """Text that is pinned (signed, sealed, submitted) is kept as a version first."""
        if proposal.text_pinned:
            self._keep_text(proposal, at)
        document = {**to_document(proposal, at), "commands": proposal.commands}
        self.aggregates.save(call, document, proposal.version, proposal.events, at, session)

    def _keep_text(self, proposal: Proposal, at: datetime) -> None:
        self._texts.update_one(
            {"_id": f"{proposal.id}:{proposal.text_no}"},
            {
                "$set": {
                    "proposal_id": proposal.id,
                    "no": proposal.text_no,
                    **proposal.text.as_row(),
                },
                "$setOnInsert": {"kept_at": at},
            },
            upsert=True,
        )

    def in_transaction(self, work: Any) -> Any:
        return self._database.run_in_transaction(work)

    def next_number(self, session: ClientSession, counter: str) -> int:
        """Gap-free; the series begins where `set_start` said, else at 1 (decision 12)."""
        start = self._database.collection(STARTS).find_one({"_id": counter}, session=session)
        return self._database.next_number(session, counter, start["first"] if start else 1)

    def set_start(self, counter: str, first: int) -> None:
        """Once, before the first use; the same again changes nothing. Raises CounterInUse."""
        starts = self._database.collection(STARTS)
        row = starts.find_one({"_id": counter})
        if row is None:
            if self._database.collection("counters").find_one({"_id": counter}):
                raise errors.CounterInUse
            starts.update_one({"_id": counter}, {"$setOnInsert": {"first": first}}, upsert=True)
            row = starts.find_one({"_id": counter})
        if row is None or row["first"] != first:
            raise errors.CounterInUse

    # -- reading ---------------------------------------------------------------------------

    def text(self, proposal_id: str, no: int) -> Text | None:
        row = self._texts.find_one({"_id": f"{proposal_id}:{no}"})
        return Text.of(row) if row else None

    def texts(self, proposal_id: str) -> list[Document]:
        """The kept versions, oldest first."""
        rows = list(self._texts.find({"proposal_id": proposal_id}).sort("no", UP))
        return [{**row, "id": row.pop("_id")} for row in rows]

    def page(
        self,
        query: Document,
        order_by: str,
        first: int,
        after: str | None,
        fields: Iterable[str] | None,
    ) -> Document:
        projection = dict.fromkeys(fields, 1) if fields else HIDDEN
        return page(self.aggregates.collection, query, ORDERS[order_by], first, after, projection)

    def count(self, query: Document) -> int:
        return self.aggregates.collection.count_documents(query)

    def rows(self, query: Document, fields: Iterable[str] | None = None) -> list[Document]:
        projection = dict.fromkeys(fields, 1) if fields else HIDDEN
        found = self.aggregates.collection.find(query, projection).limit(100)
        return [{**row, "id": row.pop("_id")} for row in found]

    def words(self, text: str) -> list[str]:
        return words(text)

    def similar(self, text: str, query: Document, limit: int) -> list[Document]:
        """V13: rows that share most words with `text`, each with its `likeness` from 0 to 1."""
        wanted = words(text)
        if not wanted:
            return []
        shared = {"$size": {"$setIntersection": ["$words", wanted]}}
        union = {"$size": {"$setUnion": ["$words", wanted]}}
        found = self.aggregates.collection.aggregate(
            [
                {"$match": {"$and": [{"words": {"$in": wanted}}, query]}},
                {"$set": {"likeness": {"$divide": [shared, union]}}},
                {"$sort": {"likeness": -1, "_id": 1}},
                {"$limit": limit},
                {"$project": {**SIMILAR_FIELDS, "likeness": 1}},
            ]
        )
        return [{**row, "id": row.pop("_id")} for row in found]

    def shortfalls_due(self, at: datetime) -> list[str]:
        """Ids whose decision time is over (decision 22)."""
        found = self.aggregates.collection.find(
            {"shortfall.decide_by": {"$gt": datetime(1970, 1, 1), "$lte": at}}, {"_id": 1}
        )
        return [row["_id"] for row in found]

    def signed_by(self, member_id: str) -> list[str]:
        """Ids of what is not filed and has a signature or invitation of the member."""
        found = self.aggregates.collection.find(
            {
                "cosignatures.member_id": member_id,
                "state": {"$in": [state.value for state in BEFORE_FILING]},
            },
            {"_id": 1},
        )
        return [row["_id"] for row in found]


class Directory:
    """What proposals keeps of the members service: group codes and sessions (projections)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note_member(self, member_id: str, version: int, row: Mapping[str, Any]) -> None:
        """A full-state snapshot; an older one never overwrites a newer one (decision 4)."""
        self._snapshot(MEMBERS, member_id, version, row)

    def note_session(self, key: str, version: int, row: Mapping[str, Any]) -> None:
        self._snapshot(SESSIONS, key, version, row)

    def groups(self, member_id: str) -> dict[str, Any]:
        row = self._database.projection(MEMBERS).find_one({"_id": member_id})
        return dict(row["groups"]) if row else {}

    def session_at(self, at: datetime) -> Session:
        """The newest session that has opened, else the first to come; NoSession without any."""
        sessions = self._database.projection(SESSIONS)
        row = sessions.find_one({"opens_at": {"$lte": at}}, sort=[("opens_at", DOWN)])
        row = row or sessions.find_one({}, sort=[("opens_at", UP)])
        if row is None:
            raise errors.NoSession
        return Session(**{f.name: row[f.name] for f in dataclasses.fields(Session)})

    def _snapshot(self, name: str, key: str, version: int, row: Mapping[str, Any]) -> None:
        newer = {"$lt": [{"$ifNull": ["$version", 0]}, version]}
        fresh = {"$literal": {"_id": key, "version": version, **row}}
        self._database.projection(name).update_one(
            {"_id": key},
            [{"$replaceWith": {"$cond": [newer, fresh, "$$ROOT"]}}],
            upsert=True,
        )


HIDDEN = {"words": 0, "pending_events": 0, "commands": 0}
SIMILAR_FIELDS = dict.fromkeys(("title", "state", "serial_no", "case_no", "term", "session"), 1)


def to_document(proposal: Proposal, at: datetime) -> Document:
    """All fields; enums as their values."""
    text = proposal.text
    return {
        "_id": proposal.id,
        "term": proposal.term,
        "version": proposal.version,
        "state": proposal.state.value,
        "proposer_type": proposal.proposer_type.value,
        "session_mark": proposal.session_mark.value if proposal.session_mark else None,
        **text.as_row(),
        **_details(proposal.details),
        "authors": list(proposal.authors),
        "review_units": list(proposal.review_units),
        "cosignatures": [
            {**dataclasses.asdict(c), "state": c.state.value} for c in proposal.cosignatures
        ],
        "seal": _optional(proposal.seal),
        "entry": _optional(proposal.entry),
        "shortfall": _optional(proposal.shortfall),
        "withdrawal": _optional(proposal.withdrawal),
        **{name: getattr(proposal, name) for name in SCALARS},
        "words": words(text.title, text.situation, text.analysis, *text.suggestions),
        "updated_at": at,
    }


def from_document(row: Document) -> Proposal:
    details = {name: row[name] for name in DETAIL_FIELDS}
    details["category"] = Category(row["category"]) if row["category"] else None
    details["openness"] = Openness(row["openness"])
    for name in ("topics", "advised_units", "attachments"):
        details[name] = tuple(row[name])
    return Proposal(
        id=row["_id"],
        term=row["term"],
        version=row["version"],
        state=State(row["state"]),
        proposer_type=ProposerType(row["proposer_type"]),
        session_mark=Mark(row["session_mark"]) if row["session_mark"] else None,
        text=Text.of(row),
        details=Details(**details),
        authors=tuple(row["authors"]),
        review_units=tuple(row["review_units"]),
        cosignatures=[
            Cosignature(**{**c, "state": SignState(c["state"])}) for c in row["cosignatures"]
        ],
        seal=Seal(**row["seal"]) if row["seal"] else None,
        entry=Entry(**row["entry"]) if row["entry"] else None,
        shortfall=Shortfall(**row["shortfall"]) if row["shortfall"] else None,
        withdrawal=Withdrawal(**row["withdrawal"]) if row["withdrawal"] else None,
        commands=row.get("commands", []),
        **{name: row[name] for name in SCALARS},
    )


def _details(details: Details) -> Document:
    row = dataclasses.asdict(details)
    row["category"] = details.category.value if details.category else None
    row["openness"] = details.openness.value
    for name in ("topics", "advised_units", "attachments"):
        row[name] = list(row[name])
    row["origin"] = dict(details.origin) if details.origin else None
    return row


def _optional(part: Any) -> Document | None:
    return dataclasses.asdict(part) if part is not None else None
