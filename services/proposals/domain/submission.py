"""Submission, first and again (T2, T5; V1–V9, V11; decision 21)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from services.proposals.domain import authorship, cosigning, errors, numbers
from services.proposals.domain.details import By, Session
from services.proposals.domain.kinds import COLLECTIVES, ProposerType
from services.proposals.domain.record import Proposal
from services.proposals.domain.states import WRITABLE, Openness, SignState, State
from services.proposals.domain.text import Limits
from shared.contracts import names
from shared.days import over
from shared.errors import AppError, DomainError, Refused

Groups = Mapping[str, Mapping[str, Any]]  # member id → group codes


def problems(
    proposal: Proposal,
    at: datetime,
    by: By,
    session: Session,
    active: Collection[str],
    limits: Limits,
    groups: Groups | None = None,
) -> list[AppError]:
    """What stands against submitting now: V1, V3–V8, V11; each with its field.

    groups: the group codes of the named authors.
    """
    if proposal.state not in WRITABLE:
        return [errors.WrongState.of(proposal.state)]
    found: list[DomainError] = list(proposal.text.problems(limits))
    if proposal.resubmit_by and over(proposal.resubmit_by, at):
        found.append(errors.ResubmitLate())
    if proposal.details.category is None:
        found.append(errors.Incomplete("请选择提案类别", field="category"))
    if proposal.details.openness is Openness.CLOSED and not proposal.details.openness_reason:
        found.append(errors.OpennessReason(field="opennessReason"))
    if proposal.details.classified:
        found.append(errors.Classified(field="classified"))
    if not proposal.details.declared:
        found.append(errors.NotDeclared(field="declared"))
    if proposal.entry and proposal.entry.confirmed_at is None:
        found.append(errors.EntryNotConfirmed())
    found += _proposer_problems(proposal, at, by, session, active)
    found += authorship.problems(proposal, active, groups or {})
    return list(found)


def submit(
    proposal: Proposal,
    at: datetime,
    by: By,
    session: Session,
    active: Collection[str],
    limits: Limits,
    serial_number: int | None,
    review_due_at: datetime,
    groups: Groups | None = None,
) -> None:
    """T2, T5. `serial_number` is for the first submission; a resubmission keeps its own.

    Raises Refused with every reason at once.
    """
    if found := problems(proposal, at, by, session, active, limits, groups):
        raise Refused.of(found)
    for signature in proposal.cosignatures:
        if signature.open:  # V9: what is not confirmed by now does not count
            cosigning.settle(proposal, signature, SignState.EXPIRED, at)
    if proposal.serial_no is None:
        assert serial_number is not None
        # A draft may have waited for a later term; it counts where it is submitted.
        proposal.term, proposal.session = session.term, session.no
        proposal.session_mark = session.mark(at)
        proposal.serial_no = numbers.serial_no(proposal.term, session.no, serial_number)
    proposal.text_pinned = True
    proposal.revision += 1
    proposal.submitted_at, proposal.review_due_at, proposal.window_until = at, review_due_at, None
    proposal.resubmit_by = None
    proposal.move(State.SUBMITTED, at, by)
    proposal.tell(
        names.PROPOSAL_SUBMITTED,
        **proposal.numbering(),
        revision=proposal.revision,
        groups=proposal.groups,
        review_due_at=review_due_at,
    )
    authorship.ask(proposal, at)


def _proposer_problems(
    proposal: Proposal, at: datetime, by: By, session: Session, active: Collection[str]
) -> list[DomainError]:
    if collective := COLLECTIVES.get(proposal.proposer_type):
        if collective.plenary_only and not session.in_plenary(at):
            return [errors.PlenaryOnly()]
        sealed = proposal.seal is not None and proposal.seal.sealed_at is not None
        return [] if sealed or by.role == collective.head else [errors.NotSealed()]
    found: list[DomainError] = []
    missing = [m for m in [proposal.first_proposer, *proposal.confirmed] if m not in active]
    if missing:
        found.append(errors.NotActive(details={"members": missing}))
    if proposal.proposer_type is ProposerType.JOINT and not proposal.confirmed:
        found.append(errors.TooFewCosigners(field="cosignatures"))
    return found
