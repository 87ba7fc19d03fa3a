"""When the invited are reminded: to answer, and that it begins."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from services.office.domain.answers import Answer, AnswerState
from services.office.domain.invitees import Invitee
from services.office.domain.meeting_states import ANNOUNCED
from services.office.domain.meetings import Meeting
from shared.contracts import names

ANSWER, START = "ANSWER", "START"
STAYS_AWAY = frozenset({AnswerState.DECLINED, AnswerState.LEAVE_GRANTED})


def due(meeting: Meeting, leads: Mapping[str, timedelta], at: datetime) -> list[str]:
    """What is to be reminded of now, once for each announcement; leads: before which moment."""
    if meeting.state not in ANNOUNCED:
        return []
    moments = {ANSWER: meeting.answer_by, START: meeting.held_at}
    return [
        about
        for about, moment in moments.items()
        if about not in meeting.reminded and moment - leads[about] <= at < moment
    ]


def remind(meeting: Meeting, about: str) -> None:
    """Tell those whom it concerns: who has not answered, or who is expected to come."""
    meeting.reminded = [*meeting.reminded, about]
    concerned = [i for i in meeting.invited if _concerned(meeting, i, about)]
    if concerned:
        meeting.tell(names.MEETING_REMINDER_DUE, **meeting.facts(concerned), about=about)


def _concerned(meeting: Meeting, invitee: Invitee, about: str) -> bool:
    answer = meeting.answers.get(invitee.key, Answer())
    if about == ANSWER:
        return answer.state is AnswerState.INVITED
    if answer.state is AnswerState.INVITED:
        return meeting.requires(invitee)
    return answer.state not in STAYS_AWAY
