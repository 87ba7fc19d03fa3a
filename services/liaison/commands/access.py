"""Who does what in liaison, and who sees it (section 3)."""

from __future__ import annotations

from collections.abc import Collection

from shared.actor import LEADERS, MEMBER_ROLES, Actor, Role
from shared.contracts.recipients import ORGANISATIONS
from shared.errors import Forbidden
from shared.organisers import ORGANISES, organisation_of

GENERAL_OFFICE = "office-general"
OFFICE = Role.OFFICE
CHAIRS = LEADERS
ORGANISERS = (OFFICE, *ORGANISES)
TOWNS = (Role.TOWN_STAFF, Role.TOWN_HEAD)
COMMITTEES = (Role.COMMITTEE_STAFF, Role.COMMITTEE_DIRECTOR)
ORGS = (Role.ORG_STAFF, Role.ORG_HEAD)
UNITS = (Role.UNIT_OFFICER, Role.UNIT_LEADER)
SUPERVISING = (Role.SUPERVISING_OFFICE,)
# Who runs a year of their own: sector groups and towns (2.9, 13.3).
YEARLY = (*TOWNS, Role.SECTOR_CONVENER)
# Who receives visitors: members on duty, conveners, the town.
RECEIVE = (*MEMBER_ROLES, *TOWNS)
# Who writes down visits and delegations; who looks after the register.
KEEPERS = (OFFICE, *COMMITTEES)
VIEWERS = tuple(dict.fromkeys((*MEMBER_ROLES, *ORGANISERS, Role.INFO_EDITOR)))
# Organisations that answer items and receive briefings.
PARTNERS = tuple(dict.fromkeys((*ORGANISERS, *UNITS)))
SEES_ALL = frozenset({OFFICE, *CHAIRS, Role.INFO_EDITOR})


def may_run(actor: Actor, organisers: Collection[str]) -> bool:
    return actor.role is OFFICE or organisation_of(actor) in organisers


def require_organiser(actor: Actor, *organisers: str) -> None:
    """Raises Forbidden for whom the organisers are all others'."""
    if not may_run(actor, organisers):
        raise Forbidden("只能办理本组织的事项")


def require_own(actor: Actor, organisation: str) -> None:
    """Raises Forbidden unless the acting role is of that very organisation."""
    if organisation_of(actor) != organisation:
        raise Forbidden("只能办理本组织的事项")


def stands_for(actor: Actor) -> str | None:
    """The organisation that the acting role belongs to; the office's own for the office."""
    if actor.role is OFFICE:
        return GENERAL_OFFICE
    return next((actor.scope[kind] for kind in ORGANISATIONS if kind in actor.scope), None)


def account(actor: Actor) -> str:
    return str(actor.account_id)
