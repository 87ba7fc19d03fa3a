"""The commitment ledger: what units promised and what became of it (DL9, decision 26)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from services.proposals.domain import errors, handling
from services.proposals.domain.evaluation import CloseKind, Form, Grade
from services.proposals.domain.record import Proposal
from services.proposals.domain.replies import (
    PENDING,
    UNKEPT,
    Commitment,
    CommitmentGround,
    CommitmentStatus,
    Outcome,
    Reply,
)
from shared.contracts import names
from shared.errors import DomainError

C = CommitmentStatus


def renew(proposal: Proposal, no: int, due_on: str, at: datetime) -> None:
    """Decision 26: a new date for what was not kept, approved by the director."""
    commitment = _unkept(proposal, no)
    if due_on <= at.date().isoformat():
        raise errors.CommitmentMissing("新的完成日期应晚于今天", field="dueOn")
    commitment.settled_at, commitment.successor = at, len(proposal.commitments) + 1
    successor = commitment.successor
    _tell(proposal, names.COMMITMENT_RENEWED, commitment, new_due_on=due_on, successor=successor)
    make(proposal, commitment.unit, commitment.text, due_on, at, replaces=no)


def release(proposal: Proposal, no: int, reason: str, at: datetime) -> None:
    """Decision 26: given up as class C, with the reason."""
    commitment = _unkept(proposal, no)
    errors.require_reason(reason)
    commitment.settled_at, commitment.release = at, reason
    _tell(proposal, names.COMMITMENT_RELEASED, commitment, reason=reason)


def miss(proposal: Proposal, unit: str) -> None:
    """The second reply about them is overdue; a supervision notice goes out."""
    for commitment in proposal.commitments:
        if (commitment.unit, commitment.asked_round) == (unit, proposal.round):
            _miss(proposal, commitment)


def problems(proposal: Proposal, reply: Reply) -> Iterator[DomainError]:
    """Decision 26: what became of each promise that fell due, and why if not kept."""
    own = {c.no for c in proposal.commitments if c.unit == reply.unit and c.settled_at is None}
    asked = {c.no for c in proposal.commitments if c.asked_round == proposal.round} & own
    told = {outcome.commitment for outcome in reply.content.outcomes}
    if told - own:
        yield errors.NoCommitment("只能报告本单位未了结的承诺", field="outcomes")
    if missing := sorted(asked - told):
        yield errors.OutcomeMissing(field="outcomes", details={"missing": missing})
    for outcome in reply.content.outcomes:
        if outcome.status in PENDING:  # what a unit cannot say
            yield errors.OutcomeMissing(field="outcomes", details={"missing": [outcome.commitment]})
        if outcome.status is not C.MET and not outcome.note.strip():
            yield errors.OutcomeMissing("未按期完成的承诺，请说明原因", field="outcomes")


def make(
    proposal: Proposal, unit: str, text: str, due_on: str, at: datetime, replaces: int | None = None
) -> None:
    commitment = Commitment(
        no=len(proposal.commitments) + 1,
        unit=unit,
        round=proposal.round,
        text=text,
        due_on=due_on,
        status=C.OPEN,
        made_at=at,
    )
    proposal.commitments.append(commitment)
    told = {"replaces": replaces} if replaces else {}
    _tell(proposal, names.COMMITMENT_MADE, commitment, **told)


def recognise(proposal: Proposal, no: int, kept: bool, reason: str, at: datetime) -> None:
    """Decision 42: the committee's word on what the unit says it kept.

    What was kept late stays MISSED in the unit's rate, and is settled.
    """
    commitment = _of(proposal, no)
    late = kept and commitment.status in UNKEPT and commitment.claim is C.MET
    if commitment.settled_at or not (late or commitment.status is C.CLAIMED):
        raise errors.NotClaimed
    errors.require_reason(reason)
    commitment.recognition = reason
    if kept:
        _keep(proposal, commitment, CommitmentGround.COMMITTEE, at)
    else:
        _miss(proposal, commitment)


def verify(numbers: Collection[int], inspection_id: str, proposal: Proposal, at: datetime) -> bool:
    """Decision 42: an inspection saw that these are kept, also before the unit says so.

    True if anything changed, so that a repeated event does nothing.
    """
    seen = [c for c in proposal.unsettled if c.no in numbers and c.verified_by is None]
    for commitment in seen:
        commitment.verified_by = inspection_id
        if commitment.status is not C.OPEN and commitment.claim is C.MET:
            _keep(proposal, commitment, CommitmentGround.INSPECTION, at)
    return bool(seen)


def take_outcomes(proposal: Proposal, outcomes: Collection[Outcome], unit: str) -> None:
    """A delivered second reply said what became of the promises."""
    for outcome in outcomes:
        commitment = _of(proposal, outcome.commitment)
        if commitment.unit != unit or commitment.settled_at:
            continue
        commitment.claim, commitment.claim_round = outcome.status, proposal.round
        commitment.note, commitment.proof = outcome.note, outcome.proof
        commitment.record = outcome.record
        if commitment.status not in PENDING:
            continue
        if outcome.status is C.MISSED:
            _miss(proposal, commitment)
        elif outcome.status is C.CHANGED:
            commitment.status, commitment.decide_by = C.CHANGED, None
            _tell(proposal, names.COMMITMENT_CHANGED, commitment)


def settle(proposal: Proposal, kind: CloseKind, form: Form | None, at: datetime) -> None:
    """At closing: what the unit said it kept is a claim, and silence keeps no promise.

    It is kept by proof with the proposer's consent to this reply, or as an inspection saw it; the
    proposer's remaining doubt makes it missed; else it stays CLAIMED, for the committee.
    """
    for commitment in proposal.unsettled:
        said = (commitment.claim, commitment.claim_round or proposal.round)
        if said != (C.MET, proposal.round):
            continue
        if commitment.verified_by:
            _keep(proposal, commitment, CommitmentGround.INSPECTION, at)
        elif kind is CloseKind.WITH_RESERVATION:
            _miss(proposal, commitment)
        elif commitment.proven and _consents(form, commitment.unit):
            _keep(proposal, commitment, CommitmentGround.PROPOSER, at)
        elif commitment.status in PENDING:
            commitment.status, commitment.decide_by = C.CLAIMED, None
            _tell(proposal, names.COMMITMENT_CLAIMED, commitment)


def _consents(form: Form | None, unit: str) -> bool:
    """SATISFIED or BASIC with what this unit replied."""
    lines = form.lines if form else ()
    return any(line.unit == unit and line.result is not Grade.DISSATISFIED for line in lines)


def _keep(
    proposal: Proposal, commitment: Commitment, ground: CommitmentGround, at: datetime
) -> None:
    """What was kept late stays MISSED in the unit's rate, and is settled."""
    commitment.settled_at, commitment.ground = at, ground
    if commitment.status in PENDING:
        commitment.status = C.MET
        _tell(proposal, names.COMMITMENT_MET, commitment, ground=ground.value)
    else:
        _tell(proposal, names.COMMITMENT_RELEASED, commitment, reason="逾期后兑现", kept_late=True)


