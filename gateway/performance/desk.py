"""Points by hand, appeals, rules and years, as the performance service sends them."""

from __future__ import annotations

from typing import Any

from graphene import ID, Field, Float, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import Date, DateTime, FromRow, NodeType, global_id, labelled, loaded_by
from gateway.manifests import enum
from gateway.performance.loaders import SERVICE
from gateway.performance.types import OfMember, ScoreGrade

PointsRequestState = enum("PointsRequestState")
PointsRequestKind = enum("PointsRequestKind")
PointsAppealState = enum("PointsAppealState")
LateChangeState = enum("LateChangeState")
TalkState = enum("TalkState")
PointsYearState = enum("PointsYearState")
RuleSetState = enum("RuleSetState")


def entry_global_id(row: dict[str, Any], key: str = "entry_id") -> str | None:
    return row.get(key) and global_id("LedgerEntry", row[key])


class PointsRequest(OfMember, NodeType):
    """人工记分申请，两人办理。A request for points by hand; another person decides on it."""

    kind, kind_label = labelled(
        PointsRequestKind, "种类。What is asked for.", "kind", required=True
    )
    state, state_label = labelled(PointsRequestState, "状态。State.", required=True)
    rule_code = String(required=True, description="规则代码。Code of the rule.")
    variant = String(required=True, description="情形，如 ORAL。Case within the rule.")
    quantity = Int(required=True, description="数量。Quantity, of `outOf`.")
    out_of = Int(required=True, description="总数。What the quantity is a part of.")
    happened_on = DateTime(required=True, description="发生时间。When it happened.")
    entry_id = ID(
        resolver=FromRow(entry_global_id),
        description="要冲销的账目。Global id of the entry to take back.",
    )
    reason = String(required=True, description="理由。Reason.")
    requested_at = DateTime(required=True, description="申请时间。When it was asked for.")
    decided_at = DateTime(description="复核时间。When it was decided.")
    decision_reason = String(description="复核说明。Reason of the decision.")
    appeal_id = ID(
        resolver=FromRow(
            lambda row: row.get("appeal_id") and global_id("PointsAppeal", row["appeal_id"])
        ),
        description="所依据的申诉。Global id of the appeal that it follows from.",
    )

    get_node = loaded_by("points_requests")


class PointsAppeal(OfMember, NodeType):
    """积分申诉。An appeal against the draft of a year."""

    year = Int(required=True, description="年度。Year.")
    text = String(required=True, description="申诉内容。What the member says.")
    entry_ids = List(
        NonNull(ID),
        required=True,
        resolver=FromRow(lambda row: [global_id("LedgerEntry", id) for id in row["entry_ids"]]),
        description="涉及的账目。Global ids of the entries that it is about.",
    )
    state, state_label = labelled(PointsAppealState, "状态。State.", required=True)
    submitted_at = DateTime(required=True, description="提出时间。When it was submitted.")
    decided_at = DateTime(description="答复时间。When it was answered.")
    reason = String(description="答复理由。Reason of the answer.")

    get_node = loaded_by("points_appeals")


class LateChange(OfMember, ObjectType):
    """封存后变动：封存后到达的账目，须经主席会议审定。An entry that came after the freeze."""

    entry_id = ID(
        required=True,
        resolver=FromRow(entry_global_id),
        description="账目编号。Global id of the ledger entry.",
    )
    year = Int(required=True, description="年度。Year.")
    state, state_label = labelled(LateChangeState, "状态。State.", required=True)
    listed_at = DateTime(required=True, description="列入时间。When it was listed.")
    decided_at = DateTime(description="审定时间。When it was decided.")
    reason = String(description="审定理由。Reason of the decision.")


class PerformanceTalk(OfMember, NodeType):
    """履职谈话：年度待改进的委员，由召集人谈话；连续两年的由主席会议成员谈话。

    A talk after a year that ended "to improve"; after two in a row by the leadership.
    """

    year = Int(required=True, description="年度。Year.")
    in_a_row = Int(required=True, description="连续待改进的年数。Years running.")
    state, state_label = labelled(TalkState, "状态。State.", required=True)
    due_at = DateTime(required=True, description="提出时间。When it became due.")
    held_on = DateTime(description="谈话时间。When it was held.")
    note = String(description="谈话记录，限本人、本组召集人和主席会议。Record of the talk.")

    get_node = loaded_by("performance_talks")


class Amendment(OfMember, ObjectType):
    """封存后经审定的更正，原快照不变。An approved change beside the snapshot."""

    entry_id = ID(
        required=True,
        resolver=FromRow(entry_global_id),
        description="账目编号。Global id of the ledger entry.",
    )
    digest = String(required=True, description="更正后的摘要。SHA-256 of the member's new sheet.")
    signature = String(required=True, description="签名。Signed statement (JWT, EdDSA).")
    at = DateTime(required=True, description="时间。When it was approved.")


