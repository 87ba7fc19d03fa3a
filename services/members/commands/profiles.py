"""Posts and profile: changed by OFFICE, or asked for by the member and confirmed by OFFICE."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.members.commands.placing import check_work_unit, place
from services.members.commands.ports import Roster
from services.members.domain.errors import NothingToChange, PersonExists, PostTaken
from services.members.domain.membership import Membership
from services.members.domain.person import Person
from services.members.domain.planning import posts_of
from services.members.domain.profile import ChangeState
from services.members.schemas import common
from services.members.schemas import profiles as form
from shared.actor import MEMBER_ROLES, Role, allow
from shared.call import Call
from shared.errors import Forbidden
from shared.ids import new_id
from shared.operations import command
from shared.operations.arguments import RecordId


@allow(Role.OFFICE)
@command("changePost", answers=common.MEMBER)
def change_post(call: Call, desk: Roster, *, member_id: common.MemberId, posts: form.Posts) -> str:
    """变更政协职务（办公室）。Set the posts that a member holds from now on.

    Raises MemberStateUnfit, PostUnfit, PostTaken (one chair, one secretary-general, one
    director for each committee), NothingToChange.
    """

    def change(membership: Membership) -> None:
        membership.change_posts(posts_of(posts))
        if desk.memberships.seats_taken(membership):
            raise PostTaken(field="posts")

    return desk.memberships.edit(call, member_id, desk.clock.now(), change)


@allow(Role.OFFICE)
@command("changeProfile", answers=common.MEMBER)
def change_profile(
    call: Call, desk: Roster, *, member_id: common.MemberId, changes: form.MemberChanges
) -> str:
    """变更委员资料（办公室）。Change a member's data.

    Raises MemberStateUnfit, NothingToChange, PostUnfit, and the refusals of a placement.
    """

    def once() -> str:
        membership = desk.memberships.get(member_id)
        _apply(call, desk, membership, changes)
        return member_id

    return desk.memberships.run(call, once)


@allow(*MEMBER_ROLES)
@command("requestProfileChange", answers=common.MEMBER)
def request_profile_change(
    call: Call, desk: Roster, *, member_id: form.OwnId | None, changes: form.OwnChanges
) -> str:
    """申请变更本人资料。Ask for a change of one's own data; the office confirms it.

    Own membership only. Raises Forbidden,
    MemberStateUnfit, ChangePending, FieldNotSelfEditable, NothingToChange.
    """
    own = _own(call, member_id)
    at = desk.clock.now()

    def change(membership: Membership) -> None:
        person = desk.memberships.person(membership.person_id)
        if all(_present(membership, person, name) == value for name, value in changes.items()):
            raise NothingToChange
        membership.request_change(new_id(), changes, at)

    return desk.memberships.edit(call, own, at, change)


@allow(*MEMBER_ROLES)
@command("withdrawProfileChange", answers=common.MEMBER)
def withdraw_profile_change(
    call: Call, desk: Roster, *, member_id: form.OwnId | None, change_id: form.ChangeId
) -> str:
    """撤回本人的资料变更申请。Take back one's own request.

    Raises Forbidden, ChangeNotPending.
    """
    own = _own(call, member_id)
    at = desk.clock.now()
    return desk.memberships.edit(
        call, own, at, lambda member: _close(member, change_id, ChangeState.WITHDRAWN, at)
    )


@allow(Role.OFFICE, approves=True)
@command("confirmProfileChange", answers=common.MEMBER)
def confirm_profile_change(
    call: Call, desk: Roster, *, member_id: common.MemberId, change_id: form.ChangeId
) -> str:
    """确认资料变更（办公室）。Put a requested change in force.

    Raises ChangeNotPending, NothingToChange, MemberStateUnfit,
    and the refusals of a placement.
    """

    def once() -> str:
        membership = desk.memberships.get(member_id)
        at = desk.clock.now()
        changes = membership.decide_change(change_id, ChangeState.CONFIRMED, at)
        _apply(call, desk, membership, changes)
        return member_id

    return desk.memberships.run(call, once)


@allow(Role.OFFICE)
@command("refuseProfileChange", answers=common.MEMBER)
def refuse_profile_change(
    call: Call,
    desk: Roster,
    *,
    member_id: common.MemberId,
    change_id: form.ChangeId,
    reason: common.DecisionReason,
) -> str:
    """不同意资料变更（办公室）。Refuse a requested change. Raises ChangeNotPending."""
    at = desk.clock.now()
    return desk.memberships.edit(
        call,
        member_id,
        at,
        lambda member: _close(member, change_id, ChangeState.REFUSED, at, reason),
    )


@allow(Role.SYSTEM)
@command()
def record_id_number(
    call: Call, desk: Roster, *, person_id: RecordId, id_number: form.IdNumber
) -> str:
    """Seal a person's identity number; for the register's import, never through the gateway.

    Raises PersonExists when another person has the same number.
    """
    digests = desk.cipher.digests(id_number)

    def once() -> str:
        person = desk.memberships.person(person_id)
        other = desk.memberships.person_with(digests)
        if other is not None and other.id != person_id:
            raise PersonExists(field="idNumber")
        person.note_id_number(desk.cipher.seal(id_number, person_id), digests[0])
        desk.memberships.save_person(person)
        return person_id

    # Without the command id: its fingerprint would be a plain hash of the number.
    return desk.memberships.run(replace(call, command=None), once)


def _apply(call: Call, desk: Roster, membership: Membership, changes: Mapping[str, Any]) -> None:
    term = desk.term(membership.term)
    check_work_unit(desk, changes)
    person = desk.memberships.person(membership.person_id)
    of_person = person.differs(changes)
    placement = place(desk, term, changes, membership.placement)
    membership.change_profile(changes, placement, of_person)
    person.change(changes)
    at = desk.clock.now()
    desk.memberships.save(call, membership, at, person if of_person else None)


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
