"""Who runs a meeting and who sees it (section 3): "who organises, records"."""

from __future__ import annotations

from typing import Any

from services.office.domain import meeting_errors as errors
from services.office.domain.holders import may_hold
from services.office.domain.meeting_states import MeetingKind, MeetingState
from services.office.domain.meetings import Meeting
from shared.actor import LEADERS as LEADERS
from shared.actor import MEMBER_ROLES, Actor, Role
from shared.contracts.recipients import keys_of
from shared.errors import Forbidden
from shared.organisers import ORGANISES, organisation_of

ANY = frozenset({Role.OFFICE})
COMMITTEE = "committee"
PROPOSAL_COMMITTEE = "com-proposals"
PRO = frozenset({Role.PROPOSAL_STAFF, Role.PROPOSAL_DIRECTOR})
ORGANISERS = (*ANY, *PRO, *ORGANISES)
INVITEES = (
    *MEMBER_ROLES,
    Role.TOWN_STAFF,
    Role.TOWN_HEAD,
    Role.COMMITTEE_STAFF,
    Role.COMMITTEE_DIRECTOR,
    Role.ORG_STAFF,
    Role.ORG_HEAD,
    Role.UNIT_OFFICER,
    Role.UNIT_LEADER,
    Role.SUPERVISING_OFFICE,
    Role.SUPERVISOR,
)
VIEWERS = tuple(dict.fromkeys((*ORGANISERS, *LEADERS, *INVITEES, Role.INFO_EDITOR)))
# Of these a member's leave is the secretary-general's to decide, nobody else's (2.10).
BY_SECRETARY_GENERAL = frozenset({"PLENARY", "STANDING_COMMITTEE"})


def own_organisation(actor: Actor) -> str | None:
    """The organisation that the acting role organises meetings for; none for the office."""
    if actor.role in PRO:
        return PROPOSAL_COMMITTEE
    return organisation_of(actor)


def holder(actor: Actor) -> str:
    """The kind of organisation that the acting role plans for, as `holders` names it."""
    return COMMITTEE if actor.role in PRO else ORGANISES.get(actor.role, "")


def require_holder(actor: Actor, kind: str) -> None:
    """Raises Forbidden for a kind of meeting that is not the acting role's to plan."""
    if actor.role not in ANY and not may_hold(kind, holder(actor)):
        raise Forbidden(f"{MeetingKind(kind).label}不由本组织安排")


def may_run(actor: Actor, organiser: str) -> bool:
    return actor.role in ANY or own_organisation(actor) == organiser


def require_organiser(actor: Actor, organiser: str) -> None:
    """Raises Forbidden for whom the organiser is another's."""
    if not may_run(actor, organiser):
        raise Forbidden("只能办理本组织的会议")


def invitee_keys(actor: Actor) -> list[str]:
    """The keys under which somebody may have been invited, in the acting role."""
    return keys_of(str(actor.account_id), actor.memberships, actor.role.value, actor.scope)


def visible_to(actor: Actor) -> dict[str, Any]:
    """The meetings that an actor may see: the office and the leaders all, others their own.

    The invited see a meeting once it has been announced.
    """
    if actor.role in ANY | LEADERS:
        return {}
    invited = {
        "invited.key": {"$in": invitee_keys(actor)},
        "state": {"$ne": MeetingState.PLANNED.value},
    }
    organiser = own_organisation(actor)
    return {"$or": [{"organiser": organiser}, invited]} if organiser else invited


def require_visible(actor: Actor, meeting: Meeting) -> None:
    """Raises MeetingNotFound as for one that does not exist."""
    seen = actor.role in ANY | LEADERS or may_run(actor, meeting.organiser)
    invited = meeting.invitee(invitee_keys(actor)) is not None
    if not seen and not (invited and meeting.state is not MeetingState.PLANNED):
        raise errors.MeetingNotFound


def may_decide_leave(actor: Actor, meeting: Meeting) -> bool:
    if actor.role is Role.SECRETARY_GENERAL:
        return True
    return meeting.kind not in BY_SECRETARY_GENERAL and may_run(actor, meeting.organiser)