class PointsYear(NodeType):
    """年度积分的公示与封存。A year's draft and its frozen, signed snapshot."""

    year = Int(required=True, description="年度。Year.")
    state, state_label = labelled(PointsYearState, "状态。State.", required=True)
    draft_at = DateTime(required=True, description="公示时间。When the draft was published.")
    appeal_until = DateTime(required=True, description="申诉截止。End of the time for appeals.")
    frozen_at = DateTime(description="封存时间。When it was frozen.")
    members = Int(required=True, description="快照人数。Number of members in the snapshot.")
    digest = String(description="快照摘要。SHA-256 over all sheets.")
    signature = String(description="签名。Signed statement (JWT, EdDSA).")
    amendments = List(
        NonNull(Amendment), required=True, description="封存后的更正。Approved later changes."
    )

    @classmethod
    async def get_node(cls, info: GraphQLResolveInfo, id: str) -> dict[str, Any] | None:
        rows = await info.context.call(SERVICE, "performance_years")
        return next((row for row in rows if row["id"] == id), None)


class RulePoints(ObjectType):
    """一种情形的分值。The points of one case of a rule."""

    variant = String(required=True, description="情形，无则为空。Case; empty if there is one only.")
    points = Float(required=True, description="分值。Points.")


class ScoringRule(ObjectType):
    """一条积分规则。One rule of the scheme."""

    code = String(required=True, description="代码，如 B1。Code.")
    basis = String(required=True, description="依据的履职事实。The fact that it counts.")
    label = String(required=True, description="名称。Name.")
    measure = String(required=True, description="量词。Measure word.")
    noun = String(required=True, description="事项。What is counted.")
    points = List(NonNull(RulePoints), required=True, description="分值。Points by case.")
    further = Float(description="后续每件分值。Each one after the year's first.")
    yearly_count = Int(description="年度计分次数上限。So many count in a year.")
    yearly_points = Float(description="年度分值上限。So many points in a year.")


class ScoringCategory(ObjectType):
    """一个类别及其封顶分。A category and its cap."""

    code = String(required=True, description="代码，A至G。Code, A to G.")
    label = String(required=True, description="名称。Name.")
    cap = Float(description="封顶分，扣分类无。Cap; null for deductions.")


class ScoringGrade(ObjectType):
    """一个等次的起点分。A grade and where it begins."""

    code = Field(ScoreGrade, required=True, description="等次。Grade.")
    label = String(required=True, description="名称。Name.")
    threshold = Float(required=True, description="起点分。Points from which it holds.")


class ScoringRules(NodeType):
    """一个版本的积分办法。A version of the scheme."""

    version = Int(required=True, description="版本号。Version.")
    written = Int(
        description="草稿的版本，编写时作 expectedVersion。Version of the draft, to edit by."
    )
    state, state_label = labelled(RuleSetState, "状态。State.", required=True)
    label = String(required=True, description="名称。Name.")
    active_from = Date(required=True, description="生效日期。Day from which it holds.")
    categories = List(NonNull(ScoringCategory), required=True, description="类别。Categories.")
    grades = List(NonNull(ScoringGrade), required=True, description="等次。Grades, best first.")
    rules = List(NonNull(ScoringRule), required=True, description="规则。Rules.")
    drafted_at = DateTime(description="拟订时间。When it was written.")
    decided_at = DateTime(description="审定时间。When it was decided.")
    decided_on = Date(description="常委会决定日期。Day of the Standing Committee's decision.")
    document_no = String(description="文号。Number of the document behind it.")
    reason = String(description="审定说明。Reason of the decision.")

    @classmethod
    async def get_node(cls, info: GraphQLResolveInfo, id: str) -> dict[str, Any] | None:
        rows = await info.context.call(SERVICE, "rule_sets")
        return next((row for row in rows if row["id"] == id), None)


class WhatIfEntry(OfMember, ObjectType):
    """按另一版本办法试算的一位委员。A member's place by other rules, beside the present one."""

    rank = Int(description="现名次。Present rank; null if not scored.")
    total = Float(required=True, description="现总分。Present total.")
    grade = Field(ScoreGrade, description="现等次。Present grade.")
    other_rank = Int(description="试算名次。Rank by the other rules.")
    other_total = Float(required=True, description="试算总分。Total by the other rules.")
    other_grade = Field(ScoreGrade, description="试算等次。Grade by the other rules.")
