"""Cases taken up again for a second reply, and their archiving (T15, T22–T24; decision 26)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from services.proposals.domain import errors
from services.proposals.domain.assignments import AssignmentState
from services.proposals.domain.details import DERIVED, By
from services.proposals.domain.evaluation import Supplement
from services.proposals.domain.record import Proposal
from services.proposals.domain.replies import Commitment, ReplyClass
from services.proposals.domain.rounds import Round, Trigger
from services.proposals.domain.states import AFTER_REPLY, ENDED, OVER, State
from shared.contracts import names

NEEDS_REASON = frozenset({ReplyClass.C, ReplyClass.D})
EVENTS = {
    Trigger.DISSATISFIED: names.PROPOSAL_REHANDLING_REQUESTED,
    Trigger.COMMITMENT_DUE: names.PROPOSAL_SECOND_REPLY_DUE,
    Trigger.CARRY_OVER: names.PROPOSAL_SECOND_REPLY_DUE,
    Trigger.SUPPLEMENT: names.PROPOSAL_REOPENED,
}


def carry_over(
    proposal: Proposal, reason: str, due_at: datetime, at: datetime, by: By, most: int = 1
) -> None:
    """T22 by the committee, `most` times a year."""
    proposal.require(ENDED)
    carried = [r.begun_at.year for r in proposal.rounds if r.trigger is Trigger.CARRY_OVER]
    if carried.count(at.year) >= most:
        raise errors.CarriedOver
    _take_up(proposal, Trigger.CARRY_OVER, reason, due_at, at, by)


def reopen(proposal: Proposal, reason: str, due_at: datetime, at: datetime, by: By) -> None:
    """T24, trigger SUPPLEMENT: something was left out. By the director, or by the committee's staff
    for a supplementary opinion that waits (decision 63), which is settled by it."""
    proposal.require(ENDED)
    waiting = [supplement for supplement in proposal.supplements if supplement.open]
    if by.role == "PROPOSAL_STAFF" and not waiting:
        raise errors.NoSupplement("没有待研究的补充意见；其他情形须由提案委主任重新启动办理")
    _take_up(proposal, Trigger.SUPPLEMENT, reason, due_at, at, by)
    for supplement in waiting:
        supplement.settle(reason, at)
        tell_settled(proposal, supplement, reopened=True)


def tell_settled(proposal: Proposal, supplement: Supplement, *, reopened: bool) -> None:
    proposal.tell(
        names.PROPOSAL_SUPPLEMENT_SETTLED,
        supplement_no=supplement.no,
        evaluator=supplement.evaluator,
        reason=supplement.outcome,
        reopened=reopened,
    )


def ask_second_reply(
    proposal: Proposal, due: Collection[Commitment], due_at: datetime, at: datetime
) -> None:
    """T22: promises have come due; one second reply answers all of them."""
    proposal.require({State.TRACKING})
    numbers = tuple(commitment.no for commitment in due)
    units = sorted({commitment.unit for commitment in due})
    for commitment in due:
        commitment.asked_round = proposal.round + 1
    rehandle(proposal, Trigger.COMMITMENT_DUE, units, "", due_at, at, DERIVED, numbers)


def archive(proposal: Proposal, at: datetime, by: By, followers: Collection[State] = ()) -> None:
    """T23: read only from now on; no promise and nothing that follows may be left open."""
    proposal.require(ENDED)
    if set(followers) - OVER:
        raise errors.FollowersOpen
    if proposal.unsettled:
        raise errors.CommitmentsOpen(details={"commitments": [c.no for c in proposal.unsettled]})
    proposal.move(State.ARCHIVED, at, by)
    proposal.tell(names.PROPOSAL_ARCHIVED)


def recognise_class(proposal: Proposal, result_class: ReplyClass, reason: str, by: By) -> None:
    """The committee's own view of the class, after the reply."""
    proposal.require(AFTER_REPLY)
    if result_class in NEEDS_REASON and not reason.strip():
        raise errors.ReplyReasonMissing(field="reason")
    current = proposal.rounds[-1]
    current.recognised_class = proposal.recognised_class = result_class.value
    current.recognition = reason
    proposal.tell(
        names.PROPOSAL_CLASS_RECOGNISED,
        recognised_class=result_class.value,
        result_class=proposal.result_class,
        round=proposal.round,
    )


def rehandle(
    proposal: Proposal,
    trigger: Trigger,
    units: Collection[str],
    reason: str,
    due_at: datetime,
    at: datetime,
    by: By,
    commitments: tuple[int, ...] = (),
) -> None:
    """Only these units handle it again; of an evaluation they learn no more than that."""
    judged = proposal.round
    proposal.round += 1
    proposal.rounds.append(Round(proposal.round, at, trigger, tuple(units), reason, commitments))
    proposal.rehandling_units = tuple(units)
    for unit in units:
        assignment = proposal.assignment_of(unit)
        assignment.move(AssignmentState.WORKING)
        assignment.reply_due_at = assignment.reply_due_at or assignment.due_at
        assignment.due_at, assignment.overdue_at = due_at, None
        assignment.lateness = None
    proposal.close_kind = proposal.closed_at = proposal.attitude = proposal.result = None
    proposal.evaluate_by = proposal.evaluated_at = None
    proposal.move(State.REHANDLING, at, by, reason or None)
    told = {"round": judged, "units": list(units), "due_at": due_at}
    if trigger is not Trigger.DISSATISFIED:
        told |= {"trigger": trigger.value, "commitments": list(commitments), "reason": reason}
    proposal.tell(EVENTS[trigger], **told)


def _take_up(
    proposal: Proposal, trigger: Trigger, reason: str, due_at: datetime, at: datetime, by: By
) -> None:
    errors.require_reason(reason)
    units = [share.unit for share in proposal.answerable]
    rehandle(proposal, trigger, units, reason, due_at, at, by)
