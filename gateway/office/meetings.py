"""Meetings, as the office service sends them; what the viewer may not see is null."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import (
    ID,
    Argument,
    Boolean,
    Field,
    Int,
    List,
    NonNull,
    ObjectType,
    String,
)
from graphql import GraphQLResolveInfo

from gateway.base import (
    DateTime,
    FromRow,
    NodeType,
    connection,
    labelled,
    loaded_by,
    paged,
    reference,
    references,
    resolve_page,
)
from gateway.files.types import File, files_of
from gateway.manifests import input_type
from gateway.members.organisations import Organisation
from gateway.members.types import Member
from gateway.office.enums import (
    AnswerState,
    AttendanceRole,
    AttendanceStatus,
    LeaveReason,
    MeetingKind,
    MeetingState,
    SpeechForm,
)
from gateway.office.loaders import SERVICE

Row = dict[str, Any]


class MeetingDetails(ObjectType):
    """会务安排。The rest of a meeting's form."""

    agenda = List(NonNull(String), description="议程。Agenda.")
    host = String(description="主持人。Who chairs it.")
    leaders = List(NonNull(String), description="出席领导。Leaders present.")
    check_in_place = String(description="签到地点或设备。Where to check in.")
    car = String(description="用车。Cars.")
    meals = String(description="用餐。Meals.")
    notes = String(description="备注。Notes.")


class MeetingPurpose(ObjectType):
    """会议所为之事。The record that a meeting is held for."""

    service = String(required=True, description="所属服务。Service that planned it.")
    id = String(required=True, description="事项编号，本服务内。Id within that service.")


class MeetingAttendee(ObjectType):
    """单位参会人员。Somebody who comes in an organisation's name."""

    name = String(required=True, description="姓名。Name.")
    post = String(required=True, description="职务。Post; may be empty.")


class MeetingAnswer(ObjectType):
    """答复。What an invitee answered."""

    state, state_label = labelled(AnswerState, "答复。Answer.", required=True)
    role, role_label = labelled(AttendanceRole, "参会身份。As what.", "role", required=True)
    capacity = String(description="身份说明，如 作者、主讲人。Author, lecturer and so on.")
    mandatory = Boolean(
        required=True, description="是否必须参加；来宾和列席者自愿。Whether one has to come."
    )
    answered_at = DateTime(description="答复时间。When answered.")
    reason_kind, reason_kind_label = labelled(
        LeaveReason, "请假事由。Why leave is asked for.", "reason_kind"
    )
    reason = String(description="请假说明。In the invitee's words.")
    decided_at = DateTime(description="审批时间。When it was decided.")
    opinion = String(description="审批意见。The decider's opinion.")
    attendees = List(
        NonNull(MeetingAttendee), required=True, description="本单位参会人员。Who comes for it."
    )


class MeetingPresence(ObjectType):
    """出席记录。A member's confirmed presence."""

    status, status_label = labelled(
        AttendanceStatus, "出席情况。Presence.", "status", required=True
    )
    half_days_present = Int(required=True, description="出席半天数。Half-days present.")
    half_days_exempt = Int(required=True, description="免计半天数。Half-days that do not count.")
    role = Field(AttendanceRole, required=True, description="参会身份。As what.")
    remote = Boolean(required=True, description="是否视频出席。By video.")


class MeetingInvitee(ObjectType):
    """参会人。Somebody who is invited, or came."""

    key = String(required=True, description="标识，用于筛选和排序。Key.")
    member = reference(
        Member, "member", key="member_id", loader="members", description="委员。The member."
    )
    organisation = reference(
        Organisation,
        "organisation",
        key="organisation_id",
        loader="organisations",
        description="单位。The organisation.",
    )
    role, role_label = labelled(AttendanceRole, "参会身份。As what.", "role", required=True)
    capacity = String(description="身份说明，如 作者、主讲人。Author, lecturer and so on.")
    mandatory = Boolean(
        required=True, description="是否必须参加；来宾和列席者自愿。Whether one has to come."
    )
    answer, answer_label = labelled(AnswerState, "答复。Answer.", "answer", required=True)
    answered_at = DateTime(description="答复时间。When answered.")
    reason_kind, reason_kind_label = labelled(
        LeaveReason, "请假事由，仅审批和记录者可见。Why leave.", "reason_kind"
    )
    reason = String(description="请假说明，仅审批和记录者可见。In the invitee's words.")
    decided_at = DateTime(description="审批时间。When it was decided.")
    opinion = String(description="审批意见，仅审批和记录者可见。The decider's opinion.")
    attendees = List(
        NonNull(MeetingAttendee),
        required=True,
        description="单位的参会人员。Who comes for an organisation.",
    )
    checked_in = List(
        NonNull(Int), required=True, description="已签到的半天。Half-days checked in to."
    )
    status, status_label = labelled(
        AttendanceStatus,
        "出席情况；确认前为系统据签到和答复的建议。Presence; proposed until confirmed.",
        "status",
    )
    half_days_present = Int(description="出席半天数。Half-days present.")
    half_days_exempt = Int(description="免计半天数。Half-days that do not count.")
    remote = Boolean(required=True, description="是否视频出席。By video.")


