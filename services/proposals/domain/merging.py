"""Merging proposals of the same matter into one case (并案, T7; decision 24).

The lead is filed and unassigned. What is merged into it follows: it is assigned, signed for and
handed on with the lead, and each proposer gets a reply, a judgement and an end of its own, on the
own document (docs/adr/0008).
"""

from __future__ import annotations

from datetime import datetime

from services.proposals.domain import errors, first_review
from services.proposals.domain.details import By, Merged
from services.proposals.domain.record import Proposal
from services.proposals.domain.states import State
from services.proposals.domain.verdicts import Verdict
from shared.contracts import names


def merge(
    proposal: Proposal, lead: Proposal, reason: str, at: datetime, by: By, against: str = ""
) -> None:
    """T7, by the director. What was never filed counts as filed from now on (B1–B4)."""
    proposal.require({State.UNDER_REVIEW, State.FILED})
    _check_lead(lead, proposal)
    errors.require_reason(reason)
    require_no_followers(proposal)
    if proposal.shortfall:
        raise errors.ShortfallOpen
    if proposal.withdrawal and proposal.withdrawal.open:
        raise errors.WithdrawalOpen
    first_review.decide(proposal, Verdict.MERGE, against)
    was_filed = proposal.state is State.FILED
    if not was_filed:
        proposal.filed_count += 1
        proposal.filed_at = at
    proposal.plan, proposal.review_due_at = None, None
    _follow(proposal, lead, reason, at)
    lead.followers = (*lead.followers, proposal.id)
    proposal.move(State.MERGED, at, by, reason)
    proposal.tell(
        names.PROPOSAL_MERGED,
        **proposal.numbering(),
        **proposal.origin(),
        lead=lead.id,
        case_no=lead.case_no,
        reason=reason,
        was_filed=was_filed,
        authors=proposal.credited,
        occurrence_no=proposal.filed_count,
        groups=proposal.groups,
        undoes_not_filed=0 if was_filed else proposal.not_filed_count,
    )


def hand_lead(lead: Proposal, heir: Proposal, reason: str, at: datetime, by: By) -> None:
    """Another one leads: the former lead follows it, and may then be withdrawn."""
    lead.require({State.FILED})
    if heir.id not in lead.followers:
        raise errors.LeadUnfit(field="leadId")
    if heir.withdrawal and heir.withdrawal.open:
        raise errors.WithdrawalOpen
    errors.require_reason(reason)
    heir.merged = None
    heir.followers = tuple(lead.id if key == heir.id else key for key in lead.followers)
    heir.move(State.FILED, at, by, reason)
    lead.followers, lead.plan = (), None
    _follow(lead, heir, reason, at)
    lead.move(State.MERGED, at, by, reason)
    heir.tell(names.PROPOSAL_LEAD_NAMED, former_lead=lead.id, case_no=heir.case_no, reason=reason)


def follow_new_lead(follower: Proposal, lead: Proposal, at: datetime) -> None:
    assert follower.merged is not None
    _follow(follower, lead, follower.merged.reason, at)


def lose(lead: Proposal, follower: str) -> None:
    """A follower was withdrawn."""
    lead.followers = tuple(key for key in lead.followers if key != follower)


def require_no_followers(proposal: Proposal) -> None:
    """Decision 24: a lead stays until a new one is named."""
    if proposal.followers:
        raise errors.LeadsOthers


def _check_lead(lead: Proposal, follower: Proposal) -> None:
    """Raises LeadUnfit where `lead` cannot lead `follower`."""
    fits = lead.id != follower.id and lead.state is State.FILED and lead.term == follower.term
    if not fits or (lead.withdrawal and lead.withdrawal.open):
        raise errors.LeadUnfit(field="leadId")


def _follow(follower: Proposal, lead: Proposal, reason: str, at: datetime) -> None:
    assert lead.case_no is not None and lead.case_title is not None
    follower.merged = Merged(lead.id, lead.case_no, lead.case_title, reason, at)
