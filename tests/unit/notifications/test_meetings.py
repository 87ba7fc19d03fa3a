"""Who is told of meetings, and which to-dos they open and end."""

from __future__ import annotations

import pytest

from tests.unit.notifications.test_table import closed, opened, told

LU, UNIT = "member:m-15-0088", "organisation:unit-slj"
CHIEF = "role:SECRETARY_GENERAL"
ANSWER = "MEETING_ANSWER:meeting-1"
STUDY = "MEETING_ANSWER:study-session-1"
LEAVE = "LEAVE_DECISION:meeting-1"
TITLE = "学习中共中央关于加强人民政协协商民主建设的实施意见"


@pytest.mark.parametrize(
    ("event_type", "expected"),
    [
        ("meeting_notified", [LU, UNIT]),
        ("meeting_rescheduled", [LU, UNIT]),
        ("meeting_cancelled", [LU, UNIT]),
        ("meeting_invitation_withdrawn", [LU, UNIT]),
        ("meeting_reminder_due", [LU, UNIT]),
        ("meeting_leave_decided", [LU]),
        ("meeting_attendance_corrected", [LU]),
        ("meeting_answered", []),
        ("meeting_leave_asked", []),
        ("meeting_attendance_confirmed", []),
    ],
)
def test_who_is_told(event_type: str, expected: list[str]) -> None:
    assert [recipient for recipient, _ in told("office", event_type)] == expected


def test_an_invitation_says_when_where_and_until_when_to_answer() -> None:
    text = f"{TITLE}定于2017年5月18日09:00在区政协一楼会议室举行，请在2017年5月15日18:00前答复。"
    assert told("office", "meeting_notified")[0] == (LU, text)
    todo = f"请答复会议通知：{TITLE}，2017年5月18日09:00，区政协一楼会议室"
    assert opened("office", "meeting_notified") == [
        (f"{STUDY}:{LU}", todo),
        (f"{STUDY}:{UNIT}", todo),
    ]


def test_a_new_date_asks_again_and_says_from_when_and_why() -> None:
    [text] = {text for _, text in told("office", "meeting_rescheduled")}
    assert text == (
        f"{TITLE}由2017年5月18日09:00改至2017年5月25日09:00在区政协一楼会议室举行（与区委会议冲突），"
        "此前的答复作废，请在2017年5月15日18:00前重新答复。"
    )
    assert [id for id, _ in opened("office", "meeting_rescheduled")] == [
        f"{STUDY}:{LU}",
        f"{STUDY}:{UNIT}",
    ]


@pytest.mark.parametrize(
    ("event_type", "expected"),
    [
        ("meeting_answered", {f"{ANSWER}:{LU}", f"{LEAVE}:*"}),
        ("meeting_leave_asked", {f"{ANSWER}:{LU}"}),
        ("meeting_leave_decided", {f"{LEAVE}:*"}),
        (
            "meeting_invitation_withdrawn",
            {f"{STUDY}:{LU}", f"{STUDY}:{UNIT}", "LEAVE_DECISION:study-session-1:*"},
        ),
        ("meeting_rescheduled", {"LEAVE_DECISION:study-session-1:*"}),
        ("meeting_cancelled", {f"{STUDY}:*", "LEAVE_DECISION:study-session-1:*"}),
        ("meeting_attendance_confirmed", {f"{ANSWER}:*", f"{LEAVE}:*"}),
    ],
)
def test_what_events_end(event_type: str, expected: set[str]) -> None:
    assert closed("office", event_type) == expected


def test_the_to_do_of_deciding_stays_while_requests_wait() -> None:
    assert closed("office", "meeting_leave_decided", leaves_waiting=1) == set()
    assert closed("office", "meeting_answered", leaves_waiting=1) == {f"{ANSWER}:{LU}"}


@pytest.mark.parametrize(
    ("kind", "organiser", "deciders"),
    [
        ("PLENARY", "office-general", [CHIEF]),
        ("STANDING_COMMITTEE", "office-general", [CHIEF]),
        ("COMMITTEE", "com-economy", [CHIEF, "organisation:com-economy"]),
        ("APPRAISAL", "com-proposals", [CHIEF, "role:PROPOSAL_STAFF"]),
        ("OTHER", "office-general", [CHIEF, "role:OFFICE"]),
    ],
)
def test_who_decides_on_leave(kind: str, organiser: str, deciders: list[str]) -> None:
    found = opened("office", "meeting_leave_asked", kind=kind, organiser=organiser)
    assert [id for id, _ in found] == [f"{LEAVE}:{decider}" for decider in deciders]


def test_who_asked_hears_the_decision() -> None:
    assert told("office", "meeting_leave_decided") == [(LU, "您对十五届二次常委会议的请假已获准。")]
    assert told("office", "meeting_leave_decided", granted=False) == [
        (LU, "您对十五届二次常委会议的请假未获准，请按时参加。")
    ]


def test_reminders_say_what_is_near() -> None:
    assert "将于2017年5月15日18:00截止" in told("office", "meeting_reminder_due")[0][1]
    assert "将于2017年5月18日09:00在" in told("office", "meeting_reminder_due", about="START")[0][1]
