"""Suggestion motions and research projects, as the service sends them."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import Boolean, Field, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import DateTime, NodeType, labelled, loaded_by, reference
from gateway.consultations.enums import MotionState, ResearchState
from gateway.consultations.parts import (
    ConsultationDue,
    ConsultationFeedback,
    ConsultationInstruction,
    ConsultationOpinion,
    members,
    organisations,
)
from gateway.consultations.types import Consultation
from gateway.files.types import File, files_of
from gateway.liaison import fields
from gateway.members.organisations import Topical
from gateway.office.meetings import Meeting

Row = dict[str, Any]


class MotionAdoption(ObjectType):
    """常委会议表决。The vote of the Standing Committee."""

    meeting = reference(
        Meeting,
        "meeting",
        key="meeting_id",
        loader="meetings",
        description="通过的会议。The meeting.",
    )
    adopted_on = DateTime(required=True, description="通过时间。When.")
    entitled = Int(required=True, description="应到人数。All members.")
    in_favour = Int(required=True, description="赞成。For.")
    against = Int(required=True, description="反对。Against.")
    abstained = Int(required=True, description="弃权。Abstained.")


class MotionStep(ObjectType):
    """过程的一步。A state that it came into."""

    state, state_label = labelled(MotionState, "状态。State.", required=True)
    at = DateTime(required=True, description="时间。When.")
    reason = String(required=True, description="理由。Reason.")


class Motion(Topical, NodeType):
    """建议案。A suggestion motion."""

    version = Int(required=True, description="版本，修改时作 expectedVersion。Version, to edit by.")
    title = String(required=True, description="标题。Title.")
    year = Int(required=True, description="年度。Year.")
    state, state_label = labelled(MotionState, "状态。State.", required=True)
    organiser = fields.organisation("organiser", "organiser_id", "起草单位。Who drafts it.")
    proposer = fields.member("proposer", "proposer_id", "提出委员。Member who proposed it.")
    priorities = List(NonNull(String), description="围绕的党委重点。Priorities that it serves.")
    text = String(required=True, description="正文。Text.")
    items = List(NonNull(ConsultationOpinion), description="意见建议。Opinions.")
    authors = members("author_ids", "执笔人。Named main authors.")
    main = organisations("main_ids", "主送。Addressees.")
    copy_to = organisations("copy_to_ids", "抄送。Copies.")
    attachments = List(NonNull(File), description="附件。Files.")
    reason = String(required=True, description="退回、撤题等的理由。Reason of the latest decision.")
    adoption = Field(MotionAdoption, description="表决。Vote.")
    number = String(description="文号，如“吴政协建〔2017〕1号”。Official number.")
    delivered_on = DateTime(description="报送时间。When handed in.")
    instructions = List(NonNull(ConsultationInstruction), description="批示。Instructions.")
    feedback = Field(ConsultationFeedback, description="反馈。Feedback.")
    public = Boolean(required=True, description="是否公开。Whether everybody may read it.")
    dues = List(NonNull(ConsultationDue), description="时限。Time limits.")
    history = List(NonNull(MotionStep), description="过程。What it came through.")
    is_own = Boolean(required=True, description="查看者是否起草单位。Whether the viewer's.")

    get_node = loaded_by("motions")

    @staticmethod
    def resolve_attachments(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row["attachments"])


class ResearchVisit(ObjectType):
    """一次调研。A visit."""

    no = Int(required=True, description="序号。Number.")
    visited_on = DateTime(required=True, description="时间。When.")
    place = String(required=True, description="地点。Place.")
    units = organisations("unit_ids", "走访单位。Units visited.")
    members = members("member_ids", "参加的委员。Who took part.")
    notes = String(required=True, description="记录。Notes.")
    files = List(NonNull(File), description="附件。Files.")

    @staticmethod
    def resolve_files(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row["files"])


class ResearchFinding(ObjectType):
    """一条发现的问题。A finding."""

    no = Int(required=True, description="序号。Number.")
    text = String(required=True, description="内容。Text.")
    visit_no = Int(description="出自哪次调研。The visit that it is from.")


class ResearchReport(ObjectType):
    """调研报告。The report."""

    text = String(required=True, description="正文。Text.")
    authors = members("author_ids", "执笔人。Named main authors.")
    sent_at = DateTime(required=True, description="送审时间。When it was handed in.")
    files = List(NonNull(File), description="附件。Files.")

    @staticmethod
    def resolve_files(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row["files"])


class ResearchProject(Topical, NodeType):
    """调研课题。A research project."""

    version = Int(required=True, description="版本，修改时作 expectedVersion。Version, to edit by.")
    title = String(required=True, description="课题。Title.")
    year = Int(required=True, description="年度。Year.")
    state, state_label = labelled(ResearchState, "状态。State.", required=True)
    organiser = fields.organisation("organiser", "organiser_id", "牵头单位。Who carries it.")
    outline = String(required=True, description="调研提纲。Outline.")
    leader = fields.member("leader", "leader_id", "组长。Leader of the team.")
    team = members("team_ids", "组员。The team.")
    departments = organisations("department_ids", "参加部门。Departments.")
    motion = reference(
        Motion,
        "motion",
        key="motion_ref",
        loader="motions",
        description="所为的建议案。Motion that it is for.",
    )
    consultation = reference(
        Consultation,
        "consultation",
        key="consultation_ref",
        loader="consultations",
        description="所为的协商。Consultation that it is for.",
    )
    visits = List(NonNull(ResearchVisit), description="调研记录。Visits.")
    findings = List(NonNull(ResearchFinding), description="发现的问题。Findings.")
    report = Field(ResearchReport, description="报告。Report.")
    reason = String(required=True, description="退回、撤销等的理由。Reason of the latest decision.")
    is_own = Boolean(required=True, description="查看者是否牵头单位。Whether the viewer's.")

    get_node = loaded_by("research_projects")
