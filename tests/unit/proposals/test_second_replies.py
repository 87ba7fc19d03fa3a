"""Second replies, escalation, promises and archive (T17–T24; decision 26)."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.proposals.domain import (
    answering,
    deadlines,
    decisions,
    errors,
    judging,
    promises,
    rehandling,
)
from services.proposals.domain.alarms import Schedule
from services.proposals.domain.assignments import AssignmentState, Mode
from services.proposals.domain.evaluation import CloseKind, Form
from services.proposals.domain.record import Proposal
from services.proposals.domain.replies import (
    Check,
    CommitmentGround,
    CommitmentStatus,
    Content,
    Outcome,
    Promise,
    ReplyClass,
    SignOff,
)
from services.proposals.domain.rounds import Mediation, Trigger
from services.proposals.domain.states import State
from shared.contracts import names
from shared.days import day_after
from shared.errors import DomainError, Refused
from tests.unit.proposals.samples import DIRECTOR, LATER, LU, SHEN, STAFF, taken, told
from tests.unit.proposals.test_handling import SLJ, WHOLE, ZJJ, assigned, deliver, drafted, meet
from tests.unit.proposals.test_judging import BAD, FAIR, GOOD, Line, form, judge, replied

C = CommitmentStatus
DUE_DAY = datetime(2017, 10, 31, tzinfo=LATER.tzinfo)
REHANDLE_BY = LATER + timedelta(days=30)


def dissatisfied() -> Proposal:
    """T15."""
    proposal = replied()
    judge(proposal, form(Line(ZJJ, GOOD, BAD)))
    proposal.events.clear()
    return proposal


def reply_again(proposal: Proposal, at: datetime = LATER, unit: str = ZJJ, **changes: Any) -> None:
    meet(proposal, unit, at=at)
    answering.save(proposal, unit, Content(**{**vars(WHOLE), **changes}), at)
    answering.request_sign_off(proposal, unit, at)
    answering.sign(proposal, unit, SignOff("赵宏伟", False, at, "a-leader"))
    answering.check(proposal, unit, Check(True, "", False, at, "a-sup"))
    answering.deliver(proposal, unit, at, at + timedelta(days=30))


def second_replied() -> Proposal:
    proposal = dissatisfied()
    reply_again(proposal)
    proposal.events.clear()
    return proposal


def escalated() -> Proposal:
    proposal = second_replied()
    judge(proposal, form(Line(ZJJ, BAD, BAD)))
    proposal.events.clear()
    return proposal


def tracked() -> Proposal:
    promise = (Promise("20个小区全部完工", "2017-10-31"),)
    proposal = drafted(result_class=ReplyClass.B, promises=promise)
    deliver(proposal)
    judge(proposal, form(Line(ZJJ, GOOD, FAIR)))
    proposal.events.clear()
    return proposal


def promise_due() -> Proposal:
    proposal = tracked()
    deadlines.ring(proposal, DUE_DAY, Schedule(before=()))
    proposal.events.clear()
    return proposal


def reported(status: C, note: str = "资金未到位") -> Proposal:
    proposal = promise_due()
    reply_again(proposal, DUE_DAY, outcomes=(Outcome(1, status, note, ("photo-1",)),))
    return proposal


def close(proposal: Proposal, result: Any = GOOD) -> None:
    judge(proposal, form(Line(ZJJ, GOOD, result)), proposal.rounds[-1].replied_at or LATER)


# -- T17–T19 -------------------------------------------------------------------------------


def test_a_second_reply_has_its_own_round_contact_title_and_time() -> None:
    """T17, DL8."""
    proposal = dissatisfied()
    share = proposal.assignment_of(ZJJ)
    assert (proposal.round, share.state, share.due_at) == (2, AssignmentState.WORKING, REHANDLE_BY)
    answering.save(proposal, ZJJ, WHOLE, LATER)
    with pytest.raises(Refused) as caught:
        answering.request_sign_off(proposal, ZJJ, LATER)
    assert caught.value.code == "V16_CONTACT_MISSING"  # the contact of the first round is past
    reply_again(proposal)
    assert proposal.state is State.SECOND_REPLIED
    assert proposal.replies[1].title == "关于区政协十五届一次会议第023号提案的二次答复"
    event, data = taken(proposal)[-1]
    assert (event, data["round"], data["units"], data["evaluator"]) == (
        names.PROPOSAL_SECOND_REPLIED,
        2,
        [ZJJ],
        LU,
    )


def test_the_figures_of_the_first_reply_stay() -> None:
    proposal = dissatisfied()
    first = proposal.replied_at
    reply_again(proposal, LATER + timedelta(days=20), result_class=ReplyClass.C, reason="条件不足")
    assert proposal.replied_at == first
    assert proposal.second_replied_at == LATER + timedelta(days=20)
    assert [(r.result_class, r.trigger) for r in proposal.rounds] == [
        ("A", None),
        ("C", Trigger.DISSATISFIED),
    ]


def test_with_separate_handling_only_the_asked_unit_replies_again() -> None:
    proposal = assigned(Mode.SEPARATE, unit_zjj="SEPARATE", unit_slj="SEPARATE")
    for unit in (ZJJ, SLJ):
        drafted(proposal, unit)
        deliver(proposal, unit)
    judge(proposal, form(Line(ZJJ, GOOD, GOOD), Line(SLJ, GOOD, BAD)))
    assert proposal.assignment_of(ZJJ).state is AssignmentState.DELIVERED
    reply_again(proposal, unit=SLJ)
    assert (proposal.state, proposal.answering_units) == (State.SECOND_REPLIED, [SLJ])


def test_satisfied_at_last_closes() -> None:
    """T18."""
    proposal = second_replied()
    judge(proposal, form(Line(ZJJ, FAIR, FAIR)))
    assert (proposal.state, proposal.close_kind) == (State.CLOSED, CloseKind.NORMAL)
    assert told(proposal) == [names.PROPOSAL_EVALUATED, names.PROPOSAL_CLOSED]
    assert [(r.result, r.close_kind) for r in proposal.rounds] == [
        (None, None),
        (FAIR, CloseKind.NORMAL),
    ]


def test_dissatisfied_again_is_escalated_and_nobody_replies_a_third_time() -> None:
    """T19: a grade is not told."""
    proposal = second_replied()
    judge(proposal, form(Line(ZJJ, BAD, BAD)))
    assert proposal.state is State.ESCALATED
    facts = taken(proposal)
    assert [event for event, _ in facts] == [names.PROPOSAL_EVALUATED, names.PROPOSAL_ESCALATED]
    assert [data.keys() & {"attitude", "result"} for _, data in facts] == [set(), set()]
    with pytest.raises(errors.WrongAssignmentState):
        answering.save(proposal, ZJJ, WHOLE, LATER)
    with pytest.raises(errors.WrongState):
        rehandling.reopen(proposal, "再办一次", REHANDLE_BY, LATER, DIRECTOR)


def test_silence_about_a_second_reply_is_no_consent_either() -> None:
    """T16."""
    proposal = second_replied()
    assert judging.close_unevaluated(proposal, LATER + timedelta(days=31))
    assert (proposal.state, proposal.close_kind) == (State.CLOSED, CloseKind.NOT_EVALUATED)


def test_the_next_cosigner_judges_a_second_reply_too() -> None:
    """Decision 17."""
    proposal = second_replied()
    assert judging.mark_absent(proposal, LU)
    [(event, data)] = taken(proposal)
    assert (event, data["member_id"], data["round"]) == (names.PROPOSAL_EVALUATOR_CHANGED, SHEN, 2)


# -- escalation (T20) ----------------------------------------------------------------------


def mediate(proposal: Proposal, **changes: Any) -> None:
    given: dict[str, Any] = {
        "held_on": "2017-02-08",
        "leader": "周立新",
        "people": "陆晓芸、孙燕",
        "minutes": "商定分期实施。",
        "files": (),
        "recorded_at": LATER,
        "account_id": "a-chair",
    }
    judging.record_mediation(proposal, Mediation(**{**given, **changes}), LATER)


@pytest.mark.parametrize("kind", [CloseKind.WITH_RESERVATION, CloseKind.NORMAL])
def test_a_minuted_mediation_ends_it_and_the_judgement_stays_as_it_was(kind: CloseKind) -> None:
    proposal = escalated()
    mediate(proposal)
    judging.close_escalated(proposal, kind, form(Line(ZJJ, BAD, BAD)), LATER, DIRECTOR)
    assert (proposal.state, proposal.close_kind) == (State.CLOSED, kind)
    assert (proposal.attitude, proposal.result) == (BAD, BAD)
    assert told(proposal) == [names.PROPOSAL_MEDIATION_HELD, names.PROPOSAL_CLOSED]


MINE = form(Line(ZJJ, BAD, BAD))
T20: list[tuple[Callable[[Proposal], object], type[DomainError], str | None]] = [
    (lambda p: mediate(p, held_on="2017-02-09"), errors.FutureContact, "heldOn"),
    (lambda p: mediate(p, minutes=" "), errors.ReasonMissing, "minutes"),
    (lambda p: end(p, MINE), errors.MediationMissing, None),
    (lambda p: end(p, MINE, CloseKind.NOT_EVALUATED), errors.CloseKindUnfit, "kind"),
]


def end(proposal: Proposal, judged: Form, kind: CloseKind = CloseKind.WITH_RESERVATION) -> None:
    judging.close_escalated(proposal, kind, judged, LATER, DIRECTOR)


@pytest.mark.parametrize(("act", "error", "field"), T20)
def test_what_t20_refuses(
    act: Callable[[Proposal], object], error: type[DomainError], field: str | None
) -> None:
    proposal = escalated()
    before = deepcopy(proposal)
    with pytest.raises(error) as caught:
        act(proposal)
    assert caught.value.field == field
    assert proposal == before


@pytest.mark.parametrize("act", [lambda p: mediate(p), lambda p: end(p, MINE)])
def test_only_what_is_escalated_is_mediated(act: Callable[[Proposal], object]) -> None:
    for begin in (replied, dissatisfied, second_replied, tracked):
        with pytest.raises(errors.WrongState):
            act(begin())


# -- taken up again (T22, T24) and archived (T23) ----------------------------------------------


def closed() -> Proposal:
    proposal = replied()
    judge(proposal, form())
    proposal.events.clear()
    return proposal


@pytest.mark.parametrize("begin", [closed, tracked])
@pytest.mark.parametrize(
    ("verb", "event", "trigger"),
    [
        (rehandling.carry_over, names.PROPOSAL_SECOND_REPLY_DUE, "CARRY_OVER"),
        (rehandling.reopen, names.PROPOSAL_REOPENED, "SUPPLEMENT"),
    ],
)
def test_what_has_ended_may_be_taken_up_again(
    begin: Callable[[], Proposal], verb: Callable[..., None], event: str, trigger: str
) -> None:
    proposal = begin()
    verb(proposal, "继续推进", REHANDLE_BY, LATER, DIRECTOR)
    assert (proposal.state, proposal.round) == (State.REHANDLING, 2)
    assert (proposal.close_kind, proposal.result, proposal.evaluate_by) == (None, None, None)
    [(name, data)] = taken(proposal)
    assert (name, data["trigger"], data["reason"], data["units"]) == (
        event,
        trigger,
        "继续推进",
        [ZJJ],
    )
    assert data["due_at"] == REHANDLE_BY


def test_carried_over_once_a_year() -> None:
    proposal = closed()
    rehandling.carry_over(proposal, "继续推进", REHANDLE_BY, LATER, STAFF)
    reply_again(proposal)
    judge(proposal, form())
    with pytest.raises(errors.CarriedOver):
        rehandling.carry_over(proposal, "再推进", REHANDLE_BY, LATER + timedelta(days=100), STAFF)
    rehandling.carry_over(proposal, "下年度推进", REHANDLE_BY, LATER + timedelta(days=365), STAFF)
    assert proposal.round == 3


@pytest.mark.parametrize("verb", [rehandling.carry_over, rehandling.reopen])
def test_taken_up_again_needs_a_reason_and_an_end(verb: Callable[..., None]) -> None:
    with pytest.raises(errors.ReasonMissing):
        verb(closed(), " ", REHANDLE_BY, LATER, DIRECTOR)
    for begin in (replied, dissatisfied, escalated, archived):
        with pytest.raises(errors.WrongState):
            verb(begin(), "继续推进", REHANDLE_BY, LATER, DIRECTOR)


def archived() -> Proposal:
    proposal = closed()
    rehandling.archive(proposal, LATER, STAFF)
    return proposal


def test_archived_is_the_end() -> None:
    """T23."""
    proposal = archived()
    assert (proposal.state, told(proposal)) == (State.ARCHIVED, [names.PROPOSAL_ARCHIVED])


def test_an_open_promise_keeps_it_from_the_archive() -> None:
    with pytest.raises(errors.CommitmentsOpen) as caught:
        rehandling.archive(tracked(), LATER, STAFF)
    assert caught.value.details == {"commitments": [1]}


# -- what became of promises (decision 26) -------------------------------------------------------


def test_a_second_reply_says_what_became_of_each_promise_that_fell_due() -> None:
    proposal = promise_due()
    with pytest.raises(Refused) as caught:
        reply_again(proposal, DUE_DAY)
    assert [(item["code"], item["field"]) for item in caught.value.items] == [
        ("OUTCOME_MISSING", "outcomes")
    ]


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (Outcome(1, C.OPEN, "还在做"), "OUTCOME_MISSING"),
        (Outcome(1, C.CLAIMED, "已完成"), "OUTCOME_MISSING"),
        (Outcome(1, C.MISSED, " "), "OUTCOME_MISSING"),
        (Outcome(1, C.CHANGED), "OUTCOME_MISSING"),
        (Outcome(2, C.MET), "NO_COMMITMENT"),
    ],
)
def test_what_is_said_of_a_promise_is_whole(outcome: Outcome, code: str) -> None:
    proposal = promise_due()
    with pytest.raises(Refused) as caught:
        reply_again(proposal, DUE_DAY, outcomes=(outcome,))
    assert code in {item["code"] for item in caught.value.items}


@pytest.mark.parametrize("result", [GOOD, FAIR])
def test_kept_and_accepted_is_met(result: Any) -> None:
    proposal = reported(C.MET, "")
    assert proposal.commitments[0].status is C.OPEN  # not before the proposer has judged
    close(proposal, result)
    [promise] = proposal.commitments
    assert (promise.status, promise.proof, proposal.state) == (C.MET, ("photo-1",), State.CLOSED)
    assert told(proposal)[-1] == names.COMMITMENT_MET
    rehandling.archive(proposal, DUE_DAY, STAFF)


def test_silence_keeps_no_promise() -> None:
    """Decision 42: nobody evaluated; what the unit says stays a claim."""
    proposal = reported(C.MET, "")
    taken(proposal)
    judging.close_unevaluated(proposal, day_after(proposal.evaluate_by or DUE_DAY))
    [promise] = proposal.commitments
    assert (promise.status, promise.settled_at, promise.ground) == (C.CLAIMED, None, None)
    assert told(proposal)[-2:] == [names.COMMITMENT_CLAIMED, names.PROPOSAL_TRACKING_STARTED]
    assert proposal.state is State.TRACKING
    with pytest.raises(errors.CommitmentsOpen):
        rehandling.archive(proposal, DUE_DAY, STAFF)
    waiting = [request.about for request in decisions.waiting(proposal)]
    assert waiting == ["OPENNESS_DECISION"] * 2 + ["COMMITMENT_CLAIM"]


def unproven(**changes: Any) -> Proposal:
    """The proposer was content, and there is no file."""
    proposal = promise_due()
    told_of = Outcome(1, C.MET, "已完成", **changes)
    reply_again(proposal, DUE_DAY, outcomes=(told_of,))
    close(proposal)
    return proposal


def test_consent_without_proof_is_a_claim_and_a_record_is_proof() -> None:
    assert unproven().commitments[0].status is C.CLAIMED
    assert unproven(record=" ").commitments[0].status is C.CLAIMED
    [promise] = unproven(record="吴建验〔2017〕8号").commitments
    assert (promise.status, promise.ground) == (C.MET, CommitmentGround.PROPOSER)


def test_an_agreed_end_of_a_mediation_is_no_consent_to_the_reply() -> None:
    proposal = reported(C.MET, "")
    close(proposal, BAD)
    meeting = Mediation("2017-10-31", "周立新", "三方", "商定继续推进", (), DUE_DAY, "a-chair")
    judging.record_mediation(proposal, meeting, DUE_DAY)
    judging.close_escalated(
        proposal, CloseKind.NORMAL, form(Line(ZJJ, GOOD, BAD)), DUE_DAY, DIRECTOR
    )
    assert proposal.commitments[0].status is C.CLAIMED


def test_the_committee_recognises_a_claim_or_does_not() -> None:
    proposal, other = unproven(), unproven()
    with pytest.raises(errors.ReasonMissing):
        promises.recognise(proposal, 1, True, " ", DUE_DAY)
    taken(proposal)
    promises.recognise(proposal, 1, True, "现场核实", DUE_DAY)
    [promise] = proposal.commitments
    assert (promise.status, promise.ground, promise.recognition, promise.settled_at) == (
        C.MET,
        CommitmentGround.COMMITTEE,
        "现场核实",
        DUE_DAY,
    )
    [(event, data)] = taken(proposal)
    assert (event, data["ground"]) == (names.COMMITMENT_MET, "COMMITTEE")
    rehandling.archive(proposal, DUE_DAY, STAFF)
    taken(other)
    promises.recognise(other, 1, False, "未见完工", DUE_DAY)
    assert (other.commitments[0].status, other.unsettled) == (C.MISSED, other.commitments)
    assert told(other) == [names.COMMITMENT_MISSED, names.PROPOSAL_SUPERVISION_NOTICE_ISSUED]


@pytest.mark.parametrize("begin", [lambda: tracked(), lambda: kept(), lambda: promise_due()])
def test_only_a_claim_is_recognised(begin: Callable[[], Proposal]) -> None:
    with pytest.raises(errors.NotClaimed):
        promises.recognise(begin(), 1, True, "现场核实", DUE_DAY)
    with pytest.raises(errors.NoCommitment):
        promises.recognise(begin(), 9, True, "现场核实", DUE_DAY)


def test_an_inspection_verifies_a_claim_at_once_and_a_promise_beforehand() -> None:
    claimed, early = unproven(), promise_due()
    assert promises.verify([1], "inspection-1", claimed, DUE_DAY)
    assert not promises.verify([1], "inspection-1", claimed, DUE_DAY)
    assert claimed.commitments[0].ground is CommitmentGround.INSPECTION
    assert promises.verify([1], "inspection-1", early, DUE_DAY)
    assert early.commitments[0].status is C.OPEN  # the unit has not said so yet
    reply_again(early, DUE_DAY, outcomes=(Outcome(1, C.MET, "已完成"),))
    judging.close_unevaluated(early, day_after(early.evaluate_by or DUE_DAY))
    assert (early.commitments[0].status, early.commitments[0].verified_by) == (
        C.MET,
        "inspection-1",
    )


def test_another_round_takes_no_earlier_claim_for_kept() -> None:
    """The consent has to be to the reply that says so."""
    proposal = unproven()
    rehandling.carry_over(proposal, "继续推进", DUE_DAY, DUE_DAY, STAFF)
    reply_again(proposal, DUE_DAY)
    close(proposal)
    assert proposal.commitments[0].status is C.CLAIMED


def test_a_claim_may_be_taken_back_by_the_next_reply() -> None:
    proposal = unproven()
    rehandling.carry_over(proposal, "继续推进", DUE_DAY, DUE_DAY, STAFF)
    reply_again(proposal, DUE_DAY, outcomes=(Outcome(1, C.MISSED, "验收未过"),))
    assert proposal.commitments[0].status is C.MISSED


def test_kept_but_doubted_to_the_end_is_missed() -> None:
    proposal = reported(C.MET, "")
    close(proposal, BAD)
    assert (proposal.state, proposal.commitments[0].status) == (State.ESCALATED, C.OPEN)
    meeting = Mediation("2017-10-31", "周立新", "三方", "各持己见", (), DUE_DAY, "a-chair")
    judging.record_mediation(proposal, meeting, DUE_DAY)
    judging.close_escalated(proposal, CloseKind.WITH_RESERVATION, MINE, DUE_DAY, DIRECTOR)
    assert (proposal.state, proposal.commitments[0].status) == (State.TRACKING, C.MISSED)


@pytest.mark.parametrize(
    ("status", "event"),
    [(C.MISSED, names.COMMITMENT_MISSED), (C.CHANGED, names.COMMITMENT_CHANGED)],
)
def test_not_kept_is_told_at_delivery_and_waits_for_the_director(status: C, event: str) -> None:
    proposal = reported(status)
    events = told(proposal)
    assert event in events
    assert (names.PROPOSAL_SUPERVISION_NOTICE_ISSUED in events) is (status is C.MISSED)
    close(proposal)
    assert (proposal.state, proposal.commitments[0].status) == (State.TRACKING, status)
    with pytest.raises(errors.CommitmentsOpen):
        rehandling.archive(proposal, DUE_DAY, STAFF)


def test_a_new_date_is_a_new_promise_with_a_second_reply_of_its_own() -> None:
    proposal = reported(C.MISSED)
    close(proposal)
    promises.renew(proposal, 1, "2018-03-31", DUE_DAY)
    first, second = proposal.commitments
    assert (first.status, first.settled_at, first.successor) == (C.MISSED, DUE_DAY, 2)
    assert (second.status, second.due_on, second.text) == (
        C.OPEN,
        "2018-03-31",
        "20个小区全部完工",
    )
    assert [c.no for c in proposal.unsettled] == [2]
    assert told(proposal)[-2:] == [names.COMMITMENT_RENEWED, names.COMMITMENT_MADE]
    deadlines.ring(proposal, datetime(2018, 3, 31, tzinfo=LATER.tzinfo), Schedule(before=()))
    assert proposal.rounds[-1].commitments == (2,)


def test_given_up_as_class_c_it_may_be_archived() -> None:
    proposal = reported(C.CHANGED)
    close(proposal)
    with pytest.raises(errors.ReasonMissing):
        promises.release(proposal, 1, " ", DUE_DAY)
    promises.release(proposal, 1, "规划调整，列C类", DUE_DAY)
    assert proposal.commitments[0].release == "规划调整，列C类"
    rehandling.archive(proposal, DUE_DAY, STAFF)


def test_kept_late_is_settled_and_still_missed() -> None:
    proposal = promise_due()
    deadlines.ring(proposal, DUE_DAY + timedelta(days=31), Schedule(before=()))
    assert proposal.commitments[0].status is C.MISSED
    late = DUE_DAY + timedelta(days=40)
    reply_again(proposal, late, outcomes=(Outcome(1, C.MET, "已补齐"),))
    close(proposal)
    assert proposal.unsettled == proposal.commitments  # said, and not proven
    promises.recognise(proposal, 1, True, "现场核实", late)
    assert (proposal.commitments[0].status, proposal.unsettled) == (C.MISSED, [])
    assert told(proposal)[-1] == names.COMMITMENT_RELEASED


@pytest.mark.parametrize(
    ("begin", "no", "error"),
    [
        (tracked, 1, errors.NotUnkept),  # still open
        (tracked, 2, errors.NoCommitment),
        (lambda: kept(), 1, errors.NotUnkept),
    ],
)
def test_only_an_unkept_promise_is_decided_on(
    begin: Callable[[], Proposal], no: int, error: type[DomainError]
) -> None:
    for decide in (
        lambda p: promises.renew(p, no, "2018-03-31", DUE_DAY),
        lambda p: promises.release(p, no, "规划调整", DUE_DAY),
    ):
        with pytest.raises(error):
            decide(begin())


def kept() -> Proposal:
    proposal = reported(C.MET, "")
    close(proposal)
    return proposal


def test_a_new_date_lies_ahead() -> None:
    proposal = reported(C.MISSED)
    with pytest.raises(errors.CommitmentMissing) as caught:
        promises.renew(proposal, 1, "2017-10-31", DUE_DAY)
    assert caught.value.field == "dueOn"


# -- the class as the committee sees it --------------------------------------------------------


def test_the_class_is_recognised_after_the_reply_and_for_its_round() -> None:
    proposal = reported(C.MET, "")
    rehandling.recognise_class(proposal, ReplyClass.A, "", DIRECTOR)
    event, data = taken(proposal)[-1]
    assert (event, data["recognised_class"], data["result_class"], data["round"]) == (
        names.PROPOSAL_CLASS_RECOGNISED,
        "A",
        "A",
        2,
    )
    assert [r.recognised_class for r in proposal.rounds] == [None, "A"]


def test_a_lower_class_needs_a_reason_and_a_reply() -> None:
    with pytest.raises(errors.ReplyReasonMissing):
        rehandling.recognise_class(replied(), ReplyClass.C, " ", DIRECTOR)
    for begin in (drafted, dissatisfied):
        with pytest.raises(errors.WrongState):
            rehandling.recognise_class(begin(), ReplyClass.A, "", DIRECTOR)
