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
from services.office.domain.check_in import CheckIn, Way, code_claims, read_code
from services.office.domain.meetings import COUNTED, TAKEN_PLACE, Meeting, MeetingState
from shared.actor import MEMBER_ROLES, allow
from shared.call import Call
from shared.errors import Unauthenticated
from shared.ids import new_id

Row = dict[str, Any]
OPEN = frozenset({MeetingState.CHECK_IN})


@allow(*access.ORGANISERS)
def open_check_in(call: Call, desk: Desk, *, meeting_id: str, half_day: int) -> str:
    """Let people check in to a half-day; again for the next one."""
    lead = timedelta(minutes=desk.setting("check_in_lead_minutes"))
    return change(call, desk, meeting_id, lambda m, at: m.open_check_in(half_day, at, lead))


@allow(*access.ORGANISERS)
def check_in_code(call: Call, desk: Desk, *, meeting_id: str) -> Row:
    """The code to be shown now: {code, half_day, valid_seconds}. Raises CheckInClosed.

    Signed, of this meeting and half-day, good for a minute; the display asks again.
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
def check_in(call: Call, desk: Desk, *, code: str) -> str:
    """A member's own check-in by the code on the screen; the meeting's id.

    Once however often it comes. Raises CodeInvalid, CheckInClosed, NotInvited.
    """
    try:
        claims = desk.read_statement(code)
    except Unauthenticated:
        raise errors.CodeInvalid from None
    meeting_id, half_day = read_code(claims, time.time())
    meeting = loaded(desk, meeting_id)
    member_id = str(call.actor.member_id)
    if meeting.member(member_id) is None:
        raise errors.NotInvited
    if _open_half_day(meeting) != half_day:
        raise errors.CodeInvalid
    at = desk.clock.now()
    desk.check_ins.merge([CheckIn(meeting_id, member_id, half_day, at, Way.CODE, False, None)])
    return meeting_id


@allow(*access.ORGANISERS)
def check_in_members(
    call: Call,
    desk: Desk,
    *,
    meeting_id: str,
    members: list[str],
    half_day: int | None,
    way: Way,
    remote: bool,
) -> str:
    """By staff or seat device, for the half-day that is open or the one named."""
    meeting = loaded(desk, meeting_id)
    access.require_visible(call.actor, meeting)
    access.require_organiser(call.actor, meeting.organiser)
    meeting.require(OPEN)
    chosen = half_day or _open_half_day(meeting)
    _require_half_day(meeting, chosen)
    _require_members(desk, members)
    at, account = desk.clock.now(), call.actor.account_id
    desk.check_ins.merge(
        [CheckIn(meeting_id, id, chosen, at, way, remote, account) for id in members]
    )
    return meeting_id


@allow(*access.ORGANISERS)
def upload_check_ins(call: Call, desk: Desk, *, meeting_id: str, rows: list[Row]) -> Row:
    """Merge a list that was kept off line: {merged, known, unknown, unconfirmed}.

    Nobody counts twice, however often the same or an overlapping list comes; the earliest time
    stands. unknown: member ids that are nobody's; unconfirmed: of those who came by this list,
    whom the record, confirmed meanwhile, does not show present: to be corrected.
    """
    meeting = loaded(desk, meeting_id)
    access.require_visible(call.actor, meeting)
    access.require_organiser(call.actor, meeting.organiser)
    meeting.require(OPEN | TAKEN_PLACE)
    for row in rows:
        _require_half_day(meeting, row["half_day"])
    members = [row["member_id"] for row in rows]
    known = desk.members.known(members)
    account = call.actor.account_id
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
        for row in rows
        if row["member_id"] in known
    ]
    merged = desk.check_ins.merge(taken)
    return {
        "merged": merged,
        "known": len({(c.member_id, c.half_day) for c in taken}) - merged,
        "unknown": sorted(set(members) - known),
        "unconfirmed": _unconfirmed(desk, meeting, taken),
    }


@allow(*access.ORGANISERS)
def hold_meeting(call: Call, desk: Desk, *, meeting_id: str) -> str:
    """The meeting is over; check-in ends."""
    return change(call, desk, meeting_id, lambda m, _: m.hold())


@allow(*access.ORGANISERS)
def confirm_attendance(call: Call, desk: Desk, *, meeting_id: str, rows: list[Row]) -> str:
    """Make check-ins and what the organiser says of people the record; the source of points.

    Raises LeaveUndecided, AttendanceUnfit.
    """

    def act(meeting: Meeting, at: datetime) -> None:
        said = [Statement(**row) for row in rows]
        _require_members(desk, [statement.member_id for statement in said])
        seen = desk.check_ins.of_meeting(meeting_id)
        attendance.confirm(meeting, seen, said, str(call.actor.account_id), at)

    return change(call, desk, meeting_id, act)


@allow(*access.ORGANISERS)
def correct_attendance(
    call: Call, desk: Desk, *, meeting_id: str, rows: list[Row], reason: str
) -> str:
    """Replace some members' records; what counted on the old ones is undone."""

    def act(meeting: Meeting, at: datetime) -> None:
        said = [Statement(**row) for row in rows]
        _require_members(desk, [statement.member_id for statement in said])
        attendance.correct(meeting, said, reason, str(call.actor.account_id), at)

    return change(call, desk, meeting_id, act)


@allow(*access.ORGANISERS)
def record_speech(
    call: Call,
    desk: Desk,
    *,
    meeting_id: str,
    members: list[str],
    form: str,
    topic: str,
    files: list[str],
) -> str:
    def act(meeting: Meeting, _: datetime) -> None:
        minutes.record_speech(meeting, new_id(), members, form, topic, files)

    return change(call, desk, meeting_id, act)


@allow(*access.ORGANISERS)
def correct_speech(
    call: Call, desk: Desk, *, meeting_id: str, speech_id: str, members: list[str], form: str | None
) -> str:
    """Other speakers, another form, or none: then there was no such speech."""

    def act(meeting: Meeting, _: datetime) -> None:
        minutes.correct_speech(meeting, speech_id, members, form)

    return change(call, desk, meeting_id, act)


@allow(*MEMBER_ROLES)
def submit_statement(call: Call, desk: Desk, *, meeting_id: str, text: str, dissent: bool) -> str:
    """A participant's own words, kept as written beside the minutes."""

    def once() -> str:
        at = desk.clock.now()
        meeting = loaded(desk, meeting_id)
        member_id = str(call.actor.member_id)
        access.require_visible(call.actor, meeting)
        minutes.state(meeting, new_id(), member_id, text, dissent, at)
        desk.meetings.save(call, meeting, at)
        return meeting_id

    return desk.meetings.run(call, once)


@allow(*access.ORGANISERS)
def write_minutes(call: Call, desk: Desk, *, meeting_id: str, text: str, files: list[str]) -> str:
    account = str(call.actor.account_id)
    return change(
        call, desk, meeting_id, lambda m, at: minutes.write_minutes(m, text, files, account, at)
    )


@allow(*access.ORGANISERS)
def close_meeting(call: Call, desk: Desk, *, meeting_id: str) -> str:
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
