"""Who does what with public opinion, and who sees what of it (section 3, source protection)."""

from __future__ import annotations

from typing import Any

from services.opinions.domain.record import Opinion
from services.opinions.domain.states import ISSUED, Channel, Openness, OpinionState
from shared.actor import LEADERS, MEMBER_ROLES, Actor, Role
from shared.errors import Forbidden
from shared.organisers import ORGANISES

Row = dict[str, Any]
S = OpinionState
NOTHING: Row = {"_id": {"$in": []}}
COMMITTEES = (Role.COMMITTEE_STAFF, Role.COMMITTEE_DIRECTOR)
TOWNS = (Role.TOWN_STAFF, Role.TOWN_HEAD)
ORGS = (Role.ORG_STAFF, Role.ORG_HEAD)
EDITORS = (Role.INFO_EDITOR, Role.OFFICE)
SIGNERS = tuple(sorted(LEADERS))
OFFICERS = (Role.UNIT_OFFICER,)
UNITS = (Role.UNIT_OFFICER, Role.UNIT_LEADER)
SUPERVISING = Role.SUPERVISING_OFFICE
# Who records what leaders have decided (decision 15), and refers it to a unit.
RECORDERS = (*EDITORS, SUPERVISING)
REPORTERS = (*sorted(MEMBER_ROLES), *COMMITTEES, *TOWNS, *ORGS, Role.SUPERVISOR)
VIEWERS = tuple(dict.fromkeys((*REPORTERS, *EDITORS, *UNITS, SUPERVISING)))
SEES_FIGURES = frozenset({*EDITORS, *LEADERS})
# How an item is collected, by who writes it (10.1); everybody else is a member.
CHANNELS = {
    **dict.fromkeys(COMMITTEES, Channel.COMMITTEE),
    **dict.fromkeys(TOWNS, Channel.TOWN),
    **dict.fromkeys(ORGS, Channel.PARTY),
    Role.SECTOR_CONVENER: Channel.SECTOR,
    Role.SUPERVISOR: Channel.SUPERVISOR,
}
BY_MEMBERS = frozenset({Channel.MEMBER, Channel.SECTOR})
ISSUED_STATES = sorted(state.value for state in ISSUED)


def account(actor: Actor) -> str:
    return str(actor.account_id)


def channel_of(actor: Actor) -> Channel:
    return CHANNELS.get(actor.role, Channel.MEMBER)


def organisations_of(actor: Actor) -> list[str]:
    """Those that the acting role reports for; a convener's sector too (decision 45)."""
    if actor.role not in ORGANISES:
        return []
    kinds = (ORGANISES[actor.role], "sector")
    return [actor.scope[kind] for kind in kinds if kind in actor.scope]


def own(actor: Actor) -> Row:
    """What the actor has written, or whose members it names as authors."""
    parts: list[Row] = [{"authors": actor.own}] if actor.memberships else []
    if organisations := organisations_of(actor):
        parts.append({"organisation": {"$in": organisations}})
    if actor.role is Role.SUPERVISOR:
        parts.append({"writer": account(actor)})
    return {"$or": parts} if parts else NOTHING


def writes(actor: Actor, opinion: Opinion) -> bool:
    """Whether it is the actor's to change and to take back: of several authors the first's, of
    an organisation's item the organisation's."""
    by_member = opinion.channel in BY_MEMBERS or opinion.organisation is None
    return (
        (by_member and actor.self_among(opinion.authors[:1]) is not None)
        or opinion.organisation in organisations_of(actor)
        or (actor.role is Role.SUPERVISOR and opinion.writer == account(actor))
    )


def require_own(actor: Actor, opinion: Opinion) -> None:
    """Raises Forbidden for whose it is not, and for who is out of office (decision 62)."""
    if not writes(actor, opinion):
        raise Forbidden("只能由第一反映人或反映单位办理")
    if actor.role in MEMBER_ROLES:
        actor.acting_among(opinion.authors)


def visible(actor: Actor) -> Row:
    """The condition for what the actor may see at all; what of it, `queries.shaping` says."""
    mine = own(actor)
    issued: Row = {"state": {"$in": ISSUED_STATES}}
    if actor.role in EDITORS:
        return {"state": {"$ne": S.DRAFT.value}}
    if actor.role in UNITS:
        return {"referrals.unit": actor.scope.get("unit", "")}
    if actor.role is SUPERVISING:
        side = actor.scope.get("side")
        return {**issued, "deliveries.side": side} if side else {**issued, "deliveries.no": 1}
    if actor.role not in REPORTERS:
        return NOTHING
    seen = [*mine.get("$or", ())]
    if actor.role in LEADERS:
        # One range of one index each: what others may see of issues is in it.
        edited = {"state": {"$in": [S.EDITING.value, *ISSUED_STATES]}, "edition": {"$ne": None}}
        return {"$or": [*seen, edited]}
    if actor.memberships:
        seen.append({"followers.authors": actor.own, **issued})
        if not actor.former:
            seen.append({"openness": Openness.MEMBERS.value, **issued})
    if organisations := organisations_of(actor):
        seen.append({"followers.organisation": {"$in": organisations}, **issued})
    return {"$or": seen} if seen else NOTHING


def unit_of(actor: Actor) -> str:
    """Raises Forbidden without one."""
    unit = actor.scope.get("unit")
    if unit is None:
        raise Forbidden("只能由承办单位办理")
    return unit
