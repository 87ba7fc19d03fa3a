"""Proposals, as the proposals service sends them; what the viewer may not see is null."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import Boolean, Field, Float, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import (
    DateTime,
    NodeType,
    connection,
    label_field,
    labelled,
    loaded_by,
    reference,
)
from gateway.files.types import File, files_of, readable_file
from gateway.identity.types import Role
from gateway.liaison.contacts import Lead
from gateway.members.enums import OrganisationSide
from gateway.members.fields import row_fields as member_fields
from gateway.members.organisations import Organisation, Topical, load_organisations
from gateway.members.types import Member
from gateway.office.affairs import Affair
from gateway.opinions.types import Opinion
from gateway.proposals.enums import (
    AuthorAnswer,
    CloseKind,
    CosignatureState,
    Disposition,
    NotFiledReason,
    Openness,
    ProposalCategory,
    ProposalOriginKind,
    ProposalState,
    ProposerType,
    ReviewVerdict,
    SessionMark,
)
from gateway.proposals.handling import HandledProposal, unit_field
from gateway.proposals.honours import HonouredProposal

SERVICE = "proposals"
Row = dict[str, Any]


class TextChange(ObjectType):
    """一处修改。One change of the text."""

    field = String(required=True, description="位置，如 suggestions.1。Field and position.")
    before = String(description="修改前。Before.")
    after = String(description="修改后。After.")


class ProposalOrigin(ObjectType):
    """提案来源。What a proposal was made from."""

    kind, kind_label = labelled(ProposalOriginKind, "来源种类。Kind.", "kind", required=True)
    lead = reference(
        Lead, "lead", key="ref", loader="leads", description="所依据的提案线索。The lead."
    )


class Cosignature(ObjectType):
    """联名。A member's co-signature."""

    member = reference(
        Member, "member", key="member_id", loader="members", description="联名人。The co-signer."
    )
    state, state_label = labelled(CosignatureState, "状态。State.", required=True)
    occurrence_no = Int(description="第几次邀请。Number of this invitation.")
    invited_at = DateTime(description="邀请时间。When invited.")
    answered_at = DateTime(description="答复时间。When answered.")
    difference = List(
        NonNull(TextChange),
        description="确认之后的修改，限联名人本人和第一提案人。Changes since it was confirmed.",
    )

    @staticmethod
    def resolve_difference(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row]] | None:
        concerned = info.context.actor.self_among([row["member_id"], row["first_proposer"]])
        if row["state"] != "RECONFIRM_NEEDED" or not concerned:
            return None
        found: Awaitable[list[Row]] = info.context.call(
            SERVICE,
            "signature_difference",
            proposal_id=row["proposal_id"],
            member_id=row["member_id"],
        )
        return found


class Shortfall(ObjectType):
    """联名人数不足，待第一提案人决定。Too few co-signers: the first proposer decides."""

    opened_at = DateTime(required=True, description="出现时间。Since when.")
    decide_by = DateTime(required=True, description="决定期限。To be decided by.")


class Withdrawal(ObjectType):
    """撤案申请。A request to withdraw a filed proposal."""

    reason = String(required=True, description="理由。Reason.")
    requested_at = DateTime(required=True, description="申请时间。When requested.")
    open = Boolean(required=True, description="是否待决定。Whether it waits for a decision.")
    decide_by = DateTime(description="决定期限。To be decided by.")


class NotFiled(ObjectType):
    """不予立案。Why a proposal was not filed, and what becomes of it."""

    reason, reason_label = labelled(NotFiledReason, "理由。Reason.", "reason", required=True)
    disposition, disposition_label = labelled(
        Disposition, "处理方式。Disposition.", "disposition", required=True
    )
    comment = String(description="说明。Comment.")
    at = DateTime(required=True, description="时间。When.")
    appeal_by = DateTime(required=True, description="复议期限。An appeal is open until.")


class FirstReview(ObjectType):
    """初审意见。What the staff propose to the director."""

    verdict, verdict_label = labelled(ReviewVerdict, "拟结论。Verdict.", "verdict", required=True)
    category = Field(ProposalCategory, description="拟定类别。Category.")
    units = List(
        NonNull(Organisation),
        resolver=lambda row, info: _units(info, row["units"]),
        description="拟承办单位。Units.",
    )
    opinion = String(description="初审意见。Opinion.")
    proposed_at = DateTime(required=True, description="提出时间。When proposed.")
    decided = Field(ReviewVerdict, description="审定结论，未决定为空。What was decided then.")
    against = String(description="与初审意见不一致的理由。Why otherwise than proposed.")


