"""Work across cases: which shares and promises whom is shown (8.1, 8.8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.proposals.commands import handling, returning
from services.proposals.domain.assignments import AssignmentState, UrgingWay
from services.proposals.domain.evaluation import Grade
from services.proposals.domain.labels import WorklistOrder
from services.proposals.domain.replies import CommitmentStatus
from services.proposals.domain.tallying import Audience, Grouping
from services.proposals.queries import worklists
from shared.actor import Actor, Role
from shared.call import Call
from shared.contracts.sides import Side
from shared.errors import Forbidden, Unauthenticated
from tests.unit.proposals.commands import handling as steps
from tests.unit.proposals.commands.world import (
    DIRECTOR,
    LU,
    OFFICE,
    OFFICER,
    OTHER_OFFICER,
    SECOND_OFFICER,
    STAFF,
    START,
    SUPERVISING,
    VISITOR,
    World,
    id_of,
    staff,
)

Row = dict[str, Any]


def listed(
    world: World, actor: Actor, what: str = "assignments", order_by: str = "DUE", **filter: Any
) -> list[tuple[str, str]]:
    """(proposal, unit) of each row."""
    call = Call(actor, "c")
    read, count = (getattr(worklists, f"{verb}_{what}") for verb in ("list", "count"))
    page = read(call, world.desk, filter=filter, order_by=order_by, first=20, after=None)
    assert count(call, world.desk, filter=filter) == len(page["rows"])
    return [(row["proposal_id"], row["unit"]) for row in page["rows"]]


@pytest.fixture
def cases(world: World) -> list[str]:
    """Assigned to both units on three days."""
    found = []
    for units in (steps.MAIN_CO, steps.SEPARATE, steps.SOLE):
        found.append(steps.assigned(world, units))
        world.clock.advance(timedelta(days=1))
    return found


def test_each_share_is_a_row_in_the_order_of_its_day(world: World, cases: list[str]) -> None:
    main, separate, sole = cases
    rows = [
        (main, "unit-2"),  # an opinion, within a month
        (main, "unit-1"),
        (separate, "unit-1"),
        (separate, "unit-2"),
        (sole, "unit-1"),
    ]
    for viewer in (STAFF, DIRECTOR, SUPERVISING):
        found = listed(world, viewer)
        assert [found[0], found[1], found[4]] == [rows[0], rows[1], rows[4]]
        assert set(found) == set(rows)
        assert listed(world, viewer, order_by="DUE_DESC") == found[::-1]
    assert listed(world, OFFICER) == [rows[1], rows[2], rows[4]]
    assert listed(world, SECOND_OFFICER) == [rows[0], rows[3]]
    assert listed(world, OTHER_OFFICER) == []
    assert listed(world, OFFICER, unit_id="unit-2") == []
    assert listed(world, STAFF, unit_id="unit-2") == [rows[0], rows[3]]
    assert listed(world, staff("homeless", Role.UNIT_OFFICER)) == []


def test_each_filter_narrows_the_list(world: World, cases: list[str]) -> None:
    main, separate, sole = cases
    world.run(handling.receive_assignment, OFFICER, sole)
    world.run(returning.request_return, SECOND_OFFICER, separate, "职责不符")
    asked = (START + timedelta(days=120)).date()
    world.run(returning.request_extension, OFFICER, sole, asked, "尚在论证")
    chosen: list[tuple[Row, set[tuple[str, str]]]] = [
        ({"states": [AssignmentState.RECEIVED]}, {(sole, "unit-1")}),
        ({"return_open": True}, {(separate, "unit-2")}),
        ({"extension_open": True}, {(sole, "unit-1")}),
        ({"extension_open": False, "unit_id": "unit-1"}, {(main, "unit-1"), (separate, "unit-1")}),
        ({"due_before": START + timedelta(days=40)}, {(main, "unit-2")}),
        ({"late": True}, set()),
        ({"term": 14}, set()),
    ]
    for filter, wanted in chosen:
        assert set(listed(world, SUPERVISING, **filter)) == wanted, filter
    assert len(listed(world, SUPERVISING, late=False, term=15)) == 5
    world.clock.advance(timedelta(days=30))  # by the clock, whether an alarm has gone off or not
    assert listed(world, SUPERVISING, late=True) == [(main, "unit-2")]
    assert len(listed(world, SUPERVISING, late=False)) == 4


def test_what_is_done_is_neither_late_nor_due(world: World) -> None:
    done = steps.replied(world)
    world.clock.advance(timedelta(days=200))
    assert listed(world, STAFF) == [(done, "unit-1")]
    for filter in ({"late": True}, {"late": False}, {"due_before": world.clock.now()}):
        assert listed(world, STAFF, **filter) == []


def test_a_share_that_was_handed_back_is_its_new_units(world: World) -> None:
    key = steps.assigned(world)
    world.run(returning.request_return, OFFICER, key, "职责不符")
    world.run(returning.decide_return, SUPERVISING, key, "unit-1", True, "unit-2", "改由")
    assert listed(world, SUPERVISING) == [(key, "unit-2")]
    assert listed(world, OFFICER) == []


def test_the_log_of_urgings_is_for_units_and_offices(world: World) -> None:
    key = steps.assigned(world)
    world.run(handling.urge_unit, SUPERVISING, key, "unit-1", UrgingWay.PHONE, "请抓紧")
    page = worklists.list_assignments(
        Call(OFFICER, "c"), world.desk, filter={}, order_by=WorklistOrder.DUE, first=20, after=None
    )
    [[urging]] = [row["urgings"] for row in page["rows"]]
    assert (urging["way"], urging["text"]) == ("PHONE", "请抓紧")
    assert (urging["role"], urging["at"]) == ("SUPERVISING_OFFICE", START)


READ = {"filter": {}, "order_by": "DUE", "first": 20, "after": None}
OPERATIONS: dict[str, tuple[Row, set[Role]]] = {
    "list_assignments": (READ, set(worklists.CONCERNED)),
    "count_assignments": ({"filter": {}}, set(worklists.CONCERNED)),
    "list_commitments": (READ, set(worklists.READERS)),
    "count_commitments": ({"filter": {}}, set(worklists.READERS)),
    "unit_board": ({"days": 15, "term": None}, set(worklists.CONCERNED)),
}


def test_who_is_concerned() -> None:
    units = {Role.UNIT_OFFICER, Role.UNIT_LEADER}
    committee = {Role.PROPOSAL_STAFF, Role.PROPOSAL_DIRECTOR}
    assert set(worklists.CONCERNED) == units | committee | {Role.SUPERVISING_OFFICE}
    assert {Role.MEMBER, Role.PUBLIC, Role.ORG_STAFF, Role.SYSTEM_ADMIN}.isdisjoint(
        worklists.READERS
    )


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_role_and_list(world: World, name: str, role: Role) -> None:
    given, allowed = OPERATIONS[name]
    call = Call(Actor("account-1", role, {"unit": "unit-1"}), "c")
    if role in allowed:
        found = getattr(worklists, name)(call, with_figures(world), **given)
        assert found in ([], 0, {"rows": [], "has_next": False})
    else:
        with pytest.raises(Unauthenticated if role is Role.PUBLIC else Forbidden):
            getattr(worklists, name)(call, with_figures(world), **given)


# -- promises ------------------------------------------------------------------------------


def test_promises_across_cases(world: World) -> None:
    early = {"commitments": [{"text": "完成一期", "due_on": date(2017, 6, 30)}]}
    late = steps.replied(world, **steps.PROMISED)
    soon = steps.replied(world, doc_no="吴水提复〔2017〕6号", **{**steps.PROMISED, **early})
    both = [(soon, "unit-1"), (late, "unit-1")]
    for viewer in (STAFF, SUPERVISING, OFFICE, OFFICER):
        assert listed(world, viewer, "commitments") == both
        assert listed(world, viewer, "commitments", "DUE_DESC") == both[::-1]
    assert listed(world, SECOND_OFFICER, "commitments") == []
    chosen: list[tuple[Row, list[tuple[str, str]]]] = [
        ({"due_before": date(2017, 7, 1)}, both[:1]),
        ({"due_before": date(2017, 6, 30)}, []),
        ({"status": CommitmentStatus.OPEN}, both),
        ({"status": CommitmentStatus.MET}, []),
        ({"claimed": True}, []),
        ({"claimed": False, "unit_id": "unit-1"}, both),
        ({"unit_id": "unit-2"}, []),
    ]
    for filter, wanted in chosen:
        assert listed(world, STAFF, "commitments", **filter) == wanted, filter
    former = Actor("a", Role.CHAIR_COUNCIL, {"former": "true"}, "p", id_of(LU))
    assert listed(world, former, "commitments") == []


# -- the board -----------------------------------------------------------------------------


class Dissatisfied:
    """Figures by unit; notes what was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Audience, Grouping, str | None]] = []

    def rows(
        self, period: str, audience: Audience, by: Grouping, key: str | None = None
    ) -> list[Row]:
        self.asked.append((period, audience, by, key))
        found = {"unit-1": {"assigned": 3, "result_dissatisfied": 2}, "unit-3": {"assigned": 1}}
        return [{"key": k, "counts": c} for k, c in found.items() if key in (None, k)]


