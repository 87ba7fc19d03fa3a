"""Who does what with consultations and motions, and who sees what of them (section 3)."""

from __future__ import annotations

from typing import Any

from services.consultations.domain.motions import Motion
from services.consultations.domain.record import OFFICE as GENERAL_OFFICE
from services.consultations.domain.record import Consultation
from services.consultations.domain.research import Research
from services.consultations.domain.states import ConsultationState, MotionState, ResearchState
from shared.actor import LEADERS, MEMBER_ROLES, Actor, Role
from shared.errors import Forbidden
from shared.organisers import ORGANISES, organisation_of
from shared.persistence.shaping import NOTHING

Row = dict[str, Any]
OFFICE = Role.OFFICE
SUPERVISING = Role.SUPERVISING_OFFICE
COMMITTEES = (Role.COMMITTEE_STAFF, Role.COMMITTEE_DIRECTOR)
TOWNS = (Role.TOWN_STAFF, Role.TOWN_HEAD)
ORGS = (Role.ORG_STAFF, Role.ORG_HEAD)
UNITS = (Role.UNIT_OFFICER, Role.UNIT_LEADER)
MEMBERS = tuple(sorted(MEMBER_ROLES))
HEADS = tuple(sorted(LEADERS))
STAFF = (OFFICE, *COMMITTEES)
# Whoever may be the organiser of a consultation: parties together, a sector group, a town (11.4).
ORGANISERS = (OFFICE, *ORGANISES)
PROPOSERS = tuple(dict.fromkeys((*MEMBERS, *ORGANISERS)))
SPEAK = (*MEMBERS, *TOWNS, *ORGS, Role.SUPERVISOR)
FEED_BACK = (SUPERVISING, OFFICE)
# Who decides on a report: the committee's director, the Chairpersons' Council.
ACCEPT = (Role.COMMITTEE_DIRECTOR, *HEADS)
VIEWERS = tuple(dict.fromkeys((*PROPOSERS, *SPEAK, *UNITS, SUPERVISING)))
# Who reads whatever is not somebody's draft.
READS_ALL = frozenset({*STAFF, *HEADS, Role.STANDING_MEMBER, SUPERVISING})
C, M, R = ConsultationState, MotionState, ResearchState


def account(actor: Actor) -> str:
    return str(actor.account_id)


def organisations_of(actor: Actor) -> list[str]:
    own = organisation_of(actor)
    return [own] if own else []


def organises(actor: Actor, organisers: tuple[str, ...]) -> bool:
    """The office organises everything; others what they are named for."""
    if actor.role is OFFICE:
        return True
    return organisation_of(actor) in organisers


def require_organiser(actor: Actor, consultation: Consultation) -> None:
    """Raises Forbidden."""
    if not organises(actor, consultation.organisers):
        raise Forbidden("只能由主办单位办理")


def require_shaper(actor: Actor, consultation: Consultation) -> None:
    """Before there are organisers whoever proposed it. Raises Forbidden."""
    if organises(actor, consultation.organisers) or proposed(actor, consultation):
        return
    raise Forbidden("只能由提出人或主办单位办理")


def proposed(actor: Actor, consultation: Consultation) -> bool:
    return consultation.state is C.PROPOSED and (
        actor.is_self(consultation.proposer)
        or (
            consultation.proposed_for is not None
            and consultation.proposed_for == organisation_of(actor)
        )
    )


def require_drafter(actor: Actor, record: Motion | Research) -> None:
    """Raises Forbidden for another committee's."""
    if not organises(actor, (record.organiser,)):
        raise Forbidden("只能由牵头单位办理")


def require_for(actor: Actor, organiser: str) -> None:
    """Raises Forbidden: a committee begins what it carries itself."""
    if actor.role is not OFFICE and organisation_of(actor) != organiser:
        raise Forbidden("只能以本专委会名义办理")


def speaks_as(actor: Actor, consultation: Consultation) -> tuple[str | None, str | None]:
    """(member, organisation): as whom the actor states. Raises Forbidden."""
    if actor.role in MEMBER_ROLES or actor.role is Role.SUPERVISOR:
        return actor.acting_among(consultation.participants), None
    own = organisation_of(actor)
    if own is None:
        raise Forbidden
    return None, own


def own_of(actor: Actor) -> Row:
    """Consultations that the actor proposed, organises or takes part in."""
    parts: list[Row] = []
    if actor.memberships:
        parts += [{"participants": actor.own}, {"proposer": actor.own}]
    for organisation in organisations_of(actor):
        parts += [{"organisers": organisation}, {"proposed_for": organisation}]
    if actor.role in UNITS:
        parts.append({"departments": actor.scope.get("unit", "")})
    if actor.role is OFFICE:
        parts += [{"writer": account(actor)}, {"organisers": GENERAL_OFFICE}]
    return {"$or": parts} if parts else NOTHING


def visible(actor: Actor) -> Row:
    """The condition for consultations that the actor may see; what of them, `shaping` says."""
    if actor.role in {*STAFF, *HEADS}:
        return {}
    if actor.role is Role.PUBLIC or actor.role not in VIEWERS:
        return {"public": True}
    mine = own_of(actor).get("$or", [])
    if actor.role in UNITS:
        return {"$or": [*mine, {"public": True}]}
    return {"$or": [*mine, {"state": {"$nin": [C.PROPOSED.value, C.CANCELLED.value]}}]}


def inside(actor: Actor, row: Row) -> bool:
    """Whether the viewer has a part in it, so that statements and minutes are to be read."""
    if actor.role in READS_ALL:
        return True
    if actor.self_among(row["participants"]) or actor.is_self(row["proposer"]):
        return True
    if actor.role in UNITS:
        return actor.scope.get("unit") in row["departments"]
    own = organisation_of(actor)
    spoken = [one["organisation"] for one in row["speakers"]]
    return own is not None and own in {*row["organisers"], *spoken, row["proposed_for"]}


def visible_projects(actor: Actor) -> Row:
    if actor.role in READS_ALL - {SUPERVISING}:
        return {}
    accepted = {"state": R.ACCEPTED.value}
    if actor.role is SUPERVISING:
        return accepted
    if actor.role not in PROPOSERS:
        return NOTHING
    parts: list[Row] = [accepted]
    if actor.memberships:
        parts.append({"participants": actor.own})
    parts += [{"organiser": id} for id in organisations_of(actor)]
    return {"$or": parts}


def visible_motions(actor: Actor) -> Row:
    if actor.role in READS_ALL - {SUPERVISING}:
        return {}
    adopted = [M.ADOPTED, M.DELIVERED, M.INSTRUCTED, M.FED_BACK, M.TRACKING, M.CLOSED]
    told: Row = {"state": {"$in": [state.value for state in adopted]}}
    if actor.role is SUPERVISING:
        return told
    if actor.role in PROPOSERS:
        parts = [told]
        if actor.memberships:
            parts += [{"main_authors": actor.own}, {"proposer": actor.own}]
        parts += [{"proposed_for": id} for id in organisations_of(actor)]
        return {"$or": parts}
    return {"public": True}


def visible_plans(actor: Actor) -> Row:
    if actor.role in {*STAFF, *HEADS}:
        return {}
    return {"state": "PUBLISHED"}


def moderates(actor: Actor, row: Row) -> bool:
    return organises(actor, tuple(row["organisers"]))