class CommitteeComment(ObjectType):
    """对口专委会的意见。What a committee says about a proposal of its field."""

    committee = reference(
        Organisation,
        "committee",
        key="committee",
        loader="organisations",
        description="专委会。The committee.",
    )
    text = String(required=True, description="意见。The comment.")
    given_at = DateTime(required=True, description="提出时间。When given.")


class ReferralReceipt(ObjectType):
    """送阅单位确认收到。A unit that has the text for reference."""

    unit = unit_field()
    received_at = DateTime(description="确认收到时间。When it confirmed that it has it.")
    decide_by = DateTime(description="确认期限。To be confirmed by.")


class Referral(ObjectType):
    """未立案提案的送阅、转信。Who else gets what was not filed, with its author's consent."""

    disposition, disposition_label = labelled(
        Disposition, "处理方式。Disposition.", "disposition", required=True
    )
    asked_at = DateTime(required=True, description="征询时间。When the author was asked.")
    decide_by = DateTime(description="答复期限。To be answered by.")
    agreed = Boolean(description="提案人是否同意，未答复为空。The author's word; null while open.")
    comment = String(description="提案人说明。What the author said of it.")
    answered_at = DateTime(description="提案人答复时间。When the author answered.")
    units = List(
        NonNull(Organisation),
        resolver=lambda row, info: _units(info, row["units"]),
        description="送阅单位。Who gets it for reference.",
    )
    receipts = List(NonNull(ReferralReceipt), description="收到情况。Who has it.")
    affair = reference(
        Affair,
        "affair",
        key="affair_id",
        loader="affairs",
        description="来信办理事项，答复见其中。The office's affair; its result is the answer.",
    )
    replied_at = DateTime(description="来信答复时间。When the letter was answered.")


class Appeal(ObjectType):
    """复议。The author's appeal against not filing."""

    reason = String(required=True, description="申请理由。Reason of the author.")
    requested_at = DateTime(required=True, description="申请时间。When requested.")
    agreed = Boolean(description="决定：是否同意。The decision: whether agreed.")
    decision = String(description="决定理由。Reason of the decision.")
    settled = Boolean(
        required=True, description="是否已由第二人确认。Whether a second person confirmed it."
    )
    decide_by = DateTime(description="决定期限。To be decided by.")


class Seal(ObjectType):
    """集体提案的盖章确认。Confirmation of a collective proposal by its head."""

    role = String(required=True, description="确认人角色。Role that confirms.")
    role_label = label_field(Role, "role", "确认人角色名称。Chinese label of the role.")
    requested_at = DateTime(required=True, description="申请时间。When requested.")
    sealed_at = DateTime(description="确认时间。When confirmed.")


class Entry(ObjectType):
    """代录信息。A paper proposal entered on the member's behalf."""

    scan = Field(
        File,
        resolver=lambda row, info: readable_file(info, row["scan"]),
        description="扫描件，限提案委和本人。The scan, for the proposal committee and the member.",
    )
    entered_at = DateTime(required=True, description="录入时间。When entered.")
    confirmed_at = DateTime(description="本人确认时间。When the member confirmed.")


class Transition(ObjectType):
    """一次状态变化。A change of state."""

    state_before = Field(
        ProposalState, resolver=lambda row, _: row["from"], description="原状态。From."
    )
    state_after = Field(ProposalState, resolver=lambda row, _: row["to"], description="新状态。To.")
    at = DateTime(required=True, description="时间。When.")
    role = String(description="操作身份。Acting role.")
    role_label = label_field(Role, "role", "操作身份名称。Chinese label of the role.")
    note = String(description="说明。Note.")


class TextVersion(ObjectType):
    """保存的文本版本。A kept version of the text."""

    no = Int(required=True, description="版本号。Number of the version.")
    title = String(description="案由。Title.")
    situation = String(description="情况。Situation.")
    analysis = String(description="分析。Analysis.")
    suggestions = List(NonNull(String), description="建议。Suggestions.")
    kept_at = DateTime(description="保存时间。When kept.")
    signers = List(NonNull(Member), description="确认此版本的联名人。Who signed this version.")

    @staticmethod
    def resolve_signers(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row]]:
        found: Awaitable[list[Row]] = info.context.loaders.members.load_many(row["signers"])
        return found


class Problem(ObjectType):
    """提交前须解决的问题。What stands against submitting."""

    code = String(required=True, description="代码。Code.")
    field = String(description="输入项。Input field.")
    message = String(required=True, description="中文说明。Message in Chinese.")


class MergedInto(ObjectType):
    """并案。Where a merged proposal belongs."""

    lead = Field(
        lambda: Proposal,
        resolver=lambda row, info: info.context.loaders.proposals.load(row["lead"]),
        description="主案，无权查看的为空。The lead; null where not to be seen.",
    )
    case_no = String(required=True, description="主案提案号。Case number of the lead.")
    case_title = String(required=True, description="主案提案号全称。Its full form.")
    reason = String(description="理由。Reason.")
    merged_at = DateTime(required=True, description="并案时间。When merged.")


