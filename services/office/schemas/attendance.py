"""What the operations of office are given: attendance."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, NotRequired, TypedDict

from services.office.domain import attendance, check_in, invitees, minutes
from services.office.domain.meetings import MOST_HALF_DAYS
from services.office.schemas import common
from shared.operations import Answer, about
from shared.operations.arguments import Of
from shared.schemas import Choice, Flag, Id, Many, Number, Text, When

MERGED = Answer("merged", "Int", "新登记的人次。How many check-ins were new.")
KNOWN = Answer("known", "Int", "已登记过的人次。How many were known.")
UNKNOWN = Answer(
    "unknown", "[ID!]", "不是委员的编号。Global ids that are no member's.", of="Member"
)
UNINVITED = Answer(
    "uninvited",
    "[ID!]",
    "未被邀请的委员，按列席登记。Global ids of members who were not invited and sat in.",
    of="Member",
)
UNFIT = Answer(
    "unfit",
    "[Int!]",
    "时间不合理而未登记的行，自1起。Numbers of the lines whose time cannot be, not taken.",
)
UNCONFIRMED = Answer(
    "unconfirmed",
    "[ID!]",
    "出席确认时未计的委员，须更正。Global ids of members whom the confirmed record lacks.",
    of="Member",
)

WARNINGS = Answer(
    "warnings",
    "[CheckInWarning!]",
    "需要留意之处，逐条说明。What the organiser should look at, in words.",
)

HalfDay = Annotated[
    int, about(Number(1, MOST_HALF_DAYS), "半天序号，默认1。Number of the half-day.", default=1)
]
CodeMeetingId = Annotated[str, about(Id("Meeting"), "会议编号。Id of the meeting.")]
Code = Annotated[str, about(Text(1, 2000), "签到码。The code that was scanned.")]
Members = Annotated[
    list[str], about(Many(Id("Member"), high=1000), "委员编号。Global ids of members.")
]
OpenHalfDay = Annotated[
    int, about(Number(1, MOST_HALF_DAYS), "半天序号，默认正在签到的。The one open unless told.")
]
Way = Annotated[
    check_in.NotedWay,
    about(
        Choice(check_in.NotedWay),
        "方式，默认工作人员登记。By staff unless told.",
        default=check_in.NotedWay.STAFF,
    ),
]
Remote = Annotated[bool, about(Flag(), "是否视频出席。By video.", default=False)]
Speakers = Annotated[
    list[str], about(Many(Id("Member"), high=1000), "发言人。Global ids of members.")
]
SpeechForm = Annotated[minutes.SpeechForm, about(Choice(minutes.SpeechForm), "形式。Form.")]
Topic = Annotated[str, about(Text(1, 200), "题目。Topic.")]
SpeechFiles = Annotated[
    list[str], about(Many(Id("File"), high=50), "发言材料。Files.", default=list)
]
SpeechId = Annotated[str, about(Id(), "发言编号。Id of the speech.")]
OtherSpeakers = Annotated[
    list[str], about(Many(Id("Member"), high=1000), "发言人。Global ids of members.", default=list)
]
Statement = Annotated[str, about(Text(1, 5000), "意见。The words.")]
Dissent = Annotated[bool, about(Flag(), "是否不同意见。Whether it dissents.", default=False)]
Minutes = Annotated[str, about(Text(1, 20000), "纪要。Text.")]


class OfflineCheckInInput(TypedDict):
    """离线签到的一行。A line of a list that was kept off line."""

    member_id: common.MemberId
    half_day: HalfDay
    at: Annotated[datetime, about(When(), "签到时间。When.")]
    remote: Remote


class AttendanceRowInput(TypedDict):
    """一名委员的出席记录，未填的以签到和答复为准。What is not given is as check-ins show."""

    member_id: common.MemberId
    status: NotRequired[
        Annotated[
            attendance.AttendanceStatus,
            about(Choice(attendance.AttendanceStatus), "出席情况。Presence."),
        ]
    ]
    half_days_present: NotRequired[
        Annotated[int, about(Number(0, MOST_HALF_DAYS), "出席半天数。Half-days present.")]
    ]
    half_days_exempt: NotRequired[
        Annotated[int, about(Number(0, MOST_HALF_DAYS), "免计半天数。Half-days that do not count.")]
    ]
    role: NotRequired[
        Annotated[
            invitees.AttendanceRole, about(Choice(invitees.AttendanceRole), "参会身份。As what.")
        ]
    ]
    remote: NotRequired[Annotated[bool, about(Flag(), "是否视频出席。By video.")]]


OfflineRows = Annotated[
    list[OfflineCheckInInput], about(Many(Of(OfflineCheckInInput), 1, 1000), "名单。The list.")
]
Differences = Annotated[
    list[AttendanceRowInput],
    about(
        Many(Of(AttendanceRowInput), high=1000), "与系统建议不同的行。Differences.", default=list
    ),
]
Corrections = Annotated[
    list[AttendanceRowInput], about(Many(Of(AttendanceRowInput), 1, 1000), "更正的行。Rows.")
]
