"""Meetings that other services plan: any order, any number of times, the same meeting."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pytest

from services.office.commands import meetings
from shared.contracts import sample_event
from shared.messaging.events import Event
from tests.integration.office.desk import CLERK, LU, SHEN, Office

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


def test_an_older_state_of_a_member_changes_nothing(office: Office) -> None:
    office.appoint(LU, "member_resigned", state="RESIGNED", version=3)
    office.appoint(LU, "member_profile_changed", state="ACTIVE", version=2)
    assert office.desk.members.in_office([LU]) == set()
    assert office.desk.members.known([LU]) == {LU}
