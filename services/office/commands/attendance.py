"""Check-in, the organiser's record of attendance, speeches and minutes."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Any

from services.office.commands import access
from services.office.commands.meetings import change, loaded
from services.office.commands.ports import Desk
from services.office.domain import attendance, minutes
from services.office.domain import meeting_errors as errors
from services.office.domain.attendance import Statement
from services.office.domain.check_in import CheckIn, Way, code_claims, fits, read_code, warnings
from services.office.domain.meeting_states import COUNTED, TAKEN_PLACE, MeetingState
from services.office.domain.meetings import Meeting
from services.office.schemas import attendance as form
from services.office.schemas import common
from shared.actor import MEMBER_ROLES, allow
from shared.call import Call
from shared.errors import Unauthenticated
from shared.ids import new_id
from shared.operations import command, query
from shared.operations.arguments import ExpectedVersion
from shared.persistence.changing import unless_stale

Row = dict[str, Any]
OPEN = frozenset({MeetingState.CHECK_IN})


@allow(*access.ORGANISERS)
@command("openCheckIn", answers=common.MEETING)
def open_check_in(
    call: Call, desk: Desk, *, meeting_id: common.MeetingId, half_day: form.HalfDay
) -> str:
    """开放签到。Open check-in to a half-day."""
    lead = timedelta(minutes=desk.setting("check_in_lead_minutes"))
    return change(call, desk, meeting_id, lambda m, at: m.open_check_in(half_day, at, lead))


@allow(*access.ORGANISERS)
@command("closeCheckIn", answers=common.MEETING)
def close_check_in(call: Call, desk: Desk, *, meeting_id: common.MeetingId) -> str:
    """签到误开，退回已通知。Take back a check-in that was opened by mistake.

    Whoever checked in to that half-day meanwhile has to do so again.
    """

    def once() -> str:
        at = desk.clock.now()
        meeting = loaded(desk, meeting_id)
        access.require_visible(call.actor, meeting)
        access.require_organiser(call.actor, meeting.organiser)
        half_day = meeting.close_check_in()

        def write(session: Any) -> None:
            desk.meetings.save(call, meeting, at, session)
            desk.check_ins.drop(meeting_id, half_day, session)

        desk.meetings.in_transaction(write)
        return meeting_id

    return desk.meetings.run(call, once)


@allow(*access.ORGANISERS)
@query("checkInCode", gives="CheckInCode")
def check_in_code(call: Call, desk: Desk, *, meeting_id: form.CodeMeetingId) -> Row:
    """当前签到码，供组织者显示。The code to show now, for who runs the meeting.

    Signed, of this meeting and half-day, good for a minute; the display asks again. Raises
    CheckInClosed.
    """
    meeting = loaded(desk, meeting_id)
    access.require_visible(call.actor, meeting)
    access.require_organiser(call.actor, meeting.organiser)
    half_day = _open_half_day(meeting)
    seconds: int = desk.setting("check_in_code_seconds")
    claims = code_claims(meeting_id, half_day, time.time() + seconds)
    code = desk.seal.sign_statement(claims)
    return {"code": code, "half_day": half_day, "valid_seconds": seconds}


@allow(*MEMBER_ROLES)
@command("checkIn", answers=common.MEETING)
def check_in(call: Call, desk: Desk, *, code: form.Code) -> str:
    """扫码签到（委员本人）。Check in by the code on the screen; twice counts once.

    Raises CodeInvalid, CheckInClosed, NotInvited.
    """
    try:
        claims = desk.read_statement(code)
    except Unauthenticated:
        raise errors.CodeInvalid from None
    meeting_id, half_day = read_code(claims, time.time())
    meeting = loaded(desk, meeting_id)
    member_id = call.actor.self_among(meeting.member_ids)
    if member_id is None:
        raise errors.NotInvited
    if _open_half_day(meeting) != half_day:
        raise errors.CodeInvalid
    at = desk.clock.now()
    desk.check_ins.merge([CheckIn(meeting_id, member_id, half_day, at, Way.CODE, False, None)])
    return meeting_id


@allow(*access.ORGANISERS)
@command("checkInMembers", answers=common.MEETING)
def check_in_members(
    call: Call,
    desk: Desk,
    *,
    meeting_id: common.MeetingId,
    members: form.Members,
    half_day: form.OpenHalfDay | None,
    way: form.Way,
    remote: form.Remote,
) -> str:
    """登记签到（工作人员或座席设备）。Note who came.

    By staff or seat device, for the half-day that is open or the one named.
    """
    meeting = loaded(desk, meeting_id)
    access.require_visible(call.actor, meeting)
    access.require_organiser(call.actor, meeting.organiser)
    meeting.require(OPEN)
    chosen = half_day or _open_half_day(meeting)
    _require_half_day(meeting, chosen)
    _require_members(desk, members)
    at, account = desk.clock.now(), call.actor.account_id
    desk.check_ins.merge(
        [CheckIn(meeting_id, id, chosen, at, Way(way), remote, account) for id in members]
    )
    return meeting_id


@allow(*access.ORGANISERS)
@command(
    "uploadOfflineCheckIns",
    answers=(
        common.MEETING,
        form.MERGED,
        form.KNOWN,
        form.UNKNOWN,
        form.UNINVITED,
        form.UNFIT,
        form.UNCONFIRMED,
        form.WARNINGS,
    ),
)
def upload_check_ins(
    call: Call, desk: Desk, *, meeting_id: common.MeetingId, rows: form.OfflineRows
) -> Row:
    """上传离线签到名单，重复上传不重复计数。Merge a list; nobody counts twice.

    However often the same or an overlapping list comes; the earliest time stands. unknown:
    ids that are no member's; uninvited: members whom nobody has asked to come, kept as sitting
    in; unfit: lines with a time before the day of the meeting or in the future, which are not
    taken; unconfirmed: of those who came by this list, whom the record, confirmed meanwhile,
    does not show present: to be corrected. warnings: the same in words, by line and person.
    """
    meeting = loaded(desk, meeting_id)
    access.require_visible(call.actor, meeting)
    access.require_organiser(call.actor, meeting.organiser)
    meeting.require(OPEN | TAKEN_PLACE)
    for row in rows:
        _require_half_day(meeting, row["half_day"])
    members = [row["member_id"] for row in rows]
    known, account, now = desk.members.known(members), call.actor.account_id, desk.clock.now()
    unfit = [
        number
        for number, row in enumerate(rows, 1)
        if not fits(row["at"], meeting.half_day_beginnings[row["half_day"] - 1], now)
    ]
    taken = [
        CheckIn(
            meeting_id,
            row["member_id"],
            row["half_day"],
            row["at"],
            Way.OFFLINE,
            row["remote"],
            account,
        )
        for number, row in enumerate(rows, 1)
        if row["member_id"] in known and number not in unfit
    ]
    invited = set(meeting.member_ids)
    merged = desk.check_ins.merge(taken)
    unknown = sorted(set(members) - known)
    uninvited = sorted({c.member_id for c in taken} - invited)
    unconfirmed = _unconfirmed(desk, meeting, taken)
    strange = [number for number, id in enumerate(members, 1) if id in unknown]
    return {
        "meeting": meeting_id,
        "merged": merged,
        "known": len({(c.member_id, c.half_day) for c in taken}) - merged,
        "unknown": unknown,
        "uninvited": uninvited,
        "unfit": unfit,
        "unconfirmed": unconfirmed,
        "warnings": warnings(strange, unfit, uninvited, unconfirmed),
    }


@allow(*access.ORGANISERS)
@command("holdMeeting", answers=common.MEETING)
def hold_meeting(call: Call, desk: Desk, *, meeting_id: common.MeetingId) -> str:
    """会议结束。The meeting is over; check-in ends."""
    return change(call, desk, meeting_id, lambda m, _: m.hold())


@allow(*access.ORGANISERS)
@command("confirmAttendance", answers=common.MEETING, batch="confirmAttendances")
def confirm_attendance(
    call: Call, desk: Desk, *, meeting_id: common.MeetingId, rows: form.Differences
) -> str:
    """确认出席，是计分的唯一依据。Make it the record, which points are counted from.

    Raises LeaveUndecided, AttendanceUnfit.
    """

    def act(meeting: Meeting, at: datetime) -> None:
        said = [Statement(**row) for row in rows]
        named = [statement.member_id for statement in said]
        _require_members(desk, named)
        seen = desk.check_ins.of_meeting(meeting_id)
        known = desk.known(meeting, [*named, *seen])
        attendance.confirm(meeting, seen, said, known, str(call.actor.account_id), at)

    return change(call, desk, meeting_id, act)


@allow(*access.ORGANISERS)
@command("correctAttendance", answers=common.MEETING)
def correct_attendance(
    call: Call,
    desk: Desk,
    *,
    meeting_id: common.MeetingId,
    rows: form.Corrections,
    reason: common.MeetingReason,
) -> str:
    """更正出席记录。Correct the record; what counted on it is undone."""

    def act(meeting: Meeting, at: datetime) -> None:
        said = [Statement(**row) for row in rows]
        named = [statement.member_id for statement in said]
        _require_members(desk, named)
        known = desk.known(meeting, named)
        attendance.correct(meeting, said, reason, known, str(call.actor.account_id), at)

    return change(call, desk, meeting_id, act)


@allow(*access.ORGANISERS)
@command("recordSpeech", answers=common.MEETING)
def record_speech(
    call: Call,
    desk: Desk,
    *,
    meeting_id: common.MeetingId,
    members: form.Speakers,
    form: form.SpeechForm,
    topic: form.Topic,
    files: form.SpeechFiles,
) -> str:
    """登记发言。Record a speech."""

    def act(meeting: Meeting, _: datetime) -> None:
        minutes.record_speech(meeting, new_id(), members, form, topic, files)

    return change(call, desk, meeting_id, act)


@allow(*access.ORGANISERS)
@command("correctSpeech", answers=common.MEETING)
def correct_speech(
    call: Call,
    desk: Desk,
    *,
    meeting_id: common.MeetingId,
    speech_id: form.SpeechId,
    members: form.OtherSpeakers,
    form: form.SpeechForm | None,
) -> str:
    """更正发言登记；不填形式即撤销。Correct a speech; without a form there was none."""

    def act(meeting: Meeting, _: datetime) -> None:
        minutes.correct_speech(meeting, speech_id, members, form)

    return change(call, desk, meeting_id, act)


@allow(*MEMBER_ROLES)
@command("submitMeetingStatement", answers=common.MEETING)
def submit_statement(
    call: Call,
    desk: Desk,
    *,
    meeting_id: common.MeetingId,
    text: form.Statement,
    dissent: form.Dissent,
) -> str:
    """提交书面意见，原文保留，不再修改。One's own words, kept as written."""

    def once() -> str:
        at = desk.clock.now()
        meeting = loaded(desk, meeting_id)
        access.require_visible(call.actor, meeting)
        member_id = call.actor.self_among(minutes.participants(meeting))
        if member_id is None:
            raise errors.NotInvited
        minutes.state(meeting, new_id(), member_id, text, dissent, at)
        desk.meetings.save(call, meeting, at)
        return meeting_id

    return desk.meetings.run(call, once)


