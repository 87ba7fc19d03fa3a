"""A filed proposal on its way through the units: each step by whom it is for."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.proposals.commands import handling, judging, replying
from services.proposals.domain.assignments import Mode
from services.proposals.domain.contacts import ContactWay
from services.proposals.domain.evaluation import Grade, HeardBy, Pertinence
from shared.actor import Actor
from tests.unit.proposals.commands.world import (
    LEADER,
    LU,
    OFFICER,
    SECOND_LEADER,
    SECOND_OFFICER,
    SHEN,
    STAFF,
    SUPERVISING,
    World,
)

SOLE = [{"unit": "unit-1", "part": "SOLE"}]
MAIN_CO = [{"unit": "unit-1", "part": "MAIN"}, {"unit": "unit-2", "part": "CO"}]
SEPARATE = [{"unit": "unit-1", "part": "SEPARATE"}, {"unit": "unit-2", "part": "SEPARATE"}]
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
    "contact_person": "孙燕",
    "contact_phone": "0512-63000000",
}
PROMISED = {
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
    lines = [{"unit": "unit-1", "attitude": GOOD, "result": result}]
    return {**FORM, "lines": lines, **changes}


def planned(world: World, units: list[dict[str, str]] = SOLE, key: str | None = None) -> str:
    """With SHEN as co-signer, unless the proposal is given."""
    where = key or world.filed(world.joint(SHEN))
    mode = {"SOLE": Mode.SOLE, "MAIN": Mode.MAIN_CO}.get(units[0]["part"], Mode.SEPARATE)
    world.run(handling.propose_assignment, STAFF, where, mode, units, "按职责")
    return where


def assigned(world: World, units: list[dict[str, str]] = SOLE, key: str | None = None) -> str:
    return str(world.run(handling.assign_proposal, SUPERVISING, planned(world, units, key)))


def received(world: World, units: list[dict[str, str]] = SOLE, key: str | None = None) -> str:
    """By all of its units."""
    where = assigned(world, units, key)
    for row in units:
        world.run(handling.receive_assignment, PEOPLE[row["unit"]][0], where)
    return where


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


def replied(world: World, key: str | None = None, **changes: Any) -> str:
    return delivered(world, received(world, SOLE, key), **changes)


def evaluate(world: World, key: str, actor: Actor = LU, result: Grade = GOOD) -> str:
    return str(world.run(judging.evaluate_reply, actor, key, **form(result)))


def closed(world: World) -> str:
    key = replied(world)
    evaluate(world, key)
    return key
