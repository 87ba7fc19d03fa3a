"""Supervisors and debriefings, as the supervision service sends them."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import Boolean, Field, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import (
    DateTime,
    NodeType,
    labelled,
    loaded_by,
    reference,
    references,
)
from gateway.files.types import File, files_of
from gateway.liaison import fields as refer
from gateway.members.organisations import Organisation
from gateway.members.types import Member
from gateway.supervision.enums import DebriefingState, SupervisorState

Row = dict[str, Any]


class DeclaredRelation(ObjectType):
    """申报的利害关系。A declared relation."""

    organisation = refer.organisation("organisation", "organisation_id", "单位。Organisation.")
    note = String(required=True, description="说明。What it is.")


class SupervisorPosting(ObjectType):
    """一次派驻。An assignment to a unit."""

    unit = refer.organisation("unit", "unit_id", "单位。Unit.")
    at = DateTime(required=True, description="时间。When.")


class Supervisor(NodeType):
    """民主监督员。A democratic supervisor."""

    member = refer.member("member", "member_id", "委员。The member, of one who is.")
    name = String(description="非委员的姓名。Name of who is no member.")
    employer = refer.organisation("employer", "employer_id", "非委员的任职单位。Employer.")
    profession = String(required=True, description="专业特长。Profession.")
    fields = List(NonNull(String), required=True, description="专业领域主题代码。Fields.")
    state, state_label = labelled(SupervisorState, "状态。State.", required=True)
    nominated_for = refer.organisation("nominated_for", "nominated_for_id", "推荐单位。By whom.")
    nominated_at = DateTime(required=True, description="推荐时间。When nominated.")
    reason = String(description="推荐理由，仅相关人可见。Why nominated.")
    decision = String(description="聘任意见，仅相关人可见。Words of the decision.")
    certificate_no = String(description="聘书编号。Number of the certificate.")
    appointed_at = DateTime(description="聘任时间。When appointed.")
    ends_on = DateTime(description="聘期结束。End of the appointment.")
    units = references(
        Organisation, "unit_ids", loader="organisations", description="派驻单位。Units now."
    )
    postings = List(NonNull(SupervisorPosting), required=True, description="历次派驻。Postings.")
    relations = List(
        NonNull(DeclaredRelation), description="利害关系，仅相关人可见。Declared relations."
    )
    ended_at = DateTime(description="离任时间。When it ended.")
    end_reason = String(description="离任理由，仅相关人可见。Why it ended.")
    own = Boolean(required=True, description="是否本人。Whether it is the viewer.")

    get_node = loaded_by("supervisors")


def _unit() -> Field:
    return refer.organisation("unit", "unit_id", "单位一方。A unit's side.")


def _supervisor() -> Field:
    return reference(
        Supervisor,
        "supervisor",
        key="supervisor_id",
        loader="supervisors",
        description="监督员一方。A supervisor's side.",
    )


class DebriefingPaper(ObjectType):
    """述职报告。The report of one side."""

    unit = _unit()
    supervisor = _supervisor()
    text = String(required=True, description="正文。Text.")
    at = DateTime(required=True, description="提交时间。When handed in.")
    files = List(NonNull(File), description="附件。Files.")

    @staticmethod
    def resolve_files(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row["files"])


class DebriefingQuestion(ObjectType):
    """提问与答复。A question and its answer."""

    no = Int(required=True, description="序号。Number.")
    unit = _unit()
    supervisor = _supervisor()
    asked_by = refer.member("asked_by", "asked_by_id", "提问委员。Who asked.")
    text = String(required=True, description="提问。Question.")
    at = DateTime(required=True, description="提问时间。When asked.")
    answer = String(description="答复。Answer.")
    answered_at = DateTime(description="答复时间。When answered.")


class DebriefingResult(ObjectType):
    """述职评价结果。Ratings of one report, never by whom."""

    unit = _unit()
    supervisor = _supervisor()
    satisfied = Int(required=True, description="满意。Satisfied.")
    basic = Int(required=True, description="基本满意。Basically satisfied.")
    dissatisfied = Int(required=True, description="不满意。Dissatisfied.")
    notes = List(NonNull(String), required=True, description="说明。Notes.")


class Debriefing(NodeType):
    """述职交流。A debriefing exchange of both sides."""

    title = String(required=True, description="标题。Title.")
    year = Int(required=True, description="年度。Year.")
    held_at = DateTime(required=True, description="开始时间。Beginning.")
    ends_at = DateTime(description="结束时间。End.")
    place = String(required=True, description="地点。Place.")
    report_by = DateTime(required=True, description="报告提交期限。Reports by.")
    state, state_label = labelled(DebriefingState, "状态。State.", required=True)
    reason = String(description="取消理由。Why it is called off.")
    summary = String(description="小结。Summary.")
    organiser = refer.organisation("organiser", "organiser_id", "组织单位。Who runs it.")
    units = references(
        Organisation, "unit_ids", loader="organisations", description="被监督单位。Units."
    )
    supervisors = references(
        Supervisor, "supervisor_ids", loader="supervisors", description="监督员。Supervisors."
    )
    members = references(Member, "member_ids", loader="members", description="委员。Members.")
    papers = List(NonNull(DebriefingPaper), required=True, description="述职报告。Reports.")
    questions = List(NonNull(DebriefingQuestion), required=True, description="提问。Questions.")
    ratings = List(NonNull(DebriefingResult), required=True, description="评价结果。Results.")
    rated = Int(required=True, description="已评价人数。How many have rated.")
    may_run = Boolean(required=True, description="能否办理。Whether the viewer runs it.")

    get_node = loaded_by("debriefings")
