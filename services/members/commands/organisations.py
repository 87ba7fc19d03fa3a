"""Organisations are reorganised: added, renamed, merged, ended; by OFFICE."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from services.members.commands.ports import Roster
from services.members.domain.errors import OrganisationExists, OrganisationHasMembers
from services.members.domain.organisation import MEMBERED, Kind, Organisation
from shared.actor import Role, allow
from shared.call import Call


@allow(Role.OFFICE)
def add_organisation(
    call: Call, roster: Roster, *, organisation_id: str, kind: Kind, name: str, **more: Any
) -> str:
    """Raises OrganisationExists for an id in use, or a name in use within the kind."""

    def once() -> str:
        organisations = roster.organisations
        if organisations.exists(organisation_id):
            raise OrganisationExists(field="organisationId")
        if organisations.named(kind, name):
            raise OrganisationExists(field="name")
        fresh = Organisation(
            id=organisation_id, kind=kind, name=name, term=roster.current_no(), **more
        )
        fresh.announce()
        organisations.add(call, fresh, roster.clock.now())
        return fresh.id

    return roster.organisations.run(call, once)


@allow(Role.OFFICE)
def change_organisation(
    call: Call, roster: Roster, *, organisation_id: str, changes: Mapping[str, Any]
) -> str:
    """New name, short name, code and the like. Raises OrganisationInactive, OrganisationExists,
    NothingToChange."""

    def change(organisation: Organisation, _at: datetime) -> None:
        other = roster.organisations.named(organisation.kind, changes.get("name"))
        if other is not None and other.id != organisation.id:
            raise OrganisationExists(field="name")
        organisation.change(changes)

    return _edit(call, roster, organisation_id, change)


@allow(Role.OFFICE)
def merge_organisation(call: Call, roster: Roster, *, organisation_id: str, into: str) -> str:
    """`into` takes over; open assignments follow it (decision 17).

    Raises OrganisationInactive, OrganisationKindUnfit, OrganisationHasMembers.
    """

    def change(organisation: Organisation, at: datetime) -> None:
        successor = roster.organisations.get(into)
        _require_empty(roster, organisation)
        organisation.merge_into(successor, at)

    return _edit(call, roster, organisation_id, change)


@allow(Role.OFFICE)
def end_organisation(call: Call, roster: Roster, *, organisation_id: str) -> str:
    """Raises OrganisationInactive, OrganisationHasMembers."""

    def change(organisation: Organisation, at: datetime) -> None:
        _require_empty(roster, organisation)
        organisation.end(at)

    return _edit(call, roster, organisation_id, change)


def _require_empty(roster: Roster, organisation: Organisation) -> None:
    """A committee, town or sector group keeps its members' groups true: they move first."""
    if organisation.kind in MEMBERED and roster.memberships.in_group(organisation.id):
        raise OrganisationHasMembers


def _edit(
    call: Call,
    roster: Roster,
    organisation_id: str,
    change: Callable[[Organisation, datetime], None],
) -> str:
    at = roster.clock.now()

    def on(organisation: Organisation) -> None:
        change(organisation, at)
        organisation.term = roster.current_no()

    return roster.organisations.edit(call, organisation_id, at, on)
