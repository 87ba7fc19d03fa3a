"""Enums of meetings."""

from __future__ import annotations

from gateway.base import labelled_enum

MeetingState = labelled_enum(
    "MeetingState",
    {
        "PLANNED": ("已安排", "Planned, nobody has been told"),
        "NOTIFIED": ("已通知", "Announced to all invited"),
        "RESCHEDULED": ("已改期", "Announced anew; earlier answers are void"),
        "CHECK_IN": ("签到中", "Check-in is open"),
        "HELD": ("已召开", "Over; attendance is to be confirmed"),
        "ATTENDANCE_CONFIRMED": ("出席已确认", "The organiser has confirmed who came"),
        "MINUTED": ("已形成纪要", "Minutes are written"),
        "CLOSED": ("已归档", "Closed"),
        "CANCELLED": ("已取消", "Called off"),
    },
    "会议状态。State of a meeting.",
)

AnswerState = labelled_enum(
    "MeetingAnswerState",
    {
        "INVITED": ("未答复", "Has not answered"),
        "ACCEPTED": ("参加", "Comes"),
        "DECLINED": ("不参加", "Does not come, where signing up is free"),
        "LEAVE_ASKED": ("请假待审批", "Asks for leave"),
        "LEAVE_GRANTED": ("请假获准", "Leave granted"),
        "LEAVE_REFUSED": ("请假未准", "Leave refused"),
    },
    "对会议通知的答复。Answer to an invitation.",
)

LeaveReason = labelled_enum(
    "LeaveReason",
    {
        "ILLNESS": ("病假", "Illness; leaves points and rates alone"),
        "MATERNITY": ("产假", "Maternity; leaves points and rates alone"),
        "OFFICIAL_MISSION": ("公务出差", "Official mission; leaves points and rates alone"),
        "WORK": ("工作冲突", "Work"),
        "FAMILY": ("家庭事务", "Family"),
        "OTHER": ("其他", "Other"),
    },
    "请假事由。Why leave is asked for; private.",
)

AttendanceStatus = labelled_enum(
    "AttendanceStatus",
    {
        "PRESENT": ("出席", "Present"),
        "LEAVE": ("请假", "On leave"),
        "LEAVE_REFUSED": ("请假未准缺席", "Absent after leave was refused"),
        "ABSENT": ("缺席", "Absent"),
        "EXEMPT": ("免计", "Counts neither for nor against"),
    },
    "出席情况。Presence as the organiser confirmed it.",
)

AttendanceRole = labelled_enum(
    "AttendanceRole",
    {
        "PARTICIPANT": ("参加", "Takes part"),
        "OBSERVER": ("列席", "Sits in"),
        "SPEAKER": ("发言", "Speaks"),
    },
    "参会身份。As what somebody takes part.",
)

CheckInWay = labelled_enum(
    "CheckInWay",
    {"STAFF": ("工作人员登记", "By staff"), "SEAT_DEVICE": ("座席签到", "By a device at the seat")},
    "代为签到的方式。How others note who came.",
)

SpeechForm = labelled_enum(
    "SpeechForm",
    {"ORAL": ("口头发言", "Held"), "WRITTEN": ("书面发言", "Handed in")},
    "发言形式。Form of a speech.",
)
