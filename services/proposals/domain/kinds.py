"""Kinds of proposers, and who writes, seals and submits for a collective (V6–V8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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
    """scopes: kinds of scope that name the organisation; writers: roles; head: who seals.

    group: the code of a member's groups that says whose member one is; of_kind: the organisation's
    kind in the directory where the scope does not tell it.
    """

    scopes: tuple[str, ...]
    writers: frozenset[str]
    head: str
    group: str
    plenary_only: bool = False  # V7
    of_kind: str | None = None

    def counts(self, organisation: str, groups: Mapping[str, Any]) -> bool:
        """Whether a member with these group codes is one of the organisation's own."""
        code = groups.get(self.group)
        return organisation in code if isinstance(code, list) else organisation == code


ORGANISATION_ROLES = frozenset({"ORG_STAFF", "ORG_HEAD"})
CONVENERS = frozenset({"SECTOR_CONVENER"})
COLLECTIVES: dict[ProposerType, Collective] = {
    ProposerType.PARTY: Collective(
        ("organisation",), ORGANISATION_ROLES, "ORG_HEAD", "organisations", of_kind="PARTY"
    ),
    ProposerType.ORGANISATION: Collective(
        ("organisation",), ORGANISATION_ROLES, "ORG_HEAD", "organisations", of_kind="ORGANISATION"
    ),
    ProposerType.SECTOR: Collective(
        ("sector",), CONVENERS, "SECTOR_CONVENER", "sector", plenary_only=True
    ),
    ProposerType.GROUP: Collective(
        ("sector_group",), CONVENERS, "SECTOR_CONVENER", "sector_group", plenary_only=True
    ),
    ProposerType.COMMITTEE: Collective(
        ("committee",),
        frozenset({"COMMITTEE_STAFF", "COMMITTEE_DIRECTOR"}),
        "COMMITTEE_DIRECTOR",
        "committees",
    ),
    ProposerType.TOWN_COMMITTEE: Collective(
        ("town",), frozenset({"TOWN_STAFF", "TOWN_HEAD"}), "TOWN_HEAD", "town"
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