@allow(*access.ORGANISERS)
@command("writeMinutes", answers=common.MEETING)
def write_minutes(
    call: Call,
    desk: Desk,
    *,
    meeting_id: common.MeetingId,
    text: form.Minutes,
    files: common.Attachments,
    expected_version: ExpectedVersion | None = None,
) -> str:
    """形成纪要，归档前可重写。Write the minutes, again until the meeting is closed.

    Raises StaleVersion.
    """
    account = str(call.actor.account_id)
    return change(
        call,
        desk,
        meeting_id,
        unless_stale(
            expected_version,
            lambda m, at: minutes.write_minutes(m, text, files, account, at),
        ),
    )


@allow(*access.ORGANISERS)
@command("closeMeeting", answers=common.MEETING)
def close_meeting(call: Call, desk: Desk, *, meeting_id: common.MeetingId) -> str:
    """归档。Close the meeting."""
    return change(call, desk, meeting_id, lambda m, _: minutes.close(m))


def _open_half_day(meeting: Meeting) -> int:
    if meeting.state is not MeetingState.CHECK_IN or meeting.check_in_half_day is None:
        raise errors.CheckInClosed
    return meeting.check_in_half_day


def _require_half_day(meeting: Meeting, half_day: int) -> None:
    if not 1 <= half_day <= meeting.half_days:
        raise errors.MeetingUnfit(f"会议共{meeting.half_days}个半天", field="halfDay")


def _require_members(desk: Desk, members: list[str]) -> None:
    if set(members) - desk.members.known(members):
        raise errors.AttendanceUnfit("只能登记委员的出席", field="members")


def _unconfirmed(desk: Desk, meeting: Meeting, taken: list[CheckIn]) -> list[str]:
    if meeting.state not in COUNTED:
        return []
    seen = desk.check_ins.of_meeting(meeting.id)
    present = {row["member_id"]: row["half_days_present"] for row in meeting.attendance}
    came = {check_in.member_id for check_in in taken}
    return sorted(id for id in came if present.get(id, 0) < len(seen[id].half_days))
