"""Evaluation, escalation and closing (T13–T16, T18–T21, V20; decisions 17 and 21)."""

from __future__ import annotations

from datetime import datetime

from services.proposals.domain import errors, promises, rehandling
from services.proposals.domain.details import DERIVED, By
from services.proposals.domain.evaluation import CloseKind, Evaluation, Form, Grade, Supplement
from services.proposals.domain.record import Proposal
from services.proposals.domain.rounds import Mediation, Trigger
from services.proposals.domain.states import AFTER_REPLY, AWAITING_EVALUATION, OPEN_CASE, State
from shared.contracts import names
from shared.days import over


def check_evaluator(proposal: Proposal, evaluator: str, at: datetime) -> None:
    """V20: proposers only, a reply that was delivered; who is late must still find the case."""
    if evaluator not in proposal.evaluators:
        raise errors.NotTheEvaluator
    if proposal.round == 0 or proposal.evaluate_by is None or not proposal.answering_units:
        raise errors.NothingToEvaluate
    if is_late(proposal, at):
        proposal.require(AFTER_REPLY)
    elif evaluator == proposal.evaluator:
        proposal.require(AWAITING_EVALUATION)


def is_late(proposal: Proposal, at: datetime) -> bool:
    """DL7 is over by the clock, whether or not its alarm has gone off."""
    return proposal.evaluate_by is not None and over(proposal.evaluate_by, at)


def keep_late(proposal: Proposal, evaluation: Evaluation, form: Form, at: datetime, by: By) -> bool:
    """Decision 63: what is said too late is no evaluation, and is kept for the committee.

    Said again before the committee has looked at it, it takes the place of the former. False where
    there is no text to keep.
    """
    if not (form.comment.strip() or form.reason.strip()):
        return False
    evaluation.keep_late(form, at, by.account_id)
    mine = (evaluation.evaluator, proposal.round)
    if any((s.evaluator, s.round) == mine for s in proposal.supplements if s.open):
        return True
    number = len(proposal.supplements) + 1
    proposal.supplements.append(Supplement(number, *mine, at))
    proposal.tell(names.PROPOSAL_SUPPLEMENT_RECEIVED, supplement_no=number, round=proposal.round)
    return True


def settle_supplement(proposal: Proposal, no: int, reason: str, at: datetime) -> None:
    """The committee has considered it and takes nothing up again; the reason goes to its author."""
    found = next((s for s in proposal.supplements if s.no == no and s.open), None)
    if found is None:
        raise errors.NoSupplement(field="no")
    errors.require_reason(reason)
    found.settle(reason, at)
    rehandling.tell_settled(proposal, found, reopened=False)


def evaluate(
    proposal: Proposal,
    evaluation: Evaluation,
    rehandle_by: datetime,
    at: datetime,
    by: By,
    most: int = 1,
) -> None:
    """T13, and at once T14 or T15, of a second reply T18 or T19: the official judgement.

    A case is handled again for dissatisfaction `most` times, then it is escalated.

    Nothing here says which grade it was, until the case is closed (decision 21). DL8 ends at
    `rehandle_by`.
    """
    proposal.require(AWAITING_EVALUATION)
    first = proposal.state is State.REPLIED
    proposal.evaluated_at, proposal.rounds[-1].evaluator = at, evaluation.evaluator
    if first:
        proposal.move(State.EVALUATED, at, by)
    proposal.tell(names.PROPOSAL_EVALUATED, round=proposal.round, evaluator=evaluation.evaluator)
    form = evaluation.form
    if form.result is not Grade.DISSATISFIED:
        _close(proposal, CloseKind.NORMAL, form, at)
    elif first or 0 < _dissatisfied(proposal) < most:
        units = [line.unit for line in form.lines if line.result is Grade.DISSATISFIED]
        rehandling.rehandle(proposal, Trigger.DISSATISFIED, units, "", rehandle_by, at, DERIVED)
    else:
        proposal.move(State.ESCALATED, at, DERIVED)
        units = proposal.answering_units
        proposal.tell(names.PROPOSAL_ESCALATED, round=proposal.round, units=units)


