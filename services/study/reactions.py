"""What facts of other services change here. Any order, any number of times: the same result."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from services.study.commands.plans import plan_id
from services.study.commands.ports import Desk
from services.study.domain.classes import ClassState, RotationClass
from services.study.domain.sessions import Session, SessionState
from shared.call import Call
from shared.contracts import names
from shared.messaging.events import Event
from shared.persistence.database import replay_target
from shared.presence import rows_of

SERVICE = "study"
# The office's news of a meeting → (state of a session, state of a class).
NEWS = {
    names.MEETING_NOTIFIED: (SessionState.NOTIFIED, ClassState.RUNNING),
    names.MEETING_RESCHEDULED: (SessionState.NOTIFIED, ClassState.RUNNING),
    names.MEETING_CANCELLED: (SessionState.CANCELLED, ClassState.CANCELLED),
}
OPEN_CLASSES = [s.value for s in (ClassState.OPEN, ClassState.ENROL_CLOSED, ClassState.RUNNING)]
OPEN_SESSIONS = [s.value for s in (SessionState.PLANNED, SessionState.NOTIFIED)]
CORRECTED = names.MEETING_ATTENDANCE_CORRECTED
PRESENCE = (names.MEETING_ATTENDANCE_CONFIRMED, CORRECTED)


def note_topic(event: Event, desk: Desk) -> None:
    """Keep the taxonomy, which sessions and classes name their topics from."""
    desk.topics.note(event)


def note_member(event: Event, desk: Desk) -> None:
    """Keep the member's state and groups; an older state never overwrites a newer one.

    Who has left gives back places in classes and sessions to come (decision 62), judged by what
    stands.
    """
    desk.members.note(event)
    member_id, at = event.data["member_id"], desk.clock.now()
    if replay_target.get() or member_id in desk.members.in_office([member_id]):
        return
    call, to_come = event.call(SERVICE), {"held_at": {"$gt": at}}
    for records, field, states in (
        (desk.classes, "enrolments.member_id", OPEN_CLASSES),
        (desk.sessions, "invited", OPEN_SESSIONS),
    ):
        query = {field: member_id, "state": {"$in": states}, **to_come}
        for listed in records.find(query, [("_id", 1)]):
            _save(call, desk, records, listed.id, lambda record: record.release(member_id))


def follow_meeting(event: Event, desk: Desk) -> None:
    """Our session or class was announced, moved or called off."""
    of_session, of_class = NEWS[event.type]
    held_at, reason = datetime.fromisoformat(event.data["held_at"]), event.data.get("reason")
    _change(
        event,
        desk,
        lambda session: session.follow(of_session, held_at, reason, event.version),
        lambda taught: taught.follow(of_class, held_at, reason, event.version),
    )


def take_presence(event: Event, desk: Desk) -> None:
    """The organiser's record: who has studied, who has completed the class."""
    corrected = event.type == CORRECTED
    told = rows_of(event.data, corrected)
    fact = f"{event.type}:{event.version}"

    def of_class(taught: RotationClass) -> bool:
        taken = taught.take_presence(fact, told, corrected)
        taught.revoke_lost(event.occurred_on)
        return taken

    _change(event, desk, lambda session: session.take_presence(fact, told, corrected), of_class)


def _change(
    event: Event,
    desk: Desk,
    of_session: Callable[[Session], bool],
    of_class: Callable[[RotationClass], bool],
) -> None:
    """Change the record that the meeting is held for, if it is ours."""
    purpose = event.data["purpose"]
    if purpose["service"] != SERVICE or replay_target.get():
        return
    call, record_id = event.call(SERVICE), purpose["id"]
    session = desk.sessions.get(record_id)
    if session is not None:
        _save(call, desk, desk.sessions, record_id, of_session)
        if event.type in PRESENCE:
            _run_plan(call, desk, session)
    else:
        _save(call, desk, desk.classes, record_id, of_class)


def _save(call: Call, desk: Desk, records: Any, record_id: str, act: Callable[[Any], bool]) -> None:
    def once() -> str:
        record = records.get(record_id)
        if record is not None and act(record):
            records.save(call, record, desk.clock.now())
        return record_id

    records.run(call, once)


def _run_plan(call: Call, desk: Desk, session: Session) -> None:
    """The year's plan is under way with its first session that was held."""
    _save(call, desk, desk.plans, plan_id(session.term, session.year), lambda plan: plan.run())
