"""Every list query is served by an index, for every filter and several kinds of viewers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from services.proposals import queries
from services.proposals.domain.assignments import Lateness
from services.proposals.domain.honour_records import KeyState
from services.proposals.domain.kinds import ProposerType
from services.proposals.domain.states import Category, Mark, State
from services.proposals.repository import INDEXES, ORDERS, OUTBOX, PROJECTIONS, Proposals
from shared import settings
from shared.actor import Actor, Role
from shared.call import Call
from shared.ids import new_id
from shared.persistence import Database, connect

MEMBER = Actor("a", Role.MEMBER, {}, "p", "m-15-0088")
ORGANISATION = Actor("a", Role.ORG_STAFF, {"organisation": "org-minjian"})
STAFF = Actor("a", Role.PROPOSAL_STAFF)
PUBLIC = Actor(None, Role.PUBLIC)

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


@pytest.mark.parametrize("actor", [MEMBER, ORGANISATION, STAFF, PUBLIC], ids=lambda a: a.role)
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


def test_the_timers_query_is_indexed(store: Proposals) -> None:
    query = {"look_at": {"$gt": datetime(1970, 1, 1), "$lte": datetime(2017, 1, 1)}}
    plan = store.aggregates.collection.find(query).explain()["queryPlanner"]["winningPlan"]
    assert "IXSCAN" in stages(plan)
