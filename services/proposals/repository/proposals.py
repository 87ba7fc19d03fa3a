"""Proposals in MongoDB: one document for each, text versions apart (decision 8)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from pymongo.client_session import ClientSession

from services.proposals.domain import errors
from services.proposals.domain.record import Proposal
from services.proposals.domain.states import BEFORE_FILING, OPEN_CASE, State
from services.proposals.domain.text import Text
from services.proposals.repository.documents import (
    from_document,
    to_document,
)
from services.proposals.repository.indexes import (
    DOWN,
    PROPOSALS,
    REPLY_NUMBERS,
    TEXTS,
    UP,
)
from services.proposals.repository.worklists import Worklists
from shared.call import Call
from shared.errors import NotFound
from shared.persistence import Aggregates, Database, page
from shared.persistence.database import COUNTERS, Document
from shared.persistence.topics import Topics
from shared.words.searching import query_words, words

LATEST = {"UPDATED": "updated_at", "FILED": "filed_at", "SUBMITTED": "submitted_at"}
ORDERS = {  # the second of each walks the index of the first backwards
    name: order
    for base, field in LATEST.items()
    for name, order in (
        (base, [(field, DOWN), ("_id", UP)]),
        (f"{base}_ASC", [(field, UP), ("_id", DOWN)]),
    )
}
NOT_ROWS = (
    *("words", "unit_words", "in_groups", "holders", "files_told", "rung", "look_at", "untallied"),
    *("judgements", "disagreement"),
)
HIDDEN = dict.fromkeys((*NOT_ROWS, "pending_events", "commands"), 0)
SIMILAR_FIELDS = dict.fromkeys(
    ("title", "state", "serial_no", "case_no", "term", "session", "merged"), 1
)


class Proposals:
    """Proposals and their text versions."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.aggregates = Aggregates(database, PROPOSALS)
        self._texts = database.collection(TEXTS)
        self._topics = Topics(database)
        self._worklists = Worklists(database)

    def topics_within(self, code: str) -> list[str]:
        return self._topics.within(code)

    # -- aggregates ------------------------------------------------------------------------

    def get(self, proposal_id: str, query: Mapping[str, Any] | None = None) -> Proposal:
        """The proposal, if `query` (what the actor may see) lets it; NotFound otherwise."""
        found = self.aggregates.collection.find_one({"$and": [{"_id": proposal_id}, query or {}]})
        if found is None:
            raise NotFound("未找到该提案")
        return from_document(found)

    def add(self, call: Call, proposal: Proposal, at: datetime) -> None:
        proposal.tell_files()
        self.aggregates.insert(call, to_document(proposal, at), proposal.events, at)

    def save(
        self, call: Call, proposal: Proposal, at: datetime, session: ClientSession | None = None
    ) -> None:
        """Text that is pinned (signed, sealed, submitted) is kept as a version first; the rows of
        lists of work are written with it."""
        if session is None and proposal.assignments:
            self.in_transaction(partial(self.save, call, proposal, at))
            return
        if proposal.text_pinned and proposal.text_kept != proposal.text_no:
            self._keep_text(proposal, at)
            proposal.text_kept = proposal.text_no
        proposal.tell_files()
        document = {**to_document(proposal, at), "commands": proposal.commands}
        self.aggregates.save(call, document, proposal.version, proposal.events, at, session)
        if proposal.assignments:
            self._worklists.note(proposal, session)

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
        return self._database.next_number(session, counter)

    def set_start(self, counter: str, first: int) -> bool:
        """Once, before the first use; the same again changes nothing. Raises CounterInUse.

        True if it was set now.
        """
        counters = self._database.collection(COUNTERS)
        start = {"$setOnInsert": {"value": first - 1, "first": first}}
        done = counters.update_one({"_id": counter}, start, upsert=True)
        if done.upserted_id is not None:
            return True
        if not counters.find_one({"_id": counter, "first": first}):
            raise errors.CounterInUse
        return False

    def claim_reply_number(self, session: ClientSession, key: str, owner: str, doc_no: str) -> None:
        """One owner for each number of a unit and year (decision 13); raises DocNoTaken.

        What the owner claimed before and no longer uses is given up.
        """
        claims = self._database.collection(REPLY_NUMBERS)
        row = claims.find_one({"_id": key}, session=session)
        if row and row["owner"] != owner:
            raise errors.DocNoTaken(field="docNo", details={"doc_no": row["doc_no"]})
        claims.delete_many({"owner": owner, "_id": {"$ne": key}}, session=session)
        claims.replace_one(
            {"_id": key}, {"owner": owner, "doc_no": doc_no}, upsert=True, session=session
        )

    def note_judged(self, session: ClientSession, proposal_id: str, *, disagreeing: bool) -> None:
        """An evaluation was sent. The write makes two that are sent at one moment see each other;
        it is no change of the proposal, whose state must not tell that somebody has judged."""
        mark: Document = {"$inc": {"judgements": 1}}
        if disagreeing:
            mark["$set"] = {"disagreement": True}
        self.aggregates.collection.update_one({"_id": proposal_id}, mark, session=session)

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

    def held(self, file_ids: Collection[str]) -> set[str]:
        """Those of the files that any proposal holds."""
        query = {"files_told": {"$in": list(file_ids)}}
        return set(self.aggregates.collection.distinct("files_told", query)) & set(file_ids)

    def words(self, text: str) -> list[str]:
        return query_words(text)

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

    def watched(self, at: datetime) -> list[str]:
        """Ids whose alarms are to be looked at now, a batch."""
        query = {"look_at": {"$gt": datetime(1970, 1, 1), "$lte": at}}
        return [row["_id"] for row in self.aggregates.collection.find(query, {"_id": 1}).limit(200)]

    def claim_look(self, proposal_id: str, at: datetime, until: datetime) -> bool:
        """True for one replica; should it die, another looks at `until`."""
        query = {"_id": proposal_id, "look_at": {"$lte": at}}
        done = self.aggregates.collection.update_one(query, {"$set": {"look_at": until}})
        return bool(done.modified_count)

    def look_again(self, proposal_id: str, version: int, at: datetime | None) -> None:
        """When next, unless it has changed since: then the change has set it."""
        query = {"_id": proposal_id, "version": version}
        self.aggregates.collection.update_one(query, {"$set": {"look_at": at}})

    def cases_of_unit(self, unit: str) -> list[str]:
        """Ids of what the unit handles and is not archived."""
        query = {"assigned_units": unit, "state": {"$ne": State.ARCHIVED.value}}
        return [row["_id"] for row in self.aggregates.collection.find(query, {"_id": 1})]

    def states_of_cases(self, leads: Collection[str]) -> dict[str, list[str]]:
        """Lead → states of those merged into it."""
        found: dict[str, list[str]] = {}
        query = {"merged.lead": {"$in": list(leads)}}
        for row in self.aggregates.collection.find(query, {"state": 1, "merged.lead": 1}):
            found.setdefault(row["merged"]["lead"], []).append(row["state"])
        return found

    def open_cases_of(self, member_id: str) -> list[str]:
        """Ids of what the member proposed or co-signed and is not at its end."""
        mine = [{"first_proposer": member_id}, {"cosignatures.member_id": member_id}]
        states = [state.value for state in OPEN_CASE]
        found = self.aggregates.collection.find({"$or": mine, "state": {"$in": states}}, {"_id": 1})
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
