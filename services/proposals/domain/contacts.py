"""Contact records (面商记录) between a unit and the proposers (V16; decision 27)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.proposals.domain import errors
from services.proposals.domain.assignments import AssignmentState
from services.proposals.domain.details import By
from services.proposals.domain.record import Proposal
from services.proposals.domain.rounds import Contact, ContactWay
from services.proposals.domain.states import AFTER_REPLY, BEFORE_ASSIGNMENT, IN_HANDLING
from shared.contracts import names


@dataclass(frozen=True)
class Wanted:
    """Settings of V16: contacts where a meeting is asked for (start, middle), and how many dated
    attempts, with consent, stand for one."""

    consult: int = 2
    attempts: int = 2

    def contacts(self, proposal: Proposal) -> int:
        return self.consult if proposal.details.needs_consult else 1


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
    """V16, by a unit, or by a proposer (`unit` None), whose record shows but does not count.

    A proposer records before the assignment, too, and both after the reply: that is kept, and
    counts for no reply.
    """
    share = proposal.assignment_of(unit) if unit is not None else None
    proposal.require(IN_HANDLING | AFTER_REPLY | (BEFORE_ASSIGNMENT if share is None else set()))
    replied = share is not None and share.state is AssignmentState.DELIVERED
    after = replied or proposal.state in AFTER_REPLY
    if share and not after:
        share.work()
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
        after_reply=after,
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


def made(proposal: Proposal, unit: str) -> int:
    """V16: contacts that the unit wrote; a disputed one counts too, and the check shows it."""
    return sum(contact.reached for contact in _written(proposal, unit))


def attempted(proposal: Proposal, unit: str, wanted: Wanted) -> bool:
    """Decision 27: attempts on several days; they need the supervising office's consent."""
    return len({contact.held_on for contact in _written(proposal, unit)}) >= wanted.attempts


def missing(proposal: Proposal, unit: str, wanted: Wanted) -> errors.ContactMissing | None:
    """What a reply lacks to pass the check without the supervising office's consent."""
    found, target = made(proposal, unit), wanted.contacts(proposal)
    if found >= target:
        return None
    text = f"尚无联系成功的记录；{wanted.attempts}次联系未果的，须督查部门同意"
    if found:
        text = f"提案人要求面商，应联系{target}次，现有{found}次；不足的须督查部门同意"
    told = {"wanted": target, "made": found}
    return errors.ContactMissing(text, field="consent", details=told)


def _written(proposal: Proposal, unit: str) -> list[Contact]:
    """By the unit, in the present round, for its reply."""
    mine = (c for c in proposal.contacts if (c.unit, c.round) == (unit, proposal.round))
    return [contact for contact in mine if not contact.after_reply]


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
