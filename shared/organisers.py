"""Who organises in the name of which organisation: scope "g", the own group (section 3)."""

from __future__ import annotations

from shared.actor import Actor, Role

# Role → the kind of its scope that names the organisation.
ORGANISES = {
    Role.COMMITTEE_STAFF: "committee",
    Role.COMMITTEE_DIRECTOR: "committee",
    Role.TOWN_STAFF: "town",
    Role.TOWN_HEAD: "town",
    Role.SECTOR_CONVENER: "sector_group",
    Role.ORG_STAFF: "organisation",
    Role.ORG_HEAD: "organisation",
}


def organisation_of(actor: Actor) -> str | None:
    """The organisation that the acting role organises for; none for the office and others."""
    kind = ORGANISES.get(actor.role)
    return actor.scope.get(kind) if kind else None
