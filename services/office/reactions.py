"""What facts of other services change here. Any order, any number of times: the same result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.office.commands.ports import Desk
from services.office.domain import attendance
from services.office.domain.attendance import Statement
from services.office.domain.check_in import CheckIn, Way
from services.office.domain.invitees import AttendanceRole, Invitee
from services.office.domain.meeting_errors import MeetingUnfit
from services.office.domain.meetings import Meeting
from services.office.domain.planning import planned
from services.office.domain.requests import Requests
from shared.actor import Role
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

    id: field with the id, of the meeting and of the record it is held for; kinds: what that
    service may ask for (decision 65); signed_up: the members named asked to come themselves.
    """

    kinds: tuple[str, ...]
    id: str = "meeting_id"
    organiser: str | None = None
    mandatory: bool = False
    half_days: int = 1
    signed_up: bool = False
    invited: Callable[[Data], Iterable[Invitee]] = lambda data: [
        Invitee(member_key(row["member_id"]), row.get("role") or "PARTICIPANT")
        for row in data.get("invited", ())
    ]


PROPOSALS = "com-proposals"
# Decision 30: (service, event) → the meeting that it asks for. A new one is a new row.
PLANS: Mapping[tuple[str, str], Plan] = {
    ("study", names.STUDY_SESSION_PLANNED): Plan(("STUDY",)),
    ("study", names.STUDY_CLASS_PLANNED): Plan(("TRAINING",), signed_up=True),
    ("liaison", names.CONFERENCE_PLANNED): Plan(("JOINT_CONFERENCE",)),
    ("consultations", names.CONSULTATION_PLANNED): Plan(("CONSULTATION",)),
    ("supervision", names.SUPERVISION_INSPECTION_PLANNED): Plan(("SUPERVISION",)),
    ("supervision", names.DEBRIEFING_PLANNED): Plan(("DEBRIEFING",)),
    ("proposals", names.APPRAISAL_PLANNED): Plan(("APPRAISAL",)),
    ("proposals", names.INSPECTION_PLANNED): Plan(
        ("INSPECTION",),
        id="inspection_id",
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


@dataclass(frozen=True)
class Guests:
    """Whom a service asks to come, or no more, after its plan: keys that the event names."""

    id: str  # field with the meeting's id
    invited: Callable[[Data], Iterable[str]]
    withdrawn: Callable[[Data], Iterable[str]] = lambda _: ()


INVITATIONS: Mapping[tuple[str, str], Guests] = {
    ("proposals", names.APPRAISAL_VOTERS_INVITED): Guests(
        "appraisal_id", lambda data: data["voters"]
    ),
    ("consultations", names.CONSULTATION_SPEAKERS_SET): Guests(
        "meeting_id", lambda data: map(member_key, data["invited"])
    ),
    ("study", names.STUDY_CLASS_PLACES_CHANGED): Guests(
        "class_id",
        lambda data: map(member_key, data["invited"]),
        lambda data: map(member_key, data["withdrawn"]),
    ),
}
# (service, event) → field with the meeting's id; `participants` are those who came.
HOLDINGS = {("proposals", names.INSPECTION_HELD): "inspection_id"}
# (service, event) → field with the meeting's id.
CANCELLATIONS = {
    ("consultations", names.CONSULTATION_POSTPONED): "meeting_id",
    ("consultations", names.CONSULTATION_CANCELLED): "meeting_id",
    ("proposals", names.APPRAISAL_CANCELLED): "appraisal_id",
    ("proposals", names.INSPECTION_CANCELLED): "inspection_id",
}


def note_member(event: Event, desk: Desk) -> None:
    """Keep the member's state and groups; an older state never overwrites a newer one.

    Who has left is not expected at what is to come (decision 62), who has changed groups is the
    guest of others; both judged by what stands.
    """
    desk.members.note(event)
    if replay_target.get():
        return
    call, member_id = event.call(SERVICE), event.data["member_id"]
    gone = member_id not in desk.members.in_office([member_id])
    since = desk.members.left_on(member_id) or desk.clock.now()
    for listed in desk.meetings.to_come(member_id, since):

        def once(meeting_id: str = listed.id) -> str:
            at = desk.clock.now()
            for meeting in desk.meetings.to_come(member_id, since):
                if meeting.id != meeting_id:
                    continue
                key = member_key(member_id)
                if meeting.release([key]) if gone else desk.welcome(meeting):
                    desk.meetings.save(call, meeting, at)
            return meeting_id

        desk.meetings.run(call, once)


def note_account(event: Event, desk: Desk) -> None:
    """Keep whether a member's account is in use and what it holds: calendars have no token."""
    if event.data["member_id"] is not None:
        desk.accounts.note(event, ACCOUNTS[event.type])


def plan_meeting(event: Event, desk: Desk) -> None:
    """Create the meeting under the id that the planning service gave it, once.

    Raises MeetingUnfit for a kind that is not that service's to ask for.
    """
    if replay_target.get():
        return
    plan, data = PLANS[event.source, event.type], event.data
    meeting_id, kind = data[plan.id], data.get("kind") or plan.kinds[0]
    if kind not in plan.kinds:
        raise MeetingUnfit(f"{event.source}不能安排{kind}会议", field="kind")
    organiser = data.get("organiser") or str(plan.organiser)
    everybody = plan.signed_up or event.actor.get("role") == Role.OFFICE
    ends_at, half_days = data.get("ends_at"), data.get("half_days", plan.half_days)
    organisations = [Invitee(organisation_key(id)) for id in data.get("units", ())]
    meeting = planned(
        id=meeting_id,
        term=event.term,
        kind=kind,
        purpose={"service": event.source, "id": meeting_id},
        organiser=organiser,
        title=data["title"],
        held_at=datetime.fromisoformat(data["held_at"]),
        place=data["place"],
        mandatory=data.get("mandatory", plan.mandatory),
        half_days=half_days,
        ends_at=datetime.fromisoformat(ends_at) if ends_at else None,
        answer_by=None,
        created_by=None,
        invited=[*_asked(event, desk, plan), *organisations],
        answer_lead=desk.answer_lead(),
        hours=desk.half_day_hours(),
        own_groups=() if everybody else desk.own_groups(organiser),
    )
    desk.welcome(meeting)
    call = event.call(SERVICE)
    desk.meetings.add_once(call, meeting, event.occurred_on)
    _take_requests(call, desk, meeting_id)


def _asked(event: Event, desk: Desk, plan: Plan) -> list[Invitee]:
    """The members named, but who leaves before it begins."""
    named = list(plan.invited(event.data))
    ids = [id for invitee in named if (id := invitee.member_id) is not None]
    gone = desk.members.left(ids, datetime.fromisoformat(event.data["held_at"]))
    return [invitee for invitee in named if invitee.member_id not in gone]


def invite(event: Event, desk: Desk) -> None:
    if replay_target.get():
        return
    said = INVITATIONS[event.source, event.type]
    meeting_id = event.data[said.id]
    desk.requests.invite(meeting_id, said.invited(event.data), said.withdrawn(event.data))
    _take_requests(event.call(SERVICE), desk, meeting_id)


def call_off(event: Event, desk: Desk) -> None:
    if replay_target.get():
        return
    meeting_id = event.data[CANCELLATIONS[event.source, event.type]]
    desk.requests.call_off(meeting_id, event.data["reason"])
    _take_requests(event.call(SERVICE), desk, meeting_id)


def hold(event: Event, desk: Desk) -> None:
    """It took place, and who was there was entered with it: nobody enters that again."""
    if replay_target.get():
        return
    data, meeting_field = event.data, HOLDINGS[event.source, event.type]
    meeting_id = data[meeting_field]
    held_on = data.get("held_on")
    desk.requests.hold(
        meeting_id,
        data["participants"],
        event.actor.get("account"),
        datetime.fromisoformat(held_on) if held_on else None,
    )
    _take_requests(event.call(SERVICE), desk, meeting_id)


def _take_presence(desk: Desk, meeting: Meeting, asked: Requests, at: datetime) -> bool:
    """What was entered becomes the record, unless leave waits for a decision: then it is proposed.

    Whether that is news.
    """
    if asked.came is None or not meeting.hold_as_told(at, asked.held_on):
        return False
    days = range(1, meeting.half_days + 1)
    came = sorted(desk.members.known(asked.came))
    rows = [
        CheckIn(meeting.id, id, day, meeting.held_at, Way.TOLD, False, asked.entered_by)
        for id in came
        for day in days
    ]
    desk.check_ins.merge(rows)
    if not meeting.leaves_waiting:
        seen, known = desk.check_ins.of_meeting(meeting.id), desk.known(meeting, came)
        said = [Statement(id, role=AttendanceRole.PARTICIPANT) for id in came]
        attendance.confirm(meeting, seen, said, known, str(asked.entered_by), at)
    return True


def _take_requests(call: Call, desk: Desk, meeting_id: str) -> None:
    """Of a meeting that is not there yet the requests wait for its plan."""

    def once() -> str:
        meeting, asked = desk.meetings.get(meeting_id), desk.requests.of(meeting_id)
        if meeting is None:
            return meeting_id
        at = desk.clock.now()
        if meeting.take_requests(asked.invited, asked.withdrawn, asked.called_off):
            left = desk.members.left(meeting.member_ids, meeting.held_at)
            meeting.release([member_key(id) for id in left])
            desk.welcome(meeting)
            desk.meetings.save(call, meeting, at)
        elif _take_presence(desk, meeting, asked, at):
            desk.meetings.save(call, meeting, at)
        return meeting_id

    desk.meetings.run(call, once)
