"""What an account may be, seen from the memberships of its person (decisions 14 and 17).

The result is a function of the newest state of each membership, so the order in which the
members service's events arrive makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.identity.domain.roles import FORMER_MEMBER, RoleScope

# Nominees have no account yet.
FOLLOWED = frozenset({"ACTIVE", "SUSPENDED", "RESIGNED", "TERM_ENDED", "REVOKED", "DECEASED"})
# Out of office: they see their own past cases through, the suspended too (decision 17).
FORMER = frozenset({"RESIGNED", "TERM_ENDED", "SUSPENDED"})
BARRED = frozenset({"REVOKED", "DECEASED"})


@dataclass(frozen=True)
class Membership:
    """One membership as last heard: `version` is that of the member's aggregate."""

    member_id: str
    member_no: str
    term: int
    state: str
    version: int
    roles: tuple[RoleScope, ...]


@dataclass(frozen=True)
class Standing:
    """The membership that counts now, the roles that follow, and whether the person is barred."""

    current: Membership
    roles: tuple[RoleScope, ...]
    barred: bool


def standing(memberships: Iterable[Membership]) -> Standing:
    """The latest term counts; within it an open membership before an ended one."""
    heard = list(memberships)
    current = max(heard, key=_weight)
    deceased = any(membership.state == "DECEASED" for membership in heard)
    barred = deceased or current.state in BARRED
    return Standing(current, () if barred else _roles(current), barred)


OPENNESS: Mapping[str, int] = {"ACTIVE": 2, "SUSPENDED": 1}


def _weight(membership: Membership) -> tuple[int, int, str]:
    return membership.term, OPENNESS.get(membership.state, 0), membership.member_no


def _roles(current: Membership) -> tuple[RoleScope, ...]:
    if current.state == "ACTIVE":
        return current.roles
    return (FORMER_MEMBER,) if current.state in FORMER else ()
