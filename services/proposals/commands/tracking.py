"""After the reply: promises, second replies, escalation, archive (T19–T24; DL1–DL10)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Unpack

from services.proposals.commands.ports import Desk, by, change_if, change_seen
from services.proposals.domain import deadlines, judging, promises, rehandling
from services.proposals.domain.alarms import Schedule
from services.proposals.domain.evaluation import evaluation_id
from services.proposals.domain.procedure_errors import ClassOff
from services.proposals.domain.record import Proposal
from services.proposals.domain.replies import ReplyClass
from services.proposals.domain.rounds import Mediation
from services.proposals.domain.states import State
from services.proposals.schemas import common
from services.proposals.schemas import tracking as form
from shared.actor import LEADERS, Role, allow
from shared.call import Call
from shared.operations import command

RETRY = timedelta(minutes=5)  # after an alarm that failed: the others must not wait for it


@allow(Role.PROPOSAL_DIRECTOR)
@command("recogniseClass", answers=common.PROPOSAL)
def recognise_class(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    result_class: form.ProposalResultClass,
    reason: form.TrackingReason,
) -> str:
    """认定办理结果类别。Recognise the class of the result as the committee sees it.

    Raises ReplyReasonMissing, ClassOff.
    """
    if result_class is ReplyClass.D and not desk.settings.get("class_d", desk.clock.now()):
        raise ClassOff(field="resultClass")
    return change_seen(
        call,
        desk,
        proposal_id,
        lambda p, _: rehandling.recognise_class(p, result_class, reason, by(call)),
    )


@allow(Role.PROPOSAL_STAFF)
@command("carryOver", answers=common.PROPOSAL)
def carry_over(
    call: Call, desk: Desk, *, proposal_id: common.ProposalId, reason: common.Reason
) -> str:
    """结转办理，每年一次。Have it handled again in a later year, once a year.

    T22, trigger CARRY_OVER.

    Raises CarriedOver, ReasonMissing.
    """
    return change_seen(
        call,
        desk,
        proposal_id,
        lambda p, at: rehandling.carry_over(
            p,
            reason,
            desk.second_reply_by(at),
            at,
            by(call),
            desk.settings.get("carry_overs_a_year", at),
        ),
    )


@allow(Role.PROPOSAL_DIRECTOR, Role.PROPOSAL_STAFF)
@command("reopenProposal", answers=common.PROPOSAL)
def reopen_proposal(
    call: Call, desk: Desk, *, proposal_id: common.ProposalId, reason: common.Reason
) -> str:
    """办结后因补充意见重新启动办理。Take a closed case up again for a supplementary opinion.

    T24, trigger SUPPLEMENT. The committee's staff may, while a supplementary opinion waits
    (decision 63).

    Raises ReasonMissing, NoSupplement.
    """
    return change_seen(
        call,
        desk,
        proposal_id,
        lambda p, at: rehandling.reopen(p, reason, desk.second_reply_by(at), at, by(call)),
    )


@allow(Role.PROPOSAL_STAFF)
@command("settleSupplement", answers=common.PROPOSAL)
def settle_supplement(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    no: form.SupplementNo,
    reason: common.Reason,
) -> str:
    """补充意见研究后不再启动办理，说明理由。Settle a supplementary opinion without a second reply.

    Decision 63.

    Raises NoSupplement, ReasonMissing.
    """
    return change_seen(
        call, desk, proposal_id, lambda p, at: judging.settle_supplement(p, no, reason, at)
    )


@allow(Role.PROPOSAL_STAFF)
@command("archiveProposal", answers=common.PROPOSAL, batch="archiveProposals")
def archive_proposal(call: Call, desk: Desk, *, proposal_id: common.ProposalId) -> str:
    """归档，须没有未了结的承诺。Archive; no promise may be left open.

    T23; a lead waits for all that follow it (decision 24).

    Raises CommitmentsOpen.
    """

    def act(proposal: Proposal, at: datetime) -> None:
        states = desk.proposals.states_of_cases([proposal.id]).get(proposal.id, [])
        rehandling.archive(proposal, at, by(call), [State(state) for state in states])

    return change_seen(call, desk, proposal_id, act)


@allow(Role.PROPOSAL_DIRECTOR)
@command("renewCommitment", answers=common.PROPOSAL)
def renew_commitment(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    no: form.ProposalNo,
    due_on: form.DueOn,
) -> str:
    """批准未兑现承诺的新期限。Approve a new date for a promise that was not kept.

    Raises NoCommitment, NotUnkept, CommitmentMissing.
    """
    return change_seen(
        call, desk, proposal_id, lambda p, at: promises.renew(p, no, due_on.isoformat(), at)
    )


@allow(Role.PROPOSAL_DIRECTOR)
@command("releaseCommitment", answers=common.PROPOSAL)
def release_commitment(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    no: form.ProposalNo,
    reason: common.Reason,
) -> str:
    """未兑现的承诺按C类说明理由了结。Give up a promise as class C, with the reason.

    Decision 26: given up as class C.

    Raises NoCommitment, NotUnkept, ReasonMissing.
    """
    return change_seen(call, desk, proposal_id, lambda p, at: promises.release(p, no, reason, at))


@allow(Role.PROPOSAL_STAFF, Role.PROPOSAL_DIRECTOR)
@command("recogniseCommitment", answers=common.PROPOSAL)
def recognise_commitment(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    no: form.ProposalNo,
    kept: form.Kept,
    reason: common.Reason,
) -> str:
    """认定承办单位报告的承诺是否兑现。Recognise whether a promise is kept, as its unit says.

    Decision 42: a claim without proof or without the proposer's consent waits for this.

    Raises NoCommitment, NotClaimed, ReasonMissing.
    """
    return change_seen(
        call, desk, proposal_id, lambda p, at: promises.recognise(p, no, kept, reason, at)
    )


@allow(*LEADERS)
@command("recordMediation", answers=common.PROPOSAL)
def record_mediation(
    call: Call,
    desk: Desk,
    *,
    proposal_id: common.ProposalId,
    held_on: common.HeldOn,
    files: common.Files,
    **meeting: Unpack[form.RecordMediation],
) -> str:
    """登记三方面商会。Record a mediation meeting of an escalated case.

    T20: the meeting of the three sides, minuted.

    Raises FutureContact.
    """

    def act(proposal: Proposal, at: datetime) -> None:
        mediation = Mediation(
            held_on=held_on.isoformat(),
            files=tuple(files),
            recorded_at=at,
            account_id=call.actor.account_id,
            **meeting,
        )
        judging.record_mediation(proposal, mediation, at)

    return change_seen(call, desk, proposal_id, act)


@allow(*LEADERS)
@command("closeEscalated", answers=common.PROPOSAL)
def close_escalated(
    call: Call, desk: Desk, *, proposal_id: common.ProposalId, kind: form.Kind
) -> str:
    """三方面商后办结。Close an escalated case after a mediation.

    T20: WITH_RESERVATION, or NORMAL where the meeting reached agreement.

    Raises MediationMissing, CloseKindUnfit.
    """

    def act(proposal: Proposal, at: datetime) -> None:
        judge = proposal.rounds[-1].evaluator if proposal.rounds else None
        key = evaluation_id(proposal.id, proposal.round, judge or "")
        evaluation = desk.evaluations.get(key)
        judging.close_escalated(
            proposal, kind, evaluation.form if evaluation else None, at, by(call)
        )

    return change_seen(call, desk, proposal_id, act)


@allow(Role.SYSTEM)
def ring_alarms(call: Call, desk: Desk) -> list[str]:
    """Reminders, overdue, notices, promises that come due: each once (DL1–DL10).

    Whoever changed a proposal has it looked at; here the alarms go off and the next look is set.
    """
    now = desk.clock.now()
    due = [
        key
        for key in desk.proposals.watched(now)
        if desk.proposals.claim_look(key, now, now + RETRY)
    ]
    schedule = desk.schedule(now) if due else Schedule()
    return [key for key in due if _look(call, desk, key, schedule)]


def _look(call: Call, desk: Desk, proposal_id: str, schedule: Schedule) -> bool:
    """True if an alarm went off; it is then saved, and so looked at once more."""
    quiet: list[tuple[int, datetime | None]] = []

    def ring(proposal: Proposal, at: datetime) -> bool:
        changed = deadlines.date(proposal, at, schedule, desk.decision_by)
        changed |= deadlines.ring(proposal, at, schedule)
        if not changed:
            quiet.append((proposal.version, deadlines.next_alarm(proposal, at, schedule)))
        return changed

    if change_if(call, desk, proposal_id, ring):
        return True
    desk.proposals.look_again(proposal_id, *quiet[-1])
    return False
