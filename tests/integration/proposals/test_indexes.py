"""Every list query is served by an index, for every filter and several kinds of viewers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from services.proposals.domain.assignments import AssignmentState, Lateness
from services.proposals.domain.honour_records import KeyState
from services.proposals.domain.kinds import ProposerType
from services.proposals.domain.states import Category, Mark, State
from services.proposals.queries import proposals as queries
from services.proposals.repository import (
    INDEXES,
    ORDERS,
    OUTBOX,
    PROJECTIONS,
    Proposals,
    to_document,
)
from shared import settings
from shared.actor import Actor, Role
from shared.call import Call
from shared.ids import new_id
from shared.persistence import Database, connect
from tests.unit.proposals.samples import submitted

MEMBER = Actor("a", Role.MEMBER, {}, "p", "m-15-0088")
ORGANISATION = Actor("a", Role.ORG_STAFF, {"organisation": "org-minjian"})
STAFF = Actor("a", Role.PROPOSAL_STAFF)
PUBLIC = Actor(None, Role.PUBLIC)
OFFICER = Actor("a", Role.UNIT_OFFICER, {"unit": "unit-zjj"})
ACTORS = [MEMBER, ORGANISATION, STAFF, PUBLIC, OFFICER]

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
    {"mine": True},
    {"cosigned": True},
    {"invited": True},
]


@pytest.fixture(scope="module")
def store(mongo_uri: str) -> Iterator[Proposals]:
    process = settings.read({"MONGO_URI": mongo_uri, "DB_PREFIX": f"test-{new_id()[:8]}-"})
    client = connect(process)
    database = Database(client, "proposals", process)
    database.prepare(INDEXES, projections=PROJECTIONS, outbox=OUTBOX)
    yield Proposals(database)
    client.drop_database(database.db.name)
    client.close()


def stages(plan: dict[str, Any]) -> set[str]:
    inner = [plan[name] for name in ("inputStage",) if name in plan] + plan.get("inputStages", [])
    return {plan["stage"]}.union(*(stages(stage) for stage in inner))


@pytest.mark.parametrize(
    "actor", [MEMBER, ORGANISATION, STAFF, PUBLIC, OFFICER], ids=lambda a: a.role
)
@pytest.mark.parametrize("chosen", FILTERS, ids=lambda f: "+".join(f) or "all")
@pytest.mark.parametrize("order", ORDERS)
def test_no_list_reads_the_whole_collection(
    store: Proposals, actor: Actor, chosen: dict[str, Any], order: str
) -> None:
    query = queries._query(Call(actor, "c"), store, chosen)
    found = store.aggregates.collection.find(query).sort(ORDERS[order]).limit(21)
    used = stages(found.explain()["queryPlanner"]["winningPlan"])
    assert "COLLSCAN" not in used
    assert used & {"IXSCAN", "EOF", "IDHACK"}


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ({"unit_words": {"$all": ["unit-zjj|供水"]}}, "unit_words given"),
        ({"close_kind": "WITH_RESERVATION"}, "close_kind given"),
        ({"key.state": {"$in": ["SELECTED"]}}, "key.state given"),
        ({"excellent.year": 2017}, "excellent.year given"),
        ({"topic_codes": {"$in": ["ECOLOGY", "WATER"]}}, "topic_codes given"),
        ({"namings.member_id": "m-15-0088"}, "namings.member_id given"),
        ({"assigned_units": "unit-zjj"}, "assigned_units given"),
        (queries._share({"state": {"$in": ["PENDING"]}}, "state"), "assignments.state given"),
        (queries._share({"lateness": {"$in": ["DUE"]}}, "lateness"), "assignments.lateness given"),
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
    in_every_order = f"{index} by {ORDERS[order][0][0]}"
    names = {model.document["name"] for model in INDEXES["proposals"]}
    return in_every_order if in_every_order in names else index


def test_a_proposal_is_in_no_index_of_what_it_does_not_have(store: Proposals) -> None:
    proposal = submitted()
    assert proposal.assignments == []
    row = to_document(proposal, datetime(2017, 2, 6))
    store.aggregates.collection.insert_one(row)
    held = store.aggregates.collection.database.command("validate", "proposals")["keysPerIndex"]
    store.aggregates.collection.delete_one({"_id": row["_id"]})
    given = {name: count for name, count in held.items() if " given" in name}
    assert len(given) == 11 and set(given.values()) == {0}
    assert held["first_proposer by updated_at"] == 1


def test_the_timers_query_is_indexed(store: Proposals) -> None:
    query = {"look_at": {"$gt": datetime(1970, 1, 1), "$lte": datetime(2017, 1, 1)}}
    plan = store.aggregates.collection.find(query).explain()["queryPlanner"]["winningPlan"]
    assert "IXSCAN" in stages(plan)
