"""The table's rows for units that change places, and for objections (decision 54)."""

from __future__ import annotations

from services.notifications.domain.recipients import (
    Payload,
    Recipients,
    former_officer,
    proposers,
    that_leader,
    that_officer,
)
from services.notifications.domain.rows import (
    STAFF,
    SUPERVISING,
    Close,
    Open,
    Reaction,
    Tell,
    closed,
    only,
)
from services.notifications.domain.todos import TodoKind
from shared.contracts import names


def refused(data: Payload) -> bool:
    return not data["agreed"]


def signed(to: Recipients, field: str) -> Recipients:
    """Who has signed for it; the others have their part with the signature."""
    return only(to, lambda data: data[field] in data["signed_for"])


def asked_leaders(data: Payload) -> list[str]:
    """Of the unit that answered; a refusal spares the other one its answer."""
    units = [data["unit"]] if data["agreed"] else data["units"]
    return [key for unit in units for key in that_leader({"unit": unit})]


CHANGES: dict[str, Reaction] = {
    names.ASSIGNMENT_SWAP_PROPOSED: Reaction(
        (Tell("SWAP_PROPOSED", that_officer),),
        opens=(Open(TodoKind.SWAP_CONSENT, that_leader, "decide_by"),),
        part="unit",
    ),
    names.ASSIGNMENT_SWAP_ANSWERED: Reaction(
        (Tell("SWAP_REFUSED", SUPERVISING, refused),),
        closes=(Close(TodoKind.SWAP_CONSENT, asked_leaders),),
        part="unit",
    ),
    names.ASSIGNMENT_PARTS_SWAPPED: Reaction(
        (
            Tell("NOW_MAIN", that_officer),
            Tell("NOW_CO", former_officer),
            Tell("MAIN_CHANGED", proposers),
            Tell("PARTS_SWAPPED", SUPERVISING),
        ),
        opens=(
            Open(TodoKind.REPLY, signed(that_officer, "unit"), "due_at"),
            Open(TodoKind.CO_OPINION, signed(former_officer, "former"), "co_due_at"),
        ),
        closes=(
            Close(TodoKind.CO_OPINION, that_officer),
            Close(TodoKind.REPLY, former_officer),
        ),
    ),
    names.ASSIGNMENT_OBJECTED: Reaction(
        opens=(Open(TodoKind.OBJECTION_DECISION, SUPERVISING, "decide_by"),), part="objection_no"
    ),
    names.ASSIGNMENT_OBJECTION_ANSWERED: Reaction(
        (Tell("OBJECTION_ANSWERED", STAFF),),
        closes=closed(TodoKind.OBJECTION_DECISION),
        part="objection_no",
    ),
}