def with_figures(world: World, figures: Any = None) -> Any:
    class Desk:
        tallies = figures or type("None_", (), {"rows": lambda *_: []})()

        def __getattr__(self, name: str) -> Any:
            return getattr(world.desk, name)

    return Desk()


def board(world: World, actor: Actor, figures: Dissatisfied | None = None) -> dict[str, Row]:
    desk = with_figures(world, figures or Dissatisfied())
    rows = worklists.unit_board(Call(actor, "c"), desk, days=15, term=None)
    return {row["unit"]: row for row in rows}


def test_a_unit_sees_its_own_row_and_the_offices_all(world: World, cases: list[str]) -> None:
    assert cases
    for viewer in (STAFF, DIRECTOR, SUPERVISING):
        found = board(world, viewer)
        assert {unit: row["open"] for unit, row in found.items()} == {"unit-1": 3, "unit-2": 2}
    assert [(row["unit"], row["open"]) for row in board(world, OFFICER).values()] == [("unit-1", 3)]
    assert board(world, OTHER_OFFICER) == {}
    with pytest.raises(Unauthenticated):
        board(world, VISITOR)


def test_the_board_counts_grades_as_the_figures_do(world: World) -> None:
    """V20: what is not closed is in no figure, so nobody learns a grade from the board."""
    key = steps.replied(world)
    steps.evaluate(world, key, result=Grade.DISSATISFIED)
    figures = Dissatisfied()
    assert {u: r["dissatisfied"] for u, r in board(world, STAFF, figures).items()} == {"unit-1": 2}
    board(world, OFFICER, figures)
    assert figures.asked == [
        ("term:15", Audience.ALL, Grouping.UNIT, None),
        ("term:15", Audience.ALL, Grouping.UNIT, "unit-1"),
    ]


