"""Named main authors of a collective proposal: asked, confirmed or declined (B4, decision 45)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from services.proposals.domain import errors
from services.proposals.domain.kinds import COLLECTIVES
from services.proposals.domain.record import Proposal
from services.proposals.domain.signatures import AuthorAnswer, Naming
from services.proposals.domain.states import BEFORE_FILING
from shared.contracts import names


def problems(
    proposal: Proposal, active: Collection[str], groups: Mapping[str, Mapping[str, Any]]
) -> list[errors.DomainError]:
    """Each named author is active, and one of the organisation's own. groups: member → codes."""
    collective = COLLECTIVES.get(proposal.proposer_type)
    if collective is None or proposal.organisation is None:
        return []
    found: list[errors.DomainError] = []
    if inactive := [m for m in proposal.authors if m not in active]:
        said = "执笔人须为本届在任委员"
        found.append(errors.NotActive(said, field="authors", details={"members": inactive}))
    own = proposal.organisation["id"]
    if foreign := [m for m in proposal.authors if not collective.counts(own, groups.get(m, {}))]:
        found.append(errors.AuthorUnfit(field="authors", details={"members": foreign}))
    return found


def name(proposal: Proposal, members: tuple[str, ...]) -> None:
    """Whoever is no longer named is told so; the new ones are asked with the submission."""
    for naming in [n for n in proposal.namings if n.member_id not in members]:
        proposal.namings.remove(naming)
        proposal.tell(names.PROPOSAL_AUTHOR_DROPPED, member_id=naming.member_id)
    proposal.authors = members


def ask(proposal: Proposal, at: datetime) -> None:
    """Those who were not asked yet."""
    for member in proposal.authors:
        if proposal.naming_of(member) is None:
            proposal.namings.append(Naming(member, at))
            proposal.tell(names.PROPOSAL_AUTHOR_NAMED, member_id=member)


def answer(proposal: Proposal, member_id: str, agreed: bool, at: datetime) -> None:
    """By the named author, until the case is decided; the last answer counts.

    Raises WrongState, NotNamed, NamingAnswered for the same answer again.
    """
    proposal.require(BEFORE_FILING)
    naming = proposal.naming_of(member_id)
    if naming is None:
        raise errors.NotNamed
    given = AuthorAnswer.CONFIRMED if agreed else AuthorAnswer.DECLINED
    if naming.answer is given:
        raise errors.NamingAnswered
    naming.answer, naming.answered_at = given, at
    proposal.tell(names.PROPOSAL_AUTHOR_ANSWERED, member_id=member_id, agreed=agreed)
