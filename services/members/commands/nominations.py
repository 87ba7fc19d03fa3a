"""Into office: nomination, appointment, rejection (2.1: data entry by OFFICE)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Unpack

from services.members.commands.placing import check_work_unit, place
from services.members.commands.ports import Roster
from services.members.domain.errors import MemberNoTaken
from services.members.domain.membership import (
    OWN_FIELDS,
    Membership,
    member_id,
    person_id,
)
from services.members.domain.person import FACTS, PUBLIC_FACTS, Person
from services.members.domain.planning import NEEDED_OF_PERSON
from services.members.domain.profile import camel
from services.members.domain.serving import check_may_serve, terms_served
from services.members.domain.term import Term
from services.members.schemas import common
from services.members.schemas import profiles as form
from shared.actor import Role, allow
from shared.call import Call
from shared.errors import InvalidInput
from shared.operations import command


@allow(Role.OFFICE)
@command("nominateMember", answers=common.MEMBER)
def nominate_member(
    call: Call,
    desk: Roster,
    *,
    member_no: form.MemberNo,
    term: common.TermNo | None = None,
    person_id: form.KnownPerson | None = None,
    **given: Unpack[form.Nomination],
) -> str:
    """提名委员（办公室）。Nominate a member, of a known or a new person.

    Raises InvalidInput, MemberNoTaken, MemberNoUnfit, AlreadyMember, PersonDeceased, TermClosed,
    and the refusals of a placement.
    """
    _require_one_person(person_id, given)

    def once() -> str:
        of_term = desk.term(term)
        of_term.require_open()
        if desk.memberships.exists(member_id(member_no)):
            raise MemberNoTaken(field="memberNo")
        person = (
            _known_person(desk, person_id, of_term) if person_id else _new_person(member_no, given)
        )
        check_work_unit(desk, given)
        at = desk.clock.now()
        membership = Membership.nominate(
            at=at,
            member_no=member_no,
            person_id=person.id,
            term=of_term.no,
            placement=place(desk, of_term, given),
            **{name: getattr(person, name) for name in PUBLIC_FACTS},
            **_own_fields(desk, person, of_term, given),
        )
        desk.memberships.add(call, membership, at, None if person_id else person)
        return membership.id

    return desk.memberships.run(call, once)


@allow(Role.OFFICE)
@command("appointMember", answers=common.MEMBER)
def appoint_member(
    call: Call,
    desk: Roster,
    *,
    member_id: common.MemberId,
    joined_via: form.JoinedVia,
    joined_on: form.JoinedOn | None,
) -> str:
    """委员就任（办公室）。Appoint a nominee, at the term's beginning or by co-option.

    Raises MemberStateUnfit, JoinDateUnfit, TermClosed.
    """
    at = desk.clock.now()

    def change(membership: Membership) -> None:
        term = desk.term(membership.term)
        term.require_open()
        membership.appoint(term.starts_on, joined_via, joined_on, at)

    return desk.memberships.edit(call, member_id, at, change)


@allow(Role.OFFICE)
@command("rejectNomination", answers=common.MEMBER)
def reject_nomination(
    call: Call, desk: Roster, *, member_id: common.MemberId, reason: common.Reason
) -> str:
    """提名未通过（办公室）。A nomination that is not accepted. Raises MemberStateUnfit."""
    at = desk.clock.now()
    return desk.memberships.edit(call, member_id, at, lambda member: member.reject(at, reason))


def _require_one_person(person_id: str | None, given: Mapping[str, Any]) -> None:
    """A known person, or the facts of a new one. Raises InvalidInput."""
    if person_id:
        wrong, said = [name for name in FACTS if name in given], "已有人员，不需重填"
    else:
        wrong, said = [name for name in NEEDED_OF_PERSON if name not in given], "此项必填"
    problems = [InvalidInput(said, field=camel(name)).items[0] for name in wrong]
    if problems:
        raise InvalidInput(said, field=problems[0]["field"], items=problems)


def _new_person(member_no: str, given: Mapping[str, Any]) -> Person:
    facts = {name: given[name] for name in FACTS if name in given}
    return Person(id=person_id(member_no), **facts)


def _known_person(desk: Roster, id: str, term: Term) -> Person:
    person = desk.memberships.person(id)
    check_may_serve(desk.memberships.of_person(id), term.no)
    return person


def _own_fields(
    desk: Roster, person: Person, term: Term, given: Mapping[str, Any]
) -> dict[str, Any]:
    """The profile's own fields; terms served are counted here unless told."""
    fields = {name: given[name] for name in OWN_FIELDS if given.get(name) is not None}
    if "terms_served" not in fields:
        former = desk.memberships.of_person(person.id)
        fields["terms_served"] = terms_served(former, term.no)
    return fields
