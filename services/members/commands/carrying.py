"""Into a new term: who goes on as a member, with person, groups and profile carried over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from services.members.commands.nominations import appoint_member, nominate_member
from services.members.commands.ports import Roster
from services.members.domain.errors import TermOrderUnfit
from services.members.domain.labels import CarryOutcome
from services.members.domain.membership import OWN_FIELDS, JoinedVia, Membership
from services.members.domain.states import State
from services.members.domain.term import Term
from services.members.schemas import carrying as form
from shared.actor import Role, allow
from shared.call import Call
from shared.errors import DomainError, NotFound
from shared.operations import command

MOST_NUMBERS = 9999
Result = dict[str, Any]  # {"from_id", "member_id", "outcome", "problems"}


@allow(Role.OFFICE)
@command("carryOverMembers", answers=form.RESULTS)
def carry_over_members(
    call: Call,
    desk: Roster,
    *,
    term: form.Term,
    members: form.Members,
    appoint: form.Appoint,
) -> list[Result]:
    """换届结转委员（办公室）。Members who go on into a new term; safe to send again.

    One write each, answered in their order; another sector where the new term's set has the
    former no more. Posts are not carried over, terms served go up by one. Who has an open
    membership of the term already keeps it. appoint: into office from the term's beginning.
    Raises TermNotFound, TermClosed.
    """
    of_term = desk.term(term)
    of_term.require_open()
    return [_carry(_part(call, row["member_id"]), desk, of_term, row, appoint) for row in members]


def _carry(call: Call, desk: Roster, term: Term, row: Mapping[str, Any], appoint: bool) -> Result:
    result: Result = {"from_id": row["member_id"], "member_id": None, "problems": []}
    try:
        former = desk.memberships.get(row["member_id"])
        if former.term >= term.no:
            raise TermOrderUnfit("只能结转上一届及以前的委员", field="memberId")
        standing = _standing(desk, former, term)
        id = standing.id if standing else _nominate(call, desk, term, former, row)
        if appoint and (standing is None or standing.state is State.NOMINATED):
            appoint_member(
                _part(call, "appoint"),
                desk,
                member_id=id,
                joined_via=JoinedVia.TERM_START,
                joined_on=None,
            )
        return {
            **result,
            "member_id": id,
            "outcome": CarryOutcome.EXISTS if standing else CarryOutcome.CREATED,
        }
    except (DomainError, NotFound) as refusal:
        return {**result, "outcome": CarryOutcome.REFUSED, "problems": list(refusal.items)}


def _nominate(
    call: Call, desk: Roster, term: Term, former: Membership, row: Mapping[str, Any]
) -> str:
    placement = asdict(former.placement)
    placement.pop("organisations")  # follow from party and sector
    if row.get("sector"):
        placement |= {"sector": row["sector"], "sector_group": None}
    return nominate_member(
        call,
        desk,
        member_no=row.get("member_no") or _free_number(desk, former, term),
        term=term.no,
        person_id=former.person_id,
        **_in_being(desk, placement),
        **{name: getattr(former, name) for name in OWN_FIELDS if name != "terms_served"},
        terms_served=former.terms_served + 1,
    )


def _in_being(desk: Roster, placement: Mapping[str, Any]) -> dict[str, Any]:
    """Groups that have been merged are followed; those that have ended fall away."""
    named = [
        id for id in (placement["sector_group"], placement["town"], *placement["committees"]) if id
    ]
    now = {id: desk.organisations.heir(id) for id in named}
    committees = [now[id] for id in placement["committees"] if now[id]]
    return {
        "sector": placement["sector"],
        "affiliation": placement["affiliation"],
        "sector_group": now.get(placement["sector_group"]),
        "town": now.get(placement["town"]),
        "committees": list(dict.fromkeys(committees)),
    }


def _standing(desk: Roster, former: Membership, term: Term) -> Membership | None:
    """The person's open membership of the term."""
    memberships = desk.memberships.of_person(former.person_id)
    return next((m for m in memberships if m.open and m.term == term.no), None)


def _free_number(desk: Roster, former: Membership, term: Term) -> str:
    """The former one's digits if they are free, else the next free ones."""
    taken = desk.memberships.numbers_of(term.no)
    digits = int(former.member_no.rpartition("-")[2])
    wanted = [digits, *range(1, MOST_NUMBERS + 1)]
    free = next(number for number in wanted if f"{term.no}-{number:04d}" not in taken)
    return f"{term.no}-{free:04d}"


def _part(call: Call, part: str) -> Call:
    """The call of one part of the command, with a command id of its own."""
    if call.command is None:
        return call
    return replace(call, command=replace(call.command, id=f"{call.command.id}:{part}"))