class AnswerCount(ObjectType):
    """一种答复的人数。How many gave an answer."""

    state, state_label = labelled(AnswerState, "答复。Answer.", required=True)
    count = Int(required=True, description="人数。Number.")


class AttendanceCount(ObjectType):
    """一种出席情况的人数。How many were present, absent and so on."""

    status, status_label = labelled(
        AttendanceStatus, "出席情况。Presence.", "status", required=True
    )
    count = Int(required=True, description="人数。Number.")


class MeetingTally(ObjectType):
    """会议人数统计。A meeting's people in figures."""

    invited = Int(required=True, description="邀请数。Invited.")
    checked_in = Int(required=True, description="已签到人数。Members who checked in.")
    answers = List(NonNull(AnswerCount), required=True, description="各种答复。By answer.")
    attendance = List(
        NonNull(AttendanceCount), required=True, description="出席情况，确认后才有。By presence."
    )


class MeetingSpeech(ObjectType):
    """大会或会议发言。A speech."""

    id = ID(required=True, description="发言编号。Id of the speech.")
    form, form_label = labelled(
        SpeechForm, "形式，已撤销的为空。Form; null if there was none.", "form"
    )
    topic = String(required=True, description="题目。Topic.")
    members = List(Member, description="发言人。Who spoke.")
    files = List(NonNull(File), description="发言材料。Its files.")

    @staticmethod
    def resolve_members(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row | None]]:
        found: Awaitable[list[Row | None]] = info.context.loaders.members.load_many(row["members"])
        return found

    @staticmethod
    def resolve_files(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row["files"])


class MeetingStatement(ObjectType):
    """书面意见，原文保留。A participant's own words, kept as written."""

    member = reference(
        Member, "member", key="member_id", loader="members", description="委员。The member."
    )
    text = String(required=True, description="原文。The words.")
    dissent = Boolean(required=True, description="是否不同意见。Whether it dissents.")
    at = DateTime(required=True, description="提交时间。When handed in.")


class MeetingMinutes(ObjectType):
    """会议纪要。Minutes."""

    text = String(required=True, description="纪要。Text.")
    at = DateTime(required=True, description="形成时间。When written.")
    files = List(NonNull(File), description="附件。Files.")

    @staticmethod
    def resolve_files(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row["files"])


class CorrectedPresence(MeetingPresence):
    """更正涉及的一行。A row of a correction."""

    member = reference(
        Member, "member", key="member_id", loader="members", description="委员。The member."
    )


class AttendanceCorrection(ObjectType):
    """出席更正。A correction of the record."""

    at = DateTime(required=True, description="时间。When.")
    reason = String(required=True, description="理由。Why.")
    before = List(NonNull(CorrectedPresence), required=True, description="更正前。Before.")
    after = List(NonNull(CorrectedPresence), required=True, description="更正后。After.")


def _record(name: str) -> Any:
    async def resolve(row: Row, info: GraphQLResolveInfo) -> Any:
        record = await info.context.loaders.meeting_records.load(row["id"])
        return record and record[name]

    return staticmethod(resolve)


