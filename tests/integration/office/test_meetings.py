"""Meetings planned, announced, moved, answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.office.commands import answers, meetings, reminders
from services.office.domain import meeting_errors as errors
from services.office.queries import meetings as reads
from shared.actor import Role
from shared.call import Call
from shared.clock import SHANGHAI
from shared.errors import Forbidden
from shared.persistence.aggregates import remind_deciders
from tests.integration.office.desk import (
    CHAIR,
    CHIEF,
    CLERK,
    ECONOMY,
    HELD_AT,
    LU,
    QIAN,
    SHEN,
    SYSTEM,
    TOWN,
    UNIT,
    Office,
    call,
    member,
    sent,
)

EIGHTEENTH = datetime(2017, 5, 18, 9, tzinfo=SHANGHAI)
NOBODY: dict[str, list[str]] = {"members": [], "groups": [], "organisations": []}


def test_a_meeting_is_planned_announced_and_its_people_asked(office: Office) -> None:
    invited = {**NOBODY, "groups": ["SECTOR:22"], "organisations": ["unit-slj"]}
    meeting_id = office.plan(invited=invited)
    assert office.told("meeting_notified") == []
    assert office.shown(meeting_id, member(LU)) is None  # not yet announced

    office.do(meetings.notify_meeting, CLERK, meeting_id, short_notice_reason=None)
    [notice] = office.told("meeting_notified")
    assert (notice["members"], notice["organisations"]) == ([SHEN, LU, QIAN], ["unit-slj"])
    assert notice["answer_by"] == (HELD_AT - timedelta(days=1)).isoformat()
    shown = office.shown(meeting_id, member(LU))
    assert shown is not None
    assert (shown["own"]["state"], shown["may_run"]) == ("INVITED", False)
    assert office.shown(meeting_id, UNIT) is not None
    assert office.shown(meeting_id, TOWN) is None


def test_a_command_sent_twice_plans_one_meeting(office: Office) -> None:
    plan: dict[str, Any] = {
        "kind": "OTHER",
        "organiser": "office-general",
        "title": "工作会议",
        "held_at": HELD_AT,
        "place": "一楼",
        "mandatory": False,
        "half_days": 1,
        "ends_at": None,
        "answer_by": None,
        "invited": NOBODY,
        "details": {},
        "papers": [],
    }
    first = meetings.plan_meeting(sent(CLERK, "one"), office.desk, **plan)
    assert meetings.plan_meeting(sent(CLERK, "one"), office.desk, **plan) == first
    assert office.desk.meetings.count({}) == 1


def test_a_short_notice_of_a_consultation_is_a_warning_until_a_reason_is_given(
    office: Office,
) -> None:
    meeting_id = office.plan(kind="CONSULTATION", held_at=EIGHTEENTH)
    with pytest.raises(errors.NoticeShort) as refused:
        office.do(meetings.notify_meeting, CLERK, meeting_id, short_notice_reason=None)
    assert refused.value.details == {"working_days": 15}
    assert office.told("meeting_notified") == []
    office.do(meetings.notify_meeting, CLERK, meeting_id, short_notice_reason="区委要求")
    shown = office.shown(meeting_id)
    assert shown is not None and shown["short_notice_reason"] == "区委要求"
    seen = office.shown(meeting_id, member(LU))
    assert seen is not None and seen["short_notice_reason"] is None


def test_a_new_date_voids_all_answers_and_asks_everyone_again(office: Office) -> None:
    meeting_id = office.notified(kind="CONSULTATION", held_at=EIGHTEENTH)
    office.answer(meeting_id, member(LU))
    office.ask_leave(meeting_id, member(SHEN))
    moved = {"held_at": HELD_AT, "ends_at": None, "answer_by": None, "place": None}
    office.do(
        meetings.reschedule_meeting,
        CLERK,
        meeting_id,
        **moved,
        reason="与区委会议冲突",
        short_notice_reason=None,
    )
    [event] = office.told("meeting_rescheduled")
    assert (event["moved_from"], event["held_at"]) == (EIGHTEENTH.isoformat(), HELD_AT.isoformat())
    assert event["members"] == [LU, SHEN, QIAN]
    assert [row["answer"] for row in office.people(meeting_id)] == ["INVITED"] * 3
    shown = office.shown(meeting_id)
    assert shown is not None and (shown["state"], shown["notices"]) == ("RESCHEDULED", 2)
    office.ask_leave(meeting_id, member(SHEN))  # the count of requests begins anew


def test_a_cancelled_meeting_is_told_to_whoever_was_told_of_it(office: Office) -> None:
    silent = office.plan()
    office.do(meetings.cancel_meeting, CLERK, silent, reason="不再需要")
    assert office.told("meeting_cancelled") == []
    loud = office.notified()
    office.do(meetings.cancel_meeting, CLERK, loud, reason="主讲人出差")
    [event] = office.told("meeting_cancelled")
    assert (event["meeting_id"], event["reason"]) == (loud, "主讲人出差")
    with pytest.raises(errors.WrongMeetingState):
        office.answer(loud, member(LU))


def test_who_is_invited_later_or_no_longer_is_told(office: Office) -> None:
    people = {**NOBODY, "members": [{"member_id": LU, "role": "PARTICIPANT", "capacity": None}]}
    meeting_id = office.notified(invited=people)
    more = {**NOBODY, "members": [{"member_id": QIAN, "role": "SPEAKER", "capacity": "主讲人"}]}
    office.do(meetings.invite, CLERK, meeting_id, invited=more)
    assert [event["members"] for event in office.told("meeting_notified")] == [[LU], [QIAN]]
    office.do(meetings.uninvite, CLERK, meeting_id, members=[LU], organisations=[])
    [event] = office.told("meeting_invitation_withdrawn")
    assert event["members"] == [LU]
    assert office.shown(meeting_id, member(LU)) is None
    own = office.shown(meeting_id, member(QIAN))
    assert own is not None and own["own"]["capacity"] == "主讲人"


def test_only_members_in_office_are_invited(office: Office) -> None:
    people = {**NOBODY, "members": [{"member_id": "m-0", "role": "PARTICIPANT", "capacity": None}]}
    with pytest.raises(errors.MeetingUnfit):
        office.plan(invited=people)
    office.appoint(SHEN, "member_resigned", state="RESIGNED", version=2)
    everyone = office.notified(invited={**NOBODY, "groups": ["ALL"]})
    assert [row["member_id"] for row in office.people(everyone)] == [LU, QIAN]


def test_an_organiser_runs_its_own_meetings_and_no_others(office: Office) -> None:
    own = office.plan(ECONOMY, organiser="com-economy")
    with pytest.raises(Forbidden):
        office.plan(ECONOMY, organiser="com-proposals")
    with pytest.raises(errors.MeetingNotFound):
        office.do(meetings.notify_meeting, TOWN, own, short_notice_reason=None)
    foreign = office.notified(invited={**NOBODY, "organisations": ["com-economy"]})
    with pytest.raises(Forbidden):
        office.do(meetings.cancel_meeting, ECONOMY, foreign, reason="不开了")
    office.do(meetings.notify_meeting, ECONOMY, own, short_notice_reason=None)


def test_leave_is_asked_in_time_twice_at_most_and_decided_by_the_right_person(
    office: Office,
) -> None:
    standing = office.notified(kind="STANDING_COMMITTEE")
    office.ask_leave(standing, member(LU))
    with pytest.raises(Forbidden):
        office.decide_leave(standing, CLERK, LU)
    office.decide_leave(standing, CHIEF, LU, granted=False)
    office.ask_leave(standing, member(LU), "ILLNESS")
    office.decide_leave(standing, CHIEF, LU)
    with pytest.raises(errors.LeaveNotAsked):
        office.decide_leave(standing, CHIEF, LU)
    with pytest.raises(errors.LeaveLimit):
        office.ask_leave(standing, member(LU))
    office.move(5, 23, 10)  # two days before is over
    with pytest.raises(errors.LeaveLate):
        office.ask_leave(standing, member(SHEN))
    asked = office.told("meeting_leave_asked")
    assert [event["leaves_waiting"] for event in asked] == [1, 1]
    assert all("reason" not in event and "reason_kind" not in event for event in asked)
    assert [event["granted"] for event in office.told("meeting_leave_decided")] == [False, True]


def test_leave_has_a_day_and_one_reminder_while_somebody_waits(office: Office) -> None:
    standing = office.notified(kind="STANDING_COMMITTEE")
    for who in (LU, SHEN):
        office.ask_leave(standing, member(who))
    first, second = office.told("meeting_leave_asked")
    assert first["decide_by"] == second["decide_by"]  # one to-do for all: the first day stands
    day = datetime.fromisoformat(first["decide_by"])
    remind_deciders(Call.system("office"), office.database, day - timedelta(days=1))
    assert office.told("decision_reminder_due") == []
    office.decide_leave(standing, CHIEF, LU)
    for _ in range(2):
        remind_deciders(Call.system("office"), office.database, day)
    [told] = office.told("decision_reminder_due")
    assert (told["about"], told["meeting_id"], told["decide_by"]) == (
        "LEAVE_DECISION",
        standing,
        first["decide_by"],
    )
    office.decide_leave(standing, CHIEF, SHEN)
    row = office.database.collection("meetings").find_one(standing)
    assert row is not None
    assert row["open_decisions"] == []


def test_a_committee_decides_on_leave_of_its_own_meeting(office: Office) -> None:
    meeting_id = office.notified(ECONOMY, organiser="com-economy")
    office.ask_leave(meeting_id, member(LU))
    with pytest.raises(errors.MeetingNotFound):
        office.decide_leave(meeting_id, TOWN, LU)
    office.decide_leave(meeting_id, ECONOMY, LU)


def test_the_reason_of_a_leave_is_for_the_member_and_those_who_decide(office: Office) -> None:
    meeting_id = office.notified(kind="PLENARY")
    office.ask_leave(meeting_id, member(LU), "ILLNESS")
    own = office.shown(meeting_id, member(LU))
    assert own is not None and own["own"]["reason"] == "外地出差"
    asked = {
        by.actor.role: office.people(meeting_id, by, answer="LEAVE_ASKED")
        for by in (CHIEF, CLERK, CHAIR)
    }
    by_role = {role.value: row["reason_kind"] for role, [row] in asked.items()}
    assert by_role == {"SECRETARY_GENERAL": "ILLNESS", "OFFICE": "ILLNESS", "CHAIR_COUNCIL": None}


def test_answers_have_an_end_where_signing_up_is_free(office: Office) -> None:
    meeting_id = office.notified(mandatory=False)
    office.answer(meeting_id, member(LU))
    office.answer(meeting_id, member(SHEN), coming=False)
    office.move(5, 24, 10)
    with pytest.raises(errors.AnswerClosed):
        office.answer(meeting_id, member(QIAN))
    with pytest.raises(errors.AnswerUnfit):
        office.answer(meeting_id, member(LU), coming=False)
    required = office.notified()
    with pytest.raises(errors.AnswerUnfit):
        office.answer(required, member(LU), coming=False)
    with pytest.raises(errors.MeetingNotFound):
        office.answer(required, member("m-stranger"))


def test_reminders_go_once_to_those_whom_they_concern(office: Office) -> None:
    meeting_id = office.notified()
    office.answer(meeting_id, member(LU))
    office.ask_leave(meeting_id, member(SHEN))
    office.decide_leave(meeting_id, CLERK, SHEN)
    assert reminders.remind_invited(SYSTEM, office.desk) == []
    office.move(5, 23, 9)
    assert reminders.remind_invited(SYSTEM, office.desk) == [meeting_id]
    assert reminders.remind_invited(SYSTEM, office.desk) == []
    office.move(5, 24, 9, 1)
    reminders.remind_invited(SYSTEM, office.desk)
    reminders.remind_invited(SYSTEM, office.desk)
    told = [(event["about"], event["members"]) for event in office.told("meeting_reminder_due")]
    assert told == [("ANSWER", [QIAN]), ("START", [LU, QIAN])]


def test_a_list_shows_each_viewer_what_concerns_them(office: Office) -> None:
    economy = office.notified(
        ECONOMY,
        organiser="com-economy",
        invited={**NOBODY, "groups": []}
        | {"members": [{"member_id": LU, "role": "PARTICIPANT", "capacity": None}]},
    )
    general = office.notified(held_at=HELD_AT + timedelta(days=1))
    planned = office.plan(held_at=HELD_AT + timedelta(days=2))

    def listed(by, **filter):
        asked: Any = {"filter": filter, "latest_first": False}
        page = reads.list_meetings(by, office.desk, **asked, first=20, after=None)
        assert reads.count_meetings(by, office.desk, **asked) == len(page["rows"])
        return [row["id"] for row in page["rows"]]

    assert listed(CLERK) == [economy, general, planned]
    assert listed(CHAIR) == [economy, general, planned]
    assert listed(ECONOMY) == [economy]
    assert listed(member(LU)) == [economy, general]
    assert listed(member(SHEN)) == [general]
    assert listed(TOWN) == []
    assert listed(CLERK, state="PLANNED") == [planned]
    assert listed(CLERK, organiser="com-economy") == [economy]
    assert listed(CLERK, since=HELD_AT + timedelta(days=1)) == [general, planned]


def test_pages_of_meetings_follow_each_other(office: Office) -> None:
    ids = [office.plan(held_at=HELD_AT + timedelta(days=n)) for n in range(3)]
    seen, after = [], None
    while True:
        page = reads.list_meetings(
            CLERK, office.desk, filter={}, latest_first=True, first=2, after=after
        )
        seen += [row["id"] for row in page["rows"]]
        if not page["has_next"]:
            break
        after = page["rows"][-1]["cursor"]
    assert seen == ids[::-1]


def test_a_tally_counts_for_who_runs_it(office: Office) -> None:
    meeting_id = office.notified()
    office.answer(meeting_id, member(LU))
    [tally] = reads.tallies_by_ids(CHAIR, office.desk, ids=[meeting_id])
    counts = {row["state"]: row["count"] for row in tally["answers"]}
    assert (tally["invited"], counts["ACCEPTED"], counts["INVITED"]) == (3, 1, 2)
    assert reads.tallies_by_ids(member(LU), office.desk, ids=[meeting_id]) == []
    with pytest.raises(Forbidden):
        office.people(meeting_id, member(LU))


MINJIAN = call(Role.ORG_STAFF, "account-minjian", organisation="org-minjian")
TWO_OF_THEM: list[Any] = [{"name": "王强", "post": "副主委"}, {"name": "李敏", "post": ""}]


def test_an_organisation_names_who_comes_for_it(office: Office) -> None:
    invited = {**NOBODY, "groups": ["SECTOR:22"], "organisations": ["org-minjian", "unit-slj"]}
    meeting_id = office.notified(invited=invited)
    office.do(answers.name_attendees, MINJIAN, meeting_id, attendees=TWO_OF_THEM)
    [told] = office.told("meeting_answered")
    assert (told["invitee"], told["answer"]) == ("organisation:org-minjian", "ACCEPTED")
    assert "王强" not in str(told)
    people = {row["key"]: row["attendees"] for row in office.people(meeting_id)}
    assert people["organisation:org-minjian"] == TWO_OF_THEM
    assert people["organisation:unit-slj"] == []
    own = office.shown(meeting_id, MINJIAN)
    assert own is not None and own["own"]["attendees"] == TWO_OF_THEM

    office.do(answers.name_attendees, MINJIAN, meeting_id, attendees=TWO_OF_THEM[:1])
    assert len(office.told("meeting_answered")) == 1
    office.answer(meeting_id, MINJIAN, coming=False)
    people = {row["key"]: row["attendees"] for row in office.people(meeting_id)}
    assert people["organisation:org-minjian"] == []
    with pytest.raises(errors.MeetingNotFound):
        office.do(answers.name_attendees, TOWN, meeting_id, attendees=TWO_OF_THEM)


def test_names_come_in_time(office: Office) -> None:
    meeting_id = office.notified(
        mandatory=False, invited={**NOBODY, "organisations": ["org-minjian"]}
    )
    office.clock.at = HELD_AT
    with pytest.raises(errors.AnswerClosed):
        office.do(answers.name_attendees, MINJIAN, meeting_id, attendees=TWO_OF_THEM)
