"""Review by the proposal committee: returned, filed or not, undone (T3, T4, T6, T8, T26)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from services.proposals.domain import (
    errors,
    first_review,
    honours,
    merging,
    numbers,
    referring,
)
from services.proposals.domain.details import DERIVED, By
from services.proposals.domain.kinds import ProposerType
from services.proposals.domain.record import Proposal
from services.proposals.domain.refusal import Disposition, NotFiled, NotFiledReason
from services.proposals.domain.states import Category, State
from services.proposals.domain.verdicts import Verdict
from shared.contracts import names
from shared.days import over


@dataclass(frozen=True)
class ReturnTimes:
    """Days after a return: for co-signing (decision 22), and to submit again (decision 41)."""

    cosign: int
    resubmit: int


LETTERS_ONLY = frozenset({NotFiledReason.NF07})  # a personal matter of self or relatives


def start(proposal: Proposal, at: datetime, by: By, committees: Collection[str] = ()) -> None:
    """T3; what is filed or refused comes back by T25 and T26 only.

    `committees`: whose field it is; they may comment (decision 53).
    """
    proposal.require({State.SUBMITTED})
    proposal.first_review, proposal.field_committees = None, tuple(committees)
    proposal.move(State.UNDER_REVIEW, at, by)
    told = {"review_due_at": proposal.review_due_at, "committees": list(committees)}
    proposal.tell(names.PROPOSAL_REVIEW_STARTED, **told)


def send_back(proposal: Proposal, comment: str, at: datetime, by: By, times: ReturnTimes) -> None:
    """T4: a new co-signing window opens."""
    proposal.require({State.UNDER_REVIEW})
    _give_back(proposal, comment, at, by, times)


def decide_shortfall(
    proposal: Proposal, as_individual: bool, at: datetime, by: By, times: ReturnTimes
) -> None:
    """Decision 22: go on as INDIVIDUAL, or have it returned."""
    if proposal.shortfall is None:
        raise errors.NoShortfall
    if by.role != DERIVED.role and over(proposal.shortfall.decide_by, at):
        raise errors.ShortfallLate
    proposal.shortfall = None
    if as_individual:
        proposal.proposer_type = ProposerType.INDIVIDUAL
    proposal.tell(
        names.PROPOSAL_COSIGN_SHORTFALL_DECIDED,
        decision="INDIVIDUAL" if as_individual else "RETURNED",
    )
    if not as_individual:
        _give_back(proposal, "联名人数不足，退回补充联名", at, by, times)


def file(
    proposal: Proposal,
    units: Collection[str],
    opinion: str | None,
    one_matter: bool,
    number: int,
    at: datetime,
    by: By,
    category: Category | None = None,
    against: str = "",
) -> None:
    """T6: the case number is given; `number` comes from the gap-free counter.

    `category` corrects the proposer's, which is kept (decision 53); `against`: why otherwise than
    the first review proposed.
    """
    check_filing(proposal, units, one_matter)
    first_review.decide(proposal, Verdict.FILE, against, category, units)
    if category not in {None, proposal.details.category}:
        proposal.own_category = proposal.own_category or proposal.details.category
        proposal.details = replace(proposal.details, category=category)
    proposal.review_units, proposal.review_opinion = tuple(units), opinion
    if proposal.case_no is None:  # filed again after T26 keeps its number
        give_number(proposal, number)
    proposal.filed_at, proposal.review_due_at = at, None
    proposal.filed_count += 1
    proposal.move(State.FILED, at, by)
    proposal.tell(
        names.PROPOSAL_FILED,
        **proposal.numbering(),
        **proposal.origin(),
        case_no=proposal.case_no,
        authors=proposal.credited,
        openness=proposal.details.openness.value,
        occurrence_no=proposal.filed_count,
        review_units=list(units),
        groups=proposal.groups,
        undoes_not_filed=proposal.not_filed_count,
    )


def give_number(proposal: Proposal, number: int) -> None:
    """The case number: on filing, or when a follower that was never filed becomes the lead."""
    assert proposal.session is not None and proposal.session_mark is not None
    place = (proposal.term, proposal.session, proposal.session_mark, number)
    proposal.case_no, proposal.case_title = numbers.case_no(*place), numbers.case_title(*place)


def check_filing(proposal: Proposal, units: Collection[str], one_matter: bool) -> None:
    """V2, the unit suggestion of T6, and decision 22; before a number is taken."""
    proposal.require({State.UNDER_REVIEW})
    if proposal.shortfall:
        raise errors.ShortfallOpen
    if not units:
        raise errors.UnitsMissing(field="reviewUnits")
    if not one_matter:
        raise errors.OneMatter(field="oneMatter")


def not_file(
    proposal: Proposal,
    reason: NotFiledReason,
    disposition: Disposition,
    comment: str,
    appeal_by: datetime,
    at: datetime,
    by: By,
    reference_units: Collection[str] = (),
    against: str = "",
) -> None:
    """T8, V14: a personal matter may only become a letter; the author is told why, and asked
    whether others may have the text (decision 50)."""
    proposal.require({State.UNDER_REVIEW})
    if reason in LETTERS_ONLY and disposition is not Disposition.TO_LETTER:
        raise errors.LetterOnly(field="disposition")
    referring.check_units(disposition, reference_units)
    first_review.decide(proposal, Verdict.NOT_FILE, against)
    proposal.not_filed_count += 1
    proposal.not_filed = NotFiled(reason, disposition, comment, at, appeal_by)
    proposal.shortfall, proposal.review_due_at, proposal.appeal = None, None, None
    proposal.move(State.NOT_FILED, at, by, comment)
    proposal.tell(
        names.PROPOSAL_NOT_FILED,
        serial_no=proposal.serial_no,
        reason=reason.name,
        disposition=disposition.value,
        occurrence_no=proposal.not_filed_count,
        cosigners=proposal.confirmed,
        groups=proposal.groups,
        appeal_by=appeal_by,
        **_turned_over(proposal, disposition),
    )
    referring.ask(proposal, disposition, reference_units, at)


def _turned_over(proposal: Proposal, disposition: Disposition) -> dict[str, Any]:
    """The text goes with what becomes a draft of public opinion: it stays its author's own."""
    if disposition is not Disposition.TO_SCPO:
        return {}
    text = {"situation": proposal.text.situation, "suggestions": list(proposal.text.suggestions)}
    return {"text": text, "topic_codes": list(proposal.details.topic_codes)}


