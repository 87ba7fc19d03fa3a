"""Plans, sessions and classes, as the study service sends them."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import Argument, Boolean, Field, Float, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import (
    DateTime,
    FromRow,
    NodeType,
    connection,
    global_id,
    labelled,
    loaded_by,
    paged,
    reference,
    references,
    resolve_page,
)
from gateway.members.organisations import Organisation, Topical
from gateway.members.types import Member
from gateway.study.enums import (
    CourseTrack,
    CreditKind,
    EnrolmentState,
    RotationClassState,
    StudyForm,
    StudyMethod,
    StudyPlanState,
    StudySessionState,
)
from gateway.study.loaders import SERVICE

Row = dict[str, Any]


def organiser() -> Field:
    return reference(
        Organisation,
        "organiser",
        key="organiser_id",
        loader="organisations",
        description="组织单位。Who organises it.",
    )


def of_member() -> Field:
    return reference(
        Member, "member", key="member_id", loader="members", description="委员。The member."
    )


class StudyTheme(ObjectType):
    """学习主题。A theme of the year's plan."""

    code = String(required=True, description="编号。Code within the plan.")
    title = String(required=True, description="主题。Theme.")
    required = Boolean(required=True, description="是否必学专题。Whether everybody studies it.")


class StudyPlan(NodeType):
    """年度学习计划。The study plan of a year."""

    version = Int(required=True, description="版本，修改时作 expectedVersion。Version, to edit by.")
    year = Int(required=True, description="年度。Year.")
    title = String(required=True, description="名称。Title.")
    text = String(required=True, description="内容。Text.")
    state, state_label = labelled(StudyPlanState, "状态。State.", required=True)
    proposed = Boolean(required=True, description="是否已提请审定。Waits for approval.")
    themes = List(NonNull(StudyTheme), required=True, description="学习主题。Themes.")
    decided_at = DateTime(description="审定时间。When decided.")
    opinion = String(description="审定意见。Opinion of the decision.")
    summary = String(description="总结。Summary.")

    get_node = loaded_by("study_plans")


class StudyAttendance(ObjectType):
    """一名委员的学习出席。A member's presence at a session."""

    member = of_member()
    invited = Boolean(required=True, description="是否通知参加。Whether asked to come.")
    took_part = Boolean(required=True, description="是否出席。Whether present.")
    hours = Float(required=True, description="学时。Hours of study.")


class StudySession(Topical, NodeType):
    """学习活动，出席以同编号的会议为准。A session; its meeting has the same local id."""

    version = Int(required=True, description="版本，修改时作 expectedVersion。Version, to edit by.")
    title = String(required=True, description="名称。Title.")
    year = Int(required=True, description="年度。Year.")
    themes = List(NonNull(String), required=True, description="学习主题编号。Codes of themes.")
    form, form_label = labelled(StudyForm, "学习形式。Form.", "form", required=True)
    way, way_label = labelled(StudyMethod, "学习方法。How.", "way", required=True)
    track = Field(CourseTrack, description="课程方向。Course track.")
    organiser = organiser()
    speaker = String(required=True, description="主讲人。Speaker.")
    held_at = DateTime(required=True, description="时间。When.")
    place = String(required=True, description="地点。Place.")
    mandatory = Boolean(required=True, description="是否必须参加。Required of the invited.")
    hours = Float(required=True, description="学时。Hours that presence is worth.")
    state, state_label = labelled(StudySessionState, "状态。State.", required=True)
    reason = String(description="取消的理由。Why it was called off.")
    summary = String(description="学习小结。The organiser's summary.")
    invited_count = Int(required=True, description="通知人数。Asked to come.")
    required_count = Int(required=True, description="应到人数。In the record of attendance.")
    attended_count = Int(required=True, description="实到人数。Present.")
    own_invited = Boolean(required=True, description="是否通知本人。Whether the viewer is asked.")
    own_hours = Float(required=True, description="本人所得学时。The viewer's hours.")
    may_run = Boolean(required=True, description="能否办理。Whether the viewer may run it.")
    meeting_id = String(
        resolver=FromRow(lambda row: global_id("Meeting", row["id"])),
        description="会议的全局编号。Global id of its meeting.",
    )
    attendance = paged(
        connection(StudyAttendance),
        "学习出席，组织者和领导可见。Presence, for who organises it and the leaders.",
    )

    get_node = loaded_by("study_sessions")

    @staticmethod
    def resolve_attendance(
        row: Row, info: GraphQLResolveInfo, first: int, after: str | None = None
    ) -> Awaitable[Row]:
        return resolve_page(
            info, SERVICE, "list_attendance", first=first, after=after, session_id=row["id"]
        )


class ClassEnrolment(ObjectType):
    """一名委员的报名。A member's enrolment in a class."""

    member = of_member()
    state, state_label = labelled(EnrolmentState, "状态。State.", required=True)
    at = DateTime(required=True, description="报名时间。When.")
    half_days_present = Int(required=True, description="出席半天数。Half-days present.")
    certificate = String(description="结业证号。Number of the certificate.")
    certificate_valid = Boolean(required=True, description="证书是否有效。Whether it holds.")


