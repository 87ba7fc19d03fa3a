"""Every command on meetings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from graphene import ID, Boolean, Field, InputObjectType, Int, List, NonNull, String

from gateway.base import CommandMutation, DateTime
from gateway.office.enums import (
    AttendanceRole,
    AttendanceStatus,
    CheckInWay,
    LeaveReason,
    SpeechForm,
)
from gateway.office.loaders import SERVICE
from gateway.office.meetings import CalendarFeed, Meeting
from gateway.performance.statistics import MeetingKind

Ids = Mapping[str, str]
MEETING: Ids = {"meeting_id": "Meeting"}
HALF_DAY = "半天序号，默认1。Number of the half-day."
REASON = "理由。Reason."
SHORT = "通知时间不足时的理由。Why the notice period is not kept, where it is not."


class InvitedMemberInput(InputObjectType):
    """邀请一名委员。A member asked to come."""

    member_id = ID(required=True, description="委员编号。Global id of the member.")
    role = AttendanceRole(description="参会身份，默认参加。As what; takes part unless told.")
    capacity = String(description="身份说明，如 作者、主讲人。Author, lecturer and so on.")


class InvitedInput(InputObjectType):
    """邀请的委员、组别和单位。Members, groups of members and organisations."""

    members = List(NonNull(InvitedMemberInput), description="委员。Members by name.")
    groups = List(
        NonNull(String),
        description=(
            "组别代码，如 SECTOR:22、COMMITTEE:com-economy、TOWN:town-lili、STANDING:YES、ALL，"
            "邀请其在任委员。Groups of members, those in office."
        ),
    )
    organisations = List(NonNull(ID), description="单位编号。Global ids of organisations.")


class MeetingDetailsInput(InputObjectType):
    """会务安排。The rest of a meeting's form."""

    agenda = List(NonNull(String), description="议程。Agenda.")
    host = String(description="主持人。Who chairs it.")
    leaders = List(NonNull(String), description="出席领导。Leaders present.")
    check_in_place = String(description="签到地点或设备。Where to check in.")
    car = String(description="用车。Cars.")
    meals = String(description="用餐。Meals.")
    notes = String(description="备注。Notes.")


INVITED: Ids = {
    "invited.members.member_id": "Member",
    "invited.organisations": "Organisation",
}


