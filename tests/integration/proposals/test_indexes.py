"""Every list query is served by an index, for every filter and several kinds of viewers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from services.proposals.domain.assignments import AssignmentState, Lateness
from services.proposals.domain.evaluation import CloseKind, Grade
from services.proposals.domain.honour_records import KeyState
from services.proposals.domain.kinds import ProposerType
from services.proposals.domain.replies import CommitmentStatus
from services.proposals.domain.states import Category, Mark, State
from services.proposals.queries import filters, worklists
from services.proposals.repository import (
    INDEXES,
    ORDERS,
    OUTBOX,
    PROJECTIONS,
    Evaluations,
    Proposals,
    to_document,
)
from services.proposals.repository.worklists import ORDERS as WORK_ORDERS
from shared import settings
from shared.actor import Actor, Role
from shared.call import Call
from shared.clock import FixedClock
from shared.contracts.sides import Side
from shared.ids import new_id
from shared.persistence import Database, connect
from tests.unit.proposals.samples import submitted

MEMBER = Actor("a", Role.MEMBER, {}, "p", "m-15-0088")
ORGANISATION = Actor("a", Role.ORG_STAFF, {"organisation": "org-minjian"})
STAFF = Actor("a", Role.PROPOSAL_STAFF)
PUBLIC = Actor(None, Role.PUBLIC)
OFFICER = Actor("a", Role.UNIT_OFFICER, {"unit": "unit-zjj"})
AGAIN = Actor("a", Role.MEMBER, {}, "p", "m-17-0088", earlier=("m-16-0088", "m-15-0088"))
ACTORS = [MEMBER, AGAIN, ORGANISATION, STAFF, PUBLIC, OFFICER]

FILTERS: list[dict[str, Any]] = [
    {},
    {"states": [State.FILED, State.SUBMITTED]},
    {"proposer_type": ProposerType.JOINT},
    {"category": Category.SOCIAL},
    {"session_mark": Mark.REGULAR, "term": 15, "session": 1},
    {"sector": "22"},
    {"first_proposer": "m-15-0088"},
    {"serial_no": "T15-1-0315"},
    {"case_no": "15-1-023"},
    {"text": "二次供水"},
    {"unit_id": "unit-zjj"},
    {"unit_id": "unit-zjj", "text": "二次供水"},
    {"assignment_states": [AssignmentState.PENDING]},
    {"lateness": [Lateness.ESCALATED]},
    {"key_states": [KeyState.SELECTED]},
    {"excellent_year": 2017},
    {"town": "town-lili"},
    {"committee": "com-economy", "party": "04"},
    {"organisation": "org-minjian"},
    {"due_before": datetime(2017, 6, 1)},
    {"close_kinds": [CloseKind.WITH_RESERVATION]},
    {"result": Grade.DISSATISFIED},
    {"awaiting_evaluation": True},
    {"own": True},
    {"mine": True},
    {"cosigned": True},
    {"invited": True},
]


@pytest.fixture(scope="module")
def database(mongo_uri: str) -> Iterator[Database]:
    process = settings.read({"MONGO_URI": mongo_uri, "DB_PREFIX": f"test-{new_id()[:8]}-"})
    client = connect(process)
    database = Database(client, "proposals", process)
    database.prepare(INDEXES, projections=PROJECTIONS, outbox=OUTBOX)
    yield database
    client.drop_database(database.db.name)
    client.close()


@pytest.fixture(scope="module")
def store(database: Database) -> Proposals:
    return Proposals(database)


def stages(plan: dict[str, Any]) -> set[str]:
    inner = [plan[name] for name in ("inputStage",) if name in plan] + plan.get("inputStages", [])
    return {plan["stage"]}.union(*(stages(stage) for stage in inner))


@pytest.mark.parametrize("actor", ACTORS, ids=lambda a: f"{a.role} of {len(a.memberships)}")
@pytest.mark.parametrize("chosen", FILTERS, ids=lambda f: "+".join(f) or "all")
@pytest.mark.parametrize("order", ORDERS)
def test_no_list_reads_the_whole_collection(
    database: Database, store: Proposals, actor: Actor, chosen: dict[str, Any], order: str
) -> None:
    evaluations = Evaluations(database)
    query = filters.query_of(Call(actor, "c"), store, evaluations, chosen)
    found = store.aggregates.collection.find(query).sort(ORDERS[order]).limit(21)
    used = stages(found.explain()["queryPlanner"]["winningPlan"])
    assert "COLLSCAN" not in used
    assert used & {"IXSCAN", "EOF", "IDHACK"}


@pytest.mark.parametrize("order", ORDERS)
def test_the_cases_of_several_memberships_are_merged_in_their_order(
    store: Proposals, order: str
) -> None:
    """A few ranges of one index, each in the list's order: nothing is sorted (decision 40)."""
    found = store.aggregates.collection.find({"first_proposer": AGAIN.own})
    listed = found.hint(_serving("first_proposer", order)).sort(ORDERS[order]).limit(21)
    plan = listed.explain()["queryPlanner"]["winningPlan"]
    assert stages(plan) & {"SORT_MERGE", "IXSCAN"} == {"SORT_MERGE", "IXSCAN"}
    assert "SORT" not in stages(plan)


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ({"unit_words": {"$all": ["unit-zjj|供水"]}}, "unit_words given"),
        ({"close_kind": "WITH_RESERVATION"}, "close_kind given"),
        ({"key.state": {"$in": ["SELECTED"]}}, "key.state given"),
        ({"excellent.year": 2017}, "excellent.year given"),
        ({"result": "DISSATISFIED"}, "result given"),
        ({"disagreement": True}, "disagreement given"),
        ({"topic_codes": {"$in": ["ECOLOGY", "WATER"]}}, "topic_codes given"),
        ({"namings.member_id": "m-15-0088"}, "namings.member_id given"),
        ({"assigned_units": "unit-zjj"}, "assigned_units given"),
        (filters.share({"state": {"$in": ["PENDING"]}}, "state"), "assignments.state given"),
        (filters.share({"lateness": {"$in": ["DUE"]}}, "lateness"), "assignments.lateness given"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("order", ORDERS)
def test_what_is_asked_for_leads_to_the_index_of_those_that_have_it(
    store: Proposals, query: dict[str, Any], index: str, order: str
) -> None:
    found = store.aggregates.collection.find(query).hint(_serving(index, order))
    plan = found.sort(ORDERS[order]).limit(21).explain()["queryPlanner"]["winningPlan"]
    assert stages(plan) & {"IXSCAN"}


def _serving(index: str, order: str) -> str:
    """MongoDB refuses the hint of a partial index that does not hold all that is asked for."""
    in_every_order = f"{index} by {ORDERS[order][0][0]}"  # walked forwards or backwards
    names = {model.document["name"] for model in INDEXES["proposals"]}
    return in_every_order if in_every_order in names else index


WORK: list[dict[str, Any]] = [
    {},
    {"unit_id": "unit-zjj"},
    {"states": [AssignmentState.PENDING, AssignmentState.WORKING]},
    {"unit_id": "unit-zjj", "states": [AssignmentState.PENDING]},
    {"late": True},
    {"late": False, "unit_id": "unit-zjj"},
    {"due_before": datetime(2017, 6, 1)},
    {"extension_open": True},
    {"return_open": True},
    {"term": 15},
    {"unit_id": "unit-zjj", "term": 15},
    {"side": Side.PARTY},
]
OF_ONE_SIDE = Actor("account-side", Role.SUPERVISING_OFFICE, {"side": "PARTY"})
PROMISED: list[dict[str, Any]] = [
    {},
    {"unit_id": "unit-zjj"},
    {"status": CommitmentStatus.MISSED},
    {"unit_id": "unit-zjj", "status": CommitmentStatus.OPEN},
    {"due_before": date(2017, 6, 1)},
    {"claimed": True},
    {"side": Side.GOVERNMENT},
]


@pytest.mark.parametrize("actor", [STAFF, OFFICER, OF_ONE_SIDE], ids=lambda a: a.role)
@pytest.mark.parametrize("order", ["DUE", "DUE_DESC"])
@pytest.mark.parametrize(
    ("name", "chosen"),
    [*(("shares", each) for each in WORK), *(("promises", each) for each in PROMISED)],
    ids=lambda value: "+".join(value) or "all" if isinstance(value, dict) else value,
)
def test_no_list_of_work_is_read_whole_or_sorted(
    database: Database, actor: Actor, order: str, name: str, chosen: dict[str, Any]
) -> None:
    desk: Any = SimpleNamespace(clock=FixedClock(datetime(2017, 3, 1, tzinfo=UTC)))
    call = Call(actor, "c")
    made = (
        worklists._shares(call, desk, chosen)
        if name == "shares"
        else worklists._promises(call, chosen)
    )
    found = database.collection(name).find(made).sort(WORK_ORDERS[name][order]).limit(21)
    used = stages(found.explain()["queryPlanner"]["winningPlan"])
    assert used.isdisjoint({"COLLSCAN", "SORT"})
    assert used & {"IXSCAN", "EOF"}


@pytest.mark.parametrize(
    ("name", "query", "index"),
    [
        ("shares", {"open": True}, "open"),
        ("shares", {"open": True, "unit": "unit-zjj"}, "open unit"),
        ("shares", {"open": True, "side": {"$in": ["PARTY", None]}}, "open side"),
        ("shares", {"extension_open": True}, "extension_open"),
        ("shares", {"return_open": True}, "return_open"),
        ("promises", {"unsettled": True, "due_on": {"$lt": "2017-06-01"}}, "unsettled"),
    ],
)
def test_what_is_still_to_be_done_is_found_among_that_alone(
    database: Database, name: str, query: dict[str, Any], index: str
) -> None:
    found = database.collection(name).find(query).hint(index)
    assert stages(found.explain()["queryPlanner"]["winningPlan"]) & {"IXSCAN"}


def test_a_proposal_is_in_no_index_of_what_it_does_not_have(store: Proposals) -> None:
    proposal = submitted()
    assert proposal.assignments == []
    row = to_document(proposal, datetime(2017, 2, 6))
    store.aggregates.collection.insert_one(row)
    held = store.aggregates.collection.database.command("validate", "proposals")["keysPerIndex"]
    store.aggregates.collection.delete_one({"_id": row["_id"]})
    given = {name: count for name, count in held.items() if " given" in name}
    assert len(given) == 14 and set(given.values()) == {0}
    assert held["first_proposer by updated_at"] == 1


def test_the_timers_query_is_indexed(store: Proposals) -> None:
    query = {"look_at": {"$gt": datetime(1970, 1, 1), "$lte": datetime(2017, 1, 1)}}
    plan = store.aggregates.collection.find(query).explain()["queryPlanner"]["winningPlan"]
    assert "IXSCAN" in stages(plan)
