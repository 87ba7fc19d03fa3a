"""Who sees which proposals: permission as part of the query (section 3, separation of duties 7)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from services.proposals.domain.holders import of_member, of_organisation
from services.proposals.domain.kinds import COLLECTIVES
from services.proposals.domain.refusal import Disposition
from services.proposals.domain.states import PUBLISHED, SIGNED, Openness, SignState, State
from shared.actor import MEMBER_ROLES, Actor, Role

Query = dict[str, Any]

PRO = frozenset({Role.PROPOSAL_STAFF, Role.PROPOSAL_DIRECTOR})
# R*: every filed text, whether open or not.
READS_ALL_FILED = frozenset(
    {
        Role.STANDING_MEMBER,
        Role.CHAIR_COUNCIL,
        Role.SECRETARY_GENERAL,
        Role.COMMITTEE_STAFF,
        Role.COMMITTEE_DIRECTOR,
        Role.OFFICE,
        Role.INFO_EDITOR,
        Role.SUPERVISING_OFFICE,
        *PRO,
    }
)
# Filed and open ones; own group's come with the organisation clause.
READS_OPEN = frozenset(
    {
        Role.MEMBER,
        Role.SECTOR_CONVENER,
        Role.TOWN_STAFF,
        Role.TOWN_HEAD,
        Role.ORG_STAFF,
        Role.ORG_HEAD,
        Role.SUPERVISOR,
        Role.PUBLIC,
    }
)
COMMITTEES = frozenset({Role.COMMITTEE_STAFF, Role.COMMITTEE_DIRECTOR})
UNITS = frozenset({Role.UNIT_OFFICER, Role.UNIT_LEADER})
BEFORE_REVIEW = frozenset({State.DRAFT, State.COSIGNING, State.DISCARDED})
SEES_AS_SIGNER = SIGNED | {SignState.INVITED, SignState.EXPIRED, SignState.WITHDRAWN}
NOTHING: Query = {"_id": {"$in": []}}
PRIVATE = frozenset({"contact_person", "contact_phone", "openness_reason", "review_opinion"})
CONTACT = frozenset({"contact_person", "contact_phone"})
INSIDE = frozenset(
    {"seal", "entry", "shortfall", "withdrawal", "history", "return_comment", "origin"}
    | {"not_filed", "appeal", "referral", "namings"}
)


def visible_to(actor: Actor) -> Query:
    """The proposals that the actor may read; what it leaves out answers "not found"."""
    clauses = [*_own(actor), *_review(actor), *_filed(actor)]
    return {"$or": clauses} if clauses else NOTHING


def takes_part(actor: Actor) -> Query:
    """What the actor writes, signs or reviews: there also former versions are open."""
    clauses = [*_own(actor), *_review(actor)]
    return {"$or": clauses} if clauses else NOTHING


def written_by(actor: Actor) -> Query:
    """The proposals whose author the actor is: first proposer, or writer of the organisation."""
    clauses = _authored(actor)
    return {"$or": clauses} if clauses else NOTHING


def named(actor: Actor) -> Query:
    """What names the actor as a main author, from the submission on (decision 45)."""
    if actor.role not in MEMBER_ROLES or actor.former:
        return NOTHING
    return {"namings.member_id": actor.own}


def own_side(actor: Actor) -> str | None:
    """Whose cases alone a supervising office acts on; None for both, and for everybody else."""
    return actor.scope.get("side") if actor.role is Role.SUPERVISING_OFFICE else None


def reviewed(actor: Actor) -> Query:
    """What stands before the committee, for the second person of a decision: no drafts."""
    if actor.role in PRO or actor.role is Role.OFFICE:
        return {"state": {"$nin": [state.value for state in BEFORE_REVIEW]}}
    return NOTHING


def own(actor: Actor) -> Query:
    """The proposals whose proposer the actor is, as author or as confirmed co-signer."""
    clauses = [*_authored(actor), *_signed(actor, SIGNED)]
    return {"$or": clauses} if clauses else NOTHING


def held(actor: Actor) -> Query:
    """The same, as lists ask: by the keys that stand with each proposal (holders)."""
    keys: list[str] = []
    if actor.role in MEMBER_ROLES:
        keys += map(of_member, actor.memberships)
    for kind, collective in COLLECTIVES.items():
        if actor.role.value in collective.writers:
            scopes = {scope: actor.scope.get(scope) for scope in collective.scopes}
            keys += [of_organisation(kind.value, name, id) for name, id in scopes.items() if id]
    return {"holders": {"$in": keys}} if keys else NOTHING


@cache
def hidden_fields(role: Role) -> frozenset[str]:
    """Fields that this role never gets in a list: contacts, reasons, inner workings."""
    if role in PRO or role is Role.OFFICE:
        return frozenset()
    if role is Role.PUBLIC:
        return PRIVATE | INSIDE | {"review_units", "advised_units", "cosignatures"}
    if role in UNITS:  # whom to call on an own case, and what it has for reference
        return (PRIVATE | INSIDE) - CONTACT - {"referral"}
    return PRIVATE | INSIDE


def _own(actor: Actor) -> list[Query]:
    return [*_authored(actor), *_signed(actor, SEES_AS_SIGNER)]


def _signed(actor: Actor, states: Iterable[SignState]) -> list[Query]:
    if not actor.memberships or actor.role not in MEMBER_ROLES:
        return []
    return [signed_by(actor, states)]


def signed_by(actor: Actor, states: Iterable[SignState]) -> Query:
    """The proposals with a signature of the person, of any term, in one of these states."""
    wanted = {"member_id": actor.own, "state": {"$in": sorted(state.value for state in states)}}
    return {"cosignatures": {"$elemMatch": wanted}}


def _authored(actor: Actor) -> list[Query]:
    clauses: list[Query] = []
    if actor.memberships and actor.role in MEMBER_ROLES:
        clauses.append({"first_proposer": actor.own})
    for kind, collective in COLLECTIVES.items():
        if actor.role.value not in collective.writers:
            continue
        for scope in collective.scopes:
            if group := actor.scope.get(scope):
                clauses.append(
                    {
                        "organisation.kind": scope,
                        "organisation.id": group,
                        "proposer_type": kind.value,
                    }
                )
    return clauses


def _review(actor: Actor) -> list[Query]:
    if actor.role not in PRO:
        return []
    entered = {
        "entry.account_id": actor.account_id,
        "entry.confirmed_at": None,
        "state": State.DRAFT.value,
    }
    return [{"state": {"$nin": [state.value for state in BEFORE_REVIEW]}}, entered]


def _filed(actor: Actor) -> list[Query]:
    filed: Query = {"state": {"$in": [state.value for state in PUBLISHED]}}
    if actor.former:
        return []  # own past cases only (decision 17)
    if actor.role is Role.OFFICE:  # whose affair a letter is (decision 50)
        letter = {"referral.disposition": Disposition.TO_LETTER.value, "referral.agreed": True}
        return [filed, {"state": State.NOT_FILED.value, **letter}]
    if actor.role in COMMITTEES and (committee := actor.scope.get("committee")):
        field = {"state": State.UNDER_REVIEW.value, "field_committees": committee}
        return [filed, field]  # on which it may comment (decision 53)
    if actor.role in READS_ALL_FILED:
        return [filed]
    if actor.role in READS_OPEN:
        return [{**filed, "openness": Openness.OPEN.value}]
    if actor.role in UNITS and (unit := actor.scope.get("unit")):
        had: Query = {"state": {"$in": [*filed["state"]["$in"], State.NOT_FILED.value]}}
        return [{**had, "assigned_units": unit}]
    return []
