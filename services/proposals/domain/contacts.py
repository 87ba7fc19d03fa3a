"""Contact records (面商记录) between a unit and the proposers (V16; decision 27)."""

from __future__ import annotations

from datetime import datetime

from services.proposals.domain import errors
from services.proposals.domain.details import By
from services.proposals.domain.record import Proposal
from services.proposals.domain.rounds import Contact, ContactWay
from services.proposals.domain.states import IN_HANDLING
from shared.contracts import names

ATTEMPTS = 2  # dated attempts that, with consent, stand for a contact


def record(
    proposal: Proposal,
    unit: str | None,
    way: ContactWay,
    held_on: str,
    reached: bool,
    people: str,
    content: str,
    at: datetime,
    by: By,
) -> None:
    """V16, by a unit, or by a proposer (`unit` None), whose record shows but does not count."""
    if unit is not None:
        proposal.assignment_of(unit).work()
    proposal.require(IN_HANDLING)
    if held_on > at.date().isoformat():
        raise errors.FutureContact(field="heldOn")
    contact = Contact(
        no=len(proposal.contacts) + 1,
        round=proposal.round,
        unit=unit,
        way=way,
        held_on=held_on,
        reached=reached,
        people=people,
        content=content,
        recorded_at=at,
        account_id=by.account_id,
    )
    proposal.contacts.append(contact)
    _tell(proposal, names.PROPOSAL_CONTACT_RECORDED, contact)


def confirm(proposal: Proposal, no: int, at: datetime) -> None:
    """A proposer confirms what the unit wrote; an earlier dispute is settled by it."""
    contact = _of_unit(proposal, no)
    contact.confirmed_at, contact.disputed_at, contact.dispute = at, None, None
    _tell(proposal, names.PROPOSAL_CONTACT_CONFIRMED, contact)


def dispute(proposal: Proposal, no: int, reason: str, at: datetime) -> None:
    """Decision 27: the record still counts, and the check shows the dispute."""
    contact = _of_unit(proposal, no)
    errors.require_reason(reason)
    contact.confirmed_at, contact.disputed_at, contact.dispute = None, at, reason
    _tell(proposal, names.PROPOSAL_CONTACT_DISPUTED, contact)


def satisfied(proposal: Proposal, unit: str) -> bool:
    """V16 by a contact that the unit wrote; a disputed one counts too, and the check shows it."""
    return any(contact.reached for contact in _written(proposal, unit))


def attempted(proposal: Proposal, unit: str) -> bool:
    """Decision 27: attempts on two days; they need the supervising office's consent."""
    return len({contact.held_on for contact in _written(proposal, unit)}) >= ATTEMPTS


def _written(proposal: Proposal, unit: str) -> list[Contact]:
    """By the unit, in the present round."""
    return [c for c in proposal.contacts if (c.unit, c.round) == (unit, proposal.round)]


def _of_unit(proposal: Proposal, no: int) -> Contact:
    contact = next((c for c in proposal.contacts if c.no == no and c.unit), None)
    if contact is None:
        raise errors.NoContact(field="no")
    return contact


def _tell(proposal: Proposal, event: str, contact: Contact) -> None:
    """Way and date travel, never what was said or by whom."""
    proposal.tell(
        event,
        contact_no=contact.no,
        unit=contact.unit,
        way=contact.way.value,
        held_on=contact.held_on,
        reached=contact.reached,
        round=contact.round,
    )
