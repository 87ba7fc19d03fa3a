"""Collections and the indexes that serve every list (tests/integration/proposals/test_indexes)."""

from __future__ import annotations

from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel

PROPOSALS, TEXTS, MEMBERS, SESSIONS = "proposals", "texts", "members", "sessions"
STARTS, EVALUATIONS, REPLY_NUMBERS = "counter_starts", "evaluations", "reply_numbers"
UNITS = "units"
APPRAISALS, ROLLS, BALLOTS = "appraisals", "voter_rolls", "ballots"
INSPECTIONS = "inspections"
TALLIES, FIGURES = "tallies", "figures"

UP, DOWN = ASCENDING, DESCENDING


def _listed(*keys: tuple[str, int]) -> IndexModel:
    """An index that serves a filter and the default order, newest first."""
    return IndexModel([*keys, ("updated_at", DOWN), ("_id", UP)])


def _held(*keys: tuple[str, int]) -> IndexModel:
    """An index that serves a filter and the order of meetings, the latest first."""
    return IndexModel([*keys, ("held_at", DOWN), ("_id", UP)])


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
        _listed(("close_kind", UP)),
        _listed(("key.state", UP)),
        IndexModel([("untallied", UP)], partialFilterExpression={"untallied": True}),
        IndexModel([("files_told", UP)]),
        IndexModel([("merged.lead", UP)], partialFilterExpression={"merged.lead": {"$gt": ""}}),
        _listed(("assigned_units", UP)),
        _listed(("assignments.state", UP), ("assignments.unit", UP)),
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
            [("look_at", UP)],
            partialFilterExpression={"look_at": {"$gt": datetime(1970, 1, 1)}},
        ),
    ],
    TALLIES: [],
    FIGURES: [
        IndexModel(
            [("served", UP), ("period", UP), ("audience", UP), ("by", UP), ("key", UP)],
        ),
        IndexModel([("generation", UP)]),
    ],
    EVALUATIONS: [IndexModel([("proposal_id", UP), ("round", UP)])],
    REPLY_NUMBERS: [IndexModel([("owner", UP)])],
    TEXTS: [IndexModel([("proposal_id", UP), ("no", UP)])],
    MEMBERS: [IndexModel([("person_id", UP)])],
    UNITS: [],
    SESSIONS: [IndexModel([("opens_at", DOWN)])],
    STARTS: [],
    APPRAISALS: [
        _held(),
        _held(("state", UP)),
        _held(("panel.key", UP)),
        _held(("subjects.case_units", UP)),
        _held(("subjects.proposal_id", UP)),
        _held(("public", UP)),
        IndexModel([("state", UP), ("subjects.proposal_id", UP)]),
        # A case is on one list at a time, also when two are planned at the same moment.
        IndexModel(
            [("subjects.proposal_id", UP)],
            name="under_way",
            unique=True,
            partialFilterExpression={"under_way": True},
        ),
    ],
    ROLLS: [IndexModel([("appraisal_id", UP), ("state", UP), ("noted", UP)])],
    BALLOTS: [IndexModel([("appraisal_id", UP)])],
    INSPECTIONS: [
        _held(),
        _held(("state", UP)),
        _held(("participants", UP)),
        _held(("units", UP)),
        _held(("proposal_ids", UP)),
        IndexModel([("files_told", UP)]),
    ],
}
OUTBOX = {PROPOSALS, EVALUATIONS, APPRAISALS, INSPECTIONS}
PROJECTIONS = {MEMBERS, SESSIONS, UNITS}
