"""Which groups a proposal is of: those of its first proposer, or the one that proposed it."""

from __future__ import annotations

from enum import StrEnum

from services.proposals.domain.kinds import ProposerType
from services.proposals.domain.record import Proposal


class Group(StrEnum):
    """ORGANISATION: the party or organisation that proposed it; PARTY: by its code."""

    SECTOR = "SECTOR"
    TOWN = "TOWN"
    COMMITTEE = "COMMITTEE"
    PARTY = "PARTY"
    ORGANISATION = "ORGANISATION"


def groups_of(proposal: Proposal) -> dict[Group, list[str]]:
    """Codes or ids by kind. A member of two committees brings a proposal to both."""
    codes, organisation = proposal.groups, proposal.organisation or {}
    proposed = {organisation.get("kind"): organisation.get("id")}
    sector = proposal.proposer_type is ProposerType.SECTOR and organisation.get("id")
    found = {
        Group.SECTOR: [sector or codes.get("sector")],
        Group.TOWN: [codes.get("town"), proposed.get("town")],
        Group.COMMITTEE: [*codes.get("committees", ()), proposed.get("committee")],
        Group.PARTY: [codes.get("party")],
        Group.ORGANISATION: [proposed.get("organisation")],
    }
    return {group: [key for key in keys if key] for group, keys in found.items()}


def group_keys(proposal: Proposal) -> list[str]:
    """All of them as "TOWN:town-lili", as filters ask for them."""
    return [key_of(group, key) for group, keys in groups_of(proposal).items() for key in keys]


def key_of(group: Group, key: str) -> str:
    return f"{group.value}:{key}"