class _Meeting(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "meeting"
    ids: ClassVar[Ids] = MEETING
    holder = "meeting_id"
    meeting = Field(Meeting, description="会议。The meeting afterwards.")


class _OfMeeting:
    meeting_id = ID(required=True, description="会议编号。Global id of the meeting.")


class PlanMeeting(_Meeting):
    """安排会议。Plan a meeting of one's own organisation."""

    class Input:
        kind = MeetingKind(required=True, description="会议类型。Kind.")
        organiser = ID(required=True, description="组织机构。Who organises it.")
        title = String(required=True, description="名称。Title.")
        held_at = DateTime(required=True, description="开始时间。Beginning.")
        ends_at = DateTime(description="结束时间。End.")
        place = String(required=True, description="地点。Place.")
        mandatory = Boolean(required=True, description="是否必须参加。Required of the invited.")
        half_days = Int(description="半天数，默认1。Half-days.")
        answer_by = DateTime(description="报名截止，默认会前一天。Answers are due.")
        invited = InvitedInput(description="邀请。Who is asked to come.")
        details = MeetingDetailsInput(description="会务安排。Arrangements.")
        papers = List(NonNull(ID), description="会议材料。Files.")

    method = "plan_meeting"
    ids: ClassVar[Ids] = {"organiser": "Organisation", "papers": "File", **INVITED}


class ChangeMeeting(_Meeting):
    """修改尚未通知的会议。Write the plan again before it is announced."""

    class Input(_OfMeeting):
        kind = MeetingKind(description="会议类型。Kind.")
        title = String(description="名称。Title.")
        held_at = DateTime(description="开始时间。Beginning.")
        ends_at = DateTime(description="结束时间。End.")
        place = String(description="地点。Place.")
        mandatory = Boolean(description="是否必须参加。Required of the invited.")
        half_days = Int(description="半天数。Half-days.")
        answer_by = DateTime(description="报名截止。Answers are due.")

    method = "change_meeting"


class SetMeetingDetails(_Meeting):
    """补充议程、材料等会务安排。Agenda, papers and the like, until the meeting was held."""

    class Input(_OfMeeting):
        details = MeetingDetailsInput(description="会务安排，未填的不变。What is given changes.")
        papers = List(NonNull(ID), description="会议材料，全部。Files, all of them.")

    method = "set_meeting_details"
    ids: ClassVar[Ids] = {**MEETING, "papers": "File"}


class InviteToMeeting(_Meeting):
    """增加邀请。Ask further people; told at once where the others have been."""

    class Input(_OfMeeting):
        invited = InvitedInput(required=True, description="邀请。Who is asked to come.")

    method = "invite"
    ids: ClassVar[Ids] = {**MEETING, **INVITED}


class WithdrawInvitation(_Meeting):
    """撤销邀请。Take people off the list; they are told."""

    class Input(_OfMeeting):
        members = List(NonNull(ID), description="委员编号。Global ids of members.")
        organisations = List(NonNull(ID), description="单位编号。Global ids of organisations.")

    method = "uninvite"
    ids: ClassVar[Ids] = {**MEETING, "members": "Member", "organisations": "Organisation"}


class NotifyMeeting(_Meeting):
    """发出会议通知。Announce it to all invited; a short notice needs a reason."""

    class Input(_OfMeeting):
        short_notice_reason = String(description=SHORT)

    method = "notify_meeting"


class RescheduleMeeting(_Meeting):
    """会议改期，此前答复作废并重新通知。Move it: answers are void, everyone is asked again."""

    class Input(_OfMeeting):
        held_at = DateTime(required=True, description="新的开始时间。New beginning.")
        ends_at = DateTime(description="新的结束时间，默认时长不变。New end.")
        answer_by = DateTime(description="报名截止，默认会前一天。Answers are due.")
        place = String(description="新的地点。New place.")
        reason = String(required=True, description=REASON)
        short_notice_reason = String(description=SHORT)

    method = "reschedule_meeting"


class CancelMeeting(_Meeting):
    """取消会议。Call it off; whoever was told is told so."""

    class Input(_OfMeeting):
        reason = String(required=True, description=REASON)

    method = "cancel_meeting"


class AnswerMeeting(_Meeting):
    """答复会议通知：参加或不参加。Come, or decline where signing up is free."""

    class Input(_OfMeeting):
        coming = Boolean(required=True, description="是否参加。Whether one comes.")

    method = "answer_meeting"


class AskMeetingLeave(_Meeting):
    """请假。Ask for leave, in writing and in time."""

    class Input(_OfMeeting):
        reason_kind = LeaveReason(required=True, description="请假事由。Why.")
        reason = String(required=True, description="请假说明。In words.")

    method = "ask_leave"


class DecideMeetingLeave(_Meeting):
    """审批请假。Decide on leave; of plenary and Standing Committee the secretary-general."""

    class Input(_OfMeeting):
        member_id = ID(required=True, description="委员编号。Global id of the member.")
        granted = Boolean(required=True, description="是否准假。Whether it is granted.")
        opinion = String(description="审批意见。Opinion.")

    method = "decide_leave"
    ids: ClassVar[Ids] = {**MEETING, "member_id": "Member"}


class OpenCheckIn(_Meeting):
    """开放签到。Open check-in to a half-day."""

    class Input(_OfMeeting):
        half_day = Int(description=HALF_DAY)

    method = "open_check_in"


class CheckIn(_Meeting):
    """扫码签到（委员本人）。Check in by the code on the screen; twice counts once."""

    class Input:
        code = String(required=True, description="签到码。The code that was scanned.")

    method = "check_in"
    ids: ClassVar[Ids] = {}


class CheckInMembers(_Meeting):
    """登记签到（工作人员或座席设备）。Note who came."""

    class Input(_OfMeeting):
        members = List(NonNull(ID), required=True, description="委员编号。Global ids of members.")
        half_day = Int(description="半天序号，默认正在签到的。The one open unless told.")
        way = CheckInWay(description="方式，默认工作人员登记。By staff unless told.")
        remote = Boolean(description="是否视频出席。By video.")

    method = "check_in_members"
    ids: ClassVar[Ids] = {**MEETING, "members": "Member"}


class OfflineCheckInInput(InputObjectType):
    """离线签到的一行。A line of a list that was kept off line."""

    member_id = ID(required=True, description="委员编号。Global id of the member.")
    half_day = Int(description=HALF_DAY)
    at = DateTime(required=True, description="签到时间。When.")
    remote = Boolean(description="是否视频出席。By video.")


class UploadOfflineCheckIns(CommandMutation):
    """上传离线签到名单，重复上传不重复计数。Merge a list; nobody counts twice."""

    class Input(_OfMeeting):
        rows = List(NonNull(OfflineCheckInInput), required=True, description="名单。The list.")

    service = SERVICE
    method = "upload_check_ins"
    ids: ClassVar[Ids] = {**MEETING, "rows.member_id": "Member"}
    meeting = Field(Meeting, description="会议。The meeting afterwards.")
    merged = Int(description="新登记的人次。How many check-ins were new.")
    known = Int(description="已登记过的人次。How many were known.")
    unknown = List(NonNull(String), description="不是委员的编号。Ids that are no member's.")
    unconfirmed = List(
        NonNull(String),
        description="出席确认时未计的委员，须更正。Members whom the confirmed record lacks.",
    )


class HoldMeeting(_Meeting):
    """会议结束。The meeting is over; check-in ends."""

    class Input(_OfMeeting):
        pass

    method = "hold_meeting"


class AttendanceRowInput(InputObjectType):
    """一名委员的出席记录，未填的以签到和答复为准。What is not given is as check-ins show."""

    member_id = ID(required=True, description="委员编号。Global id of the member.")
    status = AttendanceStatus(description="出席情况。Presence.")
    half_days_present = Int(description="出席半天数。Half-days present.")
    half_days_exempt = Int(description="免计半天数。Half-days that do not count.")
    role = AttendanceRole(description="参会身份。As what.")
    remote = Boolean(description="是否视频出席。By video.")


class ConfirmAttendance(_Meeting):
    """确认出席，是计分的唯一依据。Make it the record, which points are counted from."""

    class Input(_OfMeeting):
        rows = List(NonNull(AttendanceRowInput), description="与系统建议不同的行。Differences.")

    method = "confirm_attendance"
    ids: ClassVar[Ids] = {**MEETING, "rows.member_id": "Member"}


class CorrectAttendance(_Meeting):
    """更正出席记录。Correct the record; what counted on it is undone."""

    class Input(_OfMeeting):
        rows = List(NonNull(AttendanceRowInput), required=True, description="更正的行。Rows.")
        reason = String(required=True, description=REASON)

    method = "correct_attendance"
    ids: ClassVar[Ids] = {**MEETING, "rows.member_id": "Member"}


class RecordSpeech(_Meeting):
    """登记发言。Record a speech."""

    class Input(_OfMeeting):
        members = List(NonNull(ID), required=True, description="发言人。Global ids of members.")
        form = SpeechForm(required=True, description="形式。Form.")
        topic = String(required=True, description="题目。Topic.")
        files = List(NonNull(ID), description="发言材料。Files.")

    method = "record_speech"
    ids: ClassVar[Ids] = {**MEETING, "members": "Member", "files": "File"}


class CorrectSpeech(_Meeting):
    """更正发言登记；不填形式即撤销。Correct a speech; without a form there was none."""

    class Input(_OfMeeting):
        speech_id = ID(required=True, description="发言编号。Id of the speech.")
        members = List(NonNull(ID), description="发言人。Global ids of members.")
        form = SpeechForm(description="形式。Form.")

    method = "correct_speech"
    ids: ClassVar[Ids] = {**MEETING, "members": "Member"}


class SubmitMeetingStatement(_Meeting):
    """提交书面意见，原文保留，不再修改。One's own words, kept as written."""

    class Input(_OfMeeting):
        text = String(required=True, description="意见。The words.")
        dissent = Boolean(description="是否不同意见。Whether it dissents.")

    method = "submit_statement"


class WriteMinutes(_Meeting):
    """形成纪要，归档前可重写。Write the minutes, again until the meeting is closed."""

    class Input(_OfMeeting):
        text = String(required=True, description="纪要。Text.")
        files = List(NonNull(ID), description="附件。Files.")

    method = "write_minutes"
    ids: ClassVar[Ids] = {**MEETING, "files": "File"}


class CloseMeeting(_Meeting):
    """归档。Close the meeting."""

    class Input(_OfMeeting):
        pass

    method = "close_meeting"


class _Feed(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "feed"
    feed = Field(CalendarFeed, description="日历订阅。The feed afterwards.")


class OpenCalendarFeed(_Feed):
    """开通日历订阅（委员本人）。Open one's calendar feed, or get the one there is."""

    method = "open_feed"


class RevokeCalendarFeed(_Feed):
    """停用日历订阅，地址立即失效。Revoke it: the address shows nothing from now on."""

    method = "revoke_feed"


MEETINGS: list[Any] = [
    PlanMeeting,
    ChangeMeeting,
    SetMeetingDetails,
    InviteToMeeting,
    WithdrawInvitation,
    NotifyMeeting,
    RescheduleMeeting,
    CancelMeeting,
    AnswerMeeting,
    AskMeetingLeave,
    DecideMeetingLeave,
    OpenCheckIn,
    CheckIn,
    CheckInMembers,
    UploadOfflineCheckIns,
    HoldMeeting,
    ConfirmAttendance,
    CorrectAttendance,
    RecordSpeech,
    CorrectSpeech,
    SubmitMeetingStatement,
    WriteMinutes,
    CloseMeeting,
    OpenCalendarFeed,
    RevokeCalendarFeed,
]
