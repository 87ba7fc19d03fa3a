"""The table's rows for what is not filed and goes to others (decision 50)."""

from __future__ import annotations

from services.notifications.domain.recipients import (
    Payload,
    answering_officers,
    proposers,
    that_officer,
)
from services.notifications.domain.rows import STAFF, Close, Open, Reaction, Tell, closed, only
from services.notifications.domain.todos import TodoKind
from shared.contracts import names


def to_unit(data: Payload) -> bool:
    return data["unit"] is not None


def to_office(data: Payload) -> bool:
    return data["unit"] is None


REFERRAL: dict[str, Reaction] = {
    names.PROPOSAL_REFERRAL_ASKED: Reaction(
        (Tell("REFERRAL_ASKED", proposers),),
        opens=(Open(TodoKind.REFERRAL_CONSENT, proposers, "decide_by"),),
    ),
    names.PROPOSAL_REFERRAL_REFUSED: Reaction(
        (Tell("REFERRAL_NOT_AGREED", STAFF),), closes=closed(TodoKind.REFERRAL_CONSENT)
    ),
    names.PROPOSAL_REFERRED: Reaction(
        (
            Tell("REFERRED_TO_UNIT", only(that_officer, to_unit)),
            Tell("REFERRED_AS_LETTER", proposers, to_office),
        ),
        opens=(Open(TodoKind.REFERRAL_RECEIPT, only(that_officer, to_unit), "decide_by"),),
        closes=closed(TodoKind.REFERRAL_CONSENT),
        part="unit",
    ),
    names.PROPOSAL_REFERRAL_RECEIVED: Reaction(
        (Tell("REFERRAL_RECEIVED", proposers),),
        closes=(Close(TodoKind.REFERRAL_RECEIPT, that_officer),),
        part="unit",
    ),
    names.PROPOSAL_REFERRAL_ENDED: Reaction(
        (Tell("REFERRAL_ENDED", answering_officers),),
        closes=closed(TodoKind.REFERRAL_CONSENT, TodoKind.REFERRAL_RECEIPT),
    ),
}