def _tell(proposal: Proposal, event: str, commitment: Commitment, **data: Any) -> None:
    proposal.tell(
        event,
        unit=commitment.unit,
        commitment_no=commitment.no,
        due_on=commitment.due_on,
        text=commitment.text,
        round=commitment.round,
        **data,
    )


def _miss(proposal: Proposal, commitment: Commitment) -> None:
    if commitment.status in PENDING:
        commitment.status, commitment.decide_by = C.MISSED, None
        _tell(proposal, names.COMMITMENT_MISSED, commitment)
        _notice(proposal, commitment)


def _notice(proposal: Proposal, commitment: Commitment) -> None:
    """A promise that was not kept brings a supervision notice (2.2 "Second reply")."""
    handling.tell(
        proposal,
        names.PROPOSAL_SUPERVISION_NOTICE_ISSUED,
        proposal.assignment_of(commitment.unit),
        about="COMMITMENT",
        commitment_no=commitment.no,
        due_on=commitment.due_on,
    )


def _of(proposal: Proposal, no: int) -> Commitment:
    found = next((c for c in proposal.commitments if c.no == no), None)
    if found is None:
        raise errors.NoCommitment(field="no")
    return found


def _unkept(proposal: Proposal, no: int) -> Commitment:
    commitment = _of(proposal, no)
    if commitment.status not in UNKEPT or commitment.settled_at:
        raise errors.NotUnkept
    return commitment


def report_day(commitment: Commitment, last: tuple[int, int]) -> date:
    """DL9: a promise is reported on its date, at the latest on `last` (month, day) of its year,
    where that lies after the promise was made."""
    due = date.fromisoformat(commitment.due_on)
    month, day = last
    latest = date(due.year, month, min(day, monthrange(due.year, month)[1]))
    return latest if commitment.made_at.date() < latest < due else due
