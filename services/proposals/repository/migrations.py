"""Changes of stored documents, each run once at the start of a service."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial

from pymongo.client_session import ClientSession

from services.proposals.domain.deadlines import WATCHED
from services.proposals.domain.evaluation import Evaluation
from services.proposals.domain.groups import group_keys
from services.proposals.domain.holders import holders
from services.proposals.repository.documents import (
    evaluation_from_document,
    from_document,
    text_words,
    unit_words,
)
from services.proposals.repository.indexes import EVALUATIONS, ORDERED_BY, PROPOSALS
from services.proposals.repository.worklists import Worklists
from shared.clock import SHANGHAI
from shared.contracts.groups import PARTIES
from shared.persistence.database import COUNTERS, Database, Document, Migration
from shared.persistence.migrations import each_anew

STARTS = "counter_starts"
NARROW = ("first_proposer", "cosignatures.member_id", "groups.sector", "words", "assigned_units")
FORMER_INDEXES = [f"{field}_1_updated_at_-1__id_1" for field in NARROW]
WHOLE_INDEXES = [
    *(f"assigned_units by {order}" for order in ORDERED_BY),
    *(
        f"{fields}_1_updated_at_-1__id_1"
        for fields in (
            "unit_words",
            "close_kind",
            "key.state",
            "excellent.year",
            "assignments.state_1_assignments.unit",
            "assignments.lateness",
        )
    ),
]

SESSION_INDEXES = ["term_1_session_1_state_1_updated_at_-1__id_1"]


def _starts_into_counters(database: Database) -> None:
    """A series' first number stands beside its last one, so that a number is one round trip."""
    for row in database.collection(STARTS).find():
        last = {"$ifNull": ["$value", row["first"] - 1]}
        database.collection(COUNTERS).update_one(
            {"_id": row["_id"]}, [{"$set": {"first": row["first"], "value": last}}], upsert=True
        )
    database.collection(STARTS).drop()


def _drop(names: Collection[str]) -> Callable[[Database], None]:
    """Drop indexes of proposals: others serve the same lists."""

    def change(database: Database) -> None:
        proposals = database.collection(PROPOSALS)
        for name in sorted(set(names) & set(proposals.index_information())):
            proposals.drop_index(name)

    return change


def _words_of_units(database: Database) -> None:
    """What units handle can be searched by unit and word together."""
    proposals = database.collection(PROPOSALS)
    assigned = {"assigned_units": {"$ne": []}, "unit_words": {"$exists": False}}
    for row in proposals.find(assigned, {"assigned_units": 1, "words": 1}):
        fresh = unit_words(row.get("assigned_units", ()), row.get("words", ()))
        proposals.update_one({"_id": row["_id"]}, {"$set": {"unit_words": fresh}})


def _look_at_what_waits(database: Database) -> None:
    """Decision 41: what was returned, asked for or held back is looked at, and gets its day."""
    waiting = [
        {"state": {"$in": sorted(state.value for state in WATCHED)}},
        {"withdrawal.open": True},
        {"appeal.settled": False},
        {"plagiarism.state": {"$in": ["REPORTED", "APPEALED"]}},
    ]
    unwatched = {"look_at": None, "$or": waiting}
    now = {"$set": {"look_at": datetime(2000, 1, 1, tzinfo=SHANGHAI)}}  # long due
    database.collection(PROPOSALS).update_many(unwatched, now)


def _words_as_they_are_asked(database: Database) -> None:
    """Widths, traditional characters and single ones of titles are found (shared/words/folding)."""

    def change(row: Document) -> Document:
        found = text_words(row["title"], row["situation"], row["analysis"], *row["suggestions"])
        return {"words": found, "unit_words": unit_words(row.get("assigned_units", ()), found)}

    each_anew(database.collection(PROPOSALS), change)


def _groups_of_proposals(database: Database) -> None:
    """Lists by town, committee, party."""
    each_anew(
        database.collection(PROPOSALS), lambda row: {"in_groups": group_keys(from_document(row))}
    )


def _holders_of_proposals(database: Database) -> None:
    """Lists of one's own proposals."""
    each_anew(database.collection(PROPOSALS), lambda row: {"holders": holders(from_document(row))})


def _disagreements(database: Database) -> None:
    """Which proposals have a co-signer whose judgement differs from the official one."""
    judged: dict[tuple[str, int], list[Evaluation]] = {}
    for row in database.collection(EVALUATIONS).find({"sent_at": {"$ne": None}}):
        key = (row["proposal_id"], row["round"])
        judged.setdefault(key, []).append(evaluation_from_document(row))
    for (proposal_id, _), sent in judged.items():
        if any(each.binding and each.disagrees(sent) for each in sent):
            mark = {"$set": {"disagreement": True}}
            database.collection(PROPOSALS).update_one({"_id": proposal_id}, mark)


def _worklists(database: Database) -> None:
    """A row for each share and promise. In transactions: a change at the same moment stands."""
    proposals, worklists = database.collection(PROPOSALS), Worklists(database)

    def note(key: str, session: ClientSession) -> None:
        row = proposals.find_one({"_id": key}, session=session)
        if row is not None:
            worklists.note(from_document(row), session)

    for found in proposals.find({"assignments.0": {"$exists": True}}, {"_id": 1}):
        database.run_in_transaction(partial(note, found["_id"]))


def _parties_into_organisations(database: Database) -> None:
    """Decision 45: parties act under the scope `organisation`; what was written under a party's
    code is their organisation's. Evaluations are named after their evaluator: moved, then left."""
    proposals, evaluations = database.collection(PROPOSALS), database.collection(EVALUATIONS)
    for code, organisation in PARTIES.items():
        former, key = {"organisation": {"kind": "party", "id": code}}, f"party:{code}"
        heir = f"organisation:{organisation}"
        for row in evaluations.find({"evaluator": key}):
            moved = {**row, "_id": row["_id"].replace(key, heir), "evaluator": heir}
            evaluations.update_one({"_id": moved.pop("_id")}, {"$setOnInsert": moved}, upsert=True)
            evaluations.delete_one({"_id": row["_id"]})
        proposals.update_many(
            {"rounds.evaluator": key},
            {"$set": {"rounds.$[own].evaluator": heir}},
            array_filters=[{"own.evaluator": key}],
        )
        proposals.update_many(
            {"seal.scope.party": code}, {"$set": {"seal.scope": {"organisation": organisation}}}
        )
        own = {"kind": "organisation", "id": organisation}
        proposals.update_many(
            {f"organisation.{name}": value for name, value in former["organisation"].items()},
            {"$set": {"organisation": own, "groups.party": code}, "$inc": {"version": 1}},
        )


MIGRATIONS: list[Migration] = [
    (1, _starts_into_counters),
    (2, _drop(FORMER_INDEXES)),  # there is one for every order
    (3, _words_of_units),
    (4, _drop(WHOLE_INDEXES)),  # now of what is given
    (5, _look_at_what_waits),
    (6, _words_as_they_are_asked),
    (7, _parties_into_organisations),
    (8, _groups_of_proposals),
    (9, _disagreements),
    (10, _worklists),
    (11, _drop(SESSION_INDEXES)),  # there is one for every order
    (12, _holders_of_proposals),
]
