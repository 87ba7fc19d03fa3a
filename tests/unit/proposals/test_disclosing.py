"""Decision 52: the public sees of a reply exactly what is decided, and nothing before that."""

from __future__ import annotations

from typing import Any

import pytest

from services.proposals.domain import decisions
from services.proposals.domain.replies import ReplyOpenness as Openness
from services.proposals.domain.states import Openness as CaseOpenness
from shared.actor import Actor
from shared.errors import DomainError, Refused
from tests.unit.proposals.commands import handling as steps
from tests.unit.proposals.commands.world import (
    LU,
    OFFICER,
    QIAN,
    SHEN,
    STAFF,
    VISITOR,
    World,
    row_of,
)

NAMES = ("孙燕", "0512-63000000", "赵宏伟")  # the unit's contact, its phone, who signed
SHORT = "两个小区今年改造"


def seen(world: World, key: str, fields: list[str] | None = None) -> dict[str, Any]:
    return row_of(world, key, VISITOR, fields)


def promised(world: World, **changes: Any) -> str:
    return steps.replied(world, **{**steps.PROMISED, **changes})


def test_before_it_is_decided_the_public_sees_nothing_of_it() -> None:
    world = World()
    row = seen(world, promised(world))
    assert (row["replies"], row["commitments"], row["result_class"]) == ([], [], None)
    assert row["rounds"][0]["result_class"] is None
    assert row["replied_at"] and row["state"] == "REPLIED"  # that it is replied is no secret


@pytest.mark.parametrize("actor", [LU, SHEN, QIAN, OFFICER, STAFF])
def test_who_is_signed_in_reads_it_at_once(actor: Actor) -> None:
    world = World()
    assert row_of(world, promised(world), actor)["replies"]


def test_in_full_it_is_all_there_but_who_signed_and_whom_to_call() -> None:
    world = World()
    key = steps.opened(world, promised(world))
    row = seen(world, key)
    [reply] = row["replies"]
    assert reply["body"] == "现答复如下。" and reply["answers"][1]["note"] == "先行试点"
    assert (row["result_class"], row["rounds"][0]["result_class"]) == ("B", "B")
    assert [promise["text"] for promise in row["commitments"]] == ["全部完工"]
    assert not [name for name in NAMES if name in str(row)]
    assert all(name in str(row_of(world, key, QIAN)) for name in NAMES)


def test_of_a_summary_there_is_the_summary_alone() -> None:
    world = World()
    given = {"openness": Openness.SUMMARY, "summary": SHORT, "reason": "涉及企业数据"}
    row = seen(world, steps.opened(world, promised(world), **given))
    [reply] = row["replies"]
    assert reply["disclosure"] == {"openness": "SUMMARY", "summary": SHORT}
    assert (reply["body"], reply["answers"], reply["result_class"]) == ("", [], None)
    assert (row["commitments"], row["result_class"]) == ([], None)
    for hidden in ("现答复如下", "先行试点", "全部完工", "涉及企业数据", *NAMES):
        assert hidden not in str(row), hidden


def test_not_open_it_is_as_if_it_were_not_decided() -> None:
    world = World()
    given = {"openness": Openness.NOT, "reason": "涉及未公开规划"}
    row = seen(world, steps.opened(world, promised(world), **given))
    assert (row["replies"], row["commitments"], row["result_class"]) == ([], [], None)


def test_asked_for_single_fields_the_same_is_hidden() -> None:
    world = World()
    key = promised(world)
    assert seen(world, key, ["result_class"])["result_class"] is None
    assert seen(world, key, ["commitments"])["commitments"] == []
    steps.opened(world, key)
    assert seen(world, key, ["result_class"])["result_class"] == "B"


def test_each_reply_is_decided_for_itself() -> None:
    world = World()
    key = steps.received(world, steps.SEPARATE)
    for unit in ("unit-1", "unit-2"):
        steps.delivered(world, key, unit)
    steps.opened(world, key, unit_id="unit-2")
    row = seen(world, key)
    assert [reply["unit"] for reply in row["replies"]] == ["unit-2"]
    assert row["result_class"] is None  # of both together


def test_what_a_second_reply_says_of_a_promise_waits_for_that_reply() -> None:
    world = World()
    key = steps.opened(world, promised(world))
    document = world.proposals.documents[key]
    document["commitments"][0] |= {"claim_round": 2, "note": "已完工", "record": "验收第8号"}
    [promise] = seen(world, key)["commitments"]
    assert (promise["text"], promise["note"], promise["record"]) == ("全部完工", "", "")


def test_the_units_proposal_decides_nothing_and_its_summary_is_taken() -> None:
    world = World()
    own = {"openness": Openness.SUMMARY, "summary": SHORT}
    key = promised(world, **own)
    assert seen(world, key)["replies"] == []
    steps.opened(world, key, openness=Openness.SUMMARY)
    [reply] = seen(world, key)["replies"]
    assert reply["disclosure"]["summary"] == SHORT


def test_a_later_decision_takes_the_place_of_the_former() -> None:
    world = World()
    key = steps.opened(world, promised(world))
    steps.opened(world, key, openness=Openness.NOT, reason="有误")
    assert seen(world, key)["replies"] == []


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"openness": Openness.NOT}, "OPENNESS_REASON_MISSING", "reason"),
        ({"openness": Openness.SUMMARY}, "REPLY_INCOMPLETE", "summary"),
        ({"unit_id": "unit-2"}, "NO_REPLY", "unitId"),
        ({"round": 2}, "NO_REPLY", "unitId"),
    ],
)
def test_what_is_refused(changes: dict[str, Any], code: str, field: str) -> None:
    world = World()
    with pytest.raises(DomainError) as caught:
        steps.opened(world, promised(world), **changes)
    assert (caught.value.code, caught.value.field) == (code, field)


def test_what_is_not_delivered_is_not_decided() -> None:
    world = World()
    with pytest.raises(DomainError) as caught:
        steps.opened(world, steps.checked(world, steps.received(world)))
    assert caught.value.code == "NO_REPLY"


@pytest.mark.parametrize(
    ("proposed", "field"),
    [({"openness": Openness.NOT}, "opennessReason"), ({"openness": Openness.SUMMARY}, "summary")],
)
def test_a_unit_gives_its_reason_and_its_summary(proposed: dict[str, Any], field: str) -> None:
    world = World()
    with pytest.raises(Refused) as caught:
        steps.sent_up(world, steps.received(world), **proposed)
    assert [item["field"] for item in caught.value.items] == [field]


def test_of_a_closed_proposal_nobody_is_asked_to_decide() -> None:
    world = World()
    closed: dict[str, Any] = {"openness": CaseOpenness.CLOSED, "openness_reason": "涉及商业秘密"}
    key = steps.replied(world, world.filed(world.draft(**closed)))
    assert decisions.waiting(world.proposal(key)) == []
