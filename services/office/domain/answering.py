"""The rules of answering: who must come, until when, and who decides on leave (2.10)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.office.domain import meeting_errors as errors
from services.office.domain.answers import Answer, AnswerState, Attendee, LeaveReason
from services.office.domain.invitees import ORGANISATION, Invitee, id_in
from services.office.domain.meeting_states import ANNOUNCED, MeetingState
from services.office.domain.meetings import Meeting
from shared.contracts import names

A = AnswerState


@dataclass(frozen=True)
class LeaveRules:
    """limits: kind → days before the meeting by which leave must be asked; most: requests."""

    limits: Mapping[str, int]
    most: int


def answer_of(meeting: Meeting, keys: Collection[str]) -> tuple[Invitee, Answer]:
    """Whom one of `keys` invites, and what was answered so far.

    Raises NotInvited.
    """
    invitee = meeting.invitee(keys)
    if invitee is None:
        raise errors.NotInvited
    return invitee, meeting.answers.get(invitee.key, Answer())


def accept(meeting: Meeting, keys: Collection[str], at: datetime) -> str:
    """Say that one comes; withdraws a request for leave. The invitee's key.

    Raises WrongMeetingState, NotInvited, AnswerClosed (signing up has an end; who must come may
    say so until it begins).
    """
    meeting.require(ANNOUNCED)
    invitee, answer = answer_of(meeting, keys)
    if at > (meeting.held_at if meeting.requires(invitee) else meeting.answer_by):
        raise errors.AnswerClosed
    answer.state, answer.at, answer.accepted_once = A.ACCEPTED, at, True
    return _answered(meeting, invitee.key, answer)


def decline(meeting: Meeting, keys: Collection[str], at: datetime) -> str:
    """Say that one does not come, where signing up is free. The invitee's key.

    Raises AnswerUnfit where presence is required, or after one has signed up and the list is
    closed: then leave is asked.
    """
    meeting.require(ANNOUNCED)
    invitee, answer = answer_of(meeting, keys)
    if invitee.member_id is not None and meeting.requires(invitee):
        raise errors.AnswerUnfit
    if at > meeting.answer_by:
        if answer.accepted_once:
            raise errors.AnswerUnfit("报名已截止，不能参加请办理请假")
        raise errors.AnswerClosed
    answer.state, answer.at, answer.accepted_once = A.DECLINED, at, False
    answer.attendees = ()
    return _answered(meeting, invitee.key, answer)


def name_attendees(
    meeting: Meeting, keys: Collection[str], attendees: Sequence[Attendee], at: datetime
) -> str:
    """Who comes in an organisation's name, which says that it comes; again until it is held.

    The invitee's key. Raises NotInvited for who was not invited as an organisation, AnswerClosed.
    """
    meeting.require({*ANNOUNCED, MeetingState.CHECK_IN})
    invitee, answer = answer_of(meeting, [key for key in keys if id_in(key, ORGANISATION)])
    if answer.state is not A.ACCEPTED:
        accept(meeting, [invitee.key], at)
        answer = meeting.answers[invitee.key]
    answer.attendees = tuple(attendees)
    return invitee.key


def ask_leave(
    meeting: Meeting,
    keys: Collection[str],
    kind: LeaveReason,
    reason: str,
    rules: LeaveRules,
    at: datetime,
) -> str:
    """Ask for leave in writing; the invitee's key.

    Raises LeaveLate, LeaveLimit, AnswerUnfit from who never signed up for an optional meeting.
    """
    meeting.require(ANNOUNCED)
    invitee, answer = answer_of(meeting, keys)
    if not meeting.requires(invitee) and not answer.accepted_once:
        raise errors.AnswerUnfit("报名参加的会议，不参加请直接谢绝")
    latest = meeting.held_at - timedelta(days=rules.limits.get(meeting.kind, 0))
    if at > latest:
        days = rules.limits.get(meeting.kind, 0)
        said = f"应在会议开始{days}天前请假" if days else "会议已经开始，不能请假"
        raise errors.LeaveLate(said, details={"latest": latest.isoformat()})
    if answer.state is A.LEAVE_ASKED:
        raise errors.AnswerUnfit("请假正在审批")
    if answer.asked >= rules.most:
        raise errors.LeaveLimit(f"同一会议最多请假{rules.most}次")
    answer.state, answer.at, answer.asked = A.LEAVE_ASKED, at, answer.asked + 1
    answer.reason_kind, answer.reason = kind, reason
    answer.decided_by = answer.decided_at = answer.opinion = None
    meeting.answers[invitee.key] = answer
    meeting.tell(names.MEETING_LEAVE_ASKED, **_about(meeting, invitee.key))
    return invitee.key


def decide_leave(
    meeting: Meeting, key: str, granted: bool, account: str, opinion: str | None, at: datetime
) -> None:
    """Grant or refuse; until the attendance is confirmed. Raises LeaveNotAsked."""
    meeting.require({*ANNOUNCED, MeetingState.CHECK_IN, MeetingState.HELD})
    answer = meeting.answers.get(key)
    if answer is None or answer.state is not A.LEAVE_ASKED:
        raise errors.LeaveNotAsked
    answer.state = A.LEAVE_GRANTED if granted else A.LEAVE_REFUSED
    answer.decided_by, answer.decided_at, answer.opinion = account, at, opinion
    meeting.tell(names.MEETING_LEAVE_DECIDED, **_about(meeting, key), granted=granted)


def _answered(meeting: Meeting, key: str, answer: Answer) -> str:
    meeting.answers[key] = answer
    told = {**_about(meeting, key), "answer": answer.state.value}
    meeting.tell(names.MEETING_ANSWERED, **told)
    return key


def _about(meeting: Meeting, key: str) -> dict[str, object]:
    """The answer's header; to-dos of deciding stay open while requests for leave wait."""
    return {
        **meeting.named(),
        "organiser": meeting.organiser,
        "held_at": meeting.held_at,
        "invitee": key,
        "leaves_waiting": meeting.leaves_waiting,
    }
