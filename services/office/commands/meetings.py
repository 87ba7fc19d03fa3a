"""Planning and announcing meetings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any, Unpack

from services.office.commands import access
from services.office.commands.ports import Desk
from services.office.domain import meeting_errors as errors
from services.office.domain.invitees import Invitee
from services.office.domain.meetings import SERVICE, Meeting
from services.office.domain.planning import planned
from services.office.schemas import common
from services.office.schemas import meetings as form
from shared.actor import allow
from shared.call import Call
from shared.contracts.recipients import member_key, organisation_key
from shared.ids import new_id
from shared.operations import command
from shared.operations.arguments import ExpectedVersion
from shared.persistence import changing

Row = dict[str, Any]
Act = Callable[[Meeting, datetime], object]


@allow(*access.ORGANISERS)
@command("planMeeting", answers=common.MEETING)
def plan_meeting(
    call: Call,
    desk: Desk,
    *,
    organiser: form.Organiser,
    invited: form.Invited,
    details: form.Details,
    papers: form.Papers,
    **plan: Unpack[form.PlanMeeting],
) -> str:
    """安排会议。Plan a meeting of one's own organisation. Raises MeetingUnfit, Forbidden.

    Plenary, Standing Committee, Chairpersons' Council and secretary-general's meetings are the
    office's alone; committees, towns and sectors hold those named after them. Members of other
    groups are guests: nobody requires them to come.
    """
    access.require_organiser(call.actor, organiser)
    access.require_holder(call.actor, plan["kind"])

    def once() -> str:
        at = desk.clock.now()
        meeting_id = new_id()
        meeting = planned(
            id=meeting_id,
            term=desk.members.current_term(),
            purpose={"service": SERVICE, "id": meeting_id},
            organiser=organiser,
            created_by=call.actor.account_id,
            invited=invitees(desk, plan["held_at"], **invited),
            answer_lead=desk.answer_lead(),
            hours=desk.half_day_hours(),
            own_groups=() if call.actor.role in access.ANY else desk.own_groups(organiser),
            **plan,
        )
        meeting.details, meeting.papers = {**details}, tuple(papers)
        meeting.check()
        desk.welcome(meeting)
        desk.meetings.add(call, meeting, at)
        return meeting_id

    return desk.meetings.run(call, once)


@allow(*access.ORGANISERS)
@command("changeMeeting", answers=common.MEETING)
def change_meeting(
    call: Call,
    desk: Desk,
    *,
    meeting_id: common.MeetingId,
    expected_version: ExpectedVersion | None = None,
    **changes: Unpack[form.ChangeMeeting],
) -> str:
    """修改尚未通知的会议。Write the plan again before it is announced.

    Raises MeetingUnfit, StaleVersion.
    """
    if kind := changes.get("kind"):
        access.require_holder(call.actor, kind)
    return change(
        call,
        desk,
        meeting_id,
        changing.unless_stale(expected_version, lambda m, _: m.change(**changes)),
    )


@allow(*access.ORGANISERS)
@command("setMeetingDetails", answers=common.MEETING)
def set_meeting_details(
    call: Call,
    desk: Desk,
    *,
    meeting_id: common.MeetingId,
    details: form.ChangedDetails,
    papers: form.AllPapers | None,
    expected_version: ExpectedVersion | None = None,
) -> str:
    """补充议程、材料等会务安排。Agenda, papers and the like, until the meeting was held.

    Raises StaleVersion.
    """
    act = changing.unless_stale(expected_version, lambda m, _: m.set_details(details, papers))
    return change(call, desk, meeting_id, act)


@allow(*access.ORGANISERS)
@command("inviteToMeeting", answers=common.MEETING)
def invite(
    call: Call, desk: Desk, *, meeting_id: common.MeetingId, invited: form.MoreInvited
) -> str:
    """增加邀请。Ask further people; told at once where the others have been."""

    def act(meeting: Meeting, _: datetime) -> None:
        meeting.invite(invitees(desk, meeting.held_at, **invited))
        desk.welcome(meeting)

    return change(call, desk, meeting_id, act)


@allow(*access.ORGANISERS)
@command("withdrawInvitation", answers=common.MEETING)
def uninvite(
    call: Call,
    desk: Desk,
    *,
    meeting_id: common.MeetingId,
    members: form.Members,
    organisations: form.Organisations,
) -> str:
    """撤销邀请。Take people off the list; they are told."""
    keys = {member_key(id) for id in members}
    keys |= {organisation_key(id) for id in organisations}
    return change(call, desk, meeting_id, lambda m, _: m.uninvite(keys))


@allow(*access.ORGANISERS)
@command("notifyMeeting", answers=common.MEETING)
def notify_meeting(
    call: Call,
    desk: Desk,
    *,
    meeting_id: common.MeetingId,
    short_notice_reason: form.ShortNoticeReason | None,
) -> str:
    """发出会议通知。Announce it to all invited; a short notice needs a reason.

    Raises NoticeShort unless a reason for the haste is given.
    """

    def act(meeting: Meeting, at: datetime) -> None:
        short_of = desk.short_of(meeting.kind, meeting.held_at, at)
        meeting.notify(at, short_of, short_notice_reason)

    return change(call, desk, meeting_id, act)


@allow(*access.ORGANISERS)
@command("recordPastMeeting", answers=common.MEETING)
def record_past_meeting(
    call: Call, desk: Desk, *, meeting_id: common.MeetingId, reason: common.MeetingReason
) -> str:
    """补录已召开的会议，之后照常确认出席。Record that a planned meeting of the past was held.

    It was never announced here; its attendance is confirmed as usual. Raises MeetingUnfit for
    one that is not over.
    """
    return change(call, desk, meeting_id, lambda m, at: m.record_past(reason, at))


@allow(*access.ORGANISERS)
@command("rescheduleMeeting", answers=common.MEETING)
def reschedule_meeting(
    call: Call,
    desk: Desk,
    *,
    meeting_id: common.MeetingId,
    held_at: form.NewHeldAt,
    ends_at: form.NewEndsAt | None,
    answer_by: form.AnswerBy | None,
    place: form.NewPlace | None,
    reason: common.MeetingReason,
    short_notice_reason: form.ShortNoticeReason | None,
) -> str:
    """会议改期，此前答复作废并重新通知。Move it: answers are void, everyone is asked again."""

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
@command("cancelMeeting", answers=common.MEETING)
def cancel_meeting(
    call: Call, desk: Desk, *, meeting_id: common.MeetingId, reason: common.MeetingReason
) -> str:
    """取消会议。Call it off; whoever was told is told so."""
    return change(call, desk, meeting_id, lambda m, _: m.cancel(reason))


def invitees(
    desk: Desk,
    held_at: datetime,
    members: Iterable[form.InvitedMemberInput] = (),
    groups: Iterable[str] = (),
    organisations: Iterable[str] = (),
) -> list[Invitee]:
    """Members by name and by group ("SECTOR:22", "STANDING:YES", "ALL"), and organisations.

    Of groups those in office. To a meeting of the past those may have come who have left since.
    Raises MeetingUnfit for a member who is not in office.
    """
    named = {row["member_id"]: row for row in members}
    fit = desk.members.known if held_at <= desk.clock.now() else desk.members.in_office
    if set(named) - fit(list(named)):
        raise errors.MeetingUnfit("只能邀请在任委员", field="invited")
    grouped = [Invitee(member_key(id)) for id in desk.members.of_groups(groups) if id not in named]
    listed = [Invitee(member_key(id), r["role"], r["capacity"]) for id, r in named.items()]
    return [*grouped, *listed, *(Invitee(organisation_key(id)) for id in organisations)]


def change(call: Call, desk: Desk, meeting_id: str, act: Act) -> str:
    """One step of a meeting that the caller's organisation runs."""

    def step(meeting: Meeting, at: datetime) -> None:
        access.require_visible(call.actor, meeting)
        access.require_organiser(call.actor, meeting.organiser)
        act(meeting, at)

    return changing.change(call, desk, desk.meetings, partial(loaded, desk, meeting_id), step)


def loaded(desk: Desk, meeting_id: str) -> Meeting:
    """Raises MeetingNotFound."""
    return changing.found(desk.meetings, meeting_id, errors.MeetingNotFound)
