"""Collections and the indexes that serve every list (tests/integration/proposals/test_indexes)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel

from shared.persistence import topics
from shared.persistence.topics import TOPICS

PROPOSALS, TEXTS, MEMBERS, SESSIONS = "proposals", "texts", "members", "sessions"
EVALUATIONS, REPLY_NUMBERS, UNITS = "evaluations", "reply_numbers", "units"
APPRAISALS, ROLLS, BALLOTS = "appraisals", "voter_rolls", "ballots"
TALLIES, FIGURES = "tallies", "figures"
THEMES = "themes"
INSPECTIONS, GUIDES = "inspections", "guides"
SHARES, PROMISES = "shares", "promises"

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
ORDERED_BY = ("updated_at", "filed_at", "submitted_at")


Given = dict[str, Any]


def _given(field: str, more_than: str | int = "") -> Given:
    """Of the documents that have such a field. An index of these serves a query that says what the
    field is, and costs nothing where there is nothing: most proposals have no unit yet, and no
    honour. It is for what is a filter of its own: of one among several ways to see a proposal
    (`$or`) it made lists slower (docs/performance.md)."""
    return {field: {"$gt": more_than}}


def _listed(*keys: str, given: Given | None = None) -> IndexModel:
    """An index that serves a filter and the default order, newest first."""
    listed = [*((key, UP) for key in keys), ("updated_at", DOWN), ("_id", UP)]
    if given is None:
        return IndexModel(listed)
    return IndexModel(listed, name=f"{keys[0]} given", partialFilterExpression=given)


def _in_every_order(*prefix: str, given: Given | None = None) -> list[IndexModel]:
    """Indexes that serve a narrow filter in each order of lists.

    What else a list may ask for stands behind the order, so that rows which do not fit are passed
    over in the index and never fetched: a page costs the same however many there are.
    """
    rest = [(name, UP) for name in ALSO_ASKED if name not in prefix]
    led = [(name, UP) for name in prefix]
    name = " ".join([*prefix, *([] if given is None else ["given"])])
    only = {} if given is None else {"partialFilterExpression": given}
    return [
        IndexModel([*led, (order, DOWN), ("_id", UP), *rest], name=f"{name} by {order}", **only)
        for order in ORDERED_BY
    ]


def _due(*keys: str, day: str = "due_at", only: str | None = None) -> IndexModel:
    """An index that serves a filter of a list of work in the order of its days, both ways.

    only: a flag; of the rows that have it. It leads, or no query without a day would be served.
    """
    led = (only, *keys) if only else keys
    listed = [*((key, UP) for key in led), (day, UP), ("_id", UP)]
    if only is None:
        return IndexModel(listed)
    return IndexModel(listed, name=" ".join(led), partialFilterExpression={only: True})


def _held(*keys: tuple[str, int]) -> IndexModel:
    """An index that serves a filter and the order of meetings, the latest first."""
    return IndexModel([*keys, ("held_at", DOWN), ("_id", UP)])


INDEXES = {
    PROPOSALS: [
        *_in_every_order("first_proposer"),
        *_in_every_order("cosignatures.member_id"),
        _listed("cosignatures.member_id", "cosignatures.state"),
        _listed("organisation.kind", "organisation.id"),
        _listed("state"),
        *_in_every_order("term", "session"),
        _listed("category"),
        _listed("namings.member_id", given=_given("namings.member_id")),
        _listed("topic_codes", given=_given("topic_codes")),
        _listed("proposer_type"),
        *_in_every_order("groups.sector"),
        *_in_every_order("in_groups"),
        *_in_every_order("holders"),
        *_in_every_order("words"),
        _listed("unit_words", given=_given("unit_words")),
        _listed("entry.account_id"),
        _listed("close_kind", given=_given("close_kind")),
        _listed("result", given=_given("result")),
        _listed("disagreement", given={"disagreement": True}),
        _listed("key.state", given=_given("key.state")),
        IndexModel([("untallied", UP)], partialFilterExpression={"untallied": True}),
        _listed("excellent.year", given=_given("excellent.year", 0)),
        IndexModel([("files_told", UP)]),
        IndexModel([("merged.lead", UP)], partialFilterExpression=_given("merged.lead")),
        IndexModel([("merged.case_no", UP)], partialFilterExpression=_given("merged.case_no")),
        *_in_every_order("assigned_units", given=_given("assigned_units")),
        # A unit's cases of a session are few enough to be put in any order.
        _listed("assigned_units", "term", "session", given=_given("assigned_units")),
        _listed("assignments.state", "assignments.unit", given=_given("assignments.state")),
        _listed("assignments.lateness", given=_given("assignments.lateness")),
        IndexModel([("updated_at", DOWN), ("_id", UP)]),
        IndexModel([("filed_at", DOWN), ("_id", UP)]),
        IndexModel([("submitted_at", DOWN), ("_id", UP)]),
        IndexModel([("serial_no", UP)], unique=True, partialFilterExpression=_given("serial_no")),
        IndexModel([("case_no", UP)], unique=True, partialFilterExpression=_given("case_no")),
        IndexModel(
            [("look_at", UP)],
            partialFilterExpression={"look_at": {"$gt": datetime(1970, 1, 1)}},
        ),
    ],
    SHARES: [
        *(_due(*keys) for keys in ((), ("unit",), ("state",), ("unit", "state"))),
        *(_due(*keys) for keys in (("term",), ("unit", "term"), ("side",))),
        _due("side", only="open"),
        *(_due(only=only) for only in ("open", "return_open", "extension_open")),
        _due("unit", only="open"),
        IndexModel([("proposal_id", UP)]),
    ],
    PROMISES: [
        *(_due(*keys, day="due_on") for keys in ((), ("unit",), ("status",), ("unit", "status"))),
        _due("side", day="due_on"),
        *(_due(*keys, day="due_on", only="unsettled") for keys in ((), ("unit",), ("side",))),
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
        _held(("subjects.units", UP)),
        IndexModel([("state", UP), ("reports_reminded", UP), ("report_remind_at", UP)]),
        IndexModel([("files_told", UP)]),
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
    THEMES: [],
    TOPICS: topics.INDEXES,
}
OUTBOX = {PROPOSALS, EVALUATIONS, APPRAISALS, INSPECTIONS, GUIDES}
PROJECTIONS = {MEMBERS, SESSIONS, UNITS, THEMES, TOPICS}
