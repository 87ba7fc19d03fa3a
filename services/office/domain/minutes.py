"""Speeches, written statements and minutes; dissent stands as it was written (7.4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.office.domain import meeting_errors as errors
from services.office.domain.meeting_states import ANNOUNCED, COUNTED, TAKEN_PLACE, MeetingState
from services.office.domain.meetings import Meeting
from shared.contracts import names
from shared.labels import Labelled

Row = dict[str, Any]


class SpeechForm(Labelled):
    """发言形式。Form of a speech."""

    ORAL = "ORAL", "口头发言", "Held"
    WRITTEN = "WRITTEN", "书面发言", "Handed in"


def record_speech(
    meeting: Meeting,
    speech_id: str,
    members: Sequence[str],
    form: str,
    topic: str,
    files: Sequence[str],
) -> None:
    """A speech that was held or handed in; its form decides what it counts as (F5)."""
    meeting.require({MeetingState.CHECK_IN, *TAKEN_PLACE})
    _of_the_meeting(meeting, members)
    speech = {
        "id": speech_id,
        "members": list(dict.fromkeys(members)),
        "form": form,
        "topic": topic,
        "files": list(files),
        "occurrence_no": 1,
    }
    meeting.speeches = [*meeting.speeches, speech]
    meeting.tell(names.MEETING_SPEECH_RECORDED, **_told(meeting, speech))


def correct_speech(
    meeting: Meeting, speech_id: str, members: Sequence[str], form: str | None
) -> None:
    """Put other speakers or another form in its place; without a form there was no speech.

    Raises SpeechNotFound, AttendanceUnfit.
    """
    speech = next((row for row in meeting.speeches if row["id"] == speech_id), None)
    if speech is None:
        raise errors.SpeechNotFound
    _of_the_meeting(meeting, members)
    replaced = {**speech, "members": list(dict.fromkeys(members)), "form": form}
    if (replaced["members"], form) == (speech["members"], speech["form"]):
        raise errors.AttendanceUnfit("更正内容与原记录相同", field="members")
    meeting.tell(names.MEETING_SPEECH_CORRECTED, **_told(meeting, replaced))
    replaced["occurrence_no"] += 1
    meeting.speeches = [replaced if row["id"] == speech_id else row for row in meeting.speeches]


def state(
    meeting: Meeting, statement_id: str, member_id: str, text: str, dissent: bool, at: datetime
) -> None:
    """A participant's own words, kept as written; until the meeting is closed.

    Raises NotInvited, StatementKept.
    """
    if member_id not in participants(meeting):
        raise errors.NotInvited
    if meeting.state is MeetingState.CLOSED:
        raise errors.StatementKept
    meeting.require({MeetingState.CHECK_IN, *ANNOUNCED, *TAKEN_PLACE})
    row = {"id": statement_id, "member_id": member_id, "text": text, "dissent": dissent, "at": at}
    meeting.statements = [*meeting.statements, row]


def participants(meeting: Meeting) -> set[str]:
    """The members who are invited, or were there."""
    return {*meeting.member_ids, *(row["member_id"] for row in meeting.attendance)}


def write_minutes(
    meeting: Meeting, text: str, files: Sequence[str], account: str, at: datetime
) -> None:
    """Write the minutes, again until the meeting is closed.

    Statements are no part of the text: they stand beside it, and nobody edits them.
    """
    if meeting.state is MeetingState.ATTENDANCE_CONFIRMED:
        meeting.advance(MeetingState.MINUTED)
    meeting.require({MeetingState.MINUTED})
    meeting.minutes = {"text": text, "files": list(files), "by": account, "at": at}


def close(meeting: Meeting) -> None:
    """Raises MinutesMissing."""
    if meeting.state in COUNTED and meeting.minutes is None:
        raise errors.MinutesMissing
    meeting.advance(MeetingState.CLOSED)


def _of_the_meeting(meeting: Meeting, members: Sequence[str]) -> None:
    if not participants(meeting).issuperset(members):
        raise errors.AttendanceUnfit("发言人应为参加会议的委员", field="members")


def _told(meeting: Meeting, speech: Row) -> Row:
    return {
        "meeting_id": meeting.id,
        "kind": meeting.kind,
        "speech_id": speech["id"],
        "members": speech["members"],
        "form": speech["form"],
        "occurrence_no": speech["occurrence_no"],
    }
