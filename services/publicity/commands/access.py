"""Who does what in publicity, and who sees what of it (section 3)."""

from __future__ import annotations

from typing import Any

from shared.actor import LEADERS, MEMBER_ROLES, Actor, Role

Row = dict[str, Any]
COMMITTEES = (Role.COMMITTEE_STAFF, Role.COMMITTEE_DIRECTOR)
PROPOSALS = (Role.PROPOSAL_STAFF, Role.PROPOSAL_DIRECTOR)
TOWNS = (Role.TOWN_STAFF, Role.TOWN_HEAD)
ORGS = (Role.ORG_STAFF, Role.ORG_HEAD)
EDITORS = (Role.OFFICE, Role.INFO_EDITOR)
CHAIRS = tuple(sorted(LEADERS))
MEMBERS = tuple(sorted(MEMBER_ROLES))
OWN = tuple(role for role in MEMBERS if role not in LEADERS)
WRITERS = (*OWN, *COMMITTEES, *PROPOSALS, *EDITORS, *TOWNS, *ORGS)
REVIEWERS = (*COMMITTEES, *EDITORS, *CHAIRS)
INSIDE = REVIEWERS
INTERVIEWERS = (*EDITORS, *PROPOSALS)


def account(actor: Actor) -> str:
    return str(actor.account_id)


def visible(actor: Actor) -> Row:
    """Reviewers see all; others their own, what shows them, and the website."""
    if actor.role in INSIDE:
        return {}
    ways: list[Row] = [{"online": True}]
    if actor.account_id is not None and actor.role in WRITERS:
        ways.append({"written_by": account(actor)})
    if actor.role in MEMBER_ROLES and actor.memberships:
        ways.append({"members": actor.own})
    return {"$or": ways}
