"""A filed proposal on its way through the units: each step by whom it is for."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from services.proposals.commands import handling, judging, replying, returning, tracking
from services.proposals.domain import errors
from services.proposals.domain.assignments import Mode
from services.proposals.domain.evaluation import Grade, HeardBy, Pertinence
from services.proposals.domain.replies import ReplyOpenness
from services.proposals.domain.rounds import ContactWay
from shared.actor import Actor
from shared.clock import SHANGHAI
from tests.unit.proposals.commands.world import (
    LEADER,
    LU,
    OFFICER,
    SECOND_LEADER,
    SECOND_OFFICER,
    SHEN,
    STAFF,
    SUPERVISING,
    SYSTEM,
    World,
)

SOLE = [{"unit_id": "unit-1", "part": "SOLE"}]
MAIN_CO = [{"unit_id": "unit-1", "part": "MAIN"}, {"unit_id": "unit-2", "part": "CO"}]
SEPARATE = [{"unit_id": "unit-1", "part": "SEPARATE"}, {"unit_id": "unit-2", "part": "SEPARATE"}]
PEOPLE = {"unit-1": (OFFICER, LEADER), "unit-2": (SECOND_OFFICER, SECOND_LEADER)}
MET: dict[str, Any] = {
    "held_on": date(2017, 2, 6),
    "way": ContactWay.VISIT,
    "reached": True,
    "people": "孙燕",
    "content": "现场查看",
}
REPLY: dict[str, Any] = {
    "doc_no": "吴水提复〔2017〕5号",
    "result_class": "A",
    "body": "现答复如下。",
    "measures": "",
    "answers": [
        {"suggestion": 1, "adoption": "ADOPTED", "note": ""},
        {"suggestion": 2, "adoption": "PARTLY", "note": "先行试点"},
    ],
    "commitments": [],
    "reason": "",
    "proof": ["file-proof"],
    "outcomes": [],
    "contact_person": "孙燕",
    "contact_phone": "0512-63000000",
}
IN_FULL: dict[str, Any] = {
    "unit_id": "unit-1",
    "round": 1,
    "openness": ReplyOpenness.FULL,
    "summary": "",
    "reason": "",
}
PROMISED: dict[str, Any] = {
    "result_class": "B",
    "commitments": [{"text": "全部完工", "due_on": date(2017, 10, 31)}],
}
GOOD, FAIR, BAD = Grade.SATISFIED, Grade.BASIC, Grade.DISSATISFIED
FORM: dict[str, Any] = {
    "heard_by": HeardBy.VISIT,
    "visited": True,
    "pertinence": Pertinence.YES,
    "leader_replied": True,
    "comment": "",
    "reason": "没有资金安排",
}


def form(result: Grade = GOOD, **changes: Any) -> dict[str, Any]:
    """A whole form about unit-1."""
    lines = [{"unit_id": "unit-1", "attitude": GOOD, "result": result}]
    return {**FORM, "lines": lines, **changes}


def planned(world: World, units: list[dict[str, str]] = SOLE, key: str | None = None) -> str:
    """With SHEN as co-signer, unless the proposal is given."""
    where = key or world.filed(world.joint(SHEN))
    mode = {"SOLE": Mode.SOLE, "MAIN": Mode.MAIN_CO}.get(units[0]["part"], Mode.SEPARATE)
    world.run(handling.propose_assignment, STAFF, where, mode, units, "按职责")
    return where


def assigned(world: World, units: list[dict[str, str]] = SOLE, key: str | None = None) -> str:
    return str(
        world.run(handling.assign_proposal, SUPERVISING, planned(world, units, key), None, None)
    )


def received(world: World, units: list[dict[str, str]] = SOLE, key: str | None = None) -> str:
    """By all of its units."""
    where = assigned(world, units, key)
    for row in units:
        world.run(handling.receive_assignment, PEOPLE[row["unit_id"]][0], where)
    return where


def swap_asked(world: World, key: str | None = None) -> str:
    """unit-2, which co-handles, is to be the main unit."""
    where = key or received(world, MAIN_CO)
    return str(world.run(handling.propose_swap, SUPERVISING, where, "unit-2", "以管网为主"))


def half_swapped(world: World) -> str:
    """unit-2 has agreed."""
    return str(world.run(handling.answer_swap, SECOND_LEADER, swap_asked(world), True, ""))


def met(world: World, key: str, unit: str = "unit-1", **changes: Any) -> str:
    return str(world.run(handling.record_contact, PEOPLE[unit][0], key, **{**MET, **changes}))


def drafted(world: World, key: str, unit: str = "unit-1", **changes: Any) -> str:
    met(world, key, unit)
    number = REPLY["doc_no"] if unit == "unit-1" else "吴建提复〔2017〕5号"
    content = {**REPLY, "doc_no": number, **changes}
    return str(world.run(replying.save_reply, PEOPLE[unit][0], key, **content))


def sent_up(world: World, key: str, unit: str = "unit-1", **changes: Any) -> str:
    where = drafted(world, key, unit, **changes)
    return str(world.run(replying.request_sign_off, PEOPLE[unit][0], where))


def sign(world: World, key: str, unit: str = "unit-1") -> str:
    return str(world.run(replying.sign_reply, PEOPLE[unit][1], key, "赵宏伟", True))


def check(world: World, key: str, passed: bool = True, unit: str = "unit-1") -> str:
    comment = "" if passed else "请逐条答复"
    return str(world.run(replying.check_reply, SUPERVISING, key, unit, passed, comment, False))


def signed(world: World, key: str, unit: str = "unit-1", **changes: Any) -> str:
    return sign(world, sent_up(world, key, unit, **changes), unit)


def checked(world: World, key: str, unit: str = "unit-1", **changes: Any) -> str:
    return check(world, signed(world, key, unit, **changes), unit=unit)


def delivered(world: World, key: str, unit: str = "unit-1", **changes: Any) -> str:
    where = checked(world, key, unit, **changes)
    return str(world.run(replying.deliver_reply, PEOPLE[unit][0], where))


def opened(world: World, key: str, **changes: Any) -> str:
    """The public sees the reply of unit-1, in full unless told."""
    given = {**IN_FULL, **changes}
    return str(world.run(replying.decide_reply_openness, STAFF, key, **given))


def replied(world: World, key: str | None = None, **changes: Any) -> str:
    return delivered(world, received(world, SOLE, key), **changes)


def evaluate(world: World, key: str, actor: Actor = LU, result: Grade = GOOD) -> str:
    return str(world.run(judging.evaluate_reply, actor, key, **form(result)))


def second_replied(world: World, **changes: Any) -> str:
    """The first reply did not satisfy (T15); the unit has replied again (T17)."""
    key = replied(world)
    evaluate(world, key, result=BAD)
    return delivered(world, key, doc_no="吴水提复〔2017〕6号", **changes)


def escalated(world: World) -> str:
    """T19."""
    key = second_replied(world)
    evaluate(world, key, result=BAD)
    return key


def tracked(world: World) -> str:
    """T21: closed with a promise for 31 October."""
    key = replied(world, **PROMISED)
    evaluate(world, key, result=FAIR)
    return key


def promise_due(world: World) -> str:
    """T22: the day of the promise has come."""
    key = tracked(world)
    world.clock.advance(datetime(2017, 10, 31, 9, tzinfo=SHANGHAI) - world.clock.now())
    world.run(tracking.ring_alarms, SYSTEM)
    return key


def reported(world: World, status: str, **changes: Any) -> str:
    """The second reply says what became of the promise."""
    outcome = {"commitment": 1, "status": status, "note": "如实报告", "proof": [], "record": ""}
    changes = {"outcomes": [outcome], "doc_no": "吴水提复〔2017〕66号", **changes}
    return delivered(world, promise_due(world), **changes)


def unkept(world: World) -> str:
    """Closed, and the promise was not kept."""
    key = reported(world, "MISSED")
    evaluate(world, key, result=FAIR)
    return key


def claimed(world: World) -> str:
    """Closed, and the unit says without proof that the promise was kept."""
    key = reported(world, "MET")
    evaluate(world, key, result=FAIR)
    return key


def said_late(world: World) -> str:
    """A late word of the first proposer waits for the committee."""
    key = replied(world)
    world.clock.advance(timedelta(days=31))
    try:
        world.run(judging.evaluate_reply, LU, key, **form(comment="管网权属仍未明确"))
    except errors.EvaluationLate:
        return key
    raise AssertionError("it was taken")


def disputed(world: World) -> str:
    """unit-1 handed it back, unit-2 asks too."""
    key = assigned(world)
    world.run(returning.request_return, OFFICER, key, "不属本单位职责")
    world.run(returning.decide_return, SUPERVISING, key, "unit-1", True, "unit-2", "改由二局办理")
    world.run(returning.request_return, SECOND_OFFICER, key, "也不属本单位职责")
    return key


def closed(world: World) -> str:
    key = replied(world)
    evaluate(world, key)
    return key
