"""Withdrawal: free before filing, afterwards on request (T9; decision 23)."""

from __future__ import annotations

from datetime import datetime

from services.proposals.domain import cosigning, errors, honours, merging
from services.proposals.domain.details import DERIVED, By
from services.proposals.domain.record import Proposal
from services.proposals.domain.signatures import Withdrawal
from services.proposals.domain.states import BEFORE_ASSIGNMENT, FREELY_WITHDRAWN, State
from shared.contracts import names


def withdraw(proposal: Proposal, reason: str | None, at: datetime, by: By) -> None:
    """At once, before filing."""
    proposal.require(FREELY_WITHDRAWN)
    _withdraw(proposal, reason, at, by, was_filed=False)


def request(proposal: Proposal, reason: str, at: datetime) -> None:
    proposal.require(BEFORE_ASSIGNMENT)
    merging.require_no_followers(proposal)
    errors.require_reason(reason)
    if proposal.withdrawal and proposal.withdrawal.open:
        raise errors.WithdrawalOpen
    count = proposal.withdrawal.occurrence_no + 1 if proposal.withdrawal else 1
    proposal.withdrawal = Withdrawal(reason, at, count)
    proposal.tell(names.PROPOSAL_WITHDRAWAL_REQUESTED, reason=reason, occurrence_no=count)


def decide(proposal: Proposal, agreed: bool, reason: str, at: datetime, by: By) -> None:
    proposal.require(BEFORE_ASSIGNMENT)
    if proposal.withdrawal is None or not proposal.withdrawal.open:
        raise errors.NoWithdrawal
    if not agreed and not reason.strip():
        raise errors.ReasonMissing(field="reason")
    proposal.withdrawal.open = False
    if agreed:
        _withdraw(proposal, proposal.withdrawal.reason, at, by, was_filed=True)
        return
    proposal.tell(
        names.PROPOSAL_WITHDRAWAL_REFUSED,
        reason=reason,
        occurrence_no=proposal.withdrawal.occurrence_no,
    )


def lapse(proposal: Proposal, at: datetime) -> None:
    """Decision 41: returned, and not submitted again in time."""
    proposal.require({State.RETURNED})
    _withdraw(proposal, "退回后逾期未重新提交", at, DERIVED, was_filed=False)


def _withdraw(
    proposal: Proposal, reason: str | None, at: datetime, by: By, *, was_filed: bool
) -> None:
    proposal.resubmit_by = None
    proposal.shortfall, proposal.review_due_at = None, None
    proposal.move(State.WITHDRAWN, at, by, reason)
    honours.drop(proposal, "提案撤案", at)
    cosigning.cancel(proposal, [c for c in proposal.cosignatures if c.open], at)
    proposal.tell(
        names.PROPOSAL_WITHDRAWN,
        serial_no=proposal.serial_no,
        case_no=proposal.case_no,
        cosigners=proposal.confirmed,
        occurrence_no=proposal.filed_count,
        reason=reason,
        was_filed=was_filed,
        by_system=by == DERIVED,
    )
