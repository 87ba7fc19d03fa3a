"""Collections, their indexes, and changes of what is stored."""

from __future__ import annotations

import contextlib

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.errors import OperationFailure

from services.performance.domain.duties import Duty, function_of_stored
from shared.persistence import Database, directory

LEDGER = "ledger"
CANCELLATIONS = "cancellations"
MEMBERS = "members"
DUTIES = "duties"
LINKS = "contact_links"
GROUP_YEARS = "group_years"
MANUAL = "manual_requests"
APPEALS = "appeals"
RULE_SETS = "rule_sets"
YEARS = "years"
SNAPSHOTS = "snapshots"
LATE_CHANGES = "late_changes"
TALKS = "talks"

# Duties of many members are read by their day, either way.
BY_DAY = [("on", DESCENDING), ("_id", ASCENDING)]

INDEXES = {
    LEDGER: [
        # A fact earns once for each member and occurrence; reversals stand beside originals.
        IndexModel(
            [
                ("source_ref", ASCENDING),
                ("occurrence_no", ASCENDING),
                ("rule_code", ASCENDING),
                ("member_id", ASCENDING),
                ("reverses_entry_id", ASCENDING),
            ],
            name="fact",
            unique=True,
        ),
        # A correction takes back and gives anew with one event: a reversal and an original.
        IndexModel(
            [
                ("source_event_id", ASCENDING),
                ("rule_code", ASCENDING),
                ("member_id", ASCENDING),
                ("reverses_entry_id", ASCENDING),
            ],
            name="event_once",
            unique=True,
        ),
        IndexModel(
            [
                ("year", ASCENDING),
                ("member_id", ASCENDING),
                ("posted_at", DESCENDING),
                ("_id", DESCENDING),
            ],
            name="account",
        ),
    ],
    CANCELLATIONS: [],
    GROUP_YEARS: [IndexModel([("year", ASCENDING)])],
    MEMBERS: [
        IndexModel([("groups", ASCENDING)], name="group"),
        IndexModel([("term", ASCENDING)], name="term"),
        IndexModel([("state", ASCENDING), ("ended_on", ASCENDING)], name="in_office"),
    ],
    DUTIES: [
        IndexModel(
            [
                ("year", ASCENDING),
                ("member_id", ASCENDING),
                ("undone", ASCENDING),
                ("on", ASCENDING),
                ("_id", ASCENDING),
            ]
        ),
        IndexModel([("undone", ASCENDING), *BY_DAY]),
        IndexModel([("duty", ASCENDING), ("undone", ASCENDING), *BY_DAY]),
        IndexModel([("member_id", ASCENDING), ("undone", ASCENDING), *BY_DAY]),
        IndexModel([("source_ref", ASCENDING), ("occurrence_no", ASCENDING)]),
        IndexModel([("member_id", ASCENDING), ("done", ASCENDING), ("on", DESCENDING)]),
        IndexModel([("duty", ASCENDING), ("term", ASCENDING), ("member_id", ASCENDING)]),
        IndexModel([("duty", ASCENDING), ("year", ASCENDING), ("kind", ASCENDING)]),
    ],
    LINKS: [IndexModel([("member_id", ASCENDING)])],
    directory.ORGANISATIONS: directory.INDEXES,
    MANUAL: [
        IndexModel([("state", ASCENDING), ("requested_at", DESCENDING), ("_id", ASCENDING)]),
        IndexModel([("member_id", ASCENDING), ("requested_at", DESCENDING), ("_id", ASCENDING)]),
        IndexModel([("requested_at", DESCENDING), ("_id", ASCENDING)]),
        IndexModel([("appeal_year", ASCENDING), ("state", ASCENDING)], sparse=True),
    ],
    APPEALS: [
        IndexModel([("year", ASCENDING), ("state", ASCENDING), ("submitted_at", DESCENDING)]),
        IndexModel([("member_id", ASCENDING), ("submitted_at", DESCENDING), ("_id", ASCENDING)]),
        IndexModel([("submitted_at", DESCENDING), ("_id", ASCENDING)]),
    ],
    RULE_SETS: [IndexModel([("state", ASCENDING), ("version_no", ASCENDING)])],
    YEARS: [],
    SNAPSHOTS: [
        IndexModel([("year", ASCENDING), ("member_id", ASCENDING), ("revision", ASCENDING)]),
        IndexModel([("year", ASCENDING), ("groups", ASCENDING)]),
    ],
    TALKS: [
        IndexModel([("member_id", ASCENDING), ("year", DESCENDING)]),
        IndexModel([("year", ASCENDING), ("sector_group", ASCENDING)]),
        IndexModel([("due_at", DESCENDING), ("_id", ASCENDING)]),
    ],
    LATE_CHANGES: [
        IndexModel([("year", ASCENDING), ("state", ASCENDING), ("listed_at", DESCENDING)]),
        IndexModel([("listed_at", DESCENDING), ("_id", ASCENDING)]),
    ],
}
PROJECTIONS = {LEDGER, CANCELLATIONS, MEMBERS, DUTIES, LINKS, GROUP_YEARS, directory.ORGANISATIONS}
OUTBOX = {LEDGER, MANUAL, APPEALS, RULE_SETS, YEARS, LATE_CHANGES, TALKS}


def drop_event_index(database: Database) -> None:
    """`event_once` takes its place: a correction's reversal and original share event and rule."""
    with contextlib.suppress(OperationFailure):
        database.collection(LEDGER).drop_index("event")


def functions_of_duties(database: Database) -> None:
    """Decision 56: what was recorded before its function was told has one by its kind."""
    duties = database.collection(DUTIES)
    key = {"duty": "$duty", "kind": "$kind"}
    lacking = {"function": {"$exists": False}}
    for row in duties.aggregate([{"$match": lacking}, {"$group": {"_id": key}}]):
        duty, kind = row["_id"]["duty"], row["_id"]["kind"]
        function = function_of_stored(Duty(duty), kind)
        duties.update_many(
            {**lacking, "duty": duty, "kind": kind}, {"$set": {"function": function.value}}
        )


MIGRATIONS = [(1, drop_event_index), (2, functions_of_duties)]
