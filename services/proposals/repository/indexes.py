"""Collections and the indexes that serve every list (tests/integration/proposals/test_indexes)."""

from __future__ import annotations

from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel

PROPOSALS, TEXTS, MEMBERS, SESSIONS = "proposals", "texts", "members", "sessions"
EVALUATIONS, REPLY_NUMBERS, UNITS = "evaluations", "reply_numbers", "units"
APPRAISALS, ROLLS, BALLOTS = "appraisals", "voter_rolls", "ballots"
TALLIES, FIGURES = "tallies", "figures"
INSPECTIONS, GUIDES = "inspections", "guides"

UP, DOWN = ASCENDING, DESCENDING

ALSO_ASKED = (
    "state",
    "openness",
    "category",
    "proposer_type",
    "session_mark",
    "term",
    "session",
    "groups.sector",
)


def _listed(*keys: tuple[str, int]) -> IndexModel:
    """An index that serves a filter and the default order, newest first."""
    return IndexModel([*keys, ("updated_at", DOWN), ("_id", UP)])


def _in_every_order(prefix: str) -> list[IndexModel]:
    """Indexes that serve a narrow filter in each order of lists.

    What else a list may ask for stands behind the order, so that rows which do not fit are passed
    over in the index and never fetched: a page costs the same however many there are.
    """
    rest = [(name, UP) for name in ALSO_ASKED if name != prefix]
    return [
        IndexModel([(prefix, UP), (order, DOWN), ("_id", UP), *rest], name=f"{prefix} by {order}")
        for order in ("updated_at", "filed_at", "submitted_at")
    ]


def _held(*keys: tuple[str, int]) -> IndexModel:
    """An index that serves a filter and the order of meetings, the latest first."""
    return IndexModel([*keys, ("held_at", DOWN), ("_id", UP)])


INDEXES = {
    PROPOSALS: [
        *_in_every_order("first_proposer"),
        *_in_every_order("cosignatures.member_id"),
        _listed(("cosignatures.member_id", UP), ("cosignatures.state", UP)),
        _listed(("organisation.kind", UP), ("organisation.id", UP)),
        _listed(("state", UP)),
        _listed(("term", UP), ("session", UP), ("state", UP)),
        _listed(("category", UP)),
        _listed(("proposer_type", UP)),
        *_in_every_order("groups.sector"),
        *_in_every_order("words"),
        _listed(("unit_words", UP)),
        _listed(("entry.account_id", UP)),
        _listed(("close_kind", UP)),
        _listed(("key.state", UP)),
        IndexModel([("untallied", UP)], partialFilterExpression={"untallied": True}),
        _listed(("excellent.year", UP)),
        IndexModel([("files_told", UP)]),
        IndexModel([("merged.lead", UP)], partialFilterExpression={"merged.lead": {"$gt": ""}}),
        *_in_every_order("assigned_units"),
        _listed(("assignments.state", UP), ("assignments.unit", UP)),
        _listed(("assignments.lateness", UP)),
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
    GUIDES: [],
}
OUTBOX = {PROPOSALS, EVALUATIONS, APPRAISALS, INSPECTIONS, GUIDES}
PROJECTIONS = {MEMBERS, SESSIONS, UNITS}
