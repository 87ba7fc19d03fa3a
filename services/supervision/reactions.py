"""What facts of other services change here. Any order, any number of times: the same result."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from services.supervision.commands.ports import Desk
from services.supervision.domain import (
    debriefings,
    findings,
    inspections,
    opining,
    planning,
    rectifying,
    supervisors,
)
from services.supervision.domain.states import IN_OFFICE, UNSETTLED, SupervisionState
from shared.call import Call
from shared.contracts import names
from shared.messaging.events import Event
from shared.persistence.database import replay_target
from shared.presence import rows_of

SERVICE = "supervision"
NEWS = {
    names.MEETING_NOTIFIED: "NOTIFIED",
    names.MEETING_RESCHEDULED: "NOTIFIED",
    names.MEETING_CANCELLED: "CANCELLED",
}
PRESENCE = (names.MEETING_ATTENDANCE_CONFIRMED, names.MEETING_ATTENDANCE_CORRECTED)
GOING_ON = sorted(
    s.value for s in set(SupervisionState) - {SupervisionState.CLOSED, SupervisionState.CANCELLED}
)
SERVING = sorted(state.value for state in IN_OFFICE)
OPEN_FINDINGS = sorted(state.value for state in UNSETTLED)
Each = Callable[[Any, datetime], bool]


def note_member(event: Event, desk: Desk) -> None:
    """Keep who is a member; with the membership the appointment as supervisor ends (62)."""
    desk.members.note(event)
    member_id = event.data["member_id"]
    if replay_target.get() or member_id in desk.members.in_office([member_id]):
        return
    call = event.call(SERVICE)
    for listed in desk.supervisors.serving([member_id], None, desk.clock.now()):
        _change(call, desk, desk.supervisors, listed.id, _ended)


def note_organisation(event: Event, desk: Desk) -> None:
    """Keep the directory; a merged unit's duties are its heir's (17).

    Who is related through what has changed, a merger or a new parent, is not posted there any more.
    """
    desk.directory.note(event)
    if replay_target.get():
        return
    unit, heir = event.data["organisation_id"], event.data.get("merged_into")
    if heir and not event.data["is_active"]:
        _hand_on(event, desk, unit, heir)
    close = {"units": {"$in": sorted(desk.kin([unit]))}, "state": {"$in": SERVING}}
    call = event.call(SERVICE)

    def impartial(supervisor: Any, _: datetime) -> bool:
        return supervisors.withdraw(supervisor, desk.conflicts(call, supervisor))

    for listed in desk.supervisors.find(close, [("_id", 1)]):
        _change(call, desk, desk.supervisors, listed.id, impartial)


def _hand_on(event: Event, desk: Desk, unit: str, heir: str) -> None:
    call = event.call(SERVICE)

    def supervised(supervision: Any, _: datetime) -> bool:
        if unit in supervision.units:
            planning.replace_unit(supervision, unit, heir)
            return True
        return False

    def found(finding: Any, _: datetime) -> bool:
        if finding.unit == unit:
            findings.replace_unit(finding, heir)
            return True
        return False

    def posted(supervisor: Any, _: datetime) -> bool:
        if unit in supervisor.units:
            supervisors.replace_unit(supervisor, unit, heir)
            return True
        return False

    for records, field, states, act in (
        (desk.supervisions, "units", GOING_ON, supervised),
        (desk.findings, "unit", OPEN_FINDINGS, found),
        (desk.supervisors, "units", SERVING, posted),
    ):
        asked = {field: unit, "state": {"$in": states}}
        for listed in records.find(asked, [("_id", 1)]):
            _change(call, desk, records, listed.id, act)


def note_topic(event: Event, desk: Desk) -> None:
    """Keep the taxonomy, which supervisions and supervisors name their fields from."""
    desk.topics.note(event)


def note_document(event: Event, desk: Desk) -> None:
    """The office has numbered and sent an opinion, or a report to the Party committee (13)."""
    purpose = event.data["purpose"]
    if not purpose or purpose["service"] != SERVICE or replay_target.get():
        return
    ref, number = purpose["id"], event.data["number"]
    issued = datetime.fromisoformat(event.data["issued_on"])
    supervision_id = ref.split("/", 1)[0]
    reported = ref == rectifying.party_ref(supervision_id)

    def act(supervision: Any, _: datetime) -> bool:
        if reported:
            return rectifying.note_report(supervision, number, issued)
        return opining.issue(supervision, number, issued)

    _change(event.call(SERVICE), desk, desk.supervisions, supervision_id, act)


def follow_meeting(event: Event, desk: Desk) -> None:
    """An inspection or a debriefing was announced, moved or called off."""
    held_at, reason = datetime.fromisoformat(event.data["held_at"]), event.data.get("reason")
    to = NEWS[event.type]
    _of_meeting(
        event,
        desk,
        lambda i, _: inspections.follow(i, to, held_at, reason, event.version),
        lambda d, _: debriefings.follow(d, to, held_at, reason, event.version),
    )


def take_presence(event: Event, desk: Desk) -> None:
    """Who was there, as the organiser confirmed it at the office, or put it right."""
    told = rows_of(event.data, event.type == names.MEETING_ATTENDANCE_CORRECTED)
    _of_meeting(
        event,
        desk,
        lambda i, _: inspections.take_presence(i, told),
        lambda d, _: debriefings.take_presence(d, told),
    )


def _of_meeting(event: Event, desk: Desk, of_inspection: Each, of_debriefing: Each) -> None:
    """Change the record that the meeting is held for, if it is ours."""
    purpose = event.data["purpose"]
    if purpose["service"] != SERVICE or replay_target.get():
        return
    call, record_id = event.call(SERVICE), purpose["id"]
    if desk.inspections.get(record_id) is not None:
        _change(call, desk, desk.inspections, record_id, of_inspection)
    else:
        _change(call, desk, desk.debriefings, record_id, of_debriefing)


def _ended(supervisor: Any, at: datetime) -> bool:
    if not supervisor.in_office:
        return False
    supervisors.end(supervisor, False, "委员任期结束或离任", at)
    return True


def _change(call: Call, desk: Desk, records: Any, record_id: str, act: Each) -> None:
    def once() -> str:
        record, at = records.get(record_id), desk.clock.now()
        if record is not None and act(record, at):
            records.save(call, record, at)
        return record_id

    records.run(call, once)
