"""Who does what in supervision, and who sees what of it (section 3)."""

from __future__ import annotations

from typing import Any

from services.supervision.commands.ports import Desk
from services.supervision.domain.record import Supervision
from services.supervision.domain.states import ISSUED
from services.supervision.domain.supervisors import Supervisor
from shared.actor import LEADERS, MEMBER_ROLES, Actor, Role
from shared.call import Call
from shared.errors import Forbidden
from shared.organisers import ORGANISES, organisation_of

Row = dict[str, Any]
NOTHING: Row = {"_id": {"$in": []}}
COMMITTEES = (Role.COMMITTEE_STAFF, Role.COMMITTEE_DIRECTOR)
TOWNS = (Role.TOWN_STAFF, Role.TOWN_HEAD)
ORGS = (Role.ORG_STAFF, Role.ORG_HEAD)
DRAFTERS = (*COMMITTEES, *TOWNS)  # "CRU" and "Cg"
APPROVERS = tuple(sorted(LEADERS))
NOMINATORS = (*COMMITTEES, Role.OFFICE, *ORGS)
POSTERS = (*COMMITTEES, Role.OFFICE)
TEAM = (*sorted(MEMBER_ROLES), Role.SUPERVISOR)
RECORDERS = (*TEAM, *DRAFTERS)
UNITS = (Role.UNIT_OFFICER, Role.UNIT_LEADER)
SEES_ALL = (*COMMITTEES, Role.OFFICE, Role.INFO_EDITOR, Role.SUPERVISING_OFFICE, *APPROVERS)
VIEWERS = tuple(dict.fromkeys((*SEES_ALL, *TOWNS, *TEAM, *ORGS, *UNITS)))
ISSUED_STATES = sorted(state.value for state in ISSUED)


def account(actor: Actor) -> str:
    return str(actor.account_id)


def unit_of(actor: Actor) -> str:
    """Raises Forbidden without one."""
    unit = actor.scope.get("unit")
    if unit is None:
        raise Forbidden("只能由被监督单位办理")
    return unit


def require_organiser(actor: Actor, organiser: str) -> None:
    """Raises Forbidden for whom the organiser is another's."""
    if actor.role is not Role.OFFICE and organisation_of(actor) != organiser:
        raise Forbidden("只能办理本组织的监督")


def own_organiser(actor: Actor) -> str:
    return str(actor.scope.get(ORGANISES[actor.role]))


def as_supervisor(actor: Actor, desk: Desk) -> Supervisor | None:
    """The appointment of who acts as a supervisor."""
    if actor.role is not Role.SUPERVISOR:
        return None
    at = desk.clock.now()
    return next(iter(desk.supervisors.serving(actor.memberships, actor.account_id, at)), None)


def require_team(call: Call, desk: Desk, supervision: Supervision) -> None:
    """Of the team in its own person, or the committee that runs it.

    Whoever acts in person has no interest in the units as things stand now. Raises Forbidden,
    InterestConflict.
    """
    actor = call.actor
    if actor.role in DRAFTERS and organisation_of(actor) == supervision.organiser:
        return
    if actor.role in MEMBER_ROLES:
        if not actor.former and supervision.in_team(actor.memberships):
            return desk.require_impartial(call, supervision.units, actor.memberships)
    elif (found := as_supervisor(actor, desk)) and supervision.in_team((), found.id):
        return desk.require_impartial(call, supervision.units, (), [found])
    raise Forbidden("只能由该监督组办理")


def require_members_of_team(call: Call, desk: Desk, supervision: Supervision) -> None:
    """As `require_team`, without who only runs it: a verification is the team's own."""
    if call.actor.role in DRAFTERS:
        raise Forbidden("只能由监督组成员核实")
    require_team(call, desk, supervision)


def visible(actor: Actor, desk: Desk) -> Row:
    """The supervisions that the actor may see."""
    if actor.role in SEES_ALL:
        return {}
    if actor.role in UNITS:
        return {"units": actor.scope.get("unit", ""), "state": {"$in": ISSUED_STATES}}
    ways: list[Row] = []
    if (organisation := organisation_of(actor)) is not None:
        ways.append({"organiser": organisation})
    if actor.role in MEMBER_ROLES and actor.memberships:
        for name in ("leader", "members", "supervisor_members"):
            ways.append({f"team.{name}": actor.own})
        if not actor.former:
            ways.append({"state": {"$in": ISSUED_STATES}})
    elif (found := as_supervisor(actor, desk)) is not None:
        ways += [{"team.supervisors": found.id}, {"units": {"$in": list(found.units)}}]
    return {"$or": ways} if ways else NOTHING


def visible_findings(actor: Actor, desk: Desk) -> Row:
    """Of the own site, team, unit (section 3: "C R own site")."""
    if actor.role in SEES_ALL:
        return {}
    if actor.role in UNITS:
        return {"unit": actor.scope.get("unit", "")}
    seen = [row["id"] for row in desk.supervisions.rows(visible(actor, desk))]
    ways: list[Row] = [{"supervision_id": {"$in": seen}}]
    if (found := as_supervisor(actor, desk)) is not None:
        ways += [{"unit": {"$in": list(found.units)}}, {"recorded_by": account(actor)}]
    return {"$or": ways}


def visible_debriefings(actor: Actor, desk: Desk) -> Row:
    if actor.role in SEES_ALL:
        return {}
    if actor.role in UNITS:
        return {"units": actor.scope.get("unit", "")}
    ways: list[Row] = []
    if (organisation := organisation_of(actor)) is not None:
        ways.append({"organiser": organisation})
    if actor.role in MEMBER_ROLES and actor.memberships:
        ways += [{"members": actor.own}, {"supervisor_members": actor.own}]
    elif (found := as_supervisor(actor, desk)) is not None:
        ways.append({"supervisors": found.id})
    return {"$or": ways} if ways else NOTHING