class RotationClass(Topical, NodeType):
    """轮训班。A rotation class."""

    title = String(required=True, description="名称。Title.")
    year = Int(required=True, description="年度。Year.")
    batch = Int(required=True, description="批次。Batch.")
    organiser = organiser()
    held_at = DateTime(required=True, description="开班时间。Beginning.")
    ends_at = DateTime(description="结束时间。End.")
    place = String(required=True, description="地点。Place.")
    half_days = Int(required=True, description="半天数。Half-days.")
    hours = Float(required=True, description="学时。Hours that completion is worth.")
    quota = Int(required=True, description="名额。Places.")
    sector_share = Int(
        required=True,
        description="报名期间一个界别至多占名额的百分比。Percent of places for one sector.",
    )
    enrol_by = DateTime(required=True, description="报名截止。Enrolment ends.")
    pass_percent = Int(required=True, description="结业所需出席比例。Percent that completes it.")
    state, state_label = labelled(RotationClassState, "状态。State.", required=True)
    reason = String(description="取消的理由。Why it was called off.")
    enrolled_count = Int(required=True, description="录取人数。With a place.")
    waiting_count = Int(required=True, description="候补人数。Waiting.")
    completed_count = Int(required=True, description="结业人数。Completed.")
    own, own_label = labelled(EnrolmentState, "本人报名状态。The viewer's enrolment.", "own")
    own_certificate = String(description="本人结业证号。The viewer's certificate.")
    may_run = Boolean(required=True, description="能否办理。Whether the viewer may run it.")
    meeting_id = String(
        resolver=FromRow(lambda row: global_id("Meeting", row["id"])),
        description="会议的全局编号，报名截止后才有。Global id of its meeting.",
    )
    enrolments = paged(
        connection(ClassEnrolment),
        "报名名单，组织者和领导可见。Enrolments, for who organises it and the leaders.",
        state=Argument(EnrolmentState, description="状态。In this state."),
    )

    get_node = loaded_by("rotation_classes")

    @staticmethod
    def resolve_enrolments(
        row: Row,
        info: GraphQLResolveInfo,
        first: int,
        after: str | None = None,
        state: Any = None,
    ) -> Awaitable[Row]:
        return resolve_page(
            info,
            SERVICE,
            "list_enrolments",
            filter={"state": state} if state else {},
            first=first,
            after=after,
            class_id=row["id"],
        )


def masked(name: str | None) -> str | None:
    """陆晓芸 → 陆**: enough for who knows the holder."""
    return name[0] + "*" * (len(name) - 1) if name else None


class StudyCertificate(ObjectType):
    """结业证书。A certificate of a rotation class."""

    number = String(required=True, description="结业证号。Number.")
    code = String(description="验证码，仅本人和办公室可见。Code to verify it with.")
    title = String(required=True, description="轮训班名称。Title of the class.")
    batch = Int(required=True, description="批次。Batch.")
    held_at = DateTime(required=True, description="开班时间。When the class began.")
    hours = Float(required=True, description="学时。Hours of study.")
    issued_at = DateTime(required=True, description="发证时间。When issued.")
    valid = Boolean(required=True, description="是否有效。Whether it holds.")
    revoked_at = DateTime(description="撤销时间。When it was revoked.")
    holder = String(description="持证人，姓名隐去部分。The holder, masked.")

    @staticmethod
    async def resolve_holder(row: Row, info: GraphQLResolveInfo) -> str | None:
        member = await info.context.loaders.members.load(row["member_id"])
        return masked(member["name"]) if member else None


class StudyCredit(ObjectType):
    """一笔学时。Hours of study, from presence or a paper."""

    kind, kind_label = labelled(CreditKind, "来源。Where they come from.", "kind", required=True)
    title = String(required=True, description="名称。Title.")
    hours = Float(required=True, description="学时。Hours.")
    on = DateTime(required=True, description="时间。When.")


class ThemeCovered(ObjectType):
    """一个必学专题是否已学。Whether a required theme was studied."""

    code = String(required=True, description="编号。Code.")
    title = String(required=True, description="主题。Theme.")
    covered = Boolean(required=True, description="是否已学。Whether studied.")


class StudyRecord(ObjectType):
    """委员年度学习记录。A member's study of a year; time on line counts for nothing."""

    year = Int(required=True, description="年度。Year.")
    hours = Float(required=True, description="总学时。Hours altogether.")
    credits = List(NonNull(StudyCredit), required=True, description="各笔学时。The hours.")
    required_themes = List(
        NonNull(ThemeCovered), required=True, description="必学专题。Required themes."
    )


class ThemeCoverage(ObjectType):
    """一个主题的覆盖情况。How many have studied a theme."""

    code = String(required=True, description="编号。Code.")
    title = String(required=True, description="主题。Theme.")
    required = Boolean(required=True, description="是否必学专题。Whether required.")
    members = Int(required=True, description="在任委员数。Members in office.")
    covered = Int(required=True, description="已学人数。Who studied it.")
    lacking = references(
        Member, "lacking", loader="members", description="未学的委员。Who did not."
    )


class TrainingCoverage(ObjectType):
    """本届轮训覆盖情况。Who has completed a class in this term."""

    members = Int(required=True, description="在任委员数。Members in office.")
    trained = Int(required=True, description="已轮训人数。Who completed one.")
    lacking = references(
        Member, "lacking", loader="members", description="尚未轮训的委员。Who did not."
    )
    late = references(
        Member,
        "late",
        loader="members",
        description="逾期未培训的新任、增补委员。Newcomers whose time for it is over.",
    )


class StudyFigures(ObjectType):
    """一个组别的学习统计。Study of a group of members; rates are percent."""

    group_id = String(required=True, description="组别代码。Code of the group.")
    members = Int(required=True, description="在任委员数。Members in office.")
    sessions = Int(required=True, description="本组织举办的活动数。Sessions it organised.")
    required = Int(required=True, description="应到人次。Required.")
    present = Int(required=True, description="实到人次。Present.")
    attendance_rate = Float(description="出席率。Attendance rate.")
    coverage_rate = Float(description="必学专题覆盖率。Coverage of required themes.")
    trained_rate = Float(description="轮训覆盖率。Members who completed a class.")
    papers = Int(required=True, description="采用文章数。Papers accepted.")