class Meeting(NodeType):
    """会议。A meeting."""

    kind, kind_label = labelled(MeetingKind, "会议类型。Kind.", "kind", required=True)
    state, state_label = labelled(MeetingState, "状态。State.", required=True)
    version = Int(required=True, description="版本，修改时作 expectedVersion。Version, to edit by.")
    title = String(required=True, description="名称。Title.")
    purpose = Field(MeetingPurpose, required=True, description="所为之事。What it is held for.")
    organiser = reference(
        Organisation,
        "organiser",
        key="organiser_id",
        loader="organisations",
        description="组织机构。Who organises it.",
    )
    held_at = DateTime(required=True, description="开始时间。Beginning.")
    ends_at = DateTime(required=True, description="结束时间。End.")
    place = String(required=True, description="地点。Place.")
    mandatory = Boolean(required=True, description="是否必须参加。Required of the invited.")
    half_days = Int(required=True, description="半天数。Half-days.")
    answer_by = DateTime(required=True, description="报名截止。Answers are due.")
    details = Field(MeetingDetails, required=True, description="会务安排。Arrangements.")
    papers = List(NonNull(File), description="会议材料。Papers.")
    notices = Int(required=True, description="通知次数。How often it was announced.")
    notified_at = DateTime(description="最近通知时间。When last announced.")
    reason = String(
        description="改期、取消或补录的理由。Why it was moved, called off or recorded afterwards."
    )
    short_notice_reason = String(
        description="通知时间不足的理由，仅组织者和领导可见。Why it was announced late."
    )
    check_in_half_day = Int(description="正在签到的半天。The half-day open for check-in.")
    confirmed_at = DateTime(description="出席确认时间。When attendance was confirmed.")
    own = Field(MeetingAnswer, description="本人的邀请和答复。The viewer's own answer.")
    presence = Field(MeetingPresence, description="本人的出席记录。The viewer's own presence.")
    may_run = Boolean(required=True, description="能否办理。Whether the viewer may run it.")
    tally = Field(MeetingTally, description="人数统计，办理者和领导可见。Figures of its people.")
    speeches = List(NonNull(MeetingSpeech), description="发言。Speeches.")
    statements = List(
        NonNull(MeetingStatement),
        description="书面意见，含不同意见，原文保留。Statements, dissent among them, as written.",
    )
    minutes = Field(MeetingMinutes, description="纪要，形成后可见。Minutes, once written.")
    corrections = List(
        NonNull(AttendanceCorrection), description="出席更正，办理者和领导可见。Corrections."
    )
    invitees = paged(
        connection(MeetingInvitee),
        "参会人，办理者和领导可见。Its people, for who runs it and the leaders.",
        filter=Argument(input_type("MeetingInviteeFilter"), description="筛选。Filter."),
    )

    resolve_speeches = _record("speeches")
    resolve_statements = _record("statements")
    resolve_minutes = _record("minutes")
    resolve_corrections = _record("corrections")

    get_node = loaded_by("meetings")

    @staticmethod
    def resolve_papers(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row["papers"])

    @staticmethod
    def resolve_tally(row: Row, info: GraphQLResolveInfo) -> Awaitable[Row | None]:
        tally: Awaitable[Row | None] = info.context.loaders.meeting_tallies.load(row["id"])
        return tally

    @staticmethod
    def resolve_invitees(
        row: Row,
        info: GraphQLResolveInfo,
        first: int,
        after: str | None = None,
        filter: Row | None = None,
    ) -> Awaitable[Row]:
        return resolve_page(
            info,
            SERVICE,
            "list_invitees",
            filter=filter,
            first=first,
            after=after,
            meeting_id=row["id"],
        )


class CheckInWarning(ObjectType):
    """离线签到名单中需要留意之处。What the organiser should look at in a list of check-ins."""

    text = String(required=True, description="说明。In words, in Chinese.")
    members = references(
        Member, "members", loader="members", description="涉及的委员。The members that it is about."
    )


class CheckInCode(ObjectType):
    """签到码，显示为二维码。A code to be shown as QR; a minute later another."""

    code = String(required=True, description="签到码。The code.")
    half_day = Int(required=True, description="半天序号。The half-day that it is for.")
    valid_seconds = Int(required=True, description="有效秒数。How long it is good for.")


class CalendarFeed(ObjectType):
    """日历订阅。A calendar feed: whoever has its address sees the member's meetings."""

    created_at = DateTime(required=True, description="开通时间。When it was opened.")
    revoked_at = DateTime(description="停用时间。When it was revoked.")
    path = String(
        resolver=FromRow(lambda row: row["token"] and f"/calendar/{row['token']}.ics"),
        description="地址，停用后为空。Path of the feed; null once revoked.",
    )
