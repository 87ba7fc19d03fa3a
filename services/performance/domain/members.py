"""Members as far as points need them: group codes, standing, and how long they served."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol

from shared.contracts import names
from shared.labels import Labelled

CO_OPTED = "CO_OPTED"
IN_OFFICE = ("ACTIVE", "SUSPENDED")
TERM_ENDED = "TERM_ENDED"

# Facts that end a membership; they are never skipped for being old (decision 4).
ENDS = frozenset(
    {
        names.MEMBER_RESIGNED,
        names.MEMBER_REVOKED,
        names.MEMBER_DECEASED,
        names.MEMBER_TERM_ENDED,
    }
)


# All that carry the full state of a membership.
MEMBER_EVENTS = (
    names.MEMBER_NOMINATED,
    names.MEMBER_REJECTED,
    names.MEMBER_APPOINTED,
    names.MEMBER_PROFILE_CHANGED,
    names.MEMBER_POST_CHANGED,
    names.MEMBER_SUSPENDED,
    names.MEMBER_REINSTATED,
    *sorted(ENDS),
)


class GroupKind(Labelled, name="ScoreGroupKind"):
    """委员所属的组别。Kind of a group of members."""  # an average is published of each

    SECTOR = "SECTOR", "界别", "Sector"
    SECTOR_GROUP = "SECTOR_GROUP", "界别活动小组", "Sector activity group"
    COMMITTEE = "COMMITTEE", "专门委员会", "Special committee"
    TOWN = "TOWN", "镇（街道）", "Town or street"
    PARTY = "PARTY", "党派", "Party"


@dataclass(frozen=True, slots=True)
class Group:
    kind: GroupKind
    id: str

    @property
    def key(self) -> str:
        """As stored: "SECTOR:22"."""
        return f"{self.kind}:{self.id}"

    @classmethod
    def parse(cls, key: str) -> Group:
        kind, _, id = key.partition(":")
        return cls(GroupKind(kind), id)


@dataclass(frozen=True, slots=True)
class Member:
    """The projection of a membership."""

    member_id: str
    groups: tuple[Group, ...] = ()
    not_scored: bool = False
    co_opted_on: datetime | None = None
    overseas: bool = False  # of Hong Kong, Macao, Taiwan or abroad: presence by video counts
    term: int = 0
    traits: tuple[str, ...] = ()  # "STANDING:YES", "SYSTEM:OUTSIDE", "TENURE:NEW"

    def belongs_to(self, group: Group) -> bool:
        return group in self.groups

    def months_served(self, year: int) -> int:
        """Months of `year` that count (decision 32): a co-opted member's first month does."""
        if self.co_opted_on is None or self.co_opted_on.year < year:
            return 12
        return 13 - self.co_opted_on.month if self.co_opted_on.year == year else 0


class MemberFact(Protocol):
    """A member event: its data is the full state of the membership, as codes."""

    @property
    def type(self) -> str: ...
    @property
    def data(self) -> Mapping[str, Any]: ...
    @property
    def version(self) -> int: ...
    @property
    def term(self) -> int: ...
    @property
    def occurred_on(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class MemberSnapshot:
    """The state of a membership at `version`; `ended_on` only from the fact that ended it."""

    member_id: str
    version: int
    term: int
    state: str
    groups: tuple[Group, ...]
    traits: tuple[str, ...]
    not_scored: bool
    overseas: bool
    joined_on: datetime | None
    co_opted: bool
    ended_on: datetime | None

    @classmethod
    def of(cls, fact: MemberFact) -> MemberSnapshot:
        data = fact.data
        joined_on = data.get("joined_on")
        return cls(
            member_id=data["member_id"],
            version=fact.version,
            term=fact.term,
            state=data["state"],
            groups=tuple(groups_of(data["groups"])),
            traits=tuple(traits_of(data["groups"])),
            not_scored=data["not_scored"],
            overseas=data["overseas"],
            joined_on=datetime.fromisoformat(joined_on) if joined_on else None,
            co_opted=data["joined_via"] == CO_OPTED,
            ended_on=fact.occurred_on if fact.type in ENDS else None,
        )


class Held(NamedTuple):
    """When a person had a membership; what is not known is open."""

    member_id: str
    joined_on: datetime | None
    ended_on: datetime | None


def longest_held(memberships: Iterable[Held], begins: datetime, ends: datetime) -> str:
    """Of a person's memberships, the latest first, the one held the longest in that time; the
    latest of equals. A term that is not closed yet is over where the next one began."""
    spans: dict[str, timedelta] = {}
    until = ends
    for held in memberships:
        since = max(held.joined_on or begins, begins)
        spans[held.member_id] = max(min(held.ended_on or until, until) - since, timedelta())
        until = min(held.joined_on or until, until)
    return max(spans, key=lambda member_id: spans[member_id])


def groups_of(codes: Mapping[str, Any]) -> list[Group]:
    """The groups that a member event's codes name; kinds that are empty are left out."""
    ids = {
        GroupKind.SECTOR: [codes["sector"]],
        GroupKind.SECTOR_GROUP: [codes.get("sector_group")],
        GroupKind.COMMITTEE: codes.get("committees") or [],
        GroupKind.TOWN: [codes.get("town")],
        GroupKind.PARTY: [codes.get("party")],
    }
    return [Group(kind, id) for kind, listed in ids.items() for id in listed if id]


def traits_of(codes: Mapping[str, Any]) -> list[str]:
    """Standing or ordinary, inside or outside the system, new or continuing; what is known."""
    words = {
        "standing": ("STANDING", "YES", "NO"),
        "inside_system": ("SYSTEM", "INSIDE", "OUTSIDE"),
        "new": ("TENURE", "NEW", "CONTINUING"),
    }
    return [
        f"{kind}:{yes if codes[name] else no}"
        for name, (kind, yes, no) in words.items()
        if codes.get(name) is not None
    ]
