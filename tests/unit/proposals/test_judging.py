"""Evaluation and closing as rules: T13–T16, T21, V20, decisions 17 and 21."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.proposals.domain import errors, judging, rehandling
from services.proposals.domain.assignments import Mode
from services.proposals.domain.details import By
from services.proposals.domain.evaluation import (
    CloseKind,
    Evaluation,
    Form,
    Grade,
    HeardBy,
    Line,
    Pertinence,
    evaluation_id,
    worst,
)
from services.proposals.domain.kinds import ProposerType
from services.proposals.domain.record import Proposal
from services.proposals.domain.replies import Promise, ReplyClass
from services.proposals.domain.states import State
from services.proposals.repository.documents import to_document
from shared.contracts import names
from shared.days import day_after
from shared.errors import Refused
from tests.unit.proposals.samples import (
    DIRECTOR,
    LATER,
    LU,
    SECOND,
    SHEN,
    STAFF,
    WU,
    draft,
    taken,
    told,
)
from tests.unit.proposals.test_handling import EVALUATE_BY, SLJ, ZJJ, assigned, deliver, drafted

AUTHOR = By("a-lu", "MEMBER")
GOOD, FAIR, BAD = Grade.SATISFIED, Grade.BASIC, Grade.DISSATISFIED


def replied(**changes: Any) -> Proposal:
    proposal = drafted(**changes)
    deliver(proposal)
    proposal.events.clear()
    return proposal


def form(*lines: Line, **changes: Any) -> Form:
    whole: dict[str, Any] = {
        "lines": lines or (Line(ZJJ, GOOD, GOOD),),
        "heard_by": HeardBy.VISIT,
        "visited": True,
        "pertinence": Pertinence.YES,
        "leader_replied": True,
        "reason": "没有资金安排",
        **changes,
    }
    return Form(**whole)


def evaluation(filled: Form, evaluator: str = LU) -> Evaluation:
    key = evaluation_id("p-1", 1, evaluator)
    return Evaluation(key, "p-1", 15, 1, evaluator, True, LATER, filled)


def judge(proposal: Proposal, filled: Form, at: datetime = LATER) -> None:
    judged = evaluation(filled)
    judged.send(proposal.answering_units, at, binding=True)
    judging.evaluate(proposal, judged, at + timedelta(days=30), at, AUTHOR)


@pytest.mark.parametrize(
    ("grades", "least"),
    [((GOOD,), GOOD), ((GOOD, FAIR), FAIR), ((BAD, GOOD), BAD), ((FAIR, BAD, GOOD), BAD)],
)
def test_the_worst_line_is_the_result(grades: tuple[Grade, ...], least: Grade) -> None:
    """Decision 21."""
    assert worst(grades) is least


@pytest.mark.parametrize("result", [GOOD, FAIR])
def test_satisfied_or_basically_satisfied_closes(result: Grade) -> None:
    """T13, T14."""
    proposal = replied()
    judge(proposal, form(Line(ZJJ, GOOD, result)))
    assert (proposal.state, proposal.close_kind) == (State.CLOSED, CloseKind.NORMAL)
    assert [row["to"] for row in proposal.history[-2:]] == ["EVALUATED", "CLOSED"]
    evaluated, closed = taken(proposal)
    assert evaluated[0] == names.PROPOSAL_EVALUATED
    assert (closed[1]["attitude"], closed[1]["result"]) == (GOOD, result)


def test_dissatisfied_is_handled_again_and_nobody_can_read_the_grade() -> None:
    """T15, V20."""
    proposal = replied()
    judge(proposal, form(Line(ZJJ, BAD, BAD), comment="机密意见"))
    assert (proposal.state, proposal.rehandling_units) == (State.REHANDLING, (ZJJ,))
    assert told(proposal) == [names.PROPOSAL_EVALUATED, names.PROPOSAL_REHANDLING_REQUESTED]
    assert (proposal.attitude, proposal.result, proposal.rounds[0].result) == (None, None, None)
    document = to_document(proposal, LATER)
    assert document["rounds"].pop()["trigger"] == "DISSATISFIED"  # for the committee (parts.py)
    everything = repr(taken(proposal)) + repr(document)
    for secret in ("'BAD'", "attitude': 'DIS", "result': 'DIS", "没有资金安排", "机密意见"):
        assert secret not in everything


def test_only_units_of_dissatisfied_lines_handle_it_again() -> None:
    proposal = assigned(Mode.SEPARATE, unit_zjj="SEPARATE", unit_slj="SEPARATE")
    for unit in (ZJJ, SLJ):
        drafted(proposal, unit)
        deliver(proposal, unit)
    judge(proposal, form(Line(ZJJ, GOOD, GOOD), Line(SLJ, GOOD, BAD)))
    assert proposal.rehandling_units == (SLJ,)


def test_open_promises_keep_a_closed_case_in_sight() -> None:
    """T21."""
    promises = (Promise("完工", "2017-10-31"),)
    proposal = replied(result_class=ReplyClass.B, promises=promises)
    judge(proposal, form())
    assert proposal.state is State.TRACKING
    assert told(proposal)[-1] == names.PROPOSAL_TRACKING_STARTED


def test_silence_closes_without_a_grade_and_only_when_the_time_is_up() -> None:
    """T16, DL7: never counted as satisfied."""
    proposal = replied()
    assert not judging.close_unevaluated(proposal, day_after(EVALUATE_BY) - SECOND)
    assert judging.close_unevaluated(proposal, day_after(EVALUATE_BY))
    assert not judging.close_unevaluated(proposal, day_after(EVALUATE_BY))
    assert (proposal.state, proposal.close_kind) == (State.CLOSED, CloseKind.NOT_EVALUATED)
    assert (proposal.attitude, proposal.result) == (None, None)
    (event,) = taken(proposal)
    assert (event[1]["close_kind"], event[1]["attitude"], event[1]["result"]) == (
        "NOT_EVALUATED",
        None,
        None,
    )


def test_what_is_judged_is_not_closed_by_the_timer() -> None:
    proposal = replied()
    judge(proposal, form(Line(ZJJ, BAD, BAD)))
    assert not judging.close_unevaluated(proposal, EVALUATE_BY + timedelta(days=1))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"lines": ()}, {"EVALUATION_INCOMPLETE"}),
        ({"lines": (Line(SLJ, GOOD, GOOD),)}, {"EVALUATION_INCOMPLETE"}),
        ({"heard_by": None}, {"EVALUATION_INCOMPLETE"}),
        ({"visited": None}, {"EVALUATION_INCOMPLETE"}),
        ({"pertinence": None}, {"EVALUATION_INCOMPLETE"}),
        ({"leader_replied": None}, {"EVALUATION_INCOMPLETE"}),
        (
            {"lines": (Line(ZJJ, GOOD, BAD),), "reason": " "},
            {"EVALUATION_REASON_MISSING"},
        ),
        (
            {"lines": (Line(ZJJ, BAD, GOOD),), "reason": ""},
            {"EVALUATION_REASON_MISSING"},
        ),
    ],
)
def test_what_an_evaluation_lacks(changes: dict[str, Any], expected: set[str]) -> None:
    judged = evaluation(form(**changes))
    with pytest.raises(Refused) as caught:
        judged.send([ZJJ], LATER, binding=True)
    assert {str(item["code"]) for item in caught.value.items} == expected
    assert judged.sent_at is None


def test_sent_is_final() -> None:
    """V20."""
    judged = evaluation(form())
    judged.send([ZJJ], LATER, binding=True)
    with pytest.raises(errors.EvaluationSent):
        judged.save(form(), LATER, "a-lu")
    with pytest.raises(errors.EvaluationSent):
        judged.send([ZJJ], LATER, binding=True)


def test_who_may_judge_and_when() -> None:
    proposal = replied()
    assert proposal.evaluators == [LU, SHEN]
    for evaluator in (LU, SHEN):
        judging.check_evaluator(proposal, evaluator, LATER)
    with pytest.raises(errors.NotTheEvaluator):
        judging.check_evaluator(proposal, WU, LATER)
    judge(proposal, form())
    judging.check_evaluator(proposal, SHEN, EVALUATE_BY)  # a co-signer may still say so
    assert not judging.is_late(proposal, day_after(EVALUATE_BY) - SECOND)
    assert judging.is_late(proposal, day_after(EVALUATE_BY))
    with pytest.raises(errors.WrongState):
        judging.check_evaluator(proposal, LU, LATER)


def late_word(proposal: Proposal, evaluator: str = LU, **changes: Any) -> Evaluation:
    """Said after its time, by the clock; no alarm has gone off."""
    key = evaluation_id(proposal.id, proposal.round, evaluator)
    word = Evaluation(key, proposal.id, 15, proposal.round, evaluator, False, LATER)
    said = form(comment="管网权属仍未明确", **changes)
    assert judging.keep_late(proposal, word, said, day_after(EVALUATE_BY), AUTHOR)
    return word


def test_a_late_word_is_kept_and_judges_nothing() -> None:
    """Decision 63."""
    proposal = replied()
    word = late_word(proposal)
    assert (word.sent_at, word.late_at) == (None, day_after(EVALUATE_BY))
    assert (proposal.state, proposal.evaluated_at) == (State.REPLIED, None)
    [(event, data)] = taken(proposal)
    assert (event, data["supplement_no"], data["round"]) == (
        names.PROPOSAL_SUPPLEMENT_RECEIVED,
        1,
        1,
    )
    assert "管网" not in str(data)
    late_word(proposal)  # said again: the same opinion still waits
    assert (len(proposal.supplements), told(proposal)) == (1, [])
    late_word(proposal, SHEN)
    assert [s.no for s in proposal.supplements] == [1, 2]
    silent = Evaluation("e", proposal.id, 15, 1, LU, False, LATER)
    assert not judging.keep_late(proposal, silent, Form(), day_after(EVALUATE_BY), AUTHOR)


def test_a_late_word_is_settled_with_a_reason_or_by_a_second_reply() -> None:
    proposal = replied()
    late_word(proposal)
    late_word(proposal, SHEN)
    judging.close_unevaluated(proposal, day_after(EVALUATE_BY))
    proposal.events.clear()
    with pytest.raises(errors.ReasonMissing):
        judging.settle_supplement(proposal, 1, " ", EVALUATE_BY)
    judging.settle_supplement(proposal, 1, "已列入明年计划", EVALUATE_BY)
    with pytest.raises(errors.NoSupplement):
        judging.settle_supplement(proposal, 1, "再次", EVALUATE_BY)
    [(event, data)] = taken(proposal)
    assert (event, data["evaluator"], data["reopened"]) == (
        names.PROPOSAL_SUPPLEMENT_SETTLED,
        LU,
        False,
    )
    rehandling.reopen(proposal, "补充办理", EVALUATE_BY, EVALUATE_BY, STAFF)
    facts = taken(proposal)
    assert [(event, data.get("reopened")) for event, data in facts] == [
        (names.PROPOSAL_REOPENED, None),
        (names.PROPOSAL_SUPPLEMENT_SETTLED, True),
    ]
    assert not any(s.open for s in proposal.supplements)


def test_the_staff_takes_up_only_what_a_late_word_asks_for() -> None:
    proposal = replied()
    judging.close_unevaluated(proposal, day_after(EVALUATE_BY))
    with pytest.raises(errors.NoSupplement):
        rehandling.reopen(proposal, "补充办理", EVALUATE_BY, EVALUATE_BY, STAFF)
    rehandling.reopen(proposal, "补充办理", EVALUATE_BY, EVALUATE_BY, DIRECTOR)
    assert proposal.state is State.REHANDLING


def test_nothing_is_judged_before_a_reply() -> None:
    with pytest.raises(errors.NothingToEvaluate):
        judging.check_evaluator(drafted(), LU, LATER)


def test_an_organisation_judges_its_own() -> None:
    assert draft(ProposerType.PARTY).evaluators == ["party:org-minjian"]


def test_after_a_death_the_next_cosigner_judges_and_is_asked_once() -> None:
    """Decision 17."""
    proposal = replied()
    assert judging.mark_absent(proposal, LU)
    assert not judging.mark_absent(proposal, LU)
    assert not judging.mark_absent(proposal, WU)
    assert proposal.evaluator == SHEN
    (event,) = taken(proposal)
    assert (event[1]["former"], event[1]["member_id"]) == (LU, SHEN)
    assert judging.mark_absent(proposal, SHEN)
    assert proposal.evaluator is None


def test_after_closing_nobody_is_replaced() -> None:
    proposal = replied()
    judge(proposal, form())
    assert not judging.mark_absent(proposal, LU)
