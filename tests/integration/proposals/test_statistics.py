"""Figures on a real database: counted once, whatever the order; and by the running service."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.proposals.domain.record import Proposal
from services.proposals.domain.statistics import figures
from services.proposals.domain.tallying import TOTAL, Audience, Grouping
from services.proposals.repository import (
    INDEXES,
    MIGRATIONS,
    OUTBOX,
    PROJECTIONS,
    Figures,
    from_document,
    to_document,
)
from services.proposals.repository.migrations import FORMER_INDEXES
from shared import settings
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.errors import AppError
from shared.ids import new_id
from shared.persistence import Database, connect
from tests.integration.proposals.handling import (
    FORM,
    HYGS,
    SUPERVISING,
    ZJJ,
    Handling,
    filed,
    line,
    officer,
)
from tests.integration.proposals.test_indexes import stages
from tests.unit.proposals import wujiang
from tests.unit.proposals.samples import on
from tests.waiting import eventually
from tests.world import World

NOW = on(2, 6, year=2022)
Rows = dict[str, dict[str, Any]]


@pytest.fixture
def database(mongo_uri: str) -> Iterator[Database]:
    process = settings.read({"MONGO_URI": mongo_uri, "DB_PREFIX": f"test-{new_id()[:8]}-"})
    client = connect(process)
    made = Database(client, "proposals", process)
    made.prepare(INDEXES, projections=PROJECTIONS, outbox=OUTBOX)
    yield made
    client.drop_database(made.db.name)
    client.close()


def put(database: Database, *found: Proposal) -> None:
    """As the service writes them."""
    for proposal in found:
        row = {**to_document(proposal, NOW), "version": proposal.version + 1}
        database.collection("proposals").replace_one({"_id": proposal.id}, row, upsert=True)


def count(database: Database, definitions: int = 1) -> Figures:
    store = Figures(database)
    store.begin(definitions)
    while store.tally():
        pass
    store.serve()
    return store


def shown(store: Figures, by: Grouping = Grouping.TOTAL, period: str = "year:2022") -> Rows:
    return {row["key"]: row["counts"] for row in store.rows(period, Audience.ALL, by)}


def everything(database: Database) -> list[dict[str, Any]]:
    """All rows with what stands in them, noughts aside."""
    rows = database.collection("figures").find({}, {"_id": 0, "generation": 0}).sort("key", 1)
    kept = [{**row, "counts": {k: v for k, v in row["counts"].items() if v}} for row in rows]
    return sorted((row for row in kept if row["counts"]), key=str)


def test_wujiang_2022_comes_out_exactly(database: Database) -> None:
    put(database, *wujiang.proposals())
    store = count(database)
    total = figures(shown(store)[TOTAL])
    assert (total["received"], total["filed"], total["filing_rate"]) == (295, 245, 83.05)
    assert (total["filed_member"], total["filed_collective"]) == (190, 55)
    assert [total[f"class_{c}"] for c in "abcd"] == [238, 3, 4, 0]
    by_rank = [total[f"key_{rank}"] for rank in ("head", "deputy_head", "cppcc_leader")]
    assert (total["key"], by_rank) == (15, [2, 7, 6])
    by_category = {key: row["filed"] for key, row in shown(store, Grouping.CATEGORY).items()}
    assert by_category == {c.value: n for c, n in wujiang.CATEGORIES.items()}
    assert shown(store, Grouping.UNIT)[ZJJ]["replied"] == 245
    assert shown(store, period="session:16-1") == shown(store)


def test_twice_late_and_from_the_beginning_it_is_the_same(database: Database) -> None:
    early = [wujiang.case(n, "NOT_FILED") for n in range(1, 8)]
    late = [wujiang.case(n, "A") for n in range(1, 8)]
    put(database, *early)
    count(database)
    put(database, *late)  # what happened in between was never looked at
    store = count(database)
    standing = everything(database)
    assert shown(store)[TOTAL]["filed"] == 7
    assert shown(store)[TOTAL]["not_filed"] == 0
    put(database, *reversed(late))
    assert everything(database) == standing
    count(database)
    assert everything(database) == standing
    store.recount(1)
    count(database)
    assert everything(database) == standing
    database.collection("tallies").drop()
    database.collection("figures").drop()
    store.recount(1)
    count(database)
    assert everything(database) == standing


def test_two_replicas_count_nothing_twice(database: Database) -> None:
    put(database, *wujiang.proposals())
    Figures(database).begin(1)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: count(database), range(4)))
    assert shown(Figures(database))[TOTAL]["received"] == 295


def test_new_definitions_are_served_when_all_is_counted(database: Database) -> None:
    put(database, *[wujiang.case(n, "A") for n in range(1, 4)])
    store = count(database)
    database.collection("figures").update_many({}, {"$set": {"counts.received": 99}})
    store.begin(2)
    assert shown(store)[TOTAL]["received"] == 99
    store.serve()
    assert shown(store)[TOTAL]["received"] == 99  # not all counted yet
    store = count(database, definitions=2)
    assert shown(store)[TOTAL]["received"] == 3
    generations = database.collection("figures").distinct("generation")
    assert generations == [2]


def test_a_marking_that_was_cut_off_is_done_again(database: Database) -> None:
    put(database, wujiang.case(1, "A"))
    database.collection("figures_state").insert_one(
        {"_id": "state", "definitions": 1, "generation": 1, "marked": False}
    )
    database.collection("proposals").update_many({}, {"$unset": {"untallied": ""}})
    assert shown(count(database))[TOTAL]["received"] == 1


def test_separate_units_are_counted_with_their_own_lines(database: Database) -> None:
    proposal = wujiang.case(1, "A")
    shares = [
        {**row, "unit": unit, "part": "SEPARATE"}
        for row in to_document(proposal, NOW)["assignments"]
        for unit in (ZJJ, "unit-slj")
    ]
    proposal = from_document({**to_document(proposal, NOW), "assignments": shares})
    put(database, proposal)
    key = f"{proposal.id}:1:{proposal.rounds[0].evaluator}"
    database.collection("evaluations").insert_one(
        {
            "_id": key,
            "proposal_id": proposal.id,
            "term": 16,
            "round": 1,
            "evaluator": "m-15-0088",
            "binding": True,
            "saved_at": NOW,
            "form": {
                "lines": [
                    {"unit": ZJJ, "attitude": "SATISFIED", "result": "BASIC"},
                    {"unit": "unit-slj", "attitude": "BASIC", "result": "SATISFIED"},
                ]
            },
        }
    )
    rows = shown(count(database), Grouping.UNIT)
    assert (rows[ZJJ]["result_basic"], rows["unit-slj"]["attitude_basic"]) == (1, 1)
    assert "attitude_basic" not in rows[ZJJ]


def test_one_indexed_query_answers(database: Database) -> None:
    query = {"served": True, "period": "year:2022", "audience": "ALL", "by": "UNIT"}
    found = database.collection("figures").find(query).sort("key", 1)
    plan = found.explain()["queryPlanner"]["winningPlan"]
    assert stages(plan) & {"IXSCAN"} and not stages(plan) & {"COLLSCAN", "SORT"}
    waiting = database.collection("proposals").find({"untallied": True}, {"_id": 1})
    assert "IXSCAN" in stages(waiting.explain()["queryPlanner"]["winningPlan"])


# -- the running service -----------------------------------------------------------------------


def ask(world: World, actor: Actor, by: str = "TOTAL") -> Rows:
    period = {"term": world.term, "session": world.session}
    rows = world.call("proposal_statistics", actor, by=by, **period)
    return {row["key"]: row["figures"] for row in rows}


def settled(world: World) -> Rows:
    waiting = world.stack.db("proposals")["proposals"]
    eventually(lambda: waiting.count_documents({"untallied": True}) == 0)
    state = world.stack.db("proposals")["figures_state"]
    eventually(lambda: _served(state.find_one({"_id": "state"})))
    return {**ask(world, SUPERVISING), **ask(world, SUPERVISING, "UNIT")}


def _served(state: dict[str, Any] | None) -> bool:
    return bool(state) and state is not None and state.get("served") == state["generation"]


def added(before: Rows, after: Rows, key: str) -> dict[str, float]:
    """What came to the row, without rates."""
    former = before.get(key, {})
    return {
        name: value - (former.get(name) or 0)
        for name, value in after[key].items()
        if isinstance(value, int) and value != (former.get(name) or 0)
    }


def test_real_writes_reach_the_figures_and_grades_only_with_closing(world: World) -> None:
    lu = world.members["陆晓芸"]
    before = settled(world)
    case: Handling = filed(world, lu)
    received = {"received": 1, "plenary": 1, "filed": 1, "filed_member": 1}
    after = settled(world)
    assert added(before, after, TOTAL) == received
    case.assign()
    case.delivered()
    replied = {"assigned": 1, "replied": 1, "on_time": 1, "contacted": 1, "class_a": 1}
    answered = {"answers": 3, "adopted": 2, "partly": 1}
    after = settled(world)
    assert added(before, after, TOTAL) == {**received, **replied, **answered}
    assert added(before, after, ZJJ) == {**replied, **answered}
    judged = {**FORM, "lines": [line(ZJJ, "BASIC")]}
    case.do("evaluate_reply", lu, **judged)
    graded = {"closed": 1, "evaluated": 1, "attitude_satisfied": 1, "result_basic": 1}
    assert added(before, settled(world), ZJJ) == {**replied, **answered, **graded}


def test_who_is_answered(world: World) -> None:
    lu = world.members["陆晓芸"]
    for unit in (ZJJ, HYGS):
        filed(world, lu).assign(**{unit: "SOLE"})
    settled(world)
    assert ask(world, SUPERVISING, "UNIT").keys() >= {ZJJ, HYGS}
    assert ask(world, officer(ZJJ), "UNIT").keys() == {ZJJ}
    for actor, by in (
        (officer(ZJJ), "CATEGORY"),
        (PUBLIC_ACTOR, "UNIT"),
        (lu, "SECTOR"),
        (Actor("account-admin", Role.SYSTEM_ADMIN), "TOTAL"),
    ):
        with pytest.raises(AppError) as caught:
            ask(world, actor, by)
        assert caught.value.code in {"FORBIDDEN", "UNAUTHENTICATED"}
    assert ask(world, PUBLIC_ACTOR)[TOTAL]["received"] is None


def test_indexes_that_others_took_the_place_of_are_dropped(database: Database) -> None:
    proposals = database.collection("proposals")
    proposals.create_index([("words", 1), ("updated_at", -1), ("_id", 1)])
    assert FORMER_INDEXES[3] in proposals.index_information()
    database.prepare(INDEXES, migrations=MIGRATIONS, projections=PROJECTIONS, outbox=OUTBOX)
    assert not set(FORMER_INDEXES) & set(proposals.index_information())
