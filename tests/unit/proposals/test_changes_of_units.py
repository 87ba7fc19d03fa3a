"""Decision 54: units change places with consent; the proposal committee objects once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.proposals.commands import handling, replying, returning
from services.proposals.domain.assignments import AssignmentState as A
from services.proposals.domain.assignments import ObjectionAbout, Part
from shared.errors import DomainError, NotFound
from tests.unit.proposals.commands import handling as steps
from tests.unit.proposals.commands.handling_scenes import UPHELD, objected
from tests.unit.proposals.commands.world import (
    LEADER,
    OFFICER,
    OTHER_LEADER,
    OTHER_OFFICER,
    SECOND_LEADER,
    SECOND_OFFICER,
    STAFF,
    SUPERVISING,
    World,
    row_of,
)

RETURN, REPLY = ObjectionAbout.RETURN, ObjectionAbout.REPLY


def code(caught: pytest.ExceptionInfo[DomainError]) -> tuple[str, str | None]:
    return caught.value.code, caught.value.field


def parts(world: World, key: str) -> dict[str, Part]:
    return {a.unit: a.part for a in world.proposal(key).assignments if a.standing}


# -- changing places -----------------------------------------------------------------------


def test_with_the_consent_of_both_the_parts_change_and_the_due_date_with_them() -> None:
    world = World()
    key = steps.half_swapped(world)
    due = world.proposal(key).assignment_of("unit-1").due_at
    assert parts(world, key) == {"unit-1": Part.MAIN, "unit-2": Part.CO}
    world.clock.advance(timedelta(days=3))
    world.run(handling.answer_swap, LEADER, key, True, "")
    assert parts(world, key) == {"unit-1": Part.CO, "unit-2": Part.MAIN}
    proposal = world.proposal(key)
    former, main = proposal.assignment_of("unit-1"), proposal.assignment_of("unit-2")
    assert (main.due_at, proposal.due_at) == (due, due)
    assert former.due_at.isoformat() == "2017-03-09T09:00:00+08:00"  # its own month (DL4)
    steps.delivered(world, key, "unit-2")
    assert world.proposal(key).state == "REPLIED"


def test_a_draft_of_the_former_main_unit_is_no_reply() -> None:
    world = World()
    key = steps.received(world, steps.MAIN_CO)
    steps.drafted(world, key)
    steps.swap_asked(world, key)
    for leader in (LEADER, SECOND_LEADER):
        world.run(handling.answer_swap, leader, key, True, "")
    steps.delivered(world, key, "unit-2")
    [replied] = [data for name, data in world.proposals.events if name == "proposal_replied"]
    assert replied["units"] == ["unit-2"]
    world.run(handling.give_co_opinion, OFFICER, key, "可以接管")


def test_an_opinion_that_was_given_does_not_keep_a_unit_from_replying() -> None:
    world = World()
    key = steps.received(world, steps.MAIN_CO)
    world.run(handling.give_co_opinion, SECOND_OFFICER, key, "可以接管")
    steps.swap_asked(world, key)
    for leader in (LEADER, SECOND_LEADER):
        world.run(handling.answer_swap, leader, key, True, "")
    share = world.proposal(key).assignment_of("unit-2")
    assert share.state is A.WORKING and share.opinion is not None


def test_the_case_is_handled_once_its_main_unit_has_signed() -> None:
    world = World()
    key = steps.assigned(world, steps.MAIN_CO)
    world.run(handling.receive_assignment, SECOND_OFFICER, key)
    assert world.proposal(key).state == "ASSIGNED"
    steps.swap_asked(world, key)
    for leader in (LEADER, SECOND_LEADER):
        world.run(handling.answer_swap, leader, key, True, "")
    assert world.proposal(key).state == "HANDLING"


def test_one_refusal_ends_it_and_it_may_be_asked_anew() -> None:
    world = World()
    key = steps.swap_asked(world)
    with pytest.raises(DomainError) as caught:
        world.run(handling.answer_swap, LEADER, key, False, "")
    assert code(caught) == ("REASON_MISSING", "reason")
    world.run(handling.answer_swap, LEADER, key, False, "职责在我局")
    with pytest.raises(DomainError) as caught:
        world.run(handling.answer_swap, SECOND_LEADER, key, True, "")
    assert code(caught)[0] == "NO_SWAP"
    assert parts(world, key)["unit-1"] is Part.MAIN
    steps.swap_asked(world, key)


def test_who_is_not_asked_answers_nothing() -> None:
    world = World()
    key = steps.swap_asked(world)
    with pytest.raises(NotFound):
        world.run(handling.answer_swap, OTHER_LEADER, key, True, "")
    world.run(handling.answer_swap, LEADER, key, True, "")
    with pytest.raises(DomainError) as caught:
        world.run(handling.answer_swap, LEADER, key, True, "")
    assert code(caught)[0] == "NO_SWAP"


def test_what_does_not_fit_is_refused() -> None:
    world = World()
    key = steps.received(world, steps.MAIN_CO)
    with pytest.raises(DomainError) as caught:  # it is the main unit already
        world.run(handling.propose_swap, SUPERVISING, key, "unit-1", "调整")
    assert code(caught) == ("SWAP_UNFIT", "unitId")
    steps.swap_asked(world, key)
    with pytest.raises(DomainError) as caught:
        steps.swap_asked(world, key)
    assert code(caught)[0] == "SWAP_OPEN"
    steps.sent_up(world, key)  # a reply is on its way
    world.run(handling.answer_swap, SECOND_LEADER, key, True, "")
    with pytest.raises(DomainError) as caught:
        world.run(handling.answer_swap, LEADER, key, True, "")
    assert code(caught) == ("SWAP_UNFIT", "unitId")
    sole = steps.received(world)
    with pytest.raises(DomainError) as caught:
        world.run(handling.propose_swap, SUPERVISING, sole, "unit-1", "调整")
    assert code(caught) == ("SWAP_UNFIT", "unitId")


# -- objections ----------------------------------------------------------------------------


def object_to(world: World, key: str, about: ObjectionAbout, unit: str = "unit-1") -> None:
    world.run(returning.object_to_decision, STAFF, key, about, unit, "不妥")


def answer(world: World, key: str, about: ObjectionAbout, **changes: Any) -> None:
    given = {"unit_id": "unit-1", "upheld": False, "new_unit_id": None, "reason": "经研究"}
    world.run(returning.answer_objection, SUPERVISING, key, about=about, **{**given, **changes})


def test_a_reply_that_is_objected_to_is_not_delivered_before_the_answer() -> None:
    world = World()
    key = objected(world)
    with pytest.raises(DomainError) as caught:
        world.run(replying.deliver_reply, OFFICER, key)
    assert code(caught)[0] == "OBJECTION_OPEN"
    answer(world, key, REPLY)
    world.run(replying.deliver_reply, OFFICER, key)
    assert world.proposal(key).state == "REPLIED"


def test_upheld_the_reply_is_redone_and_not_objected_to_again() -> None:
    world = World()
    key = objected(world)
    world.run(returning.answer_objection, SUPERVISING, key, **UPHELD)
    assert world.proposal(key).assignment_of("unit-1").state is A.REPLY_REJECTED
    [shown] = row_of(world, key, OFFICER)["objections"]
    assert (shown["upheld"], shown["answer"]) == (True, "第二条未答复")
    world.run(replying.request_sign_off, OFFICER, key)
    steps.check(world, steps.sign(world, key))
    with pytest.raises(DomainError) as caught:
        object_to(world, key, REPLY)
    assert code(caught)[0] == "OBJECTED_BEFORE"


def test_a_reply_sent_back_for_another_reason_leaves_no_objection_open() -> None:
    world = World()
    key = objected(world)
    steps.check(world, key, passed=False)
    [objection] = world.proposal(key).objections
    assert (objection.upheld, objection.answer) == (True, "请逐条答复")


@pytest.mark.parametrize("stage", [steps.received, lambda w: steps.signed(w, steps.received(w))])
def test_what_has_not_passed_is_not_objected_to(stage: Any) -> None:
    world = World()
    key = stage(world)
    for about in ObjectionAbout:
        with pytest.raises(DomainError) as caught:
            object_to(world, key, about)
        assert code(caught)[0] == "NOT_OBJECTABLE"


def decided(world: World, new_unit: str | None) -> str:
    """unit-1 has asked to hand it back; refused without a new unit."""
    key = steps.received(world)
    world.run(returning.request_return, OFFICER, key, "不属本单位职责")
    accepted = new_unit is not None
    given = ("unit-1", accepted, new_unit, "按职责")
    return str(world.run(returning.decide_return, SUPERVISING, key, *given))


def test_upheld_a_refused_return_goes_to_another_unit_which_is_bound() -> None:
    world = World()
    key = decided(world, None)
    object_to(world, key, RETURN)
    for unit in (None, "unit-1"):
        with pytest.raises(DomainError) as caught:
            answer(world, key, RETURN, upheld=True, new_unit_id=unit)
        assert code(caught)[1] == "newUnitId"
    answer(world, key, RETURN, upheld=True, new_unit_id="unit-3")
    assert list(parts(world, key)) == ["unit-3"]
    assert world.proposal(key).assignment_of("unit-3").bound
    world.run(handling.receive_assignment, OTHER_OFFICER, key)


def test_upheld_an_accepted_return_goes_back() -> None:
    world = World()
    key = decided(world, "unit-3")
    object_to(world, key, RETURN)
    answer(world, key, RETURN, upheld=True, new_unit_id="unit-1")
    assert list(parts(world, key)) == ["unit-1"]
    share = world.proposal(key).assignment_of("unit-1")
    assert (share.state, share.no, share.bound) == (A.PENDING, 3, True)


def test_not_upheld_the_decision_stands_and_is_objected_to_once() -> None:
    world = World()
    key = decided(world, "unit-3")
    object_to(world, key, RETURN)
    answer(world, key, RETURN)
    assert list(parts(world, key)) == ["unit-3"]
    with pytest.raises(DomainError) as caught:
        object_to(world, key, RETURN)
    assert code(caught)[0] == "OBJECTED_BEFORE"
    with pytest.raises(DomainError) as caught:
        answer(world, key, RETURN)
    assert code(caught)[0] == "NO_OBJECTION"


def test_once_a_unit_is_at_work_there_is_no_objecting_to_who_it_is() -> None:
    world = World()
    key = decided(world, None)
    steps.met(world, key)
    with pytest.raises(DomainError) as caught:
        object_to(world, key, RETURN)
    assert code(caught)[0] == "NOT_OBJECTABLE"
