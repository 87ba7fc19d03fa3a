"""Figures in MongoDB: what each proposal added (`tallies`), and the sums (`figures`).

A write of a proposal marks it `untallied` in the same update, so no change can be missed; a later
look adds the difference to what stands in its tally. One transaction takes tally, sums and mark
together and holds the state document, so that replicas wait for each other and nothing counts
twice. New definitions make a new generation beside the served one, which it replaces when whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from pymongo import ReplaceOne, ReturnDocument, UpdateOne
from pymongo.client_session import ClientSession

from services.proposals.domain.assignments import Part
from services.proposals.domain.evaluation import Line, evaluation_id
from services.proposals.domain.record import Proposal
from services.proposals.domain.tallying import (
    Audience,
    Bucket,
    Contribution,
    Grouping,
    contribution,
    difference,
    last_closed,
)
from services.proposals.repository.documents import evaluation_from_document, from_document
from services.proposals.repository.indexes import EVALUATIONS, FIGURES, PROPOSALS, TALLIES
from shared.persistence import Database
from shared.persistence.database import Document

STATES, STATE = "figures_state", "state"
BATCH = 100  # proposals in one transaction
UNTALLIED = {"untallied": True}


class Figures:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._proposals = database.collection(PROPOSALS)
        self._evaluations = database.collection(EVALUATIONS)
        self._tallies = database.collection(TALLIES)
        self._figures = database.collection(FIGURES)
        self._states = database.collection(STATES)

    # -- reading ---------------------------------------------------------------------------

    def rows(
        self, period: str, audience: Audience, by: Grouping, key: str | None = None
    ) -> list[Document]:
        """{"key", "counts"} of each row, by key."""
        query = {"served": True, "period": period, "audience": audience.value, "by": by.value}
        wanted = query if key is None else {**query, "key": key}
        found = self._figures.find(wanted, {"_id": 0, "key": 1, "counts": 1}).sort("key", 1)
        return list(found)

    # -- counting --------------------------------------------------------------------------

    def begin(self, definitions: int) -> None:
        """Count everything anew if it was counted by other definitions, or never.

        Marking comes after the new generation is known, and is repeated until it is done: what
        was marked and tallied for the former one is marked again.
        """
        state = self._states.find_one({"_id": STATE})
        if state is None or state["definitions"] != definitions:
            self.recount(definitions)
        elif not state["marked"]:
            self._mark()

    def recount(self, definitions: int) -> None:
        new = {"$set": {"definitions": definitions, "marked": False}, "$inc": {"generation": 1}}
        self._states.update_one({"_id": STATE}, new, upsert=True)
        self._mark()

    def tally(self) -> int:
        """Add what changed in up to BATCH proposals; how many there were."""
        if self._proposals.find_one(UNTALLIED, {"_id": 1}) is None:
            return 0
        return self._database.run_in_transaction(self._tally)

    def serve(self) -> None:
        """Show the generation that was built, once nothing is left to count."""
        state = self._states.find_one({"_id": STATE})
        if state and state["marked"] and state.get("served") != state["generation"]:
            self._database.run_in_transaction(self._serve)

    def _mark(self) -> None:
        state = self._states.find_one({"_id": STATE})
        assert state is not None
        self._proposals.update_many({"serial_no": {"$gt": ""}}, {"$set": UNTALLIED})
        same = {"_id": STATE, "generation": state["generation"]}
        self._states.update_one(same, {"$set": {"marked": True}})

    def _serve(self, session: ClientSession) -> None:
        state = self._hold(session)
        if not state["marked"] or self._proposals.find_one(UNTALLIED, session=session):
            return
        generation = state["generation"]
        self._figures.delete_many({"generation": {"$ne": generation}}, session=session)
        fresh = {"generation": generation}
        self._figures.update_many(fresh, {"$set": {"served": True}}, session=session)
        self._states.update_one({"_id": STATE}, {"$set": {"served": generation}}, session=session)

    def _hold(self, session: ClientSession) -> Document:
        """The state document, written, so that nobody else counts in the meantime."""
        state = self._states.find_one_and_update(
            {"_id": STATE},
            {"$inc": {"runs": 1}},
            return_document=ReturnDocument.AFTER,
            session=session,
        )
        assert state is not None
        return state

    def _tally(self, session: ClientSession) -> int:
        state = self._hold(session)
        rows = list(self._proposals.find(UNTALLIED, session=session).limit(BATCH))
        ids = [row["_id"] for row in rows]
        former = {"_id": {"$in": ids}, "generation": state["generation"]}
        before = {
            row["_id"]: _contribution(row) for row in self._tallies.find(former, session=session)
        }
        proposals = [from_document(row) for row in rows]
        lines = self._lines(proposals, session)
        sums: Contribution = {}
        tallies: list[ReplaceOne[Document]] = []
        for proposal in proposals:
            now = contribution(proposal, lines.get(proposal.id))
            for bucket, counts in difference(now, before.get(proposal.id, {})).items():
                sums.setdefault(bucket, Counter()).update(counts)
            tallies.append(_tally_write(proposal.id, state["generation"], now))
        writes = figure_writes(sums, state)
        if writes:
            self._figures.bulk_write(writes, ordered=False, session=session)
        if tallies:
            self._tallies.bulk_write(tallies, ordered=False, session=session)
        done = {"_id": {"$in": ids}}
        self._proposals.update_many(done, {"$unset": {"untallied": ""}}, session=session)
        return len(rows)

    def _lines(
        self, proposals: Iterable[Proposal], session: ClientSession
    ) -> dict[str, dict[str, Line]]:
        """Of closed cases with separate handling, the official lines of each unit."""
        wanted: dict[str, str] = {}
        for proposal in proposals:
            ended = last_closed(proposal)
            separate = any(a.part is Part.SEPARATE for a in proposal.assignments)
            if ended and ended.evaluator and separate:
                key = evaluation_id(proposal.id, ended.no, ended.evaluator)
                wanted[key] = proposal.id
        found = self._evaluations.find({"_id": {"$in": list(wanted)}}, session=session)
        return {
            wanted[row["_id"]]: {
                line.unit: line for line in evaluation_from_document(row).form.lines
            }
            for row in (found if wanted else ())
        }


def figure_writes(sums: Contribution, state: Document) -> list[UpdateOne]:
    """Additions to the rows of the generation under construction or served."""
    generation = state["generation"]
    return [
        UpdateOne(
            {
                "_id": _bucket_id(generation, bucket),
            },
            {
                "$inc": {f"counts.{name}": count for name, count in counts.items()},
                "$setOnInsert": {
                    "generation": generation,
                    "served": state.get("served") == generation,
                    **_bucket_row(bucket),
                },
            },
            upsert=True,
        )
        for bucket, counts in sums.items()
        if counts
    ]


def _tally_write(proposal_id: str, generation: int, now: Contribution) -> ReplaceOne[Document]:
    parts = [{**_bucket_row(bucket), "counts": dict(counts)} for bucket, counts in now.items()]
    row: Document = {"_id": proposal_id, "generation": generation, "parts": parts}
    return ReplaceOne({"_id": proposal_id}, row, upsert=True)


def _contribution(tally: Document) -> Contribution:
    return {
        Bucket(
            part["period"], Audience(part["audience"]), Grouping(part["by"]), part["key"]
        ): Counter(part["counts"])
        for part in tally["parts"]
    }


def _bucket_row(bucket: Bucket) -> dict[str, Any]:
    return {
        "period": bucket.period,
        "audience": bucket.audience.value,
        "by": bucket.by.value,
        "key": bucket.key,
    }


def _bucket_id(generation: int, bucket: Bucket) -> str:
    return "|".join([str(generation), *_bucket_row(bucket).values()])
