"""An item's states: what leads where, with which reason and date, and what it tells (2.5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from services.outcomes.domain import errors, items
from services.outcomes.domain.items import TRANSITIONS, Item
from services.outcomes.domain.kinds import Adoption, End, ItemState, Kind, Source
from shared.contracts import names
from tests.unit.outcomes.samples import DUE, LATER, NOW, STAFF, UNIT, item, told

S = ItemState
Act = Callable[[Item], object]


def refer(i: Item) -> None:
    items.refer(i, "unit-slj", "GOVERNMENT", DUE, NOW, STAFF)


def answer(i: Item, adoption: Adoption = Adoption.ADOPTED, reason: str | None = None) -> None:
    items.answer(i, adoption, "列入计划", reason, LATER, NOW, STAFF)


def refuse(i: Item) -> None:
    answer(i, Adoption.NOT_ADOPTED, "与规划不符")


def progress(i: Item, done: bool = False) -> None:
    items.report(i, "进展", 40, done, ["file-1"] if done else [], LATER, NOW, UNIT)


def finish(i: Item) -> None:
    progress(i, done=True)


def verify(i: Item, verified: bool = True) -> None:
    items.verify(i, verified, "现场核实", [], LATER, NOW, STAFF)


def close(i: Item) -> None:
    items.close(i, NOW, STAFF)


def reopen(i: Item) -> None:
    items.reopen(i, "回访发现停用", LATER, NOW, STAFF)


def judge(i: Item, accepted: bool = True) -> None:
    items.judge_reason(i, accepted, "同意", DUE, NOW, STAFF)


def after(*acts: Act, **changes: Any) -> Item:
    made = item(**changes)
    for act in acts:
        act(made)
    return made


PATHS: dict[ItemState, tuple[Act, ...]] = {
    S.SENT: (),
    S.INSTRUCTED: (lambda i: items.instruct(i, "请研究", NOW, STAFF),),
    S.REFERRED: (refer,),
    S.ADOPTED: (refer, answer),
    S.PARTLY_ADOPTED: (refer, lambda i: answer(i, Adoption.PARTLY_ADOPTED)),
    S.NOT_ADOPTED: (refer, refuse),
    S.IMPLEMENTING: (refer, answer, progress),
    S.IMPLEMENTED: (refer, answer, finish),
    S.VERIFIED: (refer, answer, finish, verify),
    S.CLOSED: (refer, answer, finish, verify, close),
}
# What is done → the states that it is done from.
FROM: dict[str, tuple[Act, set[ItemState]]] = {
    "refer": (refer, {S.SENT, S.INSTRUCTED, S.REFERRED}),
    "answer": (answer, {S.SENT, S.INSTRUCTED, S.REFERRED}),
    "progress": (progress, {S.ADOPTED, S.PARTLY_ADOPTED, S.IMPLEMENTING, S.IMPLEMENTED}),
    "done": (finish, {S.ADOPTED, S.PARTLY_ADOPTED, S.IMPLEMENTING, S.IMPLEMENTED}),
    "verify": (verify, {S.IMPLEMENTED}),
    "judge": (judge, {S.NOT_ADOPTED}),
    "close": (close, {S.VERIFIED}),
    "reopen": (reopen, {S.VERIFIED, S.CLOSED}),
}


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("step", FROM)
def test_each_step_is_taken_from_its_states_alone(step: str, state: ItemState) -> None:
    act, allowed = FROM[step]
    made = after(*PATHS[state])
    assert made.state is state
    if state in allowed:
        act(made)
        assert made.state is not state or state in TRANSITIONS[state]
        assert made.entries[-1].at == NOW
    else:
        with pytest.raises(errors.WrongState):
            act(made)


def test_what_is_not_adopted_has_a_reason() -> None:
    made = after(refer)
    with pytest.raises(errors.ReasonMissing):
        answer(made, Adoption.NOT_ADOPTED, "  ")
    assert made.state is S.REFERRED


def test_a_reason_that_its_source_accepts_closes_it() -> None:
    made = after(refer, refuse, judge)
    assert (made.state, made.end, made.open) == (S.CLOSED, End.REASON_ACCEPTED, False)
    [decided] = told(made, names.OUTCOME_ITEM_REASON_DECIDED)
    assert decided["accepted"] is True
    assert told(made, names.OUTCOME_ITEM_CLOSED)[0]["end"] == "REASON_ACCEPTED"


def test_a_reason_that_is_not_accepted_is_answered_anew() -> None:
    made = after(refer, refuse, lambda i: judge(i, accepted=False))
    assert (made.state, made.due_at, made.open) == (S.REFERRED, DUE, True)
    answer(made)
    assert made.state is S.ADOPTED


def test_nobody_verifies_what_he_told_himself() -> None:
    made = after(refer, answer, finish)
    with pytest.raises(errors.OwnVerification):
        items.verify(made, True, "现场核实", [], LATER, NOW, UNIT)
    assert made.state is S.IMPLEMENTED


def test_what_was_not_found_on_the_spot_goes_on() -> None:
    made = after(refer, answer, finish, lambda i: verify(i, verified=False))
    assert (made.state, made.due_at) == (S.IMPLEMENTING, LATER)
    assert len(told(made, names.OUTCOME_ITEM_VERIFICATION_REFUSED)) == 1


def test_a_verification_is_numbered_and_its_reopening_undoes_that_number() -> None:
    made = after(refer, answer, finish, verify, close, reopen)
    assert [row["occurrence_no"] for row in told(made, names.OUTCOME_ITEM_VERIFIED)] == [1]
    assert [row["occurrence_no"] for row in told(made, names.OUTCOME_ITEM_REOPENED)] == [1]
    finish(made)
    verify(made)
    assert [row["occurrence_no"] for row in told(made, names.OUTCOME_ITEM_VERIFIED)] == [1, 2]


def test_a_refusal_that_is_opened_again_undoes_no_verification() -> None:
    made = after(refer, refuse, judge, reopen)
    assert made.state is S.REFERRED
    assert [row["occurrence_no"] for row in told(made, names.OUTCOME_ITEM_REOPENED)] == [0]


@pytest.mark.parametrize(
    "act",
    [
        lambda i: items.refer(i, "unit-slj", None, NOW, NOW, STAFF),
        lambda i: items.answer(i, Adoption.ADOPTED, "好", None, NOW - timedelta(1), NOW, STAFF),
    ],
)
def test_a_date_lies_ahead(act: Act) -> None:
    with pytest.raises(errors.DueDateUnfit):
        act(after())


@pytest.mark.parametrize("act", [refer, answer, progress, reopen])
def test_of_a_promise_everything_is_told_where_it_was_made(act: Act) -> None:
    made = item(Source.COMMITMENT, state=S.VERIFIED)
    with pytest.raises(errors.StatedElsewhere):
        act(made)


def test_of_an_scpo_item_the_answer_is_told_there_and_what_follows_here() -> None:
    made = item(Source.SCPO, state=S.REFERRED)
    with pytest.raises(errors.StatedElsewhere):
        answer(made)
    made.state = S.ADOPTED
    finish(made)
    verify(made)
    assert made.state is S.VERIFIED


def test_evidence_is_the_items_and_is_told_once() -> None:
    made = after(refer, answer, finish)
    assert made.files == ("file-1",)
    made.tell_files()
    made.tell_files()
    assert told(made, names.OUTCOME_FILES_CHANGED) == [
        {"record_id": "item-1", "attached": ["file-1"], "detached": []}
    ]


def test_an_instruction_that_is_revoked_takes_its_state_along() -> None:
    made = after(*PATHS[S.INSTRUCTED])
    items.revoke_instruction(made, True, "登记有误", NOW, STAFF)
    assert made.state.value == "INSTRUCTED"
    items.revoke_instruction(made, False, "登记有误", NOW, STAFF)
    assert made.state.value == "SENT"


def test_kind_and_major_reform_are_marked_each_for_itself() -> None:
    made = after()
    items.mark(made, Kind.POLICY, None)
    items.mark(made, None, True)
    assert (made.kind, made.major) == (Kind.POLICY, True)
