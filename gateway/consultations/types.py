"""Consultations, annual plans and views of the public, as the service sends them."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import Boolean, Field, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import DateTime, NodeType, labelled, loaded_by, reference, references
from gateway.consultations.enums import (
    ConsultationForm,
    ConsultationPlanState,
    ConsultationSpeechForm,
    ConsultationState,
    PublicViewChannel,
    PublicViewState,
)
from gateway.consultations.parts import (
    ConsultationDue,
    ConsultationFeedback,
    ConsultationInstruction,
    ConsultationOpinion,
    members,
    organisations,
)
from gateway.files.types import File, files_of
from gateway.liaison import fields
from gateway.liaison.homes import MembersHome
from gateway.members.organisations import Topical
from gateway.office.meetings import Meeting

Row = dict[str, Any]


class ConsultationMeeting(ObjectType):
    """协商会议或书面协商。The meeting, or the written consultation."""

    held_at = DateTime(required=True, description="开始时间。Beginning.")
    ends_at = DateTime(required=True, description="结束或截止时间。End.")
    place = String(required=True, description="地点。Place.")
    half_days = Int(required=True, description="半天数。Half-days.")
    written = Boolean(required=True, description="是否书面进行。Whether it is a written one.")
    meeting = reference(
        Meeting,
        "meeting",
        key="meeting_ref",
        loader="meetings",
        description="会议，通知、请假、签到在此。The meeting, as the office holds it.",
    )


class ConsultationMove(ObjectType):
    """改期。A change of the meeting's time."""

    moved_from = DateTime(required=True, description="原时间。From.")
    moved_to = DateTime(required=True, description="新时间。To.")
    reason = String(required=True, description="理由。Why.")

    @staticmethod
    def resolve_moved_from(row: Row, _info: GraphQLResolveInfo) -> Any:
        return row["from"]

    @staticmethod
    def resolve_moved_to(row: Row, _info: GraphQLResolveInfo) -> Any:
        return row["to"]


class ConsultationSpeaker(ObjectType):
    """发言人。A speaker, in the order of the list."""

    no = Int(required=True, description="次序。Place in the order.")
    member = fields.member("member", "member_id", "委员。Member.")
    organisation = fields.organisation("organisation", "organisation_id", "单位。Organisation.")
    topic = String(required=True, description="发言题目。Topic.")
    form, form_label = labelled(
        ConsultationSpeechForm, "方式。Oral or written.", "form", required=True
    )
    spoken_at = DateTime(description="书面协商中的发言时间。When the turn was taken.")
    passed = String(required=True, description="跳过的理由。Why the turn went by.")


class ConsultationStatement(ObjectType):
    """书面意见。A written statement."""

    no = Int(required=True, description="序号。Number.")
    member = fields.member("member", "member_id", "委员。Member.")
    organisation = fields.organisation("organisation", "organisation_id", "单位。Organisation.")
    text = String(required=True, description="内容。Text.")
    at = DateTime(required=True, description="提交时间。When.")
    files = List(NonNull(File), description="附件。Files.")

    @staticmethod
    def resolve_files(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row["files"])


class ConsultationDissent(ObjectType):
    """不同意见，原话。A dissent, as it was said."""

    member = fields.member("member", "member_id", "委员。Member.")
    organisation = fields.organisation("organisation", "organisation_id", "单位。Organisation.")
    text = String(required=True, description="原话。As it was said.")


class ConsultationMinutes(ObjectType):
    """会议纪要。The minutes."""

    text = String(required=True, description="正文。Text.")
    dissents = List(NonNull(ConsultationDissent), description="不同意见。Dissents.")
    at = DateTime(required=True, description="整理时间。When written.")
    files = List(NonNull(File), description="附件。Files.")

    @staticmethod
    def resolve_files(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row["files"])


class ConsultationReport(ObjectType):
    """协商专报。The report to the Party committee and the government."""

    title = String(required=True, description="标题。Title.")
    text = String(required=True, description="正文。Text.")
    items = List(NonNull(ConsultationOpinion), description="意见。Opinions.")
    signer = String(required=True, description="签发人。Who signed.")
    reported_at = DateTime(required=True, description="报送时间。When.")
    files = List(NonNull(File), description="附件。Files.")

    @staticmethod
    def resolve_files(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row["files"])


class ConsultationStep(ObjectType):
    """过程的一步。A state that it came into."""

    state, state_label = labelled(ConsultationState, "状态。State.", required=True)
    at = DateTime(required=True, description="时间。When.")


