"""The part of a roster that some rows of a sheet may touch, as planning them needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from services.members.domain.membership import Membership
from services.members.domain.organisation import Organisation
from services.members.domain.person import Person
from services.members.domain.placement import Placement, check_placement, wanted_placement
from services.members.domain.term import Term


@dataclass
class Snapshot:
    """The part of the roster that some rows may touch; planning a row leaves its effect here.

    memberships: those that the rows name, all of the persons whom they name or resemble, and the
    holders of posts that only one may hold.
    """

    term: Term
    at: datetime
    organisations: Mapping[str, Organisation]
    memberships: dict[str, Membership] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    planned: set[str] = field(default_factory=set)

    def of_person(self, id: str) -> list[Membership]:
        return [each for each in self.memberships.values() if each.person_id == id]

    def place(self, values: Mapping[str, Any], former: Placement | None = None) -> Placement:
        """Raises Refused with every misfit."""
        bare = wanted_placement(values, former)
        known = {id: self.organisations[id] for id in bare.named if id in self.organisations}
        check_placement(bare, self.term.sector_set, known)
        mine = [
            each.id for each in self.organisations.values() if each.counts(bare.party, bare.sector)
        ]
        return replace(bare, organisations=tuple(sorted(mine)))

    def seat_taken(self, membership: Membership) -> bool:
        mine = set(membership.seats)
        return any(
            not mine.isdisjoint(other.seats)
            for other in self.memberships.values()
            if other.id != membership.id and other.term == membership.term
        )
