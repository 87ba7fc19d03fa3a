"""Who sees and does what with documents and affairs (section 3: "Documents in/out")."""

from __future__ import annotations

from typing import Any

from services.office.commands.ports import Desk
from services.office.domain.incoming import Incoming
from services.office.domain.outgoing import RECEIVED, Outgoing
from shared.actor import MEMBER_ROLES, Actor, Role
from shared.contracts.recipients import account_key, member_key

Query = dict[str, Any]

ALL = frozenset({Role.OFFICE, Role.SECRETARY_GENERAL, Role.CHAIR_COUNCIL})
COMMITTEES = frozenset(
    {
        Role.COMMITTEE_STAFF,
        Role.COMMITTEE_DIRECTOR,
        Role.PROPOSAL_STAFF,
        Role.PROPOSAL_DIRECTOR,
    }
)
RECEIVERS = (
    *COMMITTEES,
    Role.INFO_EDITOR,
    Role.TOWN_STAFF,
    Role.TOWN_HEAD,
    Role.ORG_STAFF,
    Role.ORG_HEAD,
    Role.UNIT_OFFICER,
    Role.UNIT_LEADER,
    Role.SUPERVISING_OFFICE,
)
READERS = tuple(dict.fromkeys((*sorted(ALL), *RECEIVERS, *sorted(MEMBER_ROLES))))
DRAFTERS = (Role.OFFICE, Role.COMMITTEE_STAFF, Role.PROPOSAL_STAFF)
OFFICES = (Role.OFFICE, Role.INFO_EDITOR, *sorted(COMMITTEES))
STAFF = (*OFFICES, Role.SECRETARY_GENERAL, Role.CHAIR_COUNCIL)
SIGNED_IN = tuple(role for role in Role if role not in {Role.PUBLIC, Role.SYSTEM})

GENERAL_OFFICE, RESEARCH_OFFICE = "office-general", "office-research"
# In whose name a role acts, where its scope does not say so.
FIXED = {
    Role.OFFICE: GENERAL_OFFICE,
    Role.INFO_EDITOR: RESEARCH_OFFICE,
    Role.PROPOSAL_STAFF: "com-proposals",
    Role.PROPOSAL_DIRECTOR: "com-proposals",
}
SCOPES = ("committee", "town", "organisation", "unit")
INTERNAL = frozenset({"COMMITTEE", "CPPCC_OFFICE"})  # kinds that affairs are handed to


def own_office(actor: Actor) -> str | None:
    """The organisation that the acting role works for; none for members and supervisors."""
    if actor.role in FIXED:
        return FIXED[actor.role]
    if actor.role not in RECEIVERS:
        return None
    return next((actor.scope[kind] for kind in SCOPES if kind in actor.scope), None)


def own_organisations(actor: Actor, desk: Desk) -> list[str]:
    """Whose documents the actor receives; a supervising office has those of its side, or any."""
    own = own_office(actor)
    if own is None and actor.role is Role.SUPERVISING_OFFICE:
        return desk.directory.of_kind("SUPERVISING_OFFICE", actor.scope.get("side"))
    return [own] if own else []


def keys_of(actor: Actor) -> list[str]:
    """How circulation lists may name the person; a former member reads none (decision 17)."""
    if actor.former:
        return []
    keys = [account_key(actor.account_id)] if actor.account_id else []
    return [*keys, *map(member_key, actor.memberships)]


def sees_outgoing(actor: Actor, desk: Desk) -> Query:
    """Everything, or what was issued to one's organisation and what one's committee drafts."""
    if actor.role in ALL:
        return {}
    own = own_organisations(actor, desk)
    received: Query = {
        "recipients": {"$in": own},
        "state": {"$in": sorted(state.value for state in RECEIVED)},
    }
    return {"$or": [received, {"drafted_for": {"$in": own}}]} if _drafts(actor) else received


def sees_incoming(actor: Actor) -> Query:
    """Everything, or what is circulated to the person or handled by one's committee."""
    if actor.role in ALL:
        return {}
    circulated: Query = {"readers.key": {"$in": keys_of(actor)}}
    own = own_office(actor)
    return {"$or": [circulated, {"handler": own}]} if own else circulated


def may_draft(actor: Actor, document: Outgoing) -> bool:
    """The office any, a committee its own."""
    if actor.role is Role.OFFICE:
        return True
    return document.drafted_for is not None and document.drafted_for == own_office(actor)


def may_note(actor: Actor, document: Incoming) -> bool:
    """The office, and whoever handles it."""
    handles = document.handler is not None and document.handler == own_office(actor)
    return actor.role is Role.OFFICE or handles


def _drafts(actor: Actor) -> bool:
    return actor.role in COMMITTEES
