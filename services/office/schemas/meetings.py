"""What the operations of office are given: meetings."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypedDict

from services.office.domain import answers, attendance, invitees, meeting_states, meetings
from services.office.schemas import common
from shared.operations import about
from shared.operations.arguments import Of
from shared.schemas import Choice, Flag, GroupKey, Id, Many, Number, Text, When

Kind = Annotated[
    meeting_states.MeetingKind, about(Choice(meeting_states.MeetingKind), "会议类型。Kind.")
]
Organiser = Annotated[str, about(Id("Organisation"), "组织机构。Who organises it.")]
Title = Annotated[str, about(Text(2, 100), "名称。Title.")]
HeldAt = Annotated[datetime, about(When(), "开始时间。Beginning.")]
Place = Annotated[str, about(Text(1, 100), "地点。Place.")]
Mandatory = Annotated[bool, about(Flag(), "是否必须参加。Required of the invited.")]
EndsAt = Annotated[datetime, about(When(), "结束时间。End.")]
AnswerBy = Annotated[datetime, about(When(), "报名截止，默认会前一天。Answers are due.")]
Papers = Annotated[list[str], about(Many(Id("File"), high=50), "会议材料。Files.", default=list)]
AllPapers = Annotated[
    list[str], about(Many(Id("File"), high=50), "会议材料，全部。Files, all of them.")
]
Members = Annotated[
    list[str],
    about(Many(Id("Member"), high=1000), "委员编号。Global ids of members.", default=list),
]
Organisations = Annotated[
    list[str],
    about(
        Many(Id("Organisation"), high=1000), "单位编号。Global ids of organisations.", default=list
    ),
]
ShortNoticeReason = Annotated[
    str,
    about(
        Text(2, 500), "通知时间不足时的理由。Why the notice period is not kept, where it is not."
    ),
]
NewHeldAt = Annotated[datetime, about(When(), "新的开始时间。New beginning.")]
NewEndsAt = Annotated[datetime, about(When(), "新的结束时间，默认时长不变。New end.")]
NewPlace = Annotated[str, about(Text(1, 100), "新的地点。New place.")]
LatestFirst = Annotated[bool, about(Flag(), "是否晚的在前。The latest first.", default=True)]


class InvitedMemberInput(TypedDict):
    """邀请一名委员。A member asked to come."""

    member_id: common.MemberId
    role: Annotated[
        invitees.AttendanceRole,
        about(
            Choice(invitees.AttendanceRole),
            "参会身份，默认参加。As what; takes part unless told.",
            default=invitees.AttendanceRole.PARTICIPANT,
        ),
    ]
    capacity: (
        Annotated[str, about(Text(0, 30), "身份说明，如 作者、主讲人。Author, lecturer and so on.")]
        | None
    )


class InvitedInput(TypedDict, total=False):
    """邀请的委员、组别和单位。Members, groups of members and organisations."""

    members: Annotated[
        list[InvitedMemberInput],
        about(Many(Of(InvitedMemberInput), high=1000), "委员。Members by name."),
    ]
    groups: Annotated[
        list[str],
        about(
            Many(GroupKey(), high=60),
            "组别代码，如 SECTOR:22、COMMITTEE:com-economy、TOWN:town-lili、STANDING:YES、ALL，"
            "邀请其在任委员。Groups of members, those in office.",
        ),
    ]
    organisations: Annotated[
        list[str],
        about(Many(Id("Organisation"), high=1000), "单位编号。Global ids of organisations."),
    ]


class MeetingDetailsInput(TypedDict, total=False):
    """会务安排。The rest of a meeting's form."""

    agenda: Annotated[list[str], about(Many(Text(1, 200), high=50), "议程。Agenda.")]
    host: Annotated[str, about(Text(0, 60), "主持人。Who chairs it.")]
    leaders: Annotated[list[str], about(Many(Text(1, 60), high=30), "出席领导。Leaders present.")]
    check_in_place: Annotated[str, about(Text(0, 100), "签到地点或设备。Where to check in.")]
    car: Annotated[str, about(Text(0, 300), "用车。Cars.")]
    meals: Annotated[str, about(Text(0, 300), "用餐。Meals.")]
    notes: Annotated[str, about(Text(0, 2000), "备注。Notes.")]


class MeetingFilter(TypedDict, total=False):
    """会议筛选条件。All of these must hold."""

    kind: Kind | None
    organiser: Annotated[str, about(Id("Organisation"), "组织机构。Of this organisation.")] | None
    state: (
        Annotated[
            meeting_states.MeetingState, about(Choice(meeting_states.MeetingState), "状态。State.")
        ]
        | None
    )
    since: Annotated[datetime, about(When(), "此时及以后开始。Beginning then or later.")] | None
    until: Annotated[datetime, about(When(), "此时以前开始。Beginning before.")] | None
    invited: Annotated[
        bool, about(Flag(), "仅邀请本人的。Only those that the viewer is invited to.")
    ]


class MeetingInviteeFilter(TypedDict, total=False):
    """参会人筛选条件。All of these must hold."""

    answer: (
        Annotated[answers.AnswerState, about(Choice(answers.AnswerState), "答复。Answer.")] | None
    )
    status: (
        Annotated[
            attendance.AttendanceStatus,
            about(Choice(attendance.AttendanceStatus), "出席情况。Presence."),
        ]
        | None
    )


class PlanMeeting(TypedDict):
    """What makes a meeting, beside its people."""

    kind: Kind
    title: Title
    held_at: HeldAt
    ends_at: EndsAt | None
    place: Place
    mandatory: Mandatory
    half_days: Annotated[
        int, about(Number(1, meetings.MOST_HALF_DAYS), "半天数，默认1。Half-days.", default=1)
    ]
    answer_by: AnswerBy | None


class ChangeMeeting(TypedDict, total=False):
    """What may be written again before a meeting is announced."""

    kind: Kind
    title: Title
    held_at: HeldAt
    ends_at: EndsAt
    place: Place
    mandatory: Mandatory
    half_days: Annotated[int, about(Number(1, meetings.MOST_HALF_DAYS), "半天数。Half-days.")]
    answer_by: Annotated[datetime, about(When(), "报名截止。Answers are due.")]


Invited = Annotated[
    InvitedInput, about(Of(InvitedInput), "邀请。Who is asked to come.", default=dict)
]
Details = Annotated[
    MeetingDetailsInput, about(Of(MeetingDetailsInput), "会务安排。Arrangements.", default=dict)
]
ChangedDetails = Annotated[
    MeetingDetailsInput,
    about(Of(MeetingDetailsInput), "会务安排，未填的不变。What is given changes.", default=dict),
]
MoreInvited = Annotated[InvitedInput, about(Of(InvitedInput), "邀请。Who is asked to come.")]