def test_an_office_of_one_side_sees_that_sides_work(world: World) -> None:
    """Decision 45; what is on neither side is both offices'."""
    kept = {
        key: dict(world.directory.units[key]) | {"side": side}
        for key, side in (("unit-1", "PARTY"), ("unit-2", "GOVERNMENT"))
    }
    for key, row in kept.items():
        world.directory.note_unit(key, 9, row)
    party = steps.assigned(world, steps.MAIN_CO)  # the side is the main unit's
    neither = steps.assigned(world, [{"unit_id": "unit-3", "part": "SOLE"}])
    both = {(party, "unit-1"), (party, "unit-2"), (neither, "unit-3")}
    offices = {side: replace(SUPERVISING, scope={"side": side}) for side in Side}
    assert set(listed(world, SUPERVISING)) == set(listed(world, offices[Side.PARTY])) == both
    assert listed(world, offices[Side.GOVERNMENT]) == [(neither, "unit-3")]
    assert set(listed(world, STAFF, side=Side.PARTY)) == both - {(neither, "unit-3")}
    assert listed(world, STAFF, side=Side.GOVERNMENT) == []
    assert listed(world, offices[Side.GOVERNMENT], side=Side.PARTY) == []
    shown = {
        side: {unit for unit, row in board(world, office).items() if row["open"]}
        for side, office in offices.items()
    }
    assert shown == {Side.PARTY: {"unit-1", "unit-2", "unit-3"}, Side.GOVERNMENT: {"unit-3"}}
