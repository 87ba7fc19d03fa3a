"""Attendance: check-ins become the organiser's record, the only source of presence (2.10).

A record has a row for each member who had to come, said to come, or came: who was free to stay
away and did takes no part in it (decision 46). Each row counts its occurrences, so that a
correction says which one it replaces (decision 31).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.office.domain import meeting_errors as errors
from services.office.domain.answers import Answer, AnswerState
from services.office.domain.invitees import AttendanceRole, Invitee
from services.office.domain.meeting_states import COUNTED, MeetingState
from services.office.domain.meetings import Meeting
from shared.contracts import names
from shared.contracts.recipients import member_key
from shared.labels import Labelled

Row = dict[str, Any]


class AttendanceStatus(Labelled):
    """出席情况。Presence as the organiser confirmed it."""

    PRESENT = "PRESENT", "出席", "Present"
    LEAVE = "LEAVE", "请假", "On leave"
    LEAVE_REFUSED = "LEAVE_REFUSED", "请假未准缺席", "Absent after leave was refused"
    ABSENT = "ABSENT", "缺席", "Absent"
    EXEMPT = "EXEMPT", "免计", "Counts neither for nor against"


S = AttendanceStatus
MISSING = {
    AnswerState.LEAVE_GRANTED: S.LEAVE,
    AnswerState.LEAVE_REFUSED: S.LEAVE_REFUSED,
}


@dataclass(frozen=True)
class Statement:
    """What the organiser says of one member; None leaves what check-ins and answers show."""

    member_id: str
    status: str | None = None
    half_days_present: int | None = None
    half_days_exempt: int | None = None
    role: str | None = None
    remote: bool | None = None


@dataclass(frozen=True)
class Seen:
    """A member's check-ins: the half-days, and whether all were by video."""

    half_days: frozenset[int] = frozenset()
    remote: bool = False


@dataclass(frozen=True)
class Known:
    """What the roster says of a meeting's people.

    standing: the standing members; left: who had left the committee before it began.
    """

    standing: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()


def proposed(meeting: Meeting, seen: Mapping[str, Seen], known: Known) -> list[Row]:
    """The record as check-ins and answers show it, for the organiser to confirm or correct.

    Who came without being invited stands at the end, as one who sat in.
    """
    invited = set(meeting.member_ids)
    rows = [
        _shown(meeting, member, seen.get(member, Seen()), known)
        for member in dict.fromkeys([*meeting.member_ids, *seen])
    ]
    return [row for row in rows if row["member_id"] not in invited or _counts(row, known)]


def _counts(row: Row, known: Known) -> bool:
    """Mandatory invitees, of optional ones who accepted (decision 46); and whoever came.

    Who had left the committee is missed by nobody (decision 62).
    """
    if row["half_days_present"]:
        return True
    return bool(row["mandatory"] or row["accepted"]) and row["member_id"] not in known.left


def confirm(
    meeting: Meeting,
    seen: Mapping[str, Seen],
    said: Iterable[Statement],
    known: Known,
    account: str,
    at: datetime,
) -> None:
    """Make it the record. Raises LeaveUndecided, AttendanceUnfit, WrongMeetingState."""
    meeting.require({MeetingState.HELD})
    _no_leave_pending(meeting)
    rows = {row["member_id"]: row for row in proposed(meeting, seen, known)}
    for number, statement in enumerate(said):
        row = rows.get(statement.member_id) or _shown(meeting, statement.member_id, Seen(), known)
        rows[statement.member_id] = _restated(meeting, row, statement, number)
    meeting.advance(MeetingState.ATTENDANCE_CONFIRMED)
    meeting.attendance = [row for row in rows.values() if _counts(row, known)]
    meeting.confirmed_by, meeting.confirmed_at = account, at
    meeting.tell(names.MEETING_ATTENDANCE_CONFIRMED, **_told(meeting, meeting.attendance))


