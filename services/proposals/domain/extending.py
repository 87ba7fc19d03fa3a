"""More time for a reply: a unit asks before it is due, the supervising office decides (DL6)."""

from __future__ import annotations

from datetime import datetime

from services.proposals.domain import answering, errors, handling
from services.proposals.domain.assignments import AT_WORK, Extension
from services.proposals.domain.details import By
from services.proposals.domain.record import Proposal
from services.proposals.domain.states import State
from shared.contracts import names
from shared.days import over


def request(
    proposal: Proposal,
    unit: str,
    until: datetime,
    reason: str,
    longest: datetime,
    at: datetime,
    by: By,
) -> None:
    """Until the day of DL5 ends, with a reason, at most to `longest`."""
    assignment = answering.replying(proposal, unit)
    proposal.require({State.ASSIGNED, State.HANDLING})
    if assignment.state not in AT_WORK:
        raise errors.WrongAssignmentState.of(assignment.state)
    errors.require_reason(reason)
    if assignment.open_extension:
        raise errors.ExtensionOpen
    if over(assignment.due_at, at):
        raise errors.ExtensionLate
    if not assignment.due_at < until <= longest:
        raise errors.ExtensionTooLong.beyond(longest)
    assignment.extensions.append(Extension(until, reason, at, by.account_id))
    requested = names.ASSIGNMENT_EXTENSION_REQUESTED
    handling.tell(proposal, requested, assignment, until=until, reason=reason)


def decide(proposal: Proposal, unit: str, granted: bool, reason: str, at: datetime) -> None:
    """By the supervising office; what was asked for in time may be granted after it."""
    assignment = answering.replying(proposal, unit)
    extension = assignment.open_extension
    if extension is None:
        raise errors.NoExtension
    if not granted and not reason.strip():
        raise errors.ReasonMissing(field="reason")
    extension.granted, extension.decision, extension.decided_at = granted, reason, at
    if not granted:
        handling.tell(proposal, names.ASSIGNMENT_EXTENSION_REFUSED, assignment, reason=reason)
        return
    former, assignment.due_at = assignment.due_at, extension.until
    assignment.overdue_at = assignment.lateness = None  # the clock went on; now it has moved
    proposal.due_at = max(share.due_at for share in proposal.answerable)
    moved = {"due_at": assignment.due_at, "former_due_at": former}
    handling.tell(proposal, names.ASSIGNMENT_EXTENDED, assignment, **moved)
