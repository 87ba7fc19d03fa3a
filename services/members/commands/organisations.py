"""Organisations are reorganised: added, renamed, merged, ended; by OFFICE."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Unpack

from services.members.commands.ports import Roster
from services.members.domain.errors import (
    OrganisationExists,
    OrganisationHasMembers,
    OrganisationParentUnfit,
)
from services.members.domain.organisation import MEMBERED, Kind, Organisation
from services.members.schemas import organisations as form
from shared.actor import Role, allow
from shared.call import Call
from shared.errors import InvalidInput
from shared.operations import command


@allow(Role.OFFICE)
@command("addOrganisation", answers=form.ORGANISATION)
def add_organisation(
    call: Call,
    desk: Roster,
    *,
    organisation_id: form.Key,
    kind: form.Kind,
    name: form.Name,
    unit_type: form.UnitType | None = None,
    **more: Unpack[form.Details],
) -> str:
    """新增组织机构（办公室）。Add an organisation.

    Raises InvalidInput, OrganisationExists for an id in use, or a name in use within the kind,
    OrganisationParentUnfit.
    """
    if (kind is Kind.HANDLING_UNIT) != (unit_type is not None):
        raise InvalidInput("承办单位须注明类别，其他组织机构不填", field="unitType")

    def once() -> str:
        organisations = desk.organisations
        if organisations.exists(organisation_id):
            raise OrganisationExists(field="organisationId")
        if organisations.named(kind, name):
            raise OrganisationExists(field="name")
        fresh = Organisation(
            id=organisation_id,
            kind=kind,
            name=name,
            term=desk.current_no(),
            unit_type=unit_type,
            **more,
        )
        _place(desk, fresh, more)
        fresh.announce()
        organisations.add(call, fresh, desk.clock.now())
        return fresh.id

    return desk.organisations.run(call, once)


@allow(Role.OFFICE)
@command("changeOrganisation", answers=form.ORGANISATION)
def change_organisation(
    call: Call, desk: Roster, *, organisation_id: form.OrganisationId, changes: form.Changes
) -> str:
    """变更组织机构（办公室）。Rename an organisation, or change its data.

    New name, code, parent, side, what it may be used for and the like.

    Raises OrganisationInactive, OrganisationExists, OrganisationParentUnfit, NothingToChange.
    """

    def change(organisation: Organisation, _at: datetime) -> None:
        other = desk.organisations.named(organisation.kind, changes.get("name"))
        if other is not None and other.id != organisation.id:
            raise OrganisationExists(field="name")
        organisation.change(changes)
        _place(desk, organisation, changes)

    return _edit(call, desk, organisation_id, change)


@allow(Role.OFFICE)
@command("mergeOrganisation", answers=form.ORGANISATION)
def merge_organisation(
    call: Call, desk: Roster, *, organisation_id: form.OrganisationId, into: form.Into
) -> str:
    """并入另一组织机构（办公室）。Merge an organisation into another of its kind.

    `into` takes over; open assignments follow it (decision 17). Raises OrganisationInactive,
    OrganisationKindUnfit, OrganisationHasMembers.
    """

    def change(organisation: Organisation, at: datetime) -> None:
        successor = desk.organisations.get(into)
        _require_empty(desk, organisation)
        organisation.merge_into(successor, at)

    return _edit(call, desk, organisation_id, change)


@allow(Role.OFFICE)
@command("endOrganisation", answers=form.ORGANISATION)
def end_organisation(call: Call, desk: Roster, *, organisation_id: form.OrganisationId) -> str:
    """撤销组织机构（办公室）。End an organisation.

    Raises OrganisationInactive, OrganisationHasMembers.
    """

    def change(organisation: Organisation, at: datetime) -> None:
        _require_empty(desk, organisation)
        organisation.end(at)

    return _edit(call, desk, organisation_id, change)


def _place(desk: Roster, organisation: Organisation, given: Mapping[str, Any]) -> None:
    """Below the parent that is given, if one is. Raises OrganisationParentUnfit."""
    if (parent := given.get("parent")) is None:
        return
    found = desk.organisations.known([parent]).get(parent)
    if found is None:
        raise OrganisationParentUnfit(field="parent")
    organisation.stand_below(found)


def _require_empty(desk: Roster, organisation: Organisation) -> None:
    """A committee, town or sector group keeps its members' groups true: they move first."""
    if organisation.kind in MEMBERED and desk.memberships.in_group(organisation.id):
        raise OrganisationHasMembers


def _edit(
    call: Call,
    desk: Roster,
    organisation_id: str,
    change: Callable[[Organisation, datetime], None],
) -> str:
    at = desk.clock.now()

    def on(organisation: Organisation) -> None:
        change(organisation, at)
        organisation.term = desk.current_no()

    return desk.organisations.edit(call, organisation_id, at, on)
