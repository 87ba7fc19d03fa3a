"""Who does what with outcomes, and who sees which (section 3, row "Outcome item")."""

from __future__ import annotations

from typing import Any

from services.outcomes.domain import errors
from services.outcomes.domain.kinds import Disclosure, Source
from shared.actor import LEADERS, MEMBER_ROLES, Actor, Role
from shared.errors import Forbidden
from shared.organisers import ORGANISES, organisation_of
from shared.persistence.shaping import NOTHING

Row = dict[str, Any]
GENERAL_OFFICE = "office-general"
OFFICE = Role.OFFICE
COMMITTEES = (Role.COMMITTEE_STAFF, Role.COMMITTEE_DIRECTOR)
PROPOSALS = (Role.PROPOSAL_STAFF, Role.PROPOSAL_DIRECTOR)
UNITS = (Role.UNIT_OFFICER, Role.UNIT_LEADER)
SUPERVISING = Role.SUPERVISING_OFFICE
SENDERS = (OFFICE, *COMMITTEES)  # open files, write items down, close
VERIFIERS = (OFFICE, *COMMITTEES, *PROPOSALS)
# Decisions of leaders are recorded by these (decision 15).
RECORDERS = (OFFICE, SUPERVISING)
# Sees every file, SCPO items too; standing members and staff all others (section 3).
PROTECTED = frozenset({OFFICE, Role.INFO_EDITOR, *LEADERS})
STAFF = frozenset({*COMMITTEES, *PROPOSALS})
OF_PROPOSALS = (Source.KEY_PROPOSAL, Source.COMMITMENT)
VIEWERS = tuple(
    dict.fromkeys(
        (
            *MEMBER_ROLES,
            OFFICE,
            Role.INFO_EDITOR,
            *ORGANISES,
            *PROPOSALS,
            *UNITS,
            SUPERVISING,
            Role.SUPERVISOR,
        )
    )
)
OPEN_TO_PUBLIC = [Disclosure.FULL.value, Disclosure.SUMMARY.value]
UNPROTECTED: Row = {"source": {"$ne": Source.SCPO.value}}


def account(actor: Actor) -> str:
    return str(actor.account_id)


def stands_for(actor: Actor) -> str | None:
    """The organisation in whose name the role sends and verifies."""
    if actor.role is OFFICE:
        return GENERAL_OFFICE
    return organisation_of(actor)


def may_keep(actor: Actor, organiser: str, source: Source) -> bool:
    """The office all files; a committee its own; the proposal committee what is of proposals."""
    if actor.role is OFFICE:
        return True
    if actor.role in PROPOSALS:
        return source in OF_PROPOSALS
    return actor.role in COMMITTEES and organisation_of(actor) == organiser


def require_keeper(actor: Actor, record: Any) -> None:
    """Raises Forbidden for another's file or item."""
    if not may_keep(actor, record.organiser, record.source):
        raise Forbidden("只能办理本组织的成果档案")


def own_side(actor: Actor) -> str | None:
    """Of a supervising office that acts for one side (decision 45)."""
    return actor.scope.get("side") if actor.role is SUPERVISING else None


def require_side(actor: Actor, side: str | None) -> None:
    """Raises Forbidden for a supervising office of the other side."""
    own = own_side(actor)
    if own is not None and side not in (own, None):
        raise Forbidden("只能办理本归口的事项")


def require_unit(actor: Actor, unit: str | None) -> None:
    """Raises Forbidden unless the item is of the very unit."""
    if unit is None or actor.scope.get("unit") != unit:
        raise Forbidden("只能报告由本单位负责的事项")


def visible(actor: Actor) -> Row:
    """The condition of a query over files or items that the viewer may see.

    Both hold source, organisations, authors, units, sides, openness.
    """
    role = actor.role
    own: Row = {"authors": actor.own}
    if role in PROTECTED:
        return {}
    if role is Role.STANDING_MEMBER:
        return {"$or": [UNPROTECTED, own]}
    if role in STAFF:
        mine = {"organisations": organisation_of(actor) or ""}
        return {"$or": [UNPROTECTED, mine, own]}
    if role in UNITS:
        return {"units": actor.scope.get("unit", "")}
    if role is SUPERVISING:
        side = own_side(actor)
        return {"sides": {"$in": [side, []]}} if side else {}
    if role is Role.SUPERVISOR:
        return {"source": Source.SUPERVISION.value}
    if role in ORGANISES:
        group = {"organisations": organisation_of(actor) or ""}
        return {"$or": [group, own]} if role in MEMBER_ROLES else group
    if role in MEMBER_ROLES:
        return own
    if role is Role.PUBLIC:
        return {"openness": {"$in": OPEN_TO_PUBLIC}, **UNPROTECTED}
    return NOTHING


def sees_authors(actor: Actor, row: Row) -> bool:
    """The source of an SCPO item is protected (2.7): its authors, and who runs it, know."""
    if row["source"] != Source.SCPO.value:
        return actor.role is not Role.PUBLIC
    return actor.role in PROTECTED or actor.self_among(row["authors"]) is not None


def require_by_hand(source: Source) -> None:
    """Raises StatedElsewhere for what facts alone open."""
    if source in (Source.COMMITMENT, Source.SCPO):
        raise errors.StatedElsewhere(field="source")
