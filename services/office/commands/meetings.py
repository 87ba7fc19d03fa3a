"""Planning and announcing meetings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from services.office.commands import access
from services.office.commands.ports import Desk
from services.office.domain import meeting_errors as errors
from services.office.domain.invitees import Invitee
from services.office.domain.meetings import SERVICE, Meeting, planned
from shared.actor import allow
from shared.call import Call
from shared.contracts.recipients import member_key, organisation_key
from shared.ids import new_id

Row = dict[str, Any]
Act = Callable[[Meeting, datetime], object]


@allow(*access.ORGANISERS)
def plan_meeting(
    call: Call,
    desk: Desk,
    *,
    kind: str,
    organiser: str,
    title: str,
    held_at: datetime,
    place: str,
    mandatory: bool,
    half_days: int,
    ends_at: datetime | None,
    answer_by: datetime | None,
    invited: Row,
    details: Row,
    papers: list[str],
) -> str:
    """Plan a meeting of one's own organisation; its id. Raises MeetingUnfit, Forbidden."""
    access.require_organiser(call.actor, organiser)

    def once() -> str:
        at = desk.clock.now()
        meeting_id = new_id()
        meeting = planned(
            id=meeting_id,
            term=desk.members.current_term(),
            kind=kind,
            purpose={"service": SERVICE, "id": meeting_id},
            organiser=organiser,
            title=title,
            held_at=held_at,
            place=place,
            mandatory=mandatory,
            half_days=half_days,
            ends_at=ends_at,
            answer_by=answer_by,
            created_by=call.actor.account_id,
            invited=invitees(desk, **invited),
            answer_lead=desk.answer_lead(),
        )
        meeting.details, meeting.papers = details, tuple(papers)
        meeting.check()
        desk.meetings.add(call, meeting, at)
        return meeting_id

    return desk.meetings.run(call, once)


@allow(*access.ORGANISERS)
def change_meeting(call: Call, desk: Desk, *, meeting_id: str, **changes: Any) -> str:
    """Write the plan again before it is announced; what is not given stays."""
    return change(call, desk, meeting_id, lambda m, _: m.change(**changes))


@allow(*access.ORGANISERS)
def set_meeting_details(
    call: Call, desk: Desk, *, meeting_id: str, details: Row, papers: list[str] | None
) -> str:
    return change(call, desk, meeting_id, lambda m, _: m.set_details(details, papers))


@allow(*access.ORGANISERS)
def invite(call: Call, desk: Desk, *, meeting_id: str, invited: Row) -> str:
    """Ask further members, groups of members or organisations."""
    return change(call, desk, meeting_id, lambda m, _: m.invite(invitees(desk, **invited)))


@allow(*access.ORGANISERS)
def uninvite(
    call: Call, desk: Desk, *, meeting_id: str, members: list[str], organisations: list[str]
) -> str:
    keys = {member_key(id) for id in members}
    keys |= {organisation_key(id) for id in organisations}
    return change(call, desk, meeting_id, lambda m, _: m.uninvite(keys))


@allow(*access.ORGANISERS)
def notify_meeting(
    call: Call, desk: Desk, *, meeting_id: str, short_notice_reason: str | None
) -> str:
    """Announce it to all invited. Raises NoticeShort unless a reason for the haste is given."""

    def act(meeting: Meeting, at: datetime) -> None:
        short_of = desk.short_of(meeting.kind, meeting.held_at, at)
        meeting.notify(at, short_of, short_notice_reason)

    return change(call, desk, meeting_id, act)


@allow(*access.ORGANISERS)
def reschedule_meeting(
    call: Call,
    desk: Desk,
    *,
    meeting_id: str,
    held_at: datetime,
    ends_at: datetime | None,
    answer_by: datetime | None,
    place: str | None,
    reason: str,
    short_notice_reason: str | None,
) -> str:
    """Move an announced meeting: answers are void, everyone is asked again."""

    def act(meeting: Meeting, at: datetime) -> None:
        meeting.reschedule(
            held_at,
            ends_at,
            place,
            answer_by or held_at - desk.answer_lead(),
            reason,
            at,
            desk.short_of(meeting.kind, held_at, at),
            short_notice_reason,
        )

    return change(call, desk, meeting_id, act)


@allow(*access.ORGANISERS)
def cancel_meeting(call: Call, desk: Desk, *, meeting_id: str, reason: str) -> str:
    return change(call, desk, meeting_id, lambda m, _: m.cancel(reason))


def invitees(
    desk: Desk,
    members: Iterable[Row] = (),
    groups: Iterable[str] = (),
    organisations: Iterable[str] = (),
) -> list[Invitee]:
    """Members by name and by group ("SECTOR:22", "STANDING:YES", "ALL"), and organisations.

    Of groups those in office. Raises MeetingUnfit for a member who is not.
    """
    named = {row["member_id"]: row for row in members}
    strangers = set(named) - desk.members.in_office(list(named))
    if strangers:
        raise errors.MeetingUnfit("只能邀请在任委员", field="invited")
    grouped = [Invitee(member_key(id)) for id in desk.members.of_groups(groups) if id not in named]
    listed = [Invitee(member_key(id), r["role"], r["capacity"]) for id, r in named.items()]
    return [*grouped, *listed, *(Invitee(organisation_key(id)) for id in organisations)]


def change(call: Call, desk: Desk, meeting_id: str, act: Act) -> str:
    """One step of a meeting that the caller's organisation runs."""

    def once() -> str:
        at = desk.clock.now()
        meeting = loaded(desk, meeting_id)
        access.require_visible(call.actor, meeting)
        access.require_organiser(call.actor, meeting.organiser)
        act(meeting, at)
        desk.meetings.save(call, meeting, at)
        return meeting_id

    return desk.meetings.run(call, once)


def loaded(desk: Desk, meeting_id: str) -> Meeting:
    """Raises MeetingNotFound."""
    meeting = desk.meetings.get(meeting_id)
    if meeting is None:
        raise errors.MeetingNotFound
    return meeting