def revoke_filing(
    proposal: Proposal, reason: str, review_due_at: datetime, at: datetime, by: By
) -> None:
    """T26: unassigned only; the number is kept for filing again (decision 28).

    What it was singled out for goes with the filing. The review has a day anew (DL1).
    """
    proposal.require({State.FILED})
    errors.require_reason(reason)
    merging.require_no_followers(proposal)
    proposal.plan, proposal.withdrawal, proposal.review_due_at = None, None, review_due_at
    proposal.first_review = None  # it is reviewed anew
    proposal.move(State.UNDER_REVIEW, at, by, reason)
    proposal.tell(
        names.PROPOSAL_FILING_REVOKED,
        serial_no=proposal.serial_no,
        case_no=proposal.case_no,
        cosigners=proposal.confirmed,
        occurrence_no=proposal.filed_count,
        reason=reason,
        review_due_at=review_due_at,
    )
    proposal.filed_at = None
    honours.drop(proposal, "撤销立案", at)


def _give_back(proposal: Proposal, comment: str, at: datetime, by: By, times: ReturnTimes) -> None:
    """Also by a shortfall, of what is only submitted."""
    errors.require_reason(comment, "comment")
    proposal.shortfall = None
    proposal.return_comment = comment
    proposal.window_until = at + timedelta(days=times.cosign)
    proposal.resubmit_by = at + timedelta(days=times.resubmit)
    proposal.review_due_at = None
    proposal.move(State.RETURNED, at, by, comment)
    proposal.tell(
        names.PROPOSAL_RETURNED,
        comment=comment,
        window_until=proposal.window_until,
        resubmit_by=proposal.resubmit_by,
        by_system=by.role == DERIVED.role,
    )
