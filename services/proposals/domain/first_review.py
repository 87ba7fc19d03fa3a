"""The first review by the committee's staff, and what committees say to it (decision 53)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from services.proposals.domain import errors
from services.proposals.domain import procedure_errors as refused
from services.proposals.domain.details import By
from services.proposals.domain.record import Proposal
from services.proposals.domain.states import Category, State
from services.proposals.domain.verdicts import CommitteeComment, FirstReview, Verdict
from shared.contracts import names


def propose(proposal: Proposal, review: FirstReview) -> None:
    """By the staff, until the director has decided; a later one takes the place of the former."""
    proposal.require({State.UNDER_REVIEW})
    if review.verdict is Verdict.FILE and not review.units:
        raise errors.UnitsMissing(field="reviewUnits")
    proposal.first_review = review
    proposal.tell(
        names.PROPOSAL_VERDICT_PROPOSED,
        verdict=review.verdict.value,
        category=review.category and review.category.value,
        review_units=list(review.units),
    )


def comment(proposal: Proposal, committee: str, text: str, at: datetime, by: By) -> None:
    """By a committee on a proposal of its field; a later comment takes the place of the former."""
    proposal.require({State.UNDER_REVIEW})
    if committee not in proposal.field_committees:
        raise refused.NotItsField
    others = [said for said in proposal.committee_comments if said.committee != committee]
    said = CommitteeComment(committee, text, at, by.account_id)
    proposal.committee_comments = [*others, said]
    proposal.tell(names.PROPOSAL_COMMITTEE_COMMENTED, committee=committee)


def decide(
    proposal: Proposal,
    verdict: Verdict,
    against: str,
    category: Category | None = None,
    units: Collection[str] = (),
) -> None:
    """With the director's decision on what is under review: with the first review, or against it,
    and then with a reason. Raises AgainstFirstReview."""
    review = proposal.first_review
    if review is None or proposal.state is not State.UNDER_REVIEW:
        return
    same = review.verdict is verdict
    if same and verdict is Verdict.FILE:
        same = set(units) == set(review.units) and category in {None, review.category}
    if not (same or against.strip()):
        raise refused.AgainstFirstReview(field="against")
    review.decided, review.against = verdict, "" if same else against
