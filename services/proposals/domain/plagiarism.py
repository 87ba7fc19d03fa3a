"""Plagiarism (抄袭): reported, heard, decided by two, appealed; it ends every honour (2.2)."""

from __future__ import annotations

from datetime import datetime

from services.proposals.domain import errors, honours
from services.proposals.domain.details import By
from services.proposals.domain.honour_records import Plagiarism, PlagiarismState
from services.proposals.domain.record import Proposal
from services.proposals.domain.states import PUBLISHED
from shared.contracts import names
from shared.days import over

P = PlagiarismState


def report(proposal: Proposal, source: str, reason: str, at: datetime, by: By) -> None:
    """By anybody who may read it; the first proposer is heard."""
    proposal.require(PUBLISHED)
    if proposal.plagiarism and proposal.plagiarism.state not in {P.DISMISSED, P.OVERTURNED}:
        raise errors.PlagiarismReported
    errors.require_reason(reason)
    number = proposal.plagiarism.occurrence_no if proposal.plagiarism else 0
    proposal.plagiarism = Plagiarism(source, reason, by.account_id, at, number)
    proposal.tell(names.PROPOSAL_PLAGIARISM_REPORTED)


def state(proposal: Proposal, statement: str, at: datetime) -> None:
    """The first proposer's word; after a finding it is the appeal against it."""
    found = _open(proposal, {P.REPORTED, P.CONFIRMED})
    errors.require_reason(statement, "statement")
    if found.state is P.REPORTED:
        found.statement = statement
        proposal.tell(names.PROPOSAL_PLAGIARISM_STATED)
        return
    if found.appeal is not None:
        raise errors.AppealOpen
    if found.appeal_by and over(found.appeal_by, at):
        raise errors.AppealLate
    found.appeal, found.state, found.decide_by = statement, P.APPEALED, None
    proposal.tell(names.PROPOSAL_PLAGIARISM_STATED)


def decide(proposal: Proposal, upheld: bool, reason: str, by: By) -> None:
    """By the director; it stands once a second person has confirmed it."""
    found = _open(proposal, {P.REPORTED, P.APPEALED})
    errors.require_reason(reason)
    found.upheld, found.decision, found.decided_by = upheld, reason, by.account_id
    found.decide_by = None  # the second person has a day of its own
    proposal.tell(names.PROPOSAL_PLAGIARISM_DECISION_PROPOSED, upheld=upheld)


def confirm(proposal: Proposal, confirmed: bool, appeal_by: datetime, at: datetime, by: By) -> None:
    """The second person's word; without agreement the director decides again."""
    found = _open(proposal, {P.REPORTED, P.APPEALED})
    if found.upheld is None:
        raise errors.NoPlagiarism("没有待确认的认定意见")
    if by.account_id == found.decided_by:
        raise errors.SecondPerson
    upheld = found.upheld
    if not confirmed:
        found.upheld = found.decision = found.decided_by = found.decide_by = None
        proposal.tell(names.PROPOSAL_PLAGIARISM_DECISION_RETURNED)
        return
    found.upheld, found.confirmed_by = None, by.account_id
    if found.state is P.REPORTED:
        _find(proposal, found, upheld, appeal_by, at)
    elif upheld:
        found.state = P.CONFIRMED  # it stays, and cannot be appealed again
        proposal.tell(names.PROPOSAL_PLAGIARISM_UPHELD)
    else:
        _overturn(proposal, found)


def _find(
    proposal: Proposal, found: Plagiarism, upheld: bool, appeal_by: datetime, at: datetime
) -> None:
    if not upheld:
        found.state = P.DISMISSED
        proposal.tell(names.PROPOSAL_PLAGIARISM_DISMISSED)
        return
    found.state, found.appeal_by = P.CONFIRMED, appeal_by
    found.occurrence_no += 1
    honours.drop(proposal, "提案认定抄袭", at)
    proposal.tell(
        names.PROPOSAL_PLAGIARISM_CONFIRMED,
        **honours.signers(proposal, found.occurrence_no),
        filing_no=proposal.filed_count,
        filed_on=proposal.filed_at,
        appeal_by=appeal_by,
    )


def _overturn(proposal: Proposal, found: Plagiarism) -> None:
    """The filing counts again, as a new occurrence; honours have to be decided anew."""
    found.state = P.OVERTURNED
    proposal.filed_count += 1
    proposal.tell(
        names.PROPOSAL_PLAGIARISM_OVERTURNED,
        **honours.signers(proposal, proposal.filed_count),
        authors=proposal.credited,
        plagiarism_no=found.occurrence_no,
        filed_on=proposal.filed_at,
    )


def _open(proposal: Proposal, states: set[PlagiarismState]) -> Plagiarism:
    if proposal.plagiarism is None or proposal.plagiarism.state not in states:
        raise errors.NoPlagiarism
    return proposal.plagiarism
