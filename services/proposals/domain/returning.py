"""A share goes back or to another unit (退办, 改办; decisions 17 and 25).

A unit only asks; the supervising office decides, at the second request a district leader, so that
no case is passed on by units among themselves.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.proposals.domain import errors, handling
from services.proposals.domain.assignments import (
    DISPUTED_FROM,
    Assignment,
    AssignmentState,
    Dispute,
    DueDates,
    Part,
    ReturnRequest,
)
from services.proposals.domain.details import By
from services.proposals.domain.record import Proposal
from services.proposals.domain.replies import CommitmentStatus
from shared.contracts import names
from shared.days import over

A = AssignmentState


def request(proposal: Proposal, unit: str, reason: str, at: datetime, by: By) -> None:
    """Within DL3, once for each unit; the second of a share opens a dispute by itself."""
    assignment = proposal.assignment_of(unit)
    errors.require_reason(reason)
    if assignment.bound:
        raise errors.UnitBound
    if over(assignment.sign_due_at, at):
        raise errors.ReturnLate
    assignment.move(A.RETURN_REQUESTED)
    assignment.hop_count += 1
    assignment.return_request = ReturnRequest(reason, at, by.account_id)
    hops = {"hop_count": assignment.hop_count}
    handling.tell(proposal, names.ASSIGNMENT_RETURN_REQUESTED, assignment, **hops, reason=reason)
    if assignment.hop_count >= DISPUTED_FROM:
        assignment.dispute = Dispute(at)
        handling.tell(proposal, names.ASSIGNMENT_DISPUTE_OPENED, assignment, **hops)


def state_dispute(proposal: Proposal, unit: str, statement: str, signer: str, at: datetime) -> None:
    """The written statement, signed by the unit's head; a later one takes its place."""
    assignment = proposal.assignment_of(unit)
    dispute = _open_dispute(assignment)
    errors.require_reason(statement, "statement")
    dispute.statement, dispute.signer, dispute.stated_at = statement, signer, at
    handling.tell(proposal, names.ASSIGNMENT_DISPUTE_STATED, assignment)


def decide(
    proposal: Proposal, unit: str, new_unit: str | None, reason: str, due: DueDates, at: datetime
) -> None:
    """By the supervising office. `new_unit` takes the share; the same unit: refused, bound;
    None: nobody takes it, which a co-handling share alone bears."""
    assignment = proposal.assignment_of(unit)
    if assignment.dispute:
        raise errors.DisputeOpen
    _decide(proposal, assignment, new_unit, reason, due, at)


def decide_dispute(
    proposal: Proposal,
    unit: str,
    new_unit: str | None,
    reason: str,
    doc_no: str,
    decided_on: str,
    due: DueDates,
    at: datetime,
) -> None:
    """The district leader's decision, recorded by the supervising office; it binds."""
    assignment = proposal.assignment_of(unit)
    dispute = _open_dispute(assignment)
    _decide(proposal, assignment, new_unit, reason, due, at)
    dispute.doc_no, dispute.decided_on = doc_no, decided_on


IDLE = frozenset({A.PENDING, A.RECEIVED})  # nobody has begun to work on it


def heir_of(proposal: Proposal, share: Assignment) -> Assignment | None:
    """The share that stands after a return was decided: itself, what replaces it, or none."""
    if share.standing:
        return share
    return next((a for a in proposal.assignments if a.replaces == share.no and a.standing), None)


def decide_anew(
    proposal: Proposal,
    share: Assignment,
    new_unit: str | None,
    reason: str,
    due: DueDates,
    at: datetime,
) -> None:
    """Decision 54, upon an objection: who has it now gives it up, and `new_unit` is bound."""
    heir = heir_of(proposal, share)
    if heir and heir.state not in IDLE:
        raise errors.WrongAssignmentState.of(heir.state)
    if new_unit == (heir and heir.unit) or (new_unit is None and share.replies):
        raise errors.NewUnitMissing("请指定另一承办单位", field="newUnitId")
    ended = heir or share
    if heir:
        heir.move(A.RETURN_REQUESTED)
        heir.move(A.RETURN_ACCEPTED)
    taken = _replacement(proposal, ended, new_unit, due, at) if new_unit else None
    _tell_decided(proposal, ended, taken, accepted=True, final=False, reason=reason)
    if taken:
        taken.bound = True
        proposal.assignments.append(taken)


