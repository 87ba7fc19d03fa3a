"""Democratic appraisals and inspections, as the proposals service shows them."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Any

from graphene import (
    Boolean,
    Field,
    Float,
    Int,
    List,
    NonNull,
    ObjectType,
    String,
)
from graphql import GraphQLResolveInfo

from gateway.base import DateTime, FromRow, NodeType, labelled, loaded_by, reference
from gateway.context import Context
from gateway.files.types import File, files_of
from gateway.manifests import enum
from gateway.members.organisations import Organisation, load_organisations
from gateway.members.types import Member
from gateway.proposals.handling import unit_field
from gateway.proposals.types import SERVICE, Proposal

Row = dict[str, Any]

AppraisalState = enum("AppraisalState")
VoterKind = enum("VoterKind")
RollState = enum("RollState")
InspectionState = enum("InspectionState")


def case_field() -> Field:
    return reference(
        Proposal,
        "proposal",
        key="proposal_id",
        loader="proposals",
        description="提案，无权查看时为空。The case; null where it may not be seen.",
    )


class AppraisalScore(ObjectType):
    """一个项目的平均分。Average of one item."""

    item = String(required=True, description="项目。Item.")
    average = Float(required=True, description="平均分，两位小数。Average, 0 to 100.")


class AppraisalResult(ObjectType):
    """一件提案的评议结果。The figures of one case."""

    satisfied = Int(required=True, description="满意票数。Ballots: satisfied.")
    basic = Int(required=True, description="基本满意票数。Ballots: basically satisfied.")
    dissatisfied = Int(required=True, description="不满意票数。Ballots: dissatisfied.")
    satisfied_share = Float(required=True, description="满意率（%）。Percent satisfied.")
    scores = List(
        NonNull(AppraisalScore), required=True, description="各项平均分。Average of each item."
    )


class AppraisalSubject(ObjectType):
    """评议的一件提案。A case on the list."""

    proposal = case_field()
    title = String(required=True, description="案由。Title.")
    units = List(NonNull(Organisation), description="被评议单位。The units appraised.")
    result = Field(AppraisalResult, description="结果，公布后可见。Figures, once published.")

    @staticmethod
    def resolve_units(row: Row, info: GraphQLResolveInfo) -> Any:
        return load_organisations(info, row["units"])


class AppraisalVoter(ObjectType):
    """评议人员。One of the panel."""

    no = Int(required=True, description="序号。Number.")
    kind, kind_label = labelled(VoterKind, "类别。Kind.", "kind", required=True)
    member = reference(
        Member, "member", key="member_id", loader="members", description="委员。The member."
    )
    label = String(description="凭投票码参加者的称谓。Whom a code was given to.")
    unit = unit_field("申报的任职单位。Unit that the person says to work for.")
    voted = Boolean(description="是否投票，计票后可见。Whether voted, once counted.")


class AppraisalReport(ObjectType):
    """被评议单位的书面汇报。The written report of a unit under appraisal."""

    unit = unit_field("汇报单位。The unit.")
    text = String(required=True, description="内容。The report.")
    files = List(NonNull(File), description="附件。Attached files.")
    handed_in_at = DateTime(required=True, description="提交时间。When it was handed in.")
    late = Boolean(required=True, description="是否逾期。Whether after the due day.")
    revision = Int(required=True, description="第几次提交。Counts what the unit has handed in.")

    @staticmethod
    def resolve_files(row: Row, info: GraphQLResolveInfo) -> Any:
        return files_of(info, row["files"])


class Appraisal(NodeType):
    """民主评议。A democratic appraisal with a secret vote."""

    title = String(required=True, description="名称。Title.")
    state, state_label = labelled(AppraisalState, "状态。State.", required=True)
    held_at = DateTime(required=True, description="时间。When.")
    place = String(required=True, description="地点。Where.")
    items = List(
        NonNull(String),
        required=True,
        resolver=FromRow(lambda row: row["rules"]["items"]),
        description="打分项目，按投票分数的顺序。Items to be scored, in the order of scores.",
    )
    min_ballots = Int(
        required=True,
        resolver=FromRow(lambda row: row["rules"]["min_ballots"]),
        description="计票最少票数。With fewer ballots it is not counted.",
    )
    subjects = List(
        NonNull(AppraisalSubject), required=True, description="评议的提案。Cases on the list."
    )
    panel = List(NonNull(AppraisalVoter), description="评议人员，限提案委。For the committee.")
    invited = Int(required=True, description="应到人数。Size of the panel.")
    voted = Int(description="已投票人数。How many have voted.")
    my_vote, my_vote_label = labelled(
        RollState, "本人投票情况。Whether the viewer has voted.", "my_vote"
    )
    report_due_at = DateTime(description="汇报提交期限。When the units' reports are due.")
    reports = List(
        NonNull(AppraisalReport),
        description="被评议单位汇报，限评议人员、提案委、督查部门和本单位。For who may read them.",
    )
    reports_missing = List(
        Organisation, description="尚未提交汇报的单位。Units whose report is missing."
    )
    opened_at = DateTime(description="开始投票时间。When the vote opened.")
    counted_at = DateTime(description="计票时间。When it was counted.")
    published_at = DateTime(description="公布时间。When it was published.")
    public = Boolean(required=True, description="是否向社会公开。Whether it is public.")
    reason = String(description="取消原因。Why it was cancelled.")

    get_node = loaded_by("appraisals")

    @staticmethod
    def resolve_reports_missing(row: Row, info: GraphQLResolveInfo) -> Any:
        return load_organisations(info, row["reports_missing"])


class InspectionFinding(ObjectType):
    """一件提案的视察情况。What was seen of one case."""

    proposal = case_field()
    text = String(required=True, description="情况。The finding.")
    verified = List(NonNull(Int), description="视察核实已兑现的承诺序号。Promises seen to be kept.")
    photos = List(NonNull(File), description="照片。Photos.")

    @staticmethod
    def resolve_photos(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row["photos"])


class Inspection(NodeType):
    """提案办理视察。An inspection of how proposals are handled."""

    title = String(required=True, description="名称。Title.")
    state, state_label = labelled(InspectionState, "状态。State.", required=True)
    held_at = DateTime(required=True, description="时间。When.")
    place = String(required=True, description="地点。Where.")
    proposals = List(Proposal, description="视察的提案。The cases.")
    units = List(NonNull(Organisation), description="承办单位。Units of the cases.")
    participants = List(
        Member, description="邀请或参加的委员。Members invited; once held, those who came."
    )
    version = Int(description="版本，编写时作 expectedVersion。Version, to edit by.")
    findings = List(NonNull(InspectionFinding), description="视察情况。Findings.")
    report = String(description="视察报告。Report.")
    attachments = List(NonNull(File), description="报告附件。Attachments of the report.")
    reported_at = DateTime(description="报告时间。When reported.")
    reason = String(description="取消原因。Why it was cancelled.")

    get_node = loaded_by("inspections")

    @staticmethod
    def resolve_proposals(row: Row, info: GraphQLResolveInfo) -> Any:
        return info.context.loaders.proposals.load_many(row["proposal_ids"])

    @staticmethod
    def resolve_units(row: Row, info: GraphQLResolveInfo) -> Any:
        return load_organisations(info, row["units"])

    @staticmethod
    def resolve_participants(row: Row, info: GraphQLResolveInfo) -> Any:
        return info.context.loaders.members.load_many(row["participants"])

    @staticmethod
    def resolve_attachments(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row["attachments"])


async def load_appraisals(context: Context, ids: Sequence[str]) -> list[Row | None]:
    return await _load(context, "appraisals_by_ids", ids)


async def load_inspections(context: Context, ids: Sequence[str]) -> list[Row | None]:
    return await _load(context, "inspections_by_ids", ids)


async def _load(context: Context, method: str, ids: Sequence[str]) -> list[Row | None]:
    """Rows aligned with the ids, None where the viewer may not see."""
    found = {row["id"]: row for row in await context.call(SERVICE, method, ids=list(ids))}
    return [found.get(id) for id in ids]


LOADERS = {"appraisals": load_appraisals, "inspections": load_inspections}
ERROR_CODES = {
    "APPRAISAL_WRONG_STATE": "评议当前状态不能进行此操作。Not in this state of the appraisal.",
    "APPRAISAL_CASE_UNFIT": "提案或单位不能列入评议。The case or its units cannot be appraised.",
    "APPRAISAL_CASE_LISTED": "提案已列入另一场评议。The case is on another list under way.",
    "VOTER_UNFIT": "评议人员的类别与身份不符。The voter is not of this kind.",
    "VOTER_LISTED": "该人员已在评议名单中。The voter is on the panel already.",
    "NO_VOTER": "评议名单中没有这个人员。No such voter on the panel.",
    "V15_CONFLICT_OF_INTEREST": "在承办单位任职者须回避（V15）。Works for a unit of a case.",
    "PANEL_TOO_SMALL": "评议人员过少。The panel is too small for a secret vote.",
    "VOTE_CLOSED": "现在不能投票。The vote is not open.",
    "ALREADY_VOTED": "每人只能投一次。One vote each.",
    "BALLOT_INCOMPLETE": "选票不完整。The ballot is incomplete.",
    "TOO_FEW_BALLOTS": "票数过少，暂不能计票。Too few ballots to be counted.",
    "INSPECTION_WRONG_STATE": "视察当前状态不能进行此操作。Not in this state of the inspection.",
    "INSPECTION_UNFIT": "视察的提案、人员或日期不符合要求。Cases, people or date do not fit.",
}


class VotingCode(ObjectType):
    """投票码，只显示一次。A voting code, shown this once."""

    no = Int(required=True, description="评议人员序号。Number of the voter.")
    label = String(required=True, description="称谓。Whom it is for.")
    code = String(required=True, description="投票码。The code.")