def _dissatisfied(proposal: Proposal) -> int:
    """How many rounds on end there are because the one before did not satisfy."""
    triggers = [round.trigger for round in reversed(proposal.rounds)]
    return next((n for n, t in enumerate(triggers) if t is not Trigger.DISSATISFIED), len(triggers))


def close_unevaluated(proposal: Proposal, at: datetime) -> bool:
    """T16: nobody evaluated in time; that is no consent, so there is no grade.

    True if anything changed, so that a second look does nothing.
    """
    waiting = proposal.state in AWAITING_EVALUATION
    if not waiting or not is_late(proposal, at):
        return False
    _close(proposal, CloseKind.NOT_EVALUATED, None, at)
    return True


def mark_absent(proposal: Proposal, member_id: str) -> bool:
    """Decisions 17, 62: who died, resigned or was removed no longer evaluates; the next co-signer
    does.

    True if anything changed, so that a repeated event does nothing.
    """
    mine = member_id in {proposal.first_proposer, *proposal.confirmed}
    if not mine or member_id in proposal.absent or proposal.state not in OPEN_CASE:
        return False
    before = proposal.evaluator
    proposal.absent = (*proposal.absent, member_id)
    if proposal.state in AWAITING_EVALUATION and proposal.evaluator != before:
        proposal.tell(
            names.PROPOSAL_EVALUATOR_CHANGED,
            member_id=proposal.evaluator,
            former=before,
            round=proposal.round,
            evaluate_by=proposal.evaluate_by,
        )
    return True


def record_mediation(proposal: Proposal, mediation: Mediation, at: datetime) -> None:
    """A meeting of the three sides; there may be several."""
    proposal.require({State.ESCALATED})
    if mediation.held_on > at.date().isoformat():
        raise errors.FutureContact("商谈日期不能晚于今天", field="heldOn")
    if not mediation.minutes.strip():
        raise errors.ReasonMissing("请填写会议纪要", field="minutes")
    proposal.mediations.append(mediation)
    proposal.tell(
        names.PROPOSAL_MEDIATION_HELD,
        held_on=mediation.held_on,
        mediation_no=len(proposal.mediations),
        units=list(proposal.rehandling_units),
    )


def close_escalated(
    proposal: Proposal, kind: CloseKind, form: Form | None, at: datetime, by: By
) -> None:
    """T20: after a mediation that is minuted; there is no third reply.

    `form` is the last official evaluation: whatever the meeting reached, it counts as it was.
    """
    proposal.require({State.ESCALATED})
    if kind is CloseKind.NOT_EVALUATED:
        raise errors.CloseKindUnfit(field="kind")
    begun = proposal.rounds[-1].replied_at
    if not any(begun and m.recorded_at >= begun for m in proposal.mediations):
        raise errors.MediationMissing
    assert form is not None  # nothing escalates without one
    _close(proposal, kind, form, at, by)


def _close(
    proposal: Proposal, kind: CloseKind, form: Form | None, at: datetime, by: By = DERIVED
) -> None:
    """The grades appear here for the first time. T21 follows where a promise is open."""
    grades = (form.attitude, form.result) if form else (None, None)
    for ended in (proposal, proposal.rounds[-1]):
        ended.close_kind, ended.closed_at = kind, at
        ended.attitude, ended.result = grades
    proposal.move(State.CLOSED, at, by)
    proposal.tell(
        names.PROPOSAL_CLOSED,
        close_kind=kind.value,
        attitude=proposal.attitude,
        result=proposal.result,
        round=proposal.round,
        units=proposal.answering_units,
        cosigners=proposal.confirmed,
        result_class=proposal.result_class,
    )
    promises.settle(proposal, kind, form, at)
    if proposal.unsettled:
        proposal.move(State.TRACKING, at, DERIVED)
        proposal.tell(names.PROPOSAL_TRACKING_STARTED)
