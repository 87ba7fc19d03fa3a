"""Check-in, the organiser's record, corrections, speeches, minutes."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.office.commands import attendance, meetings
from services.office.domain import meeting_errors as errors
from services.office.domain.check_in import USE
from services.office.queries import meetings as reads
from services.office.schemas.attendance import OfflineCheckInInput
from services.performance.domain.facts import earned
from shared.clock import SHANGHAI
from shared.errors import Forbidden, StaleVersion
from tests.integration.office.desk import (
    CHAIR,
    CHIEF,
    CLERK,
    CLERK_TWO,
    ECONOMY,
    HELD_AT,
    LU,
    NOW,
    QIAN,
    SHEN,
    TOWN,
    Office,
    member,
)
from tests.unit.performance.facts import BOOK

FIT: dict[str, list[Any]] = {"uninvited": [], "unfit": [], "warnings": []}
NOBODY: dict[str, list[str]] = {"members": [], "groups": [], "organisations": []}


def opened(office: Office, **changes: Any) -> str:
    meeting_id = office.notified(**changes)
    office.clock.at = HELD_AT
    office.do(attendance.open_check_in, CLERK, meeting_id, half_day=1)
    return meeting_id


def code_of(office: Office, meeting_id: str) -> str:
    shown = attendance.check_in_code(CLERK, office.desk, meeting_id=meeting_id)
    assert (shown["half_day"], shown["valid_seconds"]) == (1, 60)
    return str(shown["code"])


def offline(members: list[str], minute: int = 0) -> list[OfflineCheckInInput]:
    at = HELD_AT + timedelta(minutes=minute)
    return [{"member_id": id, "half_day": 1, "at": at, "remote": False} for id in members]


def confirm(office: Office, meeting_id: str, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    office.do(attendance.confirm_attendance, CLERK, meeting_id, rows=list(rows))
    confirmed = office.told("meeting_attendance_confirmed")[-1]
    found: list[dict[str, Any]] = confirmed["rows"]
    return found


def test_check_in_opens_an_hour_before_and_by_the_organiser(office: Office) -> None:
    meeting_id = office.notified()
    office.move(5, 25, 7, 59)
    with pytest.raises(errors.CheckInEarly):
        office.do(attendance.open_check_in, CLERK, meeting_id, half_day=1)
    with pytest.raises(errors.CheckInClosed):
        attendance.check_in_code(CLERK, office.desk, meeting_id=meeting_id)
    office.move(5, 25, 8, 0)
    with pytest.raises(errors.MeetingUnfit):
        office.do(attendance.open_check_in, CLERK, meeting_id, half_day=2)
    office.do(attendance.open_check_in, CLERK, meeting_id, half_day=1)
    with pytest.raises(errors.MeetingNotFound):
        attendance.check_in_code(ECONOMY, office.desk, meeting_id=meeting_id)


def test_a_member_checks_in_by_the_code_once_however_often(office: Office) -> None:
    meeting_id = opened(office)
    code = code_of(office, meeting_id)
    for _ in range(2):
        assert attendance.check_in(member(LU), office.desk, code=code) == meeting_id
    assert [row["checked_in"] for row in office.people(meeting_id)] == [[], [1], []]
    [tally] = reads.tallies_by_ids(CLERK, office.desk, ids=[meeting_id])
    assert tally["checked_in"] == 1
    with pytest.raises(errors.NotInvited):
        attendance.check_in(member("m-stranger"), office.desk, code=code)


def test_a_code_is_ours_fresh_and_of_this_half_day(office: Office) -> None:
    meeting_id = opened(office)
    stale = {"use": USE, "meeting": meeting_id, "half_day": 1, "until": 0}
    other_day = {"use": USE, "meeting": meeting_id, "half_day": 2, "until": 4e9}
    feed = {"use": "calendar", "feed": "feed-1"}
    signed = [office.desk.seal.sign_statement(claims) for claims in (stale, other_day, feed)]
    for code in ("nonsense", *signed):
        with pytest.raises(errors.CodeInvalid):
            attendance.check_in(member(LU), office.desk, code=code)
    good = code_of(office, meeting_id)
    office.do(attendance.hold_meeting, CLERK, meeting_id)
    with pytest.raises(errors.CheckInClosed):
        attendance.check_in(member(LU), office.desk, code=good)


def test_a_list_from_off_line_brought_twice_counts_nobody_twice(office: Office) -> None:
    meeting_id = opened(office)
    attendance.check_in(member(LU), office.desk, code=code_of(office, meeting_id))
    rows = offline([LU, SHEN, "m-nobody"])
    first = attendance.upload_check_ins(CLERK, office.desk, meeting_id=meeting_id, rows=rows)
    again = attendance.upload_check_ins(CLERK_TWO, office.desk, meeting_id=meeting_id, rows=rows)
    both = {"meeting": meeting_id, "unknown": ["m-nobody"], "unconfirmed": [], **FIT}
    both["warnings"] = [{"text": "第3行不是委员，未登记", "members": []}]
    assert first == {"merged": 1, "known": 1, **both}
    assert again == {"merged": 0, "known": 2, **both}
    [tally] = reads.tallies_by_ids(CLERK, office.desk, ids=[meeting_id])
    assert tally["checked_in"] == 2


def test_a_list_that_comes_after_the_confirmation_says_whom_to_correct(office: Office) -> None:
    meeting_id = office.held(present=(LU,))
    confirm(office, meeting_id)
    office.clock.at = HELD_AT + timedelta(hours=3)
    merged = attendance.upload_check_ins(
        CLERK, office.desk, meeting_id=meeting_id, rows=offline([LU, SHEN], 5)
    )
    counts = {"merged": 1, "known": 1, "unknown": [], "unconfirmed": [SHEN], **FIT}
    text = "1人在出席确认时未计，请更正出席记录"
    counts["warnings"] = [{"text": text, "members": [SHEN]}]
    assert merged == {"meeting": meeting_id, **counts}
    with pytest.raises(errors.MeetingUnfit):
        [late] = offline([LU])
        late["half_day"] = 2
        attendance.upload_check_ins(CLERK, office.desk, meeting_id=meeting_id, rows=[late])


def test_two_clerks_who_confirm_at_once_make_one_record(office: Office) -> None:
    meeting_id = office.held(present=(LU, SHEN))
    barrier, refused = threading.Barrier(2), []

    def press(by):
        barrier.wait()
        try:
            office.do(attendance.confirm_attendance, by, meeting_id, rows=[])
        except errors.WrongMeetingState as error:
            refused.append(error)

    clerks = [threading.Thread(target=press, args=[by]) for by in (CLERK, CLERK_TWO)]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
    assert len(refused) == 1
    assert len(office.told("meeting_attendance_confirmed")) == 1


def test_answers_and_check_ins_become_the_record_and_the_organiser_corrects_it(
    office: Office,
) -> None:
    meeting_id = office.notified(kind="PLENARY", half_days=2)
    office.ask_leave(meeting_id, member(SHEN))
    office.decide_leave(meeting_id, CHIEF, SHEN)
    office.clock.at = HELD_AT
    office.do(attendance.open_check_in, CLERK, meeting_id, half_day=1)
    office.check_in(meeting_id, LU)
    office.do(attendance.hold_meeting, CLERK, meeting_id)
    proposed = {row["member_id"]: row["status"] for row in office.people(meeting_id)}
    assert proposed == {LU: "PRESENT", SHEN: "LEAVE", QIAN: "ABSENT"}

    rows = confirm(office, meeting_id, {"member_id": QIAN, "status": "PRESENT"})
    told = {row["member_id"]: (row["status"], row["half_days_present"]) for row in rows}
    assert told == {LU: ("PRESENT", 1), SHEN: ("LEAVE", 0), QIAN: ("PRESENT", 2)}
    assert {row["occurrence_no"] for row in rows} == {1}


def test_exempting_leave_counts_neither_way(office: Office) -> None:
    meeting_id = office.notified(half_days=2)
    office.ask_leave(meeting_id, member(LU), "ILLNESS")
    office.decide_leave(meeting_id, CLERK, LU)
    office.clock.at = HELD_AT
    office.do(attendance.open_check_in, CLERK, meeting_id, half_day=1)
    office.do(attendance.hold_meeting, CLERK, meeting_id)
    [row] = [row for row in confirm(office, meeting_id) if row["member_id"] == LU]
    assert (row["status"], row["half_days_exempt"]) == ("EXEMPT", 2)


def test_a_leave_that_nobody_decided_stops_the_confirmation(office: Office) -> None:
    meeting_id = office.notified()
    office.ask_leave(meeting_id, member(SHEN))
    office.clock.at = HELD_AT
    office.do(attendance.open_check_in, CLERK, meeting_id, half_day=1)
    office.do(attendance.hold_meeting, CLERK, meeting_id)
    with pytest.raises(errors.LeaveUndecided):
        confirm(office, meeting_id)
    office.decide_leave(meeting_id, CLERK, SHEN, granted=False)
    [row] = [row for row in confirm(office, meeting_id) if row["member_id"] == SHEN]
    assert row["status"] == "LEAVE_REFUSED"


def test_a_correction_names_the_occurrence_that_it_replaces(office: Office) -> None:
    meeting_id = office.held(present=(LU,))
    confirm(office, meeting_id)
    absent = [{"member_id": LU, "status": "ABSENT"}]
    present = [{"member_id": LU, "status": "PRESENT"}]
    office.do(attendance.correct_attendance, CLERK, meeting_id, rows=absent, reason="代签")
    with pytest.raises(errors.AttendanceUnfit):
        office.do(attendance.correct_attendance, CLERK, meeting_id, rows=absent, reason="代签")
    office.do(attendance.correct_attendance, CLERK, meeting_id, rows=present, reason="核实到会")
    told = [
        (row["status"], row["occurrence_no"])
        for event in office.told("meeting_attendance_corrected")
        for row in event["rows"]
    ]
    assert told == [("ABSENT", 1), ("PRESENT", 2)]
    [record] = reads.meeting_records_by_ids(CHAIR, office.desk, ids=[meeting_id])
    assert [row["reason"] for row in record["corrections"]] == ["代签", "核实到会"]
    [seen] = reads.meeting_records_by_ids(member(LU), office.desk, ids=[meeting_id])
    assert seen["corrections"] == []
    own = office.shown(meeting_id, member(LU))
    assert own is not None and own["presence"]["status"] == "PRESENT"


def test_who_stood_in_no_record_is_added_by_a_correction(office: Office) -> None:
    people = {**NOBODY, "members": [{"member_id": LU, "role": "PARTICIPANT", "capacity": None}]}
    meeting_id = office.held(present=(LU,), invited=people)
    confirm(office, meeting_id)
    rows = [{"member_id": QIAN, "status": "PRESENT"}]
    office.do(attendance.correct_attendance, CLERK, meeting_id, rows=rows, reason="漏记")
    [event] = office.told("meeting_attendance_corrected")
    assert [(row["member_id"], row["role"], row["occurrence_no"]) for row in event["rows"]] == [
        (QIAN, "OBSERVER", 1)
    ]


def test_half_days_and_status_have_to_agree(office: Office) -> None:
    meeting_id = office.held(present=(LU,), kind="PLENARY", half_days=2)
    for row in (
        {"member_id": LU, "half_days_present": 3},
        {"member_id": LU, "half_days_present": 2, "half_days_exempt": 1},
        {"member_id": LU, "status": "ABSENT", "half_days_present": 1},
        {"member_id": QIAN, "status": "PRESENT", "half_days_present": 0},
    ):
        with pytest.raises(errors.AttendanceUnfit) as refused:
            confirm(office, meeting_id, row)
        assert refused.value.items[0]["field"] == "rows.0"
    with pytest.raises(errors.AttendanceUnfit):
        confirm(office, meeting_id, {"member_id": "m-nobody", "status": "PRESENT"})


def test_speeches_are_recorded_and_corrected(office: Office) -> None:
    meeting_id = office.held(present=(LU,), kind="PLENARY")
    speech = {"members": [LU], "form": "ORAL", "topic": "二次供水", "files": []}
    office.do(attendance.record_speech, CLERK, meeting_id, **speech)
    [record] = reads.meeting_records_by_ids(member(SHEN), office.desk, ids=[meeting_id])
    speech_id = record["speeches"][0]["id"]
    said = {"speech_id": speech_id, "members": [LU], "form": "WRITTEN"}
    office.do(attendance.correct_speech, CLERK, meeting_id, **said)
    with pytest.raises(errors.AttendanceUnfit):
        office.do(attendance.correct_speech, CLERK, meeting_id, **said)
    office.do(attendance.correct_speech, CLERK, meeting_id, **{**said, "form": None})
    told = [(e["form"], e["occurrence_no"]) for e in office.told("meeting_speech_corrected")]
    assert told == [("WRITTEN", 1), (None, 2)]
    with pytest.raises(errors.SpeechNotFound):
        office.do(attendance.correct_speech, CLERK, meeting_id, **{**said, "speech_id": "none"})
    with pytest.raises(errors.AttendanceUnfit):
        office.do(attendance.record_speech, CLERK, meeting_id, **{**speech, "members": ["m-0"]})


def test_dissent_stands_in_the_minutes_as_it_was_written(office: Office) -> None:
    meeting_id = office.held(present=(LU, QIAN))
    words = "本人不同意关于集中供水的第三条意见。"
    office.do(attendance.submit_statement, member(QIAN), meeting_id, text=words, dissent=True)

    def statements(by):
        [record] = reads.meeting_records_by_ids(by, office.desk, ids=[meeting_id])
        return [(row["member_id"], row["text"], row["dissent"]) for row in record["statements"]]

    assert statements(member(QIAN)) == [(QIAN, words, True)]
    assert statements(member(LU)) == []
    confirm(office, meeting_id)
    with pytest.raises(errors.MinutesMissing):
        office.do(attendance.close_meeting, CLERK, meeting_id)
    office.do(attendance.write_minutes, CLERK, meeting_id, text="会议听取了汇报。", files=[])
    office.do(attendance.write_minutes, CLERK, meeting_id, text="会议听取了汇报并协商。", files=[])
    assert statements(member(LU)) == [(QIAN, words, True)]
    office.do(attendance.close_meeting, CLERK, meeting_id)
    with pytest.raises(errors.StatementKept):
        office.do(attendance.submit_statement, member(LU), meeting_id, text="补充", dissent=False)
    with pytest.raises(errors.WrongMeetingState):
        office.do(attendance.write_minutes, CLERK, meeting_id, text="另写", files=[])


def test_files_are_read_with_what_shows_them(office: Office) -> None:
    meeting_id = office.held(present=(LU,), papers=["file-paper"])
    confirm(office, meeting_id)
    office.do(attendance.write_minutes, CLERK, meeting_id, text="纪要", files=["file-minutes"])
    told = [(e["attached"], e["detached"]) for e in office.told("meeting_files_changed")]
    assert told == [(["file-paper"], []), (["file-minutes"], [])]

    def may(by, file_id):
        return reads.may_read_file(by, office.desk, file_id=file_id, subject=meeting_id)

    assert may(member(LU), "file-paper") and may(member(LU), "file-minutes")
    assert not may(TOWN, "file-paper")
    assert not may(member(LU), "file-other")


def test_only_the_organiser_records(office: Office) -> None:
    meeting_id = office.held(present=(LU,), invited={**NOBODY, "groups": ["ALL"]})
    for by in (CHAIR, member(LU), ECONOMY, TOWN):
        with pytest.raises((Forbidden, errors.MeetingNotFound)):
            office.do(attendance.confirm_attendance, by, meeting_id, rows=[])
    confirm(office, meeting_id)


def test_presence_by_video_is_kept_unless_somebody_came(office: Office) -> None:
    meeting_id = opened(office)
    office.check_in(meeting_id, LU, SHEN, remote=True)
    office.check_in(meeting_id, LU)
    remote = {row["member_id"]: row["remote"] for row in office.people(meeting_id)}
    assert remote == {LU: False, SHEN: True, QIAN: False}


def test_a_meeting_of_three_half_days_is_checked_in_to_one_by_one(office: Office) -> None:
    meeting_id = office.held(present=(LU,), kind="PLENARY", half_days=3)
    meeting = office.desk.meetings.get(meeting_id)
    assert meeting is not None
    assert meeting.half_day_beginnings == [
        datetime(2017, 5, 25, 9, tzinfo=SHANGHAI),
        datetime(2017, 5, 25, 14, tzinfo=SHANGHAI),
        datetime(2017, 5, 26, 9, tzinfo=SHANGHAI),
    ]
    [row] = [row for row in confirm(office, meeting_id) if row["member_id"] == LU]
    assert (row["half_days_present"], row["half_days_exempt"]) == (3, 0)
    with pytest.raises(errors.WrongMeetingState):
        office.do(meetings.cancel_meeting, CLERK, meeting_id, reason="取消")


def test_a_list_says_who_was_not_invited_and_which_times_cannot_be(office: Office) -> None:
    """An observer earns nothing; a wrong clock does not push the true time away."""
    office.appoint("m-15-0150")
    meeting_id = office.held()
    rows = offline([LU, "m-15-0150", SHEN, QIAN, "m-15-9999"])
    rows[2]["at"], rows[3]["at"] = HELD_AT - timedelta(hours=10), HELD_AT + timedelta(days=1)
    office.clock.at = HELD_AT + timedelta(hours=3)
    told = attendance.upload_check_ins(CLERK, office.desk, meeting_id=meeting_id, rows=rows)
    assert told == {
        "meeting": meeting_id,
        "merged": 2,
        "known": 0,
        "unknown": ["m-15-9999"],
        "uninvited": ["m-15-0150"],
        "unfit": [3, 4],
        "unconfirmed": [],
        "warnings": [
            {"text": "第5行不是委员，未登记", "members": []},
            {"text": "第3、4行时间不合理，未登记", "members": []},
            {
                "text": "1人未被邀请，按列席登记，不计出席率和积分",
                "members": ["m-15-0150"],
            },
        ],
    }
    confirmed = {
        row["member_id"]: (row["status"], row["role"]) for row in confirm(office, meeting_id)
    }
    assert confirmed == {
        LU: ("PRESENT", "PARTICIPANT"),
        SHEN: ("ABSENT", "PARTICIPANT"),
        QIAN: ("ABSENT", "PARTICIPANT"),
        "m-15-0150": ("PRESENT", "OBSERVER"),
    }
    again = offline([SHEN])
    attendance.upload_check_ins(CLERK, office.desk, meeting_id=meeting_id, rows=again)
    [kept] = office.desk.check_ins.rows({"meeting_id": meeting_id, "member_id": SHEN})
    assert kept["at"] == again[0]["at"]


def test_a_check_in_opened_by_mistake_leaves_nobody_present(office: Office) -> None:
    meeting_id = office.notified(half_days=2)
    office.clock.at = HELD_AT
    office.do(attendance.open_check_in, CLERK, meeting_id, half_day=1)
    office.check_in(meeting_id, LU)
    office.clock.at = HELD_AT + timedelta(hours=4, minutes=30)
    office.do(attendance.open_check_in, CLERK, meeting_id, half_day=2)
    office.check_in(meeting_id, LU, SHEN)
    for other in (ECONOMY, TOWN):
        with pytest.raises((Forbidden, errors.MeetingNotFound)):
            office.do(attendance.close_check_in, other, meeting_id)
    office.do(attendance.close_check_in, CLERK, meeting_id)
    shown = office.shown(meeting_id)
    assert shown is not None and shown["state"] == "NOTIFIED"
    assert {row["key"]: row["checked_in"] for row in office.people(meeting_id)} == {
        f"member:{LU}": [1],
        f"member:{SHEN}": [],
        f"member:{QIAN}": [],
    }


def test_the_plenary_of_january_is_entered_afterwards_and_gives_its_points(office: Office) -> None:
    january = datetime(2017, 1, 4, 9, tzinfo=SHANGHAI)
    office.appoint(QIAN, "member_resigned", state="RESIGNED", version=3)  # but he was there
    meeting_id = office.plan(kind="PLENARY", half_days=6, held_at=january)
    with pytest.raises(errors.MeetingUnfit):
        office.do(meetings.notify_meeting, CLERK, meeting_id, short_notice_reason=None)
    reason = "系统启用前召开，按签到册补录"
    for other in (ECONOMY, TOWN):
        with pytest.raises((Forbidden, errors.MeetingNotFound)):
            office.do(meetings.record_past_meeting, other, meeting_id, reason=reason)
    office.do(meetings.record_past_meeting, CLERK, meeting_id, reason=reason)
    shown = office.shown(meeting_id)
    assert shown is not None and (shown["state"], shown["reason"]) == ("HELD", reason)
    said = [{"member_id": id, "status": "PRESENT"} for id in (LU, QIAN)]
    confirm(office, meeting_id, *said, {"member_id": SHEN, "status": "LEAVE"})
    [event] = office.events("meeting_attendance_confirmed")
    entries = {(e.rule_code, e.member_id, e.year, e.quantity) for e in earned(event, BOOK)}
    assert entries == {("A1", LU, 2017, 6), ("A1", QIAN, 2017, 6), ("G2", SHEN, 2017, 1)}


def test_a_committee_records_a_meeting_of_its_own_that_was_held_without_the_platform(
    office: Office,
) -> None:
    held_at = datetime(2017, 3, 2, 9, tzinfo=SHANGHAI)
    meeting_id = office.plan(by=ECONOMY, organiser="com-economy", held_at=held_at)
    said = {"reason": "以电话通知召开"}
    office.do(meetings.record_past_meeting, ECONOMY, meeting_id, **said)
    shown = office.shown(meeting_id, ECONOMY)
    assert shown is not None and shown["state"] == "HELD"


def test_of_two_clerks_who_write_the_minutes_the_later_sees_what_the_first_wrote(
    office: Office,
) -> None:
    meeting_id = office.held(present=(LU,))
    confirm(office, meeting_id)
    seen = office.shown(meeting_id)
    assert seen is not None
    said: dict[str, Any] = {"files": [], "expected_version": seen["version"]}
    office.do(attendance.write_minutes, CLERK, meeting_id, text="会议听取了汇报。", **said)
    with pytest.raises(StaleVersion) as refused:
        office.do(attendance.write_minutes, CLERK_TWO, meeting_id, text="另一份纪要", **said)
    assert refused.value.field == "expectedVersion"
    office.do(attendance.write_minutes, CLERK_TWO, meeting_id, text="不核对", files=[])


def test_half_days_begin_as_the_settings_said_when_the_meeting_was_planned(office: Office) -> None:
    before = office.desk.meetings.get(office.plan(half_days=2))
    settings = office.database.collection("settings")
    since = {"valid_from": NOW, "recorded_at": NOW}
    settings.insert_many(
        [
            {"_id": key, "key": key, "value": value, **since}
            for key, value in (("half_day_afternoon", 13), ("half_day_minutes", 240))
        ]
    )
    after = office.desk.meetings.get(office.plan(half_days=2))
    assert before is not None and after is not None
    day = datetime(2017, 5, 25, tzinfo=SHANGHAI)
    assert before.half_day_beginnings[1] == day.replace(hour=14)
    assert (after.half_day_beginnings[1], after.ends_at) == (
        day.replace(hour=13),
        day.replace(hour=17),
    )
    assert office.desk.meetings.by_ids([before.id])[0].ends_at == day.replace(hour=17)
