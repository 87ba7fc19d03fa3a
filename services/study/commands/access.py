"""Who plans and organises study, and who sees it (section 3)."""

from __future__ import annotations

from shared.actor import MEMBER_ROLES, Actor, Role
from shared.errors import Forbidden
from shared.organisers import ORGANISES, organisation_of

GENERAL_OFFICE = "office-general"
OFFICE = Role.OFFICE
APPROVERS = (Role.CHAIR_COUNCIL,)
ORGANISERS = (OFFICE, *ORGANISES)
DRAFTERS = (OFFICE, Role.COMMITTEE_STAFF, Role.COMMITTEE_DIRECTOR)
VIEWERS = tuple(dict.fromkeys((*MEMBER_ROLES, *ORGANISERS, Role.INFO_EDITOR)))
ANSWERS = (Role.UNIT_OFFICER,)
# Who reads the figures of all organisations and members.
SEES_ALL = frozenset({OFFICE, Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL, Role.INFO_EDITOR})


def may_run(actor: Actor, organiser: str) -> bool:
    return actor.role is OFFICE or organisation_of(actor) == organiser


def require_organiser(actor: Actor, organiser: str) -> None:
    """Raises Forbidden for whom the organiser is another's."""
    if not may_run(actor, organiser):
        raise Forbidden("只能办理本组织的学习")


def account(actor: Actor) -> str:
    return str(actor.account_id)
