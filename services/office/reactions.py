"""What facts of other services change here. Any order, any number of times: the same result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.office.commands.ports import Desk
from services.office.domain.invitees import Invitee
from services.office.domain.meetings import planned
from shared.call import Call
from shared.contracts import names
from shared.contracts.recipients import member_key, organisation_key
from shared.messaging.events import Event
from shared.persistence.database import replay_target

SERVICE = "office"
Data = Mapping[str, Any]


@dataclass(frozen=True)
class Plan:
    """How a kind of `…_planned` names a meeting; what it leaves out is said here.

    id: field with the id, of the meeting and of the record it is held for.
    """

    id: str = "meeting_id"
    kind: str | None = None
    organiser: str | None = None
    mandatory: bool = False
    half_days: int = 1
    invited: Callable[[Data], Iterable[Invitee]] = lambda data: [
        Invitee(member_key(row["member_id"]), row.get("role") or "PARTICIPANT")
        for row in data.get("invited", ())
    ]


PROPOSALS = "com-proposals"
# Decision 30: (service, event) → the meeting that it asks for. A new one is a new row.
PLANS: Mapping[tuple[str, str], Plan] = {
    ("study", names.STUDY_SESSION_PLANNED): Plan(),
    ("study", names.STUDY_CLASS_PLANNED): Plan(),
    ("liaison", names.CONFERENCE_PLANNED): Plan(),
    ("consultations", names.CONSULTATION_PLANNED): Plan(),
    ("proposals", names.APPRAISAL_PLANNED): Plan(),
    ("proposals", names.INSPECTION_PLANNED): Plan(
        id="inspection_id",
        kind="INSPECTION",
        organiser=PROPOSALS,
        invited=lambda data: [Invitee(member_key(id)) for id in data["participants"]],
    ),
}
# Event of identity → whether the account is in use, or holds the role, after it.
ACCOUNTS: Mapping[str, bool] = {
    names.ACCOUNT_DISABLED: False,
    names.ACCOUNT_ENABLED: True,
    names.ACCOUNT_ROLE_GRANTED: True,
    names.ACCOUNT_ROLE_REVOKED: False,
}
# (service, event) → field with the meeting's id, who is asked to come.
INVITATIONS = {("proposals", names.APPRAISAL_VOTERS_INVITED): ("appraisal_id", "voters")}
# (service, event) → field with the meeting's id.
CANCELLATIONS = {
    ("proposals", names.APPRAISAL_CANCELLED): "appraisal_id",
    ("proposals", names.INSPECTION_CANCELLED): "inspection_id",
}


def note_member(event: Event, desk: Desk) -> None:
    """Keep the member's state and groups; an older state never overwrites a newer one."""
    desk.members.note(event)


def note_account(event: Event, desk: Desk) -> None:
    """Keep whether a member's account is in use and what it holds: calendars have no token."""
    if event.data["member_id"] is not None:
        desk.accounts.note(event, ACCOUNTS[event.type])


def plan_meeting(event: Event, desk: Desk) -> None:
    """Create the meeting under the id that the planning service gave it, once."""
    if replay_target.get():
        return
    plan, data = PLANS[event.source, event.type], event.data
    meeting_id = data[plan.id]
    ends_at, half_days = data.get("ends_at"), data.get("half_days", plan.half_days)
    organisations = [Invitee(organisation_key(id)) for id in data.get("units", ())]
    meeting = planned(
        id=meeting_id,
        term=event.term,
        kind=data.get("kind") or str(plan.kind),
        purpose={"service": event.source, "id": meeting_id},
        organiser=data.get("organiser") or str(plan.organiser),
        title=data["title"],
        held_at=datetime.fromisoformat(data["held_at"]),
        place=data["place"],
        mandatory=data.get("mandatory", plan.mandatory),
        half_days=half_days,
        ends_at=datetime.fromisoformat(ends_at) if ends_at else None,
        answer_by=None,
        created_by=None,
        invited=[*plan.invited(data), *organisations],
        answer_lead=desk.answer_lead(),
    )
    call = event.call(SERVICE)
    desk.meetings.add_once(call, meeting, event.occurred_on)
    _take_requests(call, desk, meeting_id)


def invite(event: Event, desk: Desk) -> None:
    if replay_target.get():
        return
    id_field, keys = INVITATIONS[event.source, event.type]
    desk.requests.invite(event.data[id_field], event.data[keys])
    _take_requests(event.call(SERVICE), desk, event.data[id_field])


def call_off(event: Event, desk: Desk) -> None:
    if replay_target.get():
        return
    meeting_id = event.data[CANCELLATIONS[event.source, event.type]]
    desk.requests.call_off(meeting_id, event.data["reason"])
    _take_requests(event.call(SERVICE), desk, meeting_id)


def _take_requests(call: Call, desk: Desk, meeting_id: str) -> None:
    """Of a meeting that is not there yet the requests wait for its plan."""

    def once() -> str:
        meeting, asked = desk.meetings.get(meeting_id), desk.requests.of(meeting_id)
        if meeting is not None and meeting.take_requests(asked.invited, asked.called_off):
            desk.meetings.save(call, meeting, desk.clock.now())
        return meeting_id

    desk.meetings.run(call, once)
