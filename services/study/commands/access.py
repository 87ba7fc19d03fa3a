"""Who plans and organises study, and who sees it (section 3)."""

from __future__ import annotations

from services.study.domain.sessions import HELD_BY, Form
from shared.actor import LEADERS, MEMBER_ROLES, Actor, Role
from shared.errors import Forbidden
from shared.organisers import ORGANISES, organisation_of

ANYBODY = "*"
GENERAL_OFFICE = "office-general"
OFFICE = Role.OFFICE
APPROVERS = LEADERS
ORGANISERS = (OFFICE, *ORGANISES)
DRAFTERS = (OFFICE, Role.COMMITTEE_STAFF, Role.COMMITTEE_DIRECTOR)
VIEWERS = tuple(dict.fromkeys((*MEMBER_ROLES, *ORGANISERS, Role.INFO_EDITOR)))
ANSWERS = (Role.UNIT_OFFICER,)
# Who reads the figures of all organisations and members.
SEES_ALL = LEADERS | {OFFICE, Role.INFO_EDITOR}


def may_run(actor: Actor, organiser: str) -> bool:
    return actor.role is OFFICE or organisation_of(actor) == organiser


def require_organiser(actor: Actor, organiser: str) -> None:
    """Raises Forbidden for whom the organiser is another's."""
    if not may_run(actor, organiser):
        raise Forbidden("只能办理本组织的学习")


def require_holder(actor: Actor, form: Form) -> None:
    """Raises Forbidden for a form of study that is another's."""
    holder = HELD_BY.get(form, ANYBODY)
    if actor.role is not OFFICE and holder not in (ANYBODY, ORGANISES.get(actor.role)):
        raise Forbidden(f"{form.label}不由本组织安排")


def memberships(actor: Actor, member_id: str) -> list[str]:
    """Whose records the question about a member is answered with: of oneself, all terms'.

    Raises Forbidden about another, but for who sees all.
    """
    if actor.is_self(member_id):
        return list(actor.memberships)
    if actor.role not in SEES_ALL:
        raise Forbidden
    return [member_id]


def account(actor: Actor) -> str:
    return str(actor.account_id)
