"""Collections and the indexes that serve every list (tests/integration/proposals/test_indexes)."""

from __future__ import annotations

from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel

PROPOSALS, TEXTS, MEMBERS, SESSIONS = "proposals", "texts", "members", "sessions"
EVALUATIONS, REPLY_NUMBERS, UNITS = "evaluations", "reply_numbers", "units"

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
        IndexModel([("files_told", UP)]),
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
            [("shortfall.decide_by", UP)],
            partialFilterExpression={"shortfall.decide_by": {"$gt": datetime(1970, 1, 1)}},
        ),
        IndexModel(
            [("look_at", UP)],
            partialFilterExpression={"look_at": {"$gt": datetime(1970, 1, 1)}},
        ),
    ],
    EVALUATIONS: [IndexModel([("proposal_id", UP), ("round", UP)])],
    REPLY_NUMBERS: [IndexModel([("owner", UP)])],
    TEXTS: [IndexModel([("proposal_id", UP), ("no", UP)])],
    MEMBERS: [IndexModel([("person_id", UP)])],
    UNITS: [],
    SESSIONS: [IndexModel([("opens_at", DOWN)])],
}
OUTBOX = {PROPOSALS, EVALUATIONS}
PROJECTIONS = {MEMBERS, SESSIONS, UNITS}
