"""Whose case it is: the supervising office of the main unit's side (decisions 45, 57)."""

from __future__ import annotations

from typing import Any

import pytest

from services.proposals import reactions
from services.proposals.commands import handling, returning
from services.proposals.domain import errors
from services.proposals.domain.assignments import Mode
from services.proposals.queries import proposals as queries
from shared.actor import Actor, Role
from shared.contracts import sample_event
from tests.unit.proposals.commands.handling import assigned, planned, received, replied
from tests.unit.proposals.commands.world import (
    STAFF,
    SUPERVISING,
    World,
    ask,
    staff,
)

PARTY = staff("party-office", Role.SUPERVISING_OFFICE, side="PARTY")
GOVERNMENT = staff("government-office", Role.SUPERVISING_OFFICE, side="GOVERNMENT")


def organisation(world: World, id: str, version: int, **changes: Any) -> None:
    said: dict[str, Any] = {"organisation_id": id, "side": "GOVERNMENT", **changes}
    told = sample_event("members", "organisation_changed", subject=id, version=version, **said)
    reactions.note_unit(told, world.desk)


@pytest.fixture(autouse=True)
def _sides(world: World) -> None:
    organisation(world, "unit-1", 2)
    organisation(world, "unit-2", 2, side="PARTY")


def assign(world: World, key: str, actor: Actor) -> None:
    world.run(handling.assign_proposal, actor, key, None, None)


def test_an_office_decides_on_its_own_sides_cases(world: World) -> None:
    key = planned(world)
    with pytest.raises(errors.OtherSide):
        assign(world, key, PARTY)
    assign(world, key, GOVERNMENT)
    assert world.proposal(key).side == "GOVERNMENT"
    assert world.proposals.events[-1][1]["side"] == "GOVERNMENT"
    with pytest.raises(errors.OtherSide):
        world.run(handling.add_unit, PARTY, key, "unit-2", "涉及宣传")
    world.run(handling.add_unit, SUPERVISING, key, "unit-2", "涉及宣传")  # acts for both


def test_the_work_list_is_ones_own_sides(world: World) -> None:
    key = assigned(world)

    def listed(actor: Actor) -> list[str]:
        asked = {"assignment_states": [world.proposal(key).assignments[0].state]}
        page = ask(world, queries.list_proposals, actor, asked, "UPDATED", 9, None, None)
        return [row["id"] for row in page["rows"]]

    assert (listed(GOVERNMENT), listed(SUPERVISING), listed(PARTY)) == ([key], [key], [])


def test_who_may_not_handle_is_not_assigned(world: World) -> None:
    organisation(world, "sch-1", 1, kind="SCHOOL", may_handle=False)
    key = world.filed()
    for unit, refusal in (("sch-1", errors.UnitMayNotHandle), ("unit-9", errors.UnitUnknown)):
        with pytest.raises(refusal) as refused:
            world.run(
                handling.propose_assignment,
                STAFF,
                key,
                Mode.SOLE,
                [{"unit_id": unit, "part": "SOLE"}],
                "",
            )
        assert refused.value.details == {"units": [unit]}
    organisation(world, "sch-1", 2, kind="SCHOOL", may_handle=True)
    tasks = [{"unit_id": "sch-1", "part": "SOLE"}]
    world.run(handling.propose_assignment, STAFF, key, Mode.SOLE, tasks, "")


def test_what_a_dissolved_unit_owes_is_given_to_another(world: World) -> None:
    key = received(world)
    for _ in range(2):
        organisation(world, "unit-1", 3, is_active=False)
    assert world.events()[-1:] == ["assignment_unit_dissolved"]
    assert world.events().count("assignment_unit_dissolved") == 1
    with pytest.raises(errors.UnitInBeing):
        world.run(returning.replace_dissolved_unit, STAFF, key, "unit-2", "unit-3")
    with pytest.raises(errors.UnitUnknown):
        world.run(returning.replace_dissolved_unit, STAFF, key, "unit-1", "unit-1")
    with pytest.raises(errors.OtherSide):
        world.run(returning.replace_dissolved_unit, PARTY, key, "unit-1", "unit-2")
    world.run(returning.replace_dissolved_unit, STAFF, key, "unit-1", "unit-2")
    [share] = world.proposal(key).assignments
    assert (share.unit, share.former_units) == ("unit-2", ("unit-1",))
    assert world.proposal(key).side == "PARTY"
    with pytest.raises(errors.NoAssignment):
        world.run(returning.replace_dissolved_unit, STAFF, key, "unit-1", "unit-3")


def test_a_case_with_nothing_owed_by_the_unit_is_left_alone(world: World) -> None:
    replied(world)
    organisation(world, "unit-1", 3, is_active=False)
    assert "assignment_unit_dissolved" not in world.events()
