"""The invited answer; leave is asked and decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from services.office.commands import access
from services.office.commands.meetings import loaded
from services.office.commands.ports import Desk
from services.office.domain import answering
from services.office.domain.answers import Attendee
from services.office.domain.meetings import Meeting
from services.office.schemas import answers as form
from services.office.schemas import common
from shared.actor import MEMBER_ROLES, Role, allow
from shared.call import Call
from shared.contracts.recipients import member_key
from shared.errors import Forbidden
from shared.operations import command
from shared.operations.arguments import ExpectedVersion
from shared.persistence.changing import require_version

REPRESENTS = tuple(role for role in access.INVITEES if role not in MEMBER_ROLES)
DECIDERS = tuple(dict.fromkeys((Role.SECRETARY_GENERAL, *access.ORGANISERS)))


@allow(*access.INVITEES)
@command("answerMeeting", answers=common.MEETING)
def answer_meeting(
    call: Call, desk: Desk, *, meeting_id: common.MeetingId, coming: form.Coming
) -> str:
    """答复会议通知：参加或不参加。Come, or decline where signing up is free.

    Raises AnswerClosed, AnswerUnfit, NotInvited.
    """
    act = answering.accept if coming else answering.decline
    keys = access.invitee_keys(call.actor)
    return _answer(call, desk, meeting_id, lambda m, at: act(m, keys, at))


@allow(*REPRESENTS)
@command("nameMeetingAttendees", answers=common.MEETING)
def name_attendees(
    call: Call,
    desk: Desk,
    *,
    meeting_id: common.MeetingId,
    attendees: form.Attendees,
    expected_version: ExpectedVersion | None = None,
) -> str:
    """报送参会人员（受邀单位），开会前可改。Name who comes for one's organisation, all of them.

    It says that the organisation comes. Seen by it and by who runs the meeting. Raises
    AnswerClosed, NotInvited, StaleVersion.
    """
    keys = access.invitee_keys(call.actor)
    named = [Attendee(**one) for one in attendees]

    def act(meeting: Meeting, at: datetime) -> str:
        require_version(meeting, expected_version)
        return answering.name_attendees(meeting, keys, named, at)

    return _answer(call, desk, meeting_id, act)


@allow(*MEMBER_ROLES)
@command("askMeetingLeave", answers=common.MEETING)
def ask_leave(
    call: Call,
    desk: Desk,
    *,
    meeting_id: common.MeetingId,
    reason_kind: form.ReasonKind,
    reason: form.Reason,
) -> str:
    """请假。Ask for leave, in writing and in time. Raises LeaveLate, LeaveLimit."""
    keys = list(map(member_key, call.actor.memberships))
    rules = desk.leave_rules()

    def act(meeting: Meeting, at: datetime) -> str:
        return answering.ask_leave(meeting, keys, reason_kind, reason, rules, at)

    return _answer(call, desk, meeting_id, act)


@allow(*DECIDERS)
@command("decideMeetingLeave", answers=common.MEETING)
def decide_leave(
    call: Call,
    desk: Desk,
    *,
    meeting_id: common.MeetingId,
    member_id: common.MemberId,
    granted: form.Granted,
    opinion: form.Opinion | None,
) -> str:
    """审批请假。Decide on leave; of plenary and Standing Committee the secretary-general.

    Of other meetings the organiser too. Nobody decides on one's own.
    """

    def act(meeting: Meeting, at: datetime) -> str:
        if not access.may_decide_leave(call.actor, meeting):
            raise Forbidden("该会议的请假由秘书长审批")
        if call.actor.is_self(member_id):
            raise Forbidden("不能审批本人的请假")
        key = member_key(member_id)
        account = str(call.actor.account_id)
        answering.decide_leave(meeting, key, granted, account, opinion, at)
        return key

    return _answer(call, desk, meeting_id, act)


def _answer(
    call: Call, desk: Desk, meeting_id: str, act: Callable[[Meeting, datetime], str]
) -> str:
    """Change one invitee's answer; only that is written, for hundreds answer at once."""

    def once() -> str:
        at = desk.clock.now()
        meeting = loaded(desk, meeting_id)
        access.require_visible(call.actor, meeting)
        key = act(meeting, at)
        desk.meetings.save_answer(call, meeting, key, at)
        return meeting_id

    return desk.meetings.run(call, once)
