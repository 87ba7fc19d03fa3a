"""For each use case after filing a state in which it succeeds: who calls it with what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.proposals import reactions
from services.proposals.commands import handling as units
from services.proposals.commands import judging, replying, returning
from services.proposals.domain.assignments import Mode, ObjectionAbout, UrgingWay
from shared.contracts import sample_event
from tests.unit.proposals.commands import handling as steps
from tests.unit.proposals.commands.scenes import Row, Scene, on
from tests.unit.proposals.commands.world import (
    LEADER,
    LU,
    OFFICER,
    SECOND_OFFICER,
    SHEN,
    STAFF,
    SUPERVISING,
    SYSTEM,
    World,
)


def plan(world: World) -> Scene:
    key = world.filed(world.joint(SHEN))
    return on(key, STAFF, mode=Mode.SOLE, units=steps.SOLE, note="按职责")


def dissolved(world: World) -> str:
    """A case whose only unit has ended without a successor, before the case was filed."""
    key = steps.assigned(world)
    gone = {"organisation_id": "unit-1", "is_active": False}
    told = sample_event("members", "organisation_changed", version=9, replay="r", **gone)
    reactions.note_unit(told, world.desk)
    return key


def late_to_sign(world: World) -> Scene:
    steps.assigned(world)
    world.clock.advance(timedelta(days=10))
    return SYSTEM, {}


def late_to_judge(world: World) -> Scene:
    steps.replied(world)
    world.clock.advance(timedelta(days=30))
    return SYSTEM, {}


def contacted(world: World) -> str:
    return steps.met(world, steps.received(world))


def to_check(world: World, passed: bool = True) -> Scene:
    key = steps.signed(world, steps.received(world))
    given: dict[str, Any] = {"passed": passed, "comment": "请逐条答复", "consent": False}
    return on(key, SUPERVISING, unit_id="unit-1", **given)


OBJECTED = {"about": ObjectionAbout.REPLY, "unit_id": "unit-1", "reason": "第二条未答复"}
UPHELD = {**OBJECTED, "upheld": True, "new_unit_id": None}


def objected(world: World) -> str:
    key = steps.checked(world, steps.received(world))
    return str(world.run(returning.object_to_decision, STAFF, key, **OBJECTED))


HANDLING: dict[str, Row] = {
    "propose_assignment": (
        units.propose_assignment,
        plan,
        "FILED",
        ["proposal_assignment_proposed"],
    ),
    "refuse_assignment": (
        units.refuse_assignment,
        lambda world: on(steps.planned(world), SUPERVISING, reason="应由他局主办"),
        "FILED",
        ["proposal_assignment_refused"],
    ),
    "assign_proposal": (
        units.assign_proposal,
        lambda world: on(steps.planned(world), SUPERVISING, mode=None, units=None),
        "ASSIGNED",
        ["proposal_assigned"],
    ),
    "add_unit": (
        units.add_unit,
        lambda world: on(steps.assigned(world), SUPERVISING, unit_id="unit-2", reason="涉及管网"),
        "ASSIGNED",
        ["assignment_added"],
    ),
    "urge_unit": (
        units.urge_unit,
        lambda world: on(
            steps.assigned(world),
            SUPERVISING,
            unit_id="unit-1",
            way=UrgingWay.PHONE,
            text="请抓紧办理",
        ),
        "ASSIGNED",
        ["assignment_urged"],
    ),
    "replace_dissolved_unit": (
        returning.replace_dissolved_unit,
        lambda world: on(dissolved(world), SUPERVISING, unit_id="unit-1", new_unit_id="unit-2"),
        "ASSIGNED",
        ["assignment_unit_changed"],
    ),
    "propose_swap": (
        units.propose_swap,
        lambda world: on(
            steps.received(world, steps.MAIN_CO), SUPERVISING, unit_id="unit-2", reason="以管网为主"
        ),
        "HANDLING",
        ["assignment_swap_proposed", "assignment_swap_proposed"],
    ),
    "answer_swap": (
        units.answer_swap,
        lambda world: on(steps.half_swapped(world), LEADER, agreed=True, reason=""),
        "HANDLING",
        ["assignment_swap_answered", "assignment_parts_swapped"],
    ),
    "object_to_decision": (
        returning.object_to_decision,
        lambda world: on(steps.checked(world, steps.received(world)), STAFF, **OBJECTED),
        "HANDLING",
        ["assignment_objected"],
    ),
    "answer_objection": (
        returning.answer_objection,
        lambda world: on(objected(world), SUPERVISING, **UPHELD),
        "HANDLING",
        ["assignment_reply_rejected", "assignment_objection_answered"],
    ),
    "receive_assignment": (
        units.receive_assignment,
        lambda world: on(steps.assigned(world), OFFICER),
        "HANDLING",
        ["assignment_received", "proposal_handling_started"],
    ),
    "record_contact": (
        units.record_contact,
        lambda world: on(steps.received(world), OFFICER, **steps.MET),
        "HANDLING",
        ["proposal_contact_recorded"],
    ),
    "confirm_contact": (
        units.confirm_contact,
        lambda world: on(contacted(world), LU, no=1),
        "HANDLING",
        ["proposal_contact_confirmed"],
    ),
    "dispute_contact": (
        units.dispute_contact,
        lambda world: on(contacted(world), LU, no=1, reason="没有见面"),
        "HANDLING",
        ["proposal_contact_disputed"],
    ),
    "give_co_opinion": (
        units.give_co_opinion,
        lambda world: on(steps.received(world, steps.MAIN_CO), SECOND_OFFICER, text="可以接管"),
        "HANDLING",
        ["assignment_co_opinion_given"],
    ),
    "save_reply": (
        replying.save_reply,
        lambda world: on(steps.received(world), OFFICER, **steps.REPLY),
        "HANDLING",
        ["proposal_files_changed"],
    ),
    "request_sign_off": (
        replying.request_sign_off,
        lambda world: on(steps.drafted(world, steps.received(world)), OFFICER),
        "HANDLING",
        ["assignment_sign_off_requested"],
    ),
    "refuse_sign_off": (
        replying.refuse_sign_off,
        lambda world: on(steps.sent_up(world, steps.received(world)), LEADER, comment="请补充"),
        "HANDLING",
        ["assignment_sign_off_refused"],
    ),
    "sign_reply": (
        replying.sign_reply,
        lambda world: on(
            steps.sent_up(world, steps.received(world)), LEADER, signer="赵宏伟", in_charge=True
        ),
        "HANDLING",
        ["assignment_reply_signed"],
    ),
    "check_reply": (replying.check_reply, to_check, "HANDLING", ["assignment_reply_checked"]),
    "deliver_reply": (
        replying.deliver_reply,
        lambda world: on(steps.checked(world, steps.received(world)), OFFICER),
        "REPLIED",
        ["assignment_delivered", "proposal_replied"],
    ),
    "decide_reply_openness": (
        replying.decide_reply_openness,
        lambda world: on(steps.replied(world), STAFF, **steps.IN_FULL),
        "REPLIED",
        ["reply_openness_decided"],
    ),
    "save_evaluation": (
        judging.save_evaluation,
        lambda world: on(steps.replied(world), LU, **steps.form()),
        "REPLIED",
        [],
    ),
    "evaluate_reply": (
        judging.evaluate_reply,
        lambda world: on(steps.replied(world), LU, **steps.form()),
        "CLOSED",
        ["proposal_evaluated", "proposal_closed"],
    ),
}
