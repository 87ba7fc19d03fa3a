"""What facts of other services change here. Any order, any number of times: the same result."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from services.consultations.commands.ports import Desk
from services.consultations.domain import meeting, motions, reporting
from services.consultations.domain.matters import Instruction, Matter
from services.consultations.domain.motions import Motion
from services.consultations.domain.record import Meeting
from services.consultations.domain.states import OUT, ConsultationState
from shared.contracts import names
from shared.messaging.events import Event
from shared.persistence.database import replay_target
from shared.presence import rows_of

SERVICE = "consultations"
ENDED = "意见均已办结"
S = ConsultationState
Step = Callable[[Any, datetime], bool]


def note_member(event: Event, desk: Desk) -> None:
    """Keep state and groups; an older state never overwrites a newer one."""
    desk.members.note(event)


def note_topic(event: Event, desk: Desk) -> None:
    desk.topics.note(event)


def note_organisation(event: Event, desk: Desk) -> None:
    desk.directory.note(event)


def note_meeting(event: Event, desk: Desk) -> None:
    """What becomes of the meeting, in the office."""
    data = event.data
    if replay_target.get() or data["purpose"]["service"] != SERVICE:
        return
    known = desk.consultations.of_meeting(data["meeting_id"])
    if known is not None:
        _change(event, desk, desk.consultations, known.id, MEETINGS[event.type](event, desk))


def _announced(event: Event, _: Desk) -> Step:
    return lambda c, at: meeting.announced(c, _told(event), at)


def _moved(event: Event, desk: Desk) -> Step:
    reason = event.data["reason"]
    return lambda c, at: meeting.moved(c, _told(event), reason, event.version, desk.limits, at)


def _called_off(event: Event, _: Desk) -> Step:
    data = event.data
    return lambda c, at: meeting.called_off(c, data["meeting_id"], data["reason"], at)


def _attended(event: Event, desk: Desk) -> Step:
    data = event.data
    corrected = event.type == names.MEETING_ATTENDANCE_CORRECTED
    told = rows_of(data, corrected)
    held_on = None if corrected else datetime.fromisoformat(data["held_on"])
    return lambda c, at: meeting.attended(c, data["meeting_id"], told, held_on, desk.limits, at)


def _told(event: Event) -> Meeting:
    data = event.data
    held_at, ends_at = (datetime.fromisoformat(data[name]) for name in ("held_at", "ends_at"))
    return Meeting(data["meeting_id"], held_at, ends_at, data["place"])


MEETINGS: dict[str, Callable[[Event, Desk], Step]] = {
    names.MEETING_NOTIFIED: _announced,
    names.MEETING_RESCHEDULED: _moved,
    names.MEETING_CANCELLED: _called_off,
    names.MEETING_ATTENDANCE_CONFIRMED: _attended,
    names.MEETING_ATTENDANCE_CORRECTED: _attended,
}


def note_document(event: Event, desk: Desk) -> None:
    """The office has numbered and sent a motion (decision 13)."""
    data = event.data
    purpose = data.get("purpose")
    if replay_target.get() or not purpose or purpose["service"] != SERVICE:
        return
    issued_on = datetime.fromisoformat(data["issued_on"])

    def step(motion: Motion, at: datetime) -> bool:
        return motions.deliver(motion, data["number"], issued_on, desk.limits, at)

    _change(event, desk, desk.motions, purpose["id"], step)


def note_outcome(event: Event, desk: Desk) -> None:
    """The archive of what a consultation or a motion has led to."""
    data = event.data
    records = {"CONSULTATION": desk.consultations, "MOTION": desk.motions}.get(
        str(data.get("source"))
    )
    if replay_target.get() or records is None:
        return
    _change(event, desk, records, data["source_ref"], OUTCOMES[event.type](event))


def _opened(event: Event) -> Step:
    def step(record: Matter, _: datetime) -> bool:
        known, record.outcome_id = record.outcome_id, event.data["outcome_id"]
        return known != record.outcome_id

    return step


def _instructed(event: Event) -> Step:
    data = event.data
    revoked = event.type == names.OUTCOME_INSTRUCTION_REVOKED
    told = Instruction(
        data["instruction_id"],
        data.get("leader") or "",
        data.get("level") or "",
        _stored(event.occurred_on),
        revoked,
    )

    def step(record: Any, at: datetime) -> bool:
        if isinstance(record, Motion):
            return motions.instructed(record, told, at)
        return reporting.instructed(record, told)

    return step


def _closed(_: Event) -> Step:
    def step(record: Any, at: datetime) -> bool:
        if isinstance(record, Motion):
            if record.state not in OUT or record.state is motions.M.CLOSED:
                return False
            motions.close(record, ENDED, at)
        elif record.state in (S.REPORTED, S.FED_BACK, S.TRACKING):
            reporting.close(record, ENDED, at)
        else:
            return False
        return True

    return step


OUTCOMES: dict[str, Callable[[Event], Step]] = {
    names.OUTCOME_OPENED: _opened,
    names.OUTCOME_INSTRUCTED: _instructed,
    names.OUTCOME_INSTRUCTION_REVOKED: _instructed,
    names.OUTCOME_CLOSED: _closed,
}


def _stored(at: datetime) -> datetime:
    """To the millisecond, as it is stored."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def _change(event: Event, desk: Desk, records: Any, record_id: str, step: Step) -> None:
    """One step of a record that is known; nothing is written where it is no news."""

    def once() -> str:
        record = records.get(record_id)
        at = desk.clock.now()
        if record is not None and step(record, at):
            records.save(event.call(SERVICE), record, at)
        return record_id

    records.run(event.call(SERVICE), once)
