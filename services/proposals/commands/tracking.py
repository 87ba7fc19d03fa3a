"""After the reply: promises, second replies, escalation, archive (T19–T24; DL1–DL10)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from services.proposals.commands.ports import Desk, by, change_if, change_seen
from services.proposals.domain import deadlines, judging, promises, rehandling
from services.proposals.domain.alarms import Schedule
from services.proposals.domain.evaluation import CloseKind, evaluation_id
from services.proposals.domain.record import Proposal
from services.proposals.domain.replies import ReplyClass
from services.proposals.domain.rounds import Mediation
from services.proposals.domain.states import State
from shared.actor import Role, allow
from shared.call import Call

RETRY = timedelta(minutes=5)  # after an alarm that failed: the others must not wait for it


@allow(Role.PROPOSAL_DIRECTOR)
def recognise_class(
    call: Call, desk: Desk, *, proposal_id: str, result_class: ReplyClass, reason: str
) -> str:
    return change_seen(
        call,
        desk,
        proposal_id,
        lambda p, _: rehandling.recognise_class(p, result_class, reason, by(call)),
    )


@allow(Role.PROPOSAL_STAFF)
def carry_over(call: Call, desk: Desk, *, proposal_id: str, reason: str) -> str:
    """T22, trigger CARRY_OVER."""
    return change_seen(
        call,
        desk,
        proposal_id,
        lambda p, at: rehandling.carry_over(p, reason, desk.second_reply_by(at), at, by(call)),
    )


@allow(Role.PROPOSAL_DIRECTOR)
def reopen_proposal(call: Call, desk: Desk, *, proposal_id: str, reason: str) -> str:
    """T24, trigger SUPPLEMENT."""
    return change_seen(
        call,
        desk,
        proposal_id,
        lambda p, at: rehandling.reopen(p, reason, desk.second_reply_by(at), at, by(call)),
    )


@allow(Role.PROPOSAL_STAFF)
def archive_proposal(call: Call, desk: Desk, *, proposal_id: str) -> str:
    """T23; a lead waits for all that follow it (decision 24)."""

    def act(proposal: Proposal, at: datetime) -> None:
        states = desk.proposals.states_of_cases([proposal.id]).get(proposal.id, [])
        rehandling.archive(proposal, at, by(call), [State(state) for state in states])

    return change_seen(call, desk, proposal_id, act)


@allow(Role.PROPOSAL_DIRECTOR)
def renew_commitment(call: Call, desk: Desk, *, proposal_id: str, no: int, due_on: date) -> str:
    """Decision 26: a new date for a promise that was not kept."""
    return change_seen(
        call, desk, proposal_id, lambda p, at: promises.renew(p, no, due_on.isoformat(), at)
    )


@allow(Role.PROPOSAL_DIRECTOR)
def release_commitment(call: Call, desk: Desk, *, proposal_id: str, no: int, reason: str) -> str:
    """Decision 26: given up as class C."""
    return change_seen(call, desk, proposal_id, lambda p, at: promises.release(p, no, reason, at))


@allow(Role.CHAIR_COUNCIL)
def record_mediation(
    call: Call, desk: Desk, *, proposal_id: str, held_on: date, files: list[str], **meeting: Any
) -> str:
    """T20: the meeting of the three sides, minuted."""

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


@allow(Role.CHAIR_COUNCIL)
def close_escalated(call: Call, desk: Desk, *, proposal_id: str, kind: CloseKind) -> str:
    """T20: WITH_RESERVATION, or NORMAL where the meeting reached agreement."""

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
        rang = deadlines.ring(proposal, at, schedule)
        if not rang:
            quiet.append((proposal.version, deadlines.next_alarm(proposal, at, schedule)))
        return rang

    if change_if(call, desk, proposal_id, ring):
        return True
    desk.proposals.look_again(proposal_id, *quiet[-1])
    return False
