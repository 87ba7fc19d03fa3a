"""Special supervisions and their inspections, as the supervision service sends them."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import Boolean, Field, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import (
    DateTime,
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
from gateway.liaison import fields
from gateway.members.organisations import Organisation, Topical
from gateway.members.types import Member
from gateway.supervision.enums import (
    ChecklistResult,
    SupervisionAdoption,
    SupervisionEnd,
    SupervisionForm,
    SupervisionInspectionState,
    SupervisionState,
    SupervisionStep,
)
from gateway.supervision.findings import SupervisionFinding, SupervisionSite
from gateway.supervision.loaders import SERVICE
from gateway.supervision.supervisors import Supervisor

Row = dict[str, Any]


class _WithFiles:
    files = List(NonNull(File), description="附件。Files.")

    @staticmethod
    def resolve_files(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row["files"])


class SupervisionExpert(ObjectType):
    """专家。An expert of the team."""

    name = String(required=True, description="姓名。Name.")
    field = String(required=True, description="专业。Field.")
    employer = fields.organisation("employer", "employer_id", "任职单位。Employer.")


class SupervisionOpinionItem(ObjectType):
    """一条监督意见。One opinion: problem, basis, measure, unit, due date."""

    no = Int(required=True, description="序号。Number.")
    problem = String(required=True, description="问题。Problem.")
    basis = String(required=True, description="依据。Basis.")
    measure = String(required=True, description="监督意见。Measure.")
    unit = fields.organisation("unit", "unit_id", "整改单位。Unit.")
    due_at = DateTime(required=True, description="整改期限。Due date.")
    authors = references(Member, "author_ids", loader="members", description="提出人。Whose.")
    findings = references(
        SupervisionFinding,
        "finding_ids",
        loader="supervision_findings",
        description="所依据的问题。Findings it rests on.",
    )
    adoption, adoption_label = labelled(SupervisionAdoption, "采纳情况。Adoption.", "adoption")
    result = String(required=True, description="整改结果。Result.")
    reason = String(required=True, description="未采纳的理由。Why not.")
    fed_back_at = DateTime(description="反馈时间。When fed back.")
    verified_at = DateTime(description="回头看到位时间。When found carried out.")


class SupervisionOpinion(ObjectType):
    """监督意见。The opinion."""

    text = String(required=True, description="概述。Text.")
    items = List(NonNull(SupervisionOpinionItem), required=True, description="各条。Items.")
    copy_to = references(
        Organisation, "copy_ids", loader="organisations", description="抄送。Copied to."
    )
    sent_at = DateTime(description="送签时间。When sent for signature.")
    returned = String(description="退回意见。Why sent back.")
    signed_at = DateTime(description="签发时间。When signed.")
    no = String(description="文号。Number of the document.")
    issued_at = DateTime(description="印发时间。When issued.")


class SupervisionAnswer(_WithFiles, ObjectType):
    """单位的整改方案和反馈。A unit's plan and its feedback."""

    unit = fields.organisation("unit", "unit_id", "单位。Unit.")
    round = Int(required=True, description="轮次。Round.")
    plan = String(required=True, description="整改方案。Plan.")
    planned_at = DateTime(description="方案时间。When planned.")
    text = String(required=True, description="反馈。Feedback.")
    fed_back_at = DateTime(description="反馈时间。When fed back.")


class SupervisionRecheck(_WithFiles, ObjectType):
    """一次回头看。A re-check by the team."""

    no = Int(required=True, description="序号。Number.")
    passed = Boolean(required=True, description="是否到位。Whether all is rectified.")
    text = String(required=True, description="情况。Text.")
    at = DateTime(required=True, description="时间。When.")


class SupervisionReport(_WithFiles, ObjectType):
    """监督报告。The supervision report."""

    title = String(required=True, description="标题。Title.")
    text = String(required=True, description="正文。Text.")
    main_authors = references(
        Member, "author_ids", loader="members", description="主要执笔人。Main authors."
    )
    submitted_at = DateTime(description="提交时间。When handed in.")
    accepted_at = DateTime(description="采用时间。When accepted.")
    opinion = String(description="审定意见。Words of who decided.")


class SupervisionPartyReport(ObjectType):
    """向区委的报告。The report to the Party committee."""

    text = String(required=True, description="内容。Text.")
    main = references(
        Organisation, "main_ids", loader="organisations", description="主送。Addressees."
    )
    at = DateTime(required=True, description="时间。When.")
    no = String(description="文号。Number.")
    issued_at = DateTime(description="印发时间。When issued.")


class ChecklistLine(ObjectType):
    """检查清单一条的结果。Result of a line."""

    no = Int(required=True, description="序号。Number.")
    result, result_label = labelled(ChecklistResult, "结果。Result.", "result", required=True)
    note = String(required=True, description="说明。Note.")


