"""Into office: nomination, appointment, rejection (2.1: data entry by OFFICE)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.members.commands.placing import check_work_unit, place
from services.members.commands.ports import Roster
from services.members.domain.errors import MemberNoTaken
from services.members.domain.membership import (
    OWN_FIELDS,
    JoinedVia,
    Membership,
    member_id,
    person_id,
)
from services.members.domain.person import FACTS, PUBLIC_FACTS, Person
from services.members.domain.serving import check_may_serve, terms_served
from services.members.domain.term import Term
from shared.actor import Role, allow
from shared.call import Call


@allow(Role.OFFICE)
def nominate_member(call: Call, roster: Roster, *, member_no: str, **given: Any) -> str:
    """A new membership, of a known person (`person_id`) or of a new one; its id.

    given: term (the current one unless told), person_id or the facts of a person, and the fields
    of a profile. Raises MemberNoTaken, MemberNoUnfit, AlreadyMember, PersonDeceased, TermClosed,
    and the refusals of a placement.
    """

    def once() -> str:
        term = roster.term(given.get("term"))
        term.require_open()
        if roster.memberships.exists(member_id(member_no)):
            raise MemberNoTaken(field="memberNo")
        known = given.get("person_id")
        person = _known_person(roster, known, term) if known else _new_person(member_no, given)
        check_work_unit(roster, given)
        at = roster.clock.now()
        membership = Membership.nominate(
            at=at,
            member_no=member_no,
            person_id=person.id,
            term=term.no,
            placement=place(roster, term, given),
            **{name: getattr(person, name) for name in PUBLIC_FACTS},
            **_own_fields(roster, person, term, given),
        )
        roster.memberships.add(call, membership, at, None if known else person)
        return membership.id

    return roster.memberships.run(call, once)


@allow(Role.OFFICE)
def appoint_member(
    call: Call, roster: Roster, *, member_id: str, joined_via: JoinedVia, joined_on: datetime | None
) -> str:
    """Raises MemberStateUnfit, JoinDateUnfit, TermClosed."""
    at = roster.clock.now()

    def change(membership: Membership) -> None:
        term = roster.term(membership.term)
        term.require_open()
        membership.appoint(term.starts_on, joined_via, joined_on, at)

    return roster.memberships.edit(call, member_id, at, change)


@allow(Role.OFFICE)
def reject_nomination(call: Call, roster: Roster, *, member_id: str, reason: str) -> str:
    """Raises MemberStateUnfit."""
    at = roster.clock.now()
    return roster.memberships.edit(call, member_id, at, lambda member: member.reject(at, reason))


def _new_person(member_no: str, given: Mapping[str, Any]) -> Person:
    facts = {name: given[name] for name in FACTS if name in given}
    return Person(id=person_id(member_no), **facts)


def _known_person(roster: Roster, id: str, term: Term) -> Person:
    person = roster.memberships.person(id)
    check_may_serve(roster.memberships.of_person(id), term.no)
    return person


def _own_fields(
    roster: Roster, person: Person, term: Term, given: Mapping[str, Any]
) -> dict[str, Any]:
    """The profile's own fields; terms served are counted here unless told."""
    fields = {name: given[name] for name in OWN_FIELDS if given.get(name) is not None}
    if "terms_served" not in fields:
        former = roster.memberships.of_person(person.id)
        fields["terms_served"] = terms_served(former, term.no)
    return fields