class Consultation(Topical, NodeType):
    """专题协商。A consultation, from its topic to its end."""

    version = Int(required=True, description="版本，修改时作 expectedVersion。Version, to edit by.")
    title = String(required=True, description="议题。Topic.")
    year = Int(required=True, description="年度。Year.")
    form, form_label = labelled(ConsultationForm, "形式。Form.", "form", required=True)
    state, state_label = labelled(ConsultationState, "状态。State.", required=True)
    background = String(description="议题背景。Background.")
    reason = String(required=True, description="延期、取消等的理由。Reason of the latest decision.")
    organisers = organisations("organiser_ids", "主办单位。Organisers.")
    departments = organisations("department_ids", "参加部门。Departments that are heard.")
    proposer = fields.member("proposer", "proposer_id", "提出委员。Member who proposed it.")
    proposed_for = fields.organisation(
        "proposed_for", "proposed_for_id", "提出单位。Organisation that proposed it."
    )
    leader = String(required=True, description="出席领导。Leader who attends.")
    month = Int(description="拟安排月份。Month that it is planned for.")
    public = Boolean(required=True, description="是否在已公布的计划中。Of a published plan.")
    meeting = Field(ConsultationMeeting, description="会议。Meeting.")
    moves = List(NonNull(ConsultationMove), description="改期。Changes of its time.")
    views_until = DateTime(description="群众意见征集截止。Until when the public is asked.")
    papers = List(NonNull(File), description="协商材料。Papers.")
    papers_sent_at = DateTime(description="材料送达时间。When the papers were sent.")
    speakers = List(NonNull(ConsultationSpeaker), description="发言名单。Speakers.")
    turn = Field(ConsultationSpeaker, description="书面协商中轮到谁。Whose turn it is.")
    statements = List(NonNull(ConsultationStatement), description="书面意见。Statements.")
    present = members("present_ids", "确认出席的委员。Members whose presence is confirmed.")
    held_on = DateTime(description="举行时间。When it was held.")
    minutes = Field(ConsultationMinutes, description="会议纪要。Minutes.")
    report = Field(ConsultationReport, description="协商专报。Report.")
    report_no = String(description="专报期号，如“协商专报 2017年第3期”。Number as printed.")
    instructions = List(NonNull(ConsultationInstruction), description="批示。Instructions.")
    feedback = Field(ConsultationFeedback, description="反馈。Feedback.")
    dues = List(NonNull(ConsultationDue), description="时限。Time limits.")
    history = List(NonNull(ConsultationStep), description="过程。What it came through.")
    is_organiser = Boolean(required=True, description="查看者是否主办。Whether the viewer's.")

    get_node = loaded_by("consultations")

    @staticmethod
    def resolve_papers(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row["papers"])


class ConsultationDecision(ObjectType):
    """党委审定。A decision of the Party committee."""

    document_no = String(required=True, description="文号。Document number.")
    decided_on = DateTime(required=True, description="审定时间。When.")
    topics = references(
        Consultation, "topic_ids", loader="consultations", description="议题。Topics."
    )


class ConsultationPlan(NodeType):
    """年度协商计划。An annual consultation plan."""

    version = Int(required=True, description="版本，修改时作 expectedVersion。Version, to edit by.")
    title = String(required=True, description="标题。Title.")
    year = Int(required=True, description="年度。Year.")
    state, state_label = labelled(ConsultationPlanState, "状态。State.", required=True)
    note = String(required=True, description="说明。Note.")
    reason = String(required=True, description="退回的理由。Why it was returned.")
    topics = references(
        Consultation, "topic_ids", loader="consultations", description="议题，按次序。In order."
    )
    decisions = List(NonNull(ConsultationDecision), description="党委审定。Decisions.")
    published_at = DateTime(description="公布时间。When published.")

    get_node = loaded_by("consultation_plans")


class PublicView(NodeType):
    """群众意见。A view of the public."""

    text = String(required=True, description="意见。The view.")
    name = String(required=True, description="姓名，同意公开的才显示。Name, if agreed to.")
    channel, channel_label = labelled(
        PublicViewChannel, "渠道。How it came in.", "channel", required=True
    )
    state, state_label = labelled(PublicViewState, "状态。State.", required=True)
    reason = String(required=True, description="不公开的理由，限审核人。Why it is withheld.")
    received_at = DateTime(required=True, description="收到时间。When it came in.")
    home = reference(
        MembersHome,
        "home",
        key="home_id",
        loader="members_homes",
        description="收到意见的委员之家，限审核人。The home, for moderators.",
    )

    get_node = loaded_by("public_views")


class ConsultationFigures(ObjectType):
    """一个主办单位的年度协商统计。Figures of an organiser's year."""

    organiser = fields.organisation("organiser", "organiser_id", "主办单位。Organiser.")
    consultations = Int(required=True, description="协商数。Consultations.")
    held = Int(required=True, description="已举行。Held.")
    reported = Int(required=True, description="已报送专报。Reported.")
    present = Int(required=True, description="出席委员人次。Members present.")
    speakers = Int(required=True, description="发言人数。Speakers.")
    opinions = Int(required=True, description="意见条数。Opinions handed over.")
    fed_back = Int(required=True, description="已反馈。With feedback.")