class ChecklistSheet(ObjectType):
    """一个点位的检查记录。The checklist of a site."""

    site = reference(
        SupervisionSite,
        "site",
        key="site_id",
        loader="supervision_sites",
        description="点位。Site.",
    )
    lines = List(NonNull(ChecklistLine), required=True, description="各条。Lines.")
    at = DateTime(required=True, description="时间。When.")


class SupervisionInspection(NodeType):
    """监督检查，会务由办公室办理。An inspection; its meeting is the office's."""

    title = String(required=True, description="标题。Title.")
    held_at = DateTime(required=True, description="开始时间。Beginning.")
    ends_at = DateTime(description="结束时间。End.")
    place = String(required=True, description="地点。Place.")
    state, state_label = labelled(SupervisionInspectionState, "状态。State.", required=True)
    reason = String(description="取消理由。Why it is called off.")
    sites = references(
        SupervisionSite, "site_ids", loader="supervision_sites", description="点位。Sites."
    )
    attended = references(
        Member, "attended_ids", loader="members", description="参加的委员。Who was there."
    )
    sheets = List(NonNull(ChecklistSheet), required=True, description="检查记录。Checklists.")

    get_node = loaded_by("supervision_inspections")


class Supervision(Topical, NodeType):
    """专项民主监督。A special supervision."""

    version = Int(required=True, description="版本，修改时作 expectedVersion。Version, to edit by.")
    title = String(required=True, description="标题。Title.")
    topic = String(required=True, description="监督主题。Topic.")
    form, form_label = labelled(SupervisionForm, "形式。Form.", "form", required=True)
    year = Int(required=True, description="年度。Year.")
    plan_basis = String(required=True, description="年度计划依据。Item of the plan.")
    plan = String(required=True, description="方案。Plan.")
    indicators = List(NonNull(String), required=True, description="指标。Indicators.")
    checklist = List(NonNull(String), required=True, description="检查清单。Checklist.")
    state, state_label = labelled(SupervisionState, "状态。State.", required=True)
    organiser = fields.organisation("organiser", "organiser_id", "组织单位。Who runs it.")
    units = references(
        Organisation, "unit_ids", loader="organisations", description="被监督单位。Units."
    )
    sites = references(
        SupervisionSite, "site_ids", loader="supervision_sites", description="点位。Sites."
    )
    leader = fields.member("leader", "leader_id", "监督组组长。Leader of the team.")
    members = references(
        Member, "member_ids", loader="members", description="监督组委员。Members of the team."
    )
    supervisors = references(
        Supervisor, "supervisor_ids", loader="supervisors", description="监督员。Supervisors."
    )
    experts = List(NonNull(SupervisionExpert), required=True, description="专家。Experts.")
    created_at = DateTime(required=True, description="拟订时间。When drafted.")
    submitted_at = DateTime(description="报批时间。When sent for approval.")
    approved_at = DateTime(description="批准时间。When approved.")
    decision = String(description="审批意见。Words of the approval.")
    opinion = Field(SupervisionOpinion, description="监督意见。The opinion.")
    round = Int(required=True, description="整改轮次。Round of rectification.")
    answers = List(NonNull(SupervisionAnswer), required=True, description="整改反馈。Answers.")
    rechecks = List(NonNull(SupervisionRecheck), required=True, description="回头看。Re-checks.")
    rechecks_allowed = Int(required=True, description="回头看次数上限。At most so many.")
    report = Field(SupervisionReport, description="监督报告。The report.")
    party_report = Field(SupervisionPartyReport, description="向区委的报告。To the Party.")
    waits_for, waits_for_label = labelled(
        SupervisionStep, "待办环节。What it waits for.", "waits_for"
    )
    due_at = DateTime(description="待办期限。By when.")
    overdue = Boolean(required=True, description="是否逾期。Whether overdue.")
    end, end_label = labelled(SupervisionEnd, "办结方式。How it ended.", "end")
    summary = String(description="小结。Summary.")
    closed_at = DateTime(description="办结时间。When closed.")
    may_run = Boolean(required=True, description="能否办理。Whether the viewer runs it.")
    findings = paged(connection(SupervisionFinding), "发现的问题，新的在前。Findings.")
    inspections = paged(connection(SupervisionInspection), "监督检查，近的在前。Inspections.")

    get_node = loaded_by("supervisions")

    @staticmethod
    def resolve_findings(
        row: Row, info: GraphQLResolveInfo, first: int, after: str | None = None
    ) -> Awaitable[Row]:
        filter = {"supervision": row["id"]}
        return resolve_page(info, SERVICE, "list_findings", filter=filter, first=first, after=after)

    @staticmethod
    def resolve_inspections(
        row: Row, info: GraphQLResolveInfo, first: int, after: str | None = None
    ) -> Awaitable[Row]:
        return resolve_page(
            info, SERVICE, "list_inspections", supervision=row["id"], first=first, after=after
        )