def move_unit(proposal: Proposal, former: str, unit: str) -> bool:
    """Decision 17: a unit was merged into another, which has what the former one had.

    Where both had a share, the answering one stays. True if anything changed, so that a
    repeated event does nothing.
    """
    mine = [a for a in proposal.assignments if a.unit == former and a.standing]
    if not mine:
        return False
    for assignment in mine:
        _move_share(proposal, assignment, unit)
    answered = {reply.round for reply in proposal.replies if reply.unit == unit}
    for reply in proposal.replies:
        if reply.unit == former and reply.round not in answered:
            reply.unit = unit
    for commitment in proposal.commitments:
        if commitment.unit == former and commitment.status is CommitmentStatus.OPEN:
            commitment.unit = unit
    proposal.rehandling_units = tuple(unit if u == former else u for u in proposal.rehandling_units)
    return True


def tell_dissolved(proposal: Proposal, unit: str) -> bool:
    """A unit ended without a successor: what it still owes is to be given to another, once told.

    True if anything is owed that was not told yet.
    """
    if unit in proposal.orphaned or unit not in owing(proposal):
        return False
    proposal.orphaned = (*proposal.orphaned, unit)
    share = next(a for a in reversed(proposal.assignments) if a.unit == unit)
    handling.tell(proposal, names.ASSIGNMENT_UNIT_DISSOLVED, share)
    return True


def owing(proposal: Proposal) -> set[str]:
    """Units with a share that is not done, or a promise that is open."""
    done = {A.DELIVERED, A.CO_OPINION_GIVEN, A.RETURN_ACCEPTED}
    shares = {a.unit for a in proposal.assignments if a.state not in done}
    open_promises = {c.unit for c in proposal.commitments if c.status is CommitmentStatus.OPEN}
    again = set(proposal.rehandling_units) - set(proposal.answering_units)
    return shares | open_promises | again


def _decide(
    proposal: Proposal,
    assignment: Assignment,
    new_unit: str | None,
    reason: str,
    due: DueDates,
    at: datetime,
) -> None:
    request = assignment.return_request
    if request is None or assignment.state is not A.RETURN_REQUESTED:
        raise errors.NoReturnRequest
    errors.require_reason(reason)
    final = assignment.dispute is not None
    refused = new_unit == assignment.unit
    replacement = None
    if new_unit is not None and not refused:
        replacement = _replacement(proposal, assignment, new_unit, due, at)
    if new_unit is None and assignment.replies:
        raise errors.NewUnitMissing(field="newUnitId")
    request.accepted, request.decision, request.decided_at = not refused, reason, at
    assignment.move(A.RETURN_REFUSED if refused else A.RETURN_ACCEPTED)
    _tell_decided(
        proposal, assignment, replacement, accepted=not refused, final=final, reason=reason
    )
    if refused:
        assignment.bound = True
        handling.take(proposal, assignment, at)
    elif replacement:
        replacement.bound = final
        proposal.assignments.append(replacement)


def _tell_decided(
    proposal: Proposal, share: Assignment, replacement: Assignment | None, **decided: Any
) -> None:
    handling.tell(
        proposal,
        names.ASSIGNMENT_RETURN_DECIDED,
        share,
        **decided,
        hop_count=share.hop_count,
        new_unit=replacement.unit if replacement else None,
        new_assignment_no=replacement.no if replacement else None,
        sign_due_at=replacement.sign_due_at if replacement else None,
    )


def _replacement(
    proposal: Proposal, old: Assignment, unit: str, due: DueDates, at: datetime
) -> Assignment:
    """The case's due date stays; a co-handling unit has its own month, within it."""
    if any(a.unit == unit and a.standing for a in proposal.assignments):
        raise errors.PlanUnfit("该单位已承办本提案", field="newUnitId")
    last = proposal.due_at or old.due_at
    return Assignment(
        no=len(proposal.assignments) + 1,
        unit=unit,
        part=old.part,
        state=A.PENDING,
        assigned_at=at,
        sign_due_at=due.sign,
        due_at=min(due.opinion, last) if old.part is Part.CO else old.due_at,
        hop_count=old.hop_count,
        replaces=old.no,
    )


def _move_share(proposal: Proposal, assignment: Assignment, unit: str) -> None:
    former = assignment.unit
    own = next((a for a in proposal.assignments if a.unit == unit and a.standing), None)
    if own and (own.replies or not assignment.replies):
        assignment.state = A.RETURN_ACCEPTED  # absorbed by the share the unit has
    else:
        if own:
            own.state = A.RETURN_ACCEPTED
        assignment.unit = unit
        assignment.former_units = (*assignment.former_units, former)
    kept = proposal.assignment_of(unit)
    handling.tell(
        proposal, names.ASSIGNMENT_UNIT_CHANGED, kept, former=former, state=kept.state.value
    )


def _open_dispute(assignment: Assignment) -> Dispute:
    if assignment.dispute is None or assignment.state is not A.RETURN_REQUESTED:
        raise errors.NoDispute
    return assignment.dispute
