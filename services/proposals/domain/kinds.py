"""Kinds of proposers, and who writes, seals and submits for a collective (V6–V8)."""

from __future__ import annotations

from dataclasses import dataclass

from shared.labels import Labelled


class ProposerType(Labelled):
    """提案者类型。Kind of proposer."""

    INDIVIDUAL = "INDIVIDUAL", "个人", "Individual"
    JOINT = "JOINT", "联名", "Joint"
    PARTY = "PARTY", "党派", "Party"
    ORGANISATION = "ORGANISATION", "团体", "Organisation"
    SECTOR = "SECTOR", "界别", "Sector"
    GROUP = "GROUP", "小组", "Group"
    COMMITTEE = "COMMITTEE", "专委会", "Special committee"
    TOWN_COMMITTEE = "TOWN_COMMITTEE", "镇（街道）工委", "Town working committee"


@dataclass(frozen=True)
class Collective:
    """scopes: kinds of scope that name the organisation; writers: roles; head: who seals."""

    scopes: tuple[str, ...]
    writers: frozenset[str]
    head: str
    plenary_only: bool = False  # V7


COLLECTIVES: dict[ProposerType, Collective] = {
    ProposerType.PARTY: Collective(
        ("party", "organisation"), frozenset({"ORG_STAFF", "ORG_HEAD"}), "ORG_HEAD"
    ),
    ProposerType.ORGANISATION: Collective(
        ("organisation",), frozenset({"ORG_STAFF", "ORG_HEAD"}), "ORG_HEAD"
    ),
    ProposerType.SECTOR: Collective(
        ("sector",), frozenset({"SECTOR_CONVENER"}), "SECTOR_CONVENER", plenary_only=True
    ),
    ProposerType.GROUP: Collective(
        ("sector_group",), frozenset({"SECTOR_CONVENER"}), "SECTOR_CONVENER", plenary_only=True
    ),
    ProposerType.COMMITTEE: Collective(
        ("committee",),
        frozenset({"COMMITTEE_STAFF", "COMMITTEE_DIRECTOR"}),
        "COMMITTEE_DIRECTOR",
    ),
    ProposerType.TOWN_COMMITTEE: Collective(
        ("town",), frozenset({"TOWN_STAFF", "TOWN_HEAD"}), "TOWN_HEAD"
    ),
}
# Whose proposals come with the directory's organisations, whose kinds have the same names.
PROPOSING = frozenset(
    {
        ProposerType.PARTY,
        ProposerType.ORGANISATION,
        ProposerType.COMMITTEE,
        ProposerType.TOWN_COMMITTEE,
    }
)
MOST_AUTHORS = 3  # named main authors of a collective proposal (B4)