class AuthorNaming(ObjectType):
    """列为执笔人及本人答复。A named author, and what the member answered."""

    member = reference(
        Member, "member", key="member_id", loader="members", description="执笔人。The author."
    )
    asked_at = DateTime(required=True, description="征询时间。When asked.")
    answer, answer_label = labelled(
        AuthorAnswer, "答复，未答复为空。Answer; null while open.", "answer"
    )
    answered_at = DateTime(description="答复时间。When answered.")


async def _followers(row: Row, info: GraphQLResolveInfo) -> list[Row]:
    """Those that the viewer may see."""
    found = await info.context.loaders.proposals.load_many(row.get("followers") or [])
    return [follower for follower in found if follower]


class Proposal(HandledProposal, HonouredProposal, Topical, NodeType):
    """提案。A proposal."""

    version = Int(description="版本，供自动保存核对。Version, for autosave's check.")
    term = Int(description="届次。Term.")
    session = Int(description="会议次数。Session.")
    state, state_label = labelled(ProposalState, "状态。State.")
    proposer_type, proposer_type_label = labelled(
        ProposerType, "提案者类型。Kind of proposer.", "proposer_type"
    )
    session_mark, session_mark_label = labelled(
        SessionMark, "大会或平时。Of the plenary, or regular.", "session_mark"
    )
    category, category_label = labelled(ProposalCategory, "类别。Category.", "category")
    title = String(description="案由。Title.")
    situation = String(description="情况。Situation.")
    analysis = String(description="分析。Analysis.")
    suggestions = List(NonNull(String), description="建议条目。Suggestions.")
    topics = List(NonNull(String), description="主题（自由填写）。Topics in free words.")
    themes = List(NonNull(String), description="年度主题。Themes of the year's work plan.")
    # Fetched by one call for a whole page (gateway/references.py).
    proposer = reference(
        Member,
        "proposer",
        key="first_proposer",
        loader="members",
        name="firstProposer",
        fields=member_fields,
        description="第一提案人。First proposer.",
    )
    authors = List(
        NonNull(Member),
        description="主要执笔人；他人只见已确认的。Main authors; to others those who confirmed.",
    )
    namings = List(
        NonNull(AuthorNaming),
        description="执笔人的答复，限提出单位和提案委。Answers of those who were named.",
    )
    side, side_label = labelled(
        OrganisationSide, "主办单位归口，限提案委和督办机关。Side of the main unit.", "side"
    )
    organisation = Field(
        Organisation,
        resolver=lambda row, info: _organisation(info, row.get("organisation")),
        description="集体提案的单位。Organisation of a collective proposal.",
    )
    cosignatures = List(NonNull(Cosignature), description="联名。Co-signatures.")
    openness = Field(Openness, description="是否公开。Whether public.")
    openness_reason = String(description="不公开理由。Why not public.")
    needs_consult = Boolean(description="需面商。Whether a meeting is asked for.")
    contact_person = String(description="联系人。Contact person.")
    contact_phone = String(description="联系电话。Contact phone.")
    declared = Boolean(description="已作保密声明。Whether the declaration is made.")
    origin = Field(ProposalOrigin, description="来源。What it was made from.")
    attachments = List(
        NonNull(File),
        resolver=lambda row, info: files_of(info, row.get("attachments")),
        description="附件，未登录时为空。Attached files; null for visitors.",
    )
    advised_units = List(NonNull(Organisation), description="建议承办单位。Units advised.")
    merged = Field(
        lambda: MergedInto, description="并入的主案，未并案的为空。The lead; null unless merged."
    )
    followers = List(
        NonNull(lambda: Proposal),
        resolver=lambda row, info: _followers(row, info),
        description="并入本案的提案。What is merged into this one.",
    )
    case_state = Field(
        ProposalState,
        resolver=lambda row, info: info.context.loaders.case_states.load(row["id"]),
        description="全案状态：主案与各并案中进度最慢的。Of the whole case: the least advanced.",
    )
    review_units = List(NonNull(Organisation), description="审查意见承办单位。Units of the review.")
    review_opinion = String(description="审查意见。Opinion of the review.")
    own_category = Field(
        ProposalCategory, description="提案人原选类别，立案时更正的。As the proposer chose it."
    )
    first_review = Field(FirstReview, description="初审意见，限提案委。The first review.")
    field_committees = List(
        NonNull(Organisation), description="对口专委会，限提案委和专委会。Whose field it is."
    )
    committee_comments = List(
        NonNull(CommitteeComment), description="专委会意见，限提案委和专委会。Their comments."
    )
    serial_no = String(description="流水号。Serial number.")
    revision = Int(description="提交次数。Number of submissions.")
    submitted_at = DateTime(description="提交时间。When submitted.")
    review_due_at = DateTime(description="审查期限。Review due.")
    return_comment = String(description="退回意见。Comment of the return.")
    window_until = DateTime(description="退回后联名截止。Co-signing after the return until.")
    resubmit_by = DateTime(description="退回后重新提交的期限。To be submitted again by.")
    shortfall = Field(Shortfall, description="联名人数不足。Shortfall of co-signers.")
    case_no = String(description="提案号，如 15-1-023。Case number.")
    case_title = String(description="提案号全称。Case number in words.")
    filed_at = DateTime(description="立案时间。When filed.")
    withdrawal = Field(Withdrawal, description="撤案申请。Request to withdraw.")
    not_filed = Field(NotFiled, description="不予立案。Why it was not filed.")
    opinion = reference(
        Opinion,
        "opinion",
        key="id",
        loader="opinions_of_origins",
        description="转成的社情民意信息，限其反映人和编辑。The item of public opinion made of it.",
    )
    referral = Field(
        Referral,
        description="送阅、转信，限提案人、提案委、办公室和送阅单位。Who else gets it.",
    )
    appeal = Field(Appeal, description="复议。Appeal against not filing.")
    seal = Field(Seal, description="盖章确认。Seal of a collective proposal.")
    entry = Field(Entry, description="代录信息。Entry on behalf.")
    close_kind, close_kind_label = labelled(CloseKind, "办结方式。How it was closed.", "close_kind")
    closed_at = DateTime(description="办结时间。When closed.")
    history = List(NonNull(Transition), description="流程记录。Changes of state.")
    versions = List(NonNull(TextVersion), description="文本版本。Kept versions of the text.")
    problems = List(
        NonNull(Problem), description="现在提交的障碍。What stands against submitting now."
    )
    created_at = DateTime(description="起草时间。When begun.")
    updated_at = DateTime(description="更新时间。Latest change.")

    get_node = loaded_by("proposals")

    @staticmethod
    def resolve_cosignatures(row: Row, _info: GraphQLResolveInfo) -> list[Row] | None:
        found = row.get("cosignatures")
        if found is None:
            return None
        shown = {"proposal_id": row["id"], "first_proposer": row.get("first_proposer")}
        return [{**cosignature, **shown} for cosignature in found]

    @staticmethod
    def resolve_authors(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row]] | None:
        ids = row.get("authors")
        return info.context.loaders.members.load_many(ids) if ids else None

    @staticmethod
    def resolve_advised_units(row: Row, info: GraphQLResolveInfo) -> Any:
        return _units(info, row.get("advised_units"))

    @staticmethod
    def resolve_review_units(row: Row, info: GraphQLResolveInfo) -> Any:
        return _units(info, row.get("review_units"))

    @staticmethod
    def resolve_field_committees(row: Row, info: GraphQLResolveInfo) -> Any:
        return _units(info, row.get("field_committees"))

    @staticmethod
    def resolve_versions(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row]]:
        found: Awaitable[list[Row]] = info.context.call(
            SERVICE, "text_versions", proposal_id=row["id"]
        )
        return found

    @staticmethod
    def resolve_problems(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row]]:
        found: Awaitable[list[Row]] = info.context.call(
            SERVICE, "submission_problems", proposal_id=row["id"]
        )
        return found


class SimilarProposal(ObjectType):
    """相似提案。A proposal on a like matter (V13)."""

    proposal = Field(Proposal, required=True, description="提案。The proposal.")
    likeness = Float(required=True, description="相似度，0至1。Likeness from 0 to 1.")

    @staticmethod
    async def resolve_proposal(row: Row, info: GraphQLResolveInfo) -> Row:
        """Whole, as elsewhere; what is searched has its title and numbers alone."""
        whole: Row | None = await info.context.loaders.proposals.load(row["id"])
        return whole or row


class CounterStart(ObjectType):
    """编号起始。Where a number series begins."""

    counter = String(required=True, description="编号系列。Series.")
    first = Int(required=True, description="起始号。First number.")


ProposalConnection = connection(Proposal)
TYPES = [Proposal]


def _organisation(info: GraphQLResolveInfo, organisation: Row | None) -> Any:
    if organisation is None:
        return None
    return info.context.loaders.organisations.load(organisation["id"])


def _units(info: GraphQLResolveInfo, ids: list[str] | None) -> Any:
    return None if ids is None else load_organisations(info, ids)
