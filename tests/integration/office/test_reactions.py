"""Meetings that other services plan: any order, any number of times, the same meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from services.office.commands import attendance, meetings
from shared.contracts import sample_event
from shared.ids import new_id
from shared.messaging.events import Event
from tests.integration.office.desk import CHIEF, CLERK, HELD_AT, LU, QIAN, SHEN, Office, member

PLANNED = sample_event("proposals", "appraisal_planned", held_at="2017-05-25T14:00:00+08:00")
INVITED = sample_event("proposals", "appraisal_voters_invited", held_at="2017-05-25T14:00:00+08:00")
CALLED_OFF = sample_event("proposals", "appraisal_cancelled")
VOTERS = ["member:m-15-0088", "member:m-15-0031", "account:account-expert"]
UNITS = ["organisation:unit-zjj", "organisation:unit-hygs"]


@pytest.mark.parametrize("order", list(permutations((PLANNED, INVITED, INVITED, PLANNED))))
def test_plan_and_invitation_meet_in_any_order(office: Office, order: Sequence[Event]) -> None:
    office.hear(*order)
    meeting = office.desk.meetings.get("appraisal-1")
    assert meeting is not None
    assert [invitee.key for invitee in meeting.invited] == [*UNITS, *VOTERS]
    assert meeting.purpose == {"service": "proposals", "id": "appraisal-1"}
    assert (meeting.kind, meeting.organiser, meeting.term) == ("APPRAISAL", "com-proposals", 15)
    assert (meeting.state.value, meeting.half_days) == ("PLANNED", 1)


@pytest.mark.parametrize("order", list(permutations((PLANNED, INVITED, CALLED_OFF))))
def test_a_cancellation_holds_whenever_it_comes(office: Office, order: Sequence[Event]) -> None:
    office.hear(*order, *order)
    meeting = office.desk.meetings.get("appraisal-1")
    assert meeting is not None
    assert (meeting.state.value, meeting.reason) == ("CANCELLED", "与全体会议冲突")
    [told] = office.told("meeting_cancelled")
    assert told["purpose"] == {"service": "proposals", "id": "appraisal-1"}


def test_whom_the_organiser_took_off_the_list_stays_off(office: Office) -> None:
    office.hear(PLANNED, INVITED)
    said = {"members": [LU], "organisations": []}
    office.do(meetings.uninvite, CLERK, "appraisal-1", **said)
    office.hear(INVITED)
    meeting = office.desk.meetings.get("appraisal-1")
    assert meeting is not None and LU not in meeting.member_ids


def test_who_is_invited_after_the_notice_is_told(office: Office) -> None:
    office.hear(PLANNED)
    office.do(meetings.notify_meeting, CLERK, "appraisal-1", short_notice_reason=None)
    office.hear(INVITED)
    first, second = office.told("meeting_notified")
    assert (first["members"], second["members"]) == ([], [LU, SHEN])


def test_an_inspection_is_a_meeting_of_the_proposal_committee(office: Office) -> None:
    office.hear(sample_event("proposals", "inspection_planned"))
    meeting = office.desk.meetings.get("inspection-1")
    assert meeting is not None
    assert (meeting.kind, meeting.organiser) == ("INSPECTION", "com-proposals")
    assert meeting.member_ids == [LU, SHEN]


@pytest.mark.parametrize(
    ("source", "event_type", "kind"),
    [
        ("study", "study_session_planned", "STUDY"),
        ("study", "study_class_planned", "TRAINING"),
        ("liaison", "conference_planned", "JOINT_CONFERENCE"),
        ("consultations", "consultation_planned", "CONSULTATION"),
    ],
)
def test_each_service_has_its_meetings(
    office: Office, source: str, event_type: str, kind: str
) -> None:
    event = sample_event(source, event_type)
    office.hear(event, event)
    meeting = office.desk.meetings.get(event.data["meeting_id"])
    assert meeting is not None
    assert (meeting.kind, meeting.member_ids, meeting.half_days) == (
        kind,
        [LU],
        event.data["half_days"],
    )
    assert meeting.purpose == {"service": source, "id": meeting.id}


PLACES = sample_event(
    "study",
    "study_class_places_changed",
    class_id="study-class-1",
    invited=[SHEN],
    withdrawn=[LU],
)


@pytest.mark.parametrize(
    "order", list(permutations((sample_event("study", "study_class_planned"), PLACES, PLACES)))
)
def test_the_place_of_a_class_passes_on_with_its_invitation(
    office: Office, order: Sequence[Event]
) -> None:
    office.hear(*order)
    meeting = office.desk.meetings.get("study-class-1")
    assert meeting is not None
    assert meeting.member_ids == [SHEN]


def test_people_of_other_groups_are_guests_unless_the_office_asks(office: Office) -> None:
    office.appoint("m-15-0150", groups={"sector": "02", "committees": ["com-law"]})
    invited = [{"member_id": id, "role": "PARTICIPANT"} for id in (LU, "m-15-0150")]
    for role, organiser, guests in (
        ("COMMITTEE_STAFF", "com-economy", [False, True]),
        ("OFFICE", "com-economy", [False, False]),
        ("COMMITTEE_STAFF", "office-general", [False, False]),
    ):
        meeting_id = f"{role}-{organiser}"
        plan = {"meeting_id": meeting_id, "organiser": organiser, "invited": invited}
        event = replace(
            sample_event("study", "study_session_planned", **plan), actor={"role": role}
        )
        office.hear(event)
        meeting = office.desk.meetings.get(meeting_id)
        assert meeting is not None
        assert [invitee.guest for invitee in meeting.invited] == guests


def test_who_joins_the_group_later_is_a_guest_no_more(office: Office) -> None:
    of_law = {"sector": "02", "committees": ["com-law"]}
    plan = {"organiser": "com-economy", "invited": [{"member_id": "m-15-0150"}]}
    asked = replace(
        sample_event("study", "study_session_planned", **plan), actor={"role": "COMMITTEE_STAFF"}
    )
    office.hear(asked)  # before anything is known of the member
    office.appoint("m-15-0150", groups=of_law)
    guests = []
    for version, committee in ((2, "com-economy"), (3, "com-law")):
        groups = {"sector": "02", "committees": [committee]}
        meeting = office.desk.meetings.get("study-session-1")
        assert meeting is not None
        guests.append(meeting.invited[0].guest)
        office.appoint("m-15-0150", "member_profile_changed", groups=groups, version=version)
    assert guests == [True, False]


def test_who_resigned_is_expected_at_nothing_that_is_to_come(office: Office) -> None:
    planned, notified = office.plan(), office.notified()
    office.ask_leave(notified, member(LU))
    office.appoint(LU, "member_resigned", state="RESIGNED", version=3)
    for meeting_id in (planned, notified):
        meeting = office.desk.meetings.get(meeting_id)
        assert meeting is not None
        assert meeting.member_ids == [SHEN, QIAN]
    [told] = office.told("meeting_invitation_withdrawn")
    assert (told["meeting_id"], told["members"]) == (notified, [LU])
    assert told["leaves_waiting"] == 0  # nobody has to decide on it
    office.hear(sample_event("study", "study_session_planned"))  # invites LU
    meeting = office.desk.meetings.get("study-session-1")
    assert meeting is not None and meeting.member_ids == []


def test_who_left_before_it_began_is_not_recorded_absent(office: Office) -> None:
    meeting_id = office.notified()
    office.clock.at = HELD_AT
    office.do(attendance.open_check_in, CLERK, meeting_id, half_day=1)
    office.check_in(meeting_id, SHEN)
    left = {"state": "RESIGNED", "version": 3}
    office.appoint(LU, "member_resigned", **left, occurred_on="2017-05-24T09:00:00+08:00")
    office.appoint(QIAN, "member_resigned", **left, occurred_on="2017-05-25T18:00:00+08:00")
    office.do(attendance.hold_meeting, CLERK, meeting_id)
    office.do(attendance.confirm_attendance, CLERK, meeting_id, rows=[])
    [told] = office.told("meeting_attendance_confirmed")
    assert {row["member_id"]: row["status"] for row in told["rows"]} == {
        SHEN: "PRESENT",
        QIAN: "ABSENT",
    }


def test_an_older_state_of_a_member_changes_nothing(office: Office) -> None:
    office.appoint(LU, "member_resigned", state="RESIGNED", version=3)
    office.appoint(LU, "member_profile_changed", state="ACTIVE", version=2)
    assert office.desk.members.in_office([LU]) == set()
    assert office.desk.members.known([LU]) == {LU}


def inspection(event_type: str, **changes: Any) -> Event:
    return sample_event("proposals", event_type, id=new_id(), **changes)


ASKED = {"participants": [LU, SHEN], "held_at": HELD_AT.isoformat()}


@pytest.mark.parametrize("held_first", [False, True])
def test_presence_at_an_inspection_is_entered_once(office: Office, held_first: bool) -> None:
    """SHEN did not come, QIAN came without having been asked; the office enters nothing."""
    office.clock.at = HELD_AT + timedelta(days=1)
    planned = inspection("inspection_planned", **ASKED)
    took_place = (HELD_AT - timedelta(days=2)).isoformat()
    held = inspection("inspection_held", participants=[LU, QIAN], held_on=took_place)
    office.hear(*([held, planned, held] if held_first else [planned, held, held]))
    [told] = office.told("meeting_attendance_confirmed")
    assert (told["meeting_id"], told["kind"]) == ("inspection-1", "INSPECTION")
    assert {row["member_id"]: (row["status"], row["role"]) for row in told["rows"]} == {
        LU: ("PRESENT", "PARTICIPANT"),
        QIAN: ("PRESENT", "PARTICIPANT"),
    }
    assert told["held_on"] == took_place


def test_leave_that_nobody_decided_stands_before_the_record(office: Office) -> None:
    office.hear(inspection("inspection_planned", **ASKED))
    office.do(meetings.notify_meeting, CLERK, "inspection-1", short_notice_reason="急")
    office.answer("inspection-1", member(SHEN))
    office.ask_leave("inspection-1", member(SHEN))
    office.clock.at = HELD_AT + timedelta(days=1)
    office.hear(inspection("inspection_held", participants=[LU]))
    assert office.told("meeting_attendance_confirmed") == []
    office.decide_leave("inspection-1", CHIEF, SHEN)
    office.do(attendance.confirm_attendance, CLERK, "inspection-1", rows=[])
    [told] = office.told("meeting_attendance_confirmed")
    assert {row["member_id"]: row["status"] for row in told["rows"]} == {
        LU: "PRESENT",
        SHEN: "LEAVE",
    }
