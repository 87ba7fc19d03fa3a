"""Affairs, annual plans, internal rules and training, as the office service sends them."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import ID, Boolean, Field, Float, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import (
    Date,
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
from gateway.files.types import File, files_of
from gateway.members.organisations import Organisation
from gateway.office.documents import (
    AccountName,
    DocumentStep,
    IncomingDocument,
    account_field,
    name_field,
)
from gateway.office.enums import (
    AffairKind,
    AffairState,
    DutyFunction,
    WorkPlanState,
)
from gateway.office.loaders import SERVICE

Row = dict[str, Any]


def _office(name: str, description: str) -> Any:
    return reference(
        Organisation, name, key=f"{name}_id", loader="organisations", description=description
    )


class AffairStep(ObjectType):
    """事项办理的一步。One step of an affair; hand-overs name both offices."""

    state, state_label = labelled(AffairState, "状态。State it led to.", required=True)
    office = _office("office", "办理机构。Whose list it is on from here.")
    from_office = _office("from_office", "移交前的机构。Who handed it over.")
    by = account_field("by", "经办账号。Account that took it.")
    person = name_field("person", "by", "经办人。Who took it.")
    at = DateTime(required=True, description="时间。When.")
    note = String(description="说明。What was said.")


class AffairRating(ObjectType):
    """评价。The rating by whoever raised it."""

    stars = Int(required=True, description="评分，1至5。From 1 to 5.")
    comment = String(description="评语。In words.")
    at = DateTime(required=True, description="时间。When.")


class Affair(NodeType):
    """事项。Something asked of an office."""

    kind, kind_label = labelled(AffairKind, "种类。Kind.", "kind", required=True)
    state, state_label = labelled(AffairState, "状态。State.", required=True)
    title = String(required=True, description="名称。Title.")
    content = String(required=True, description="内容。What is asked for.")
    office = _office("office", "办理机构。On whose list it is.")
    raised_by = account_field("raised_by", "提出人账号，系统生成的为空。Who raised it.")
    raiser = name_field("raiser", "raised_by", "提出人。Who raised it.")
    raised_at = DateTime(required=True, description="提出时间。When raised.")
    wanted_from = DateTime(description="需用开始时间。Wanted from.")
    wanted_until = DateTime(description="需用结束时间。Wanted until.")
    due_at = DateTime(description="需办结时间。When it is needed; null where not told.")
    place = String(description="地点。Place.")
    people = Int(description="人数。Number of people.")
    proposal_id = ID(
        resolver=FromRow(
            lambda row: row["proposal_id"] and global_id("Proposal", row["proposal_id"])
        ),
        description="有关提案。Global id of the proposal that it is about.",
    )
    result = String(description="办理结果。What came of it.")
    rating = Field(AffairRating, description="评价。Rating.")
    trail = List(NonNull(AffairStep), required=True, description="办理过程。Its way.")
    may_work = Boolean(required=True, description="本人能否办理。Whether the viewer may do it.")
    mine = Boolean(required=True, description="是否本人提出。Whether the viewer raised it.")

    get_node = loaded_by("affairs")


class PlanTrace(ObjectType):
    """计入进度的一件事。A fact that counts towards an item."""

    source = String(required=True, description="所属服务。Service whose fact it is.")
    event = String(required=True, description="事件类型。Type of the event.")
    event_id = String(required=True, description="事件编号。Id of the event.")
    subject = String(required=True, description="事项编号，该服务内。Id within that service.")
    title = String(description="名称。Title.")
    on = DateTime(required=True, description="时间。When it happened.")


class PlanCondition(ObjectType):
    """统计条件。A field of the event that an item narrows by."""

    field = String(required=True, description="字段。Field.")
    value = String(required=True, description="取值。Value.")


class PlanCounts(ObjectType):
    """统计口径。Which facts an item counts."""

    source = String(required=True, description="所属服务。Service.")
    event = String(required=True, description="事件类型。Type of the event.")
    where = List(
        NonNull(PlanCondition),
        required=True,
        resolver=FromRow(
            lambda row: [{"field": key, "value": value} for key, value in row["where"].items()]
        ),
        description="条件，须全部满足。All of these must hold.",
    )


class PlanItem(ObjectType):
    """年度任务；进度只由事实统计。A task; its progress is counted from facts alone."""

    code = String(required=True, description="任务代码。Code.")
    point = String(required=True, description="要点中的编号，如 5.1。Row of the plan.")
    phrase = String(required=True, description="任务，一般为要点原文。Words of the plan.")
    duty, duty_label = labelled(DutyFunction, "职能。Function.", "duty", required=True)
    topics = List(NonNull(String), required=True, description="课题。Topics that are named.")
    target = Int(required=True, description="目标数。How many are wanted.")
    done = Int(required=True, description="已完成数。How many are done.")
    counts = Field(PlanCounts, required=True, description="统计口径。What is counted.")
    traces = paged(connection(PlanTrace), "计入进度的各件事。The facts behind the count.")

    @staticmethod
    def resolve_traces(
        row: Row, info: GraphQLResolveInfo, first: int, after: str | None = None
    ) -> Awaitable[Row]:
        traced = {"plan_id": row["plan_id"], "item": row["code"]}
        return resolve_page(info, SERVICE, "list_plan_traces", first=first, after=after, **traced)


class WorkPlan(NodeType):
    """年度工作要点。The plan of a year."""

    term = Int(required=True, description="届次。Term.")
    version = Int(required=True, description="版本，修改时作 expectedVersion。Version, to edit by.")
    year = Int(required=True, description="年度。Year.")
    title = String(required=True, description="标题。Title.")
    themes = List(NonNull(String), required=True, description="年度主题。Themes of the year.")
    state, state_label = labelled(WorkPlanState, "状态。State.", required=True)
    adopted_by = String(description="通过的会议。The meeting that adopted it.")
    adopted_on = Date(description="通过日期。When adopted.")
    sent_on = Date(description="报送区委日期。When sent to the Party committee.")
    forwarded_by = String(description="批转机关。Who forwarded it.")
    forwarded_on = Date(description="批转日期。When forwarded.")
    printed_on = Date(description="印发日期。When printed.")
    notice = reference(
        IncomingDocument,
        "notice",
        key="notice_id",
        loader="incoming_documents",
        description="批转通知，可见者可见。The cover notice, for who may see it.",
    )
    items = List(NonNull(PlanItem), required=True, description="任务。Tasks.")
    review = String(description="年度总结。The year's review.")
    trail = List(NonNull(DocumentStep), required=True, description="办理过程。Its way.")

    get_node = loaded_by("work_plans")


class InternalRuleVersion(ObjectType):
    """制度的一个版本。A version of a rule."""

    no = Int(required=True, description="版本号。Number.")
    text = String(required=True, description="正文。Text.")
    doc_no = String(required=True, description="发文字号。Official number.")
    valid_from = Date(required=True, description="施行日期。First day in force.")
    valid_to = Date(description="失效日期，仍有效的为空。Last day in force.")
    attachments = List(NonNull(File), description="附件。Files.")

    @staticmethod
    def resolve_attachments(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row["attachments"])


class InternalRule(NodeType):
    """内部管理制度。An internal rule."""

    title = String(required=True, description="名称。Title.")
    area = String(required=True, description="类别，如 车辆、档案。What it is about.")
    versions = List(NonNull(InternalRuleVersion), required=True, description="各版本。Versions.")
    in_force_no = Int(description="今日有效的版本号。The version in force today.")
    repealed_on = Date(description="废止日期。When repealed.")
    repeal_reason = String(description="废止理由。Why.")

    get_node = loaded_by("internal_rules")


class StaffTraining(NodeType):
    """机关干部培训记录。A training of the staff."""

    title = String(required=True, description="培训名称。Title.")
    organiser = String(required=True, description="举办单位。Who held it.")
    begins_on = Date(required=True, description="开始日期。First day.")
    ends_on = Date(required=True, description="结束日期。Last day.")
    hours = Float(
        required=True,
        resolver=FromRow(lambda row: row["half_hours"] / 2),
        description="学时。Hours.",
    )
    staff = List(
        NonNull(ID),
        required=True,
        resolver=FromRow(lambda row: [global_id("Account", id) for id in row["staff"]]),
        description="参训人员账号。Accounts of those who took part.",
    )
    people = references(
        AccountName, "staff", loader="account_names", description="参训人员。Who took part."
    )
    withdrawn_reason = String(description="撤销理由。Why it does not count any more.")

    get_node = loaded_by("trainings")


class TrainingHours(ObjectType):
    """一人一年的培训学时。What somebody has in a year."""

    account_id = account_field("account_id", "账号。The account.")
    person = name_field("person", "account_id", "工作人员。One of the staff.")
    courses = Int(required=True, description="培训次数。Trainings.")
    hours = Float(required=True, description="学时。Hours.")
