"""Posts and profile: changed by OFFICE, or asked for by the member and confirmed by OFFICE."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from services.members.commands.placing import check_work_unit, place
from services.members.commands.ports import Roster
from services.members.domain.errors import NothingToChange, PersonExists, PostTaken
from services.members.domain.membership import Membership
from services.members.domain.person import Person
from services.members.domain.posts import Post
from services.members.domain.profile import ChangeState
from shared.actor import MEMBER_ROLES, Role, allow
from shared.call import Call
from shared.errors import Forbidden
from shared.ids import new_id


@allow(Role.OFFICE)
def change_post(call: Call, roster: Roster, *, member_id: str, posts: Sequence[Post]) -> str:
    """The member holds exactly `posts` from now on.

    Raises MemberStateUnfit, PostUnfit, PostTaken (one chair, one secretary-general, one director
    for each committee), NothingToChange.
    """

    def change(membership: Membership) -> None:
        membership.change_posts(posts)
        if roster.memberships.seats_taken(membership):
            raise PostTaken(field="posts")

    return roster.memberships.edit(call, member_id, roster.clock.now(), change)


@allow(Role.OFFICE)
def change_profile(
    call: Call, roster: Roster, *, member_id: str, changes: Mapping[str, Any]
) -> str:
    """Raises MemberStateUnfit, NothingToChange, PostUnfit, and the refusals of a placement."""

    def once() -> str:
        membership = roster.memberships.get(member_id)
        _apply(call, roster, membership, changes)
        return member_id

    return roster.memberships.run(call, once)


@allow(*MEMBER_ROLES)
def request_profile_change(
    call: Call, roster: Roster, *, member_id: str | None, changes: Mapping[str, Any]
) -> str:
    """The member's own wish; waits for the office. Own membership only.

    Raises Forbidden, MemberStateUnfit, ChangePending, FieldNotSelfEditable, NothingToChange.
    """
    own = _own(call, member_id)
    at = roster.clock.now()

    def change(membership: Membership) -> None:
        person = roster.memberships.person(membership.person_id)
        if all(_present(membership, person, name) == value for name, value in changes.items()):
            raise NothingToChange
        membership.request_change(new_id(), changes, at)

    return roster.memberships.edit(call, own, at, change)


@allow(*MEMBER_ROLES)
def withdraw_profile_change(
    call: Call, roster: Roster, *, member_id: str | None, change_id: str
) -> str:
    """Raises Forbidden, ChangeNotPending."""
    own = _own(call, member_id)
    at = roster.clock.now()
    return roster.memberships.edit(
        call, own, at, lambda member: _close(member, change_id, ChangeState.WITHDRAWN, at)
    )


@allow(Role.OFFICE)
def confirm_profile_change(call: Call, roster: Roster, *, member_id: str, change_id: str) -> str:
    """Put the wished values in force. Raises ChangeNotPending, NothingToChange, MemberStateUnfit,
    and the refusals of a placement."""

    def once() -> str:
        membership = roster.memberships.get(member_id)
        at = roster.clock.now()
        changes = membership.decide_change(change_id, ChangeState.CONFIRMED, at)
        _apply(call, roster, membership, changes)
        return member_id

    return roster.memberships.run(call, once)


@allow(Role.OFFICE)
def refuse_profile_change(
    call: Call, roster: Roster, *, member_id: str, change_id: str, reason: str
) -> str:
    """Raises ChangeNotPending."""
    at = roster.clock.now()
    return roster.memberships.edit(
        call,
        member_id,
        at,
        lambda member: _close(member, change_id, ChangeState.REFUSED, at, reason),
    )


@allow(Role.SYSTEM)
def record_id_number(call: Call, roster: Roster, *, person_id: str, id_number: str) -> str:
    """Seal a person's identity number; for the register's import, never through the gateway.

    Raises PersonExists when another person has the same number.
    """
    digest = roster.cipher.digest(id_number)

    def once() -> str:
        person = roster.memberships.person(person_id)
        other = roster.memberships.person_with(digest)
        if other is not None and other.id != person_id:
            raise PersonExists(field="idNumber")
        person.note_id_number(roster.cipher.seal(id_number, person_id), digest)
        roster.memberships.save_person(person)
        return person_id

    # Without the command id: its fingerprint would be a plain hash of the number.
    return roster.memberships.run(replace(call, command=None), once)


def _apply(call: Call, roster: Roster, membership: Membership, changes: Mapping[str, Any]) -> None:
    term = roster.term(membership.term)
    check_work_unit(roster, changes)
    person = roster.memberships.person(membership.person_id)
    of_person = person.differs(changes)
    placement = place(roster, term, changes, membership.placement)
    membership.change_profile(changes, placement, of_person)
    person.change(changes)
    at = roster.clock.now()
    roster.memberships.save(call, membership, at, person if of_person else None)


def _present(membership: Membership, person: Person, name: str) -> Any:
    for holder in (person, membership, membership.placement):
        if hasattr(holder, name):
            return getattr(holder, name)
    return None


def _own(call: Call, member_id: str | None) -> str:
    own = call.actor.member_id
    if own is None or member_id not in (None, own):
        raise Forbidden("只能修改本人的资料")
    return own


def _close(
    member: Membership, change_id: str, state: ChangeState, at: Any, reason: str | None = None
) -> None:
    member.decide_change(change_id, state, at, reason)
