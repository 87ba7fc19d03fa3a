"""Who sees what of the roster (section 3, "member roster basic data" and "member private data").

Kept as data, apart from the queries: acting role → reach, reach → fields.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from services.members.domain.states import ENDED, IN_OFFICE, State
from shared.actor import MEMBER_ROLES, Actor, Role

PUBLIC_FIELDS = frozenset({"name", "sector", "posts"})
BASIC_FIELDS = PUBLIC_FIELDS | {
    "member_no",
    "person_id",
    "term",
    "gender",
    "ethnic_group",
    "affiliation",
    "party",
    "sector_group",
    "committees",
    "town",
    "organisations",
    "standing",
    "state",
    "work_unit",
    "work_unit_id",
    "title",
    "inside_system",
    "overseas",
    "skills",
    "terms_served",
    "new",
    "not_scored",
    "joined_via",
    "joined_on",
    "ended_on",
}
CONTACT_FIELDS = frozenset({"phone"})
PRIVATE_FIELDS = CONTACT_FIELDS | {
    "birth_date",
    "religion",
    "wechat_openid",
    "id_number_recorded",
    "history",
}

CHAIRS = frozenset({Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL})
OFFICES = frozenset({Role.OFFICE, Role.INFO_EDITOR})
COMMITTEES = frozenset({Role.COMMITTEE_STAFF, Role.COMMITTEE_DIRECTOR})
PROPOSALS = frozenset({Role.PROPOSAL_STAFF, Role.PROPOSAL_DIRECTOR})
TOWNS = frozenset({Role.TOWN_STAFF, Role.TOWN_HEAD})
ORGANISATIONS = frozenset({Role.ORG_STAFF, Role.ORG_HEAD})

# Basic data of everyone, of the own group, or only what the public sees.
SEES_ALL = MEMBER_ROLES | OFFICES | COMMITTEES | PROPOSALS | {Role.SYSTEM}
SEES_GROUP = TOWNS | ORGANISATIONS
# A nominee is no member yet, and may never be one.
SEES_NOMINEES = CHAIRS | {Role.OFFICE, Role.SYSTEM}

# Acting role → the private fields that it sees, of everyone or of the scope's group.
PRIVATE_OF_ALL: Mapping[Role, frozenset[str]] = {
    **dict.fromkeys(CHAIRS | OFFICES | {Role.SYSTEM}, PRIVATE_FIELDS),
    **dict.fromkeys(PROPOSALS, CONTACT_FIELDS),
}
PRIVATE_OF_GROUP: Mapping[Role, frozenset[str]] = {
    **dict.fromkeys(COMMITTEES, PRIVATE_FIELDS),
    **dict.fromkeys(TOWNS | ORGANISATIONS | {Role.SECTOR_CONVENER}, CONTACT_FIELDS),
}
CONTACT_VIEWERS = MEMBER_ROLES | PRIVATE_OF_ALL.keys() | PRIVATE_OF_GROUP.keys()

MEMBERS = ENDED | IN_OFFICE
PUBLIC_FILTERS = frozenset({"term", "sector", "post", "text"})


class Reach(Enum):
    ALL = auto()
    GROUP = auto()
    PUBLIC = auto()


@dataclass(frozen=True)
class View:
    """What an actor may see. `own`: the viewer's memberships, of all terms (decision 40);
    `scopes`: `kind:id` of its groups."""

    role: Role
    reach: Reach
    own: frozenset[str]
    scopes: frozenset[str]
    states: frozenset[State]

    def fields_of(self, row: Mapping[str, Any]) -> frozenset[str]:
        """The fields of a row (with "id" and "scopes") that may be shown."""
        full = self.reach is Reach.ALL or row["id"] in self.own or self._is_of_group(row)
        return BASIC_FIELDS if full else PUBLIC_FIELDS

    @property
    def key(self) -> str:
        """The same for all who are shown the same of the roster's basic data."""
        parts = [[self.reach.name], self.states]
        if self.reach is not Reach.ALL:
            parts += [self.own, self.scopes]
        return "|".join(",".join(sorted(part)) for part in parts)

    def private_fields_of(self, row: Mapping[str, Any]) -> frozenset[str]:
        """The private fields of the member of a row (with "id" and "scopes") that may be shown."""
        seen = PRIVATE_OF_ALL.get(self.role, frozenset())
        if row["id"] in self.own:
            seen |= PRIVATE_FIELDS
        if self._is_of_group(row):
            seen |= PRIVATE_OF_GROUP.get(self.role, frozenset())
        return seen

    def _is_of_group(self, row: Mapping[str, Any]) -> bool:
        return not self.scopes.isdisjoint(row["scopes"])


def view_of(actor: Actor) -> View:
    """A former member keeps the own file and, for the rest, sees what the public sees."""
    role = actor.role
    reach = Reach.PUBLIC
    if role in SEES_GROUP:
        reach = Reach.GROUP
    elif role in SEES_ALL and "former" not in actor.scope:
        reach = Reach.ALL
    return View(
        role=role,
        reach=reach,
        own=frozenset(actor.memberships if role in MEMBER_ROLES else ()),
        scopes=frozenset(f"{kind}:{id}" for kind, id in actor.scope.items()),
        states=frozenset(State) if role in SEES_NOMINEES else MEMBERS,
    )


def needed(fields: Collection[str], view: View) -> frozenset[str]:
    """What to ask the database for: no more than the view may show of anyone."""
    if view.reach is Reach.ALL:
        return frozenset(fields)
    if view.reach is Reach.PUBLIC and not view.own:
        return PUBLIC_FIELDS.intersection(fields)
    return frozenset(fields) | {"scopes"}