def correct(
    meeting: Meeting,
    said: Iterable[Statement],
    reason: str,
    known: Known,
    account: str,
    at: datetime,
) -> None:
    """Replace the records of some members. The event names the occurrences that are replaced.

    Who stood in no record gets one: it replaces an empty first occurrence. Raises
    AttendanceUnfit when nothing changes, WrongMeetingState.
    """
    meeting.require(COUNTED)
    rows = {row["member_id"]: row for row in meeting.attendance}
    told, before = [], []
    for number, statement in enumerate(said):
        old = rows.get(statement.member_id) or _shown(meeting, statement.member_id, Seen(), known)
        new = _restated(meeting, old, statement, number)
        if statement.member_id in rows and new == old:
            continue
        told.append(new)
        before.append(dict(old))
        rows[statement.member_id] = {**new, "occurrence_no": old["occurrence_no"] + 1}
    if not told:
        raise errors.AttendanceUnfit("更正内容与原记录相同", field="rows")
    meeting.tell(names.MEETING_ATTENDANCE_CORRECTED, **_told(meeting, told))
    meeting.attendance = list(rows.values())
    meeting.corrections.append(
        {"at": at, "by": account, "reason": reason, "before": before, "after": told}
    )


def _told(meeting: Meeting, rows: Iterable[Row]) -> Row:
    return {
        "meeting_id": meeting.id,
        "kind": meeting.kind,
        "purpose": meeting.purpose,
        "mandatory": meeting.mandatory,
        "half_days": meeting.half_days,
        "held_on": meeting.held_at,
        "rows": [dict(row) for row in rows],
    }


def _no_leave_pending(meeting: Meeting) -> None:
    pending = [a for a in meeting.answers.values() if a.state is AnswerState.LEAVE_ASKED]
    if pending:
        raise errors.LeaveUndecided(details={"pending": len(pending)})


def _shown(meeting: Meeting, member_id: str, seen: Seen, known: Known) -> Row:
    invitee = meeting.member(member_id) or Invitee(member_key(member_id), AttendanceRole.OBSERVER)
    answer = meeting.answers.get(member_key(member_id), Answer())
    present = len([n for n in seen.half_days if n <= meeting.half_days])
    missed = meeting.half_days - present
    exempt = missed if answer.exempt else 0
    return {
        "member_id": member_id,
        "status": S.PRESENT if present else _missing(answer),
        "half_days_present": present,
        "half_days_exempt": exempt,
        "role": invitee.role,
        "remote": seen.remote,
        "standing": member_id in known.standing,
        "mandatory": meeting.requires(invitee),
        "accepted": answer.accepted_once,
        "occurrence_no": 1,
    }


def _missing(answer: Answer) -> str:
    return S.EXEMPT if answer.exempt else MISSING.get(answer.state, S.ABSENT)


def _restated(meeting: Meeting, row: Row, said: Statement, number: int) -> Row:
    """The row as the organiser states it; half-days follow the status unless they are given."""
    status = said.status or row["status"]
    whole = meeting.half_days
    if said.half_days_present is not None:
        present = said.half_days_present
    elif said.status is None:
        present = row["half_days_present"]
    else:
        present = (row["half_days_present"] or whole) if status == S.PRESENT else 0
    if said.half_days_exempt is not None:
        exempt = said.half_days_exempt
    elif said.status is None:
        exempt = row["half_days_exempt"]
    else:
        exempt = whole if status == S.EXEMPT else 0
    at = f"rows.{number}"
    if present + exempt > whole:
        raise errors.AttendanceUnfit(f"出席与免计半天数合计不能超过{whole}", field=at)
    if (present > 0) != (status == S.PRESENT):
        raise errors.AttendanceUnfit("出席半天数与出席情况不符", field=at)
    return {
        **row,
        "status": status,
        "half_days_present": present,
        "half_days_exempt": exempt,
        "role": said.role or row["role"],
        "remote": row["remote"] if said.remote is None else said.remote,
    }
