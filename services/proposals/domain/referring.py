"""What is not filed goes to others: for reference, or as a letter (decision 50).

Its author is asked first, for the text leaves the committee; silence is no consent. Units confirm
that they have it; a letter is an affair of the office, which is answered there.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from services.proposals.domain import errors
from services.proposals.domain import procedure_errors as refused
from services.proposals.domain.details import By
from services.proposals.domain.record import Proposal
from services.proposals.domain.refusal import REFERRED, Disposition, Receipt, Referral
from services.proposals.domain.states import State
from shared.contracts import names


def check_units(disposition: Disposition, units: Collection[str]) -> None:
    """Units get what is sent for reference, and nothing else. Raises ReferenceUnits."""
    if (disposition is Disposition.TO_REFERENCE) is not bool(units):
        raise refused.ReferenceUnits(field="referenceUnits")


def ask(proposal: Proposal, disposition: Disposition, units: Collection[str], at: datetime) -> None:
    """With the decision not to file: whether the author agrees that others get it."""
    proposal.referral = None
    if disposition not in REFERRED:
        return
    occurrence = proposal.not_filed_count
    proposal.referral = Referral(disposition, occurrence, at, tuple(dict.fromkeys(units)))
    proposal.tell(names.PROPOSAL_REFERRAL_ASKED, **_told(proposal.referral))


def answer(proposal: Proposal, agreed: bool, comment: str, at: datetime) -> None:
    """By the author. Agreed, it goes at once; refused, it goes nowhere."""
    proposal.require({State.NOT_FILED})
    referral = proposal.referral
    if referral is None or referral.agreed is not None:
        raise refused.NoReferral
    referral.agreed, referral.comment, referral.answered_at = agreed, comment, at
    told = _told(referral)
    if not agreed:
        proposal.tell(names.PROPOSAL_REFERRAL_REFUSED, **told)
        return
    referral.receipts = [Receipt(unit) for unit in referral.units]
    for unit in referral.units or (None,):  # a letter goes to no unit
        proposal.tell(names.PROPOSAL_REFERRED, **told, unit=unit)


def receive(proposal: Proposal, unit: str, at: datetime, by: By) -> None:
    """A unit confirms that it has the text; its author is told."""
    proposal.require({State.NOT_FILED})
    receipts = proposal.referral.receipts if proposal.referral else []
    receipt = next((r for r in receipts if r.unit == unit), None)
    if receipt is None:
        raise errors.NoAssignment
    if receipt.received_at:
        raise refused.ReceiptGiven
    receipt.received_at, receipt.account_id = at, by.account_id
    proposal.tell(names.PROPOSAL_REFERRAL_RECEIVED, unit=unit)


def end(proposal: Proposal) -> None:
    """It is reviewed anew: who was asked, or has it, need do nothing more."""
    if proposal.referral:
        proposal.tell(names.PROPOSAL_REFERRAL_ENDED, **_told(proposal.referral))
        proposal.referral = None


def note_affair(
    proposal: Proposal, affair_id: str, occurrence_no: int, over_at: datetime | None
) -> bool:
    """The letter is the office's affair, done or rejected at `over_at`.

    True if that is news, so that a repeated or late event does nothing.
    """
    referral = proposal.referral
    if referral is None or referral.occurrence_no != occurrence_no:
        return False
    known = (referral.affair_id, referral.replied_at)
    news = (affair_id, referral.replied_at or over_at)
    referral.affair_id, referral.replied_at = news
    return news != known


def _told(referral: Referral) -> dict[str, object]:
    return {
        "disposition": referral.disposition.value,
        "units": list(referral.units),
        "occurrence_no": referral.occurrence_no,
    }
