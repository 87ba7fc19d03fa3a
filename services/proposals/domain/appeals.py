"""The appeal against not filing; two persons decide it (T25; decision 28)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.proposals.domain import errors, referring
from services.proposals.domain.details import By
from services.proposals.domain.record import Proposal
from services.proposals.domain.refusal import Appeal
from services.proposals.domain.states import State
from shared.contracts import names
from shared.days import over


def request(proposal: Proposal, reason: str, at: datetime) -> None:
    """T25: by the author, within the time for it (decision 28)."""
    proposal.require({State.NOT_FILED})
    assert proposal.not_filed is not None
    errors.require_reason(reason)
    if over(proposal.not_filed.appeal_by, at):
        raise errors.AppealLate
    if proposal.appeal:
        raise errors.AppealOpen
    proposal.appeal = Appeal(reason, at)
    proposal.tell(names.PROPOSAL_APPEAL_REQUESTED, reason=reason)


def decide(proposal: Proposal, agreed: bool, reason: str, at: datetime, by: By) -> None:
    """By the director; it stands once a second person has confirmed it (decision 28)."""
    appeal = _open(proposal)
    errors.require_reason(reason)
    appeal.agreed, appeal.decision, appeal.decided_by = agreed, reason, by.account_id
    appeal.decide_by = None  # the second person has a day of its own
    proposal.tell(names.PROPOSAL_APPEAL_DECISION_PROPOSED, agreed=agreed)


def confirm(
    proposal: Proposal, confirmed: bool, review_due_at: datetime, at: datetime, by: By
) -> None:
    """The second person's word; without agreement the director decides again.

    T25: what is reviewed anew has a day for it anew (DL1).
    """
    appeal = _open(proposal)
    if appeal.agreed is None:
        raise errors.NoAppeal("没有待确认的复议决定")
    if by.account_id == appeal.decided_by:
        raise errors.SecondPerson
    if not confirmed:
        appeal.agreed = appeal.decision = appeal.decided_by = appeal.decide_by = None
        proposal.tell(names.PROPOSAL_APPEAL_DECISION_RETURNED)
        return
    appeal.settled, appeal.confirmed_by = True, by.account_id
    decided: dict[str, Any] = {"agreed": appeal.agreed, "reason": appeal.decision}
    if appeal.agreed:
        proposal.review_due_at = decided["review_due_at"] = review_due_at
    proposal.tell(names.PROPOSAL_APPEAL_DECIDED, **decided)
    if appeal.agreed:
        referring.end(proposal)
        proposal.first_review = None  # it is reviewed anew
        proposal.move(State.UNDER_REVIEW, at, by, appeal.decision)


def _open(proposal: Proposal) -> Appeal:
    proposal.require({State.NOT_FILED})
    if proposal.appeal is None or proposal.appeal.settled:
        raise errors.NoAppeal
    return proposal.appeal
