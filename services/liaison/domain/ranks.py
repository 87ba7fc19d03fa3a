"""The two levels of the contact system (14.4): Chairpersons' Council → standing → member."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from shared.labels import Labelled


class Rank(StrEnum):
    """Where a member in office stands in the contact system."""

    CHAIR = "CHAIR"
    STANDING = "STANDING"
    ORDINARY = "ORDINARY"


class Tier(Labelled, name="ContactTier"):
    """联系层级。Level of a contact link."""

    # led by the Chairpersons' Council
    STANDING = "STANDING", "主席会议成员联系常委", "Chairpersons' Council and standing members"
    ORDINARY = "ORDINARY", "常委联系委员", "Standing members and members"  # led by standing members


CHAIRS = frozenset({"CHAIR", "VICE_CHAIR", "SECRETARY_GENERAL"})
STANDING_POST = "STANDING_MEMBER"
LED: Mapping[Tier, Rank] = {Tier.STANDING: Rank.STANDING, Tier.ORDINARY: Rank.ORDINARY}
LEADING: Mapping[Tier, Rank] = {Tier.STANDING: Rank.CHAIR, Tier.ORDINARY: Rank.STANDING}


@dataclass(frozen=True)
class Person:
    """A member in office as the contact system sees one."""

    id: str
    term: int
    rank: Rank
    active: bool  # not suspended
    groups: tuple[str, ...]  # "SECTOR:22", "COMMITTEE:com-economy"


def rank_of(posts: Collection[str]) -> Rank:
    """posts: kinds of CPPCC posts."""
    if CHAIRS & set(posts):
        return Rank.CHAIR
    return Rank.STANDING if STANDING_POST in posts else Rank.ORDINARY


def tier_of(rank: Rank) -> Tier | None:
    """The level at which somebody of this rank is led; none for the Chairpersons' Council."""
    return next((tier for tier, led in LED.items() if led is rank), None)


def fits(tier: Tier, leader: Person | None, led: Person | None) -> bool:
    """Whether the two may be linked: in office, of these ranks, of one term, two people."""
    return (
        leader is not None
        and led is not None
        and leader.id != led.id
        and leader.term == led.term
        and leader.rank is LEADING[tier]
        and led.rank is LED[tier]
    )
