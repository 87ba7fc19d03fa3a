"""Scores and ledger entries, as the performance service sends them."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import ID, Boolean, Field, Float, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import DateTime, FromRow, NodeType, global_id, labelled, loaded_by
from gateway.manifests import enum
from gateway.members.types import Member
from gateway.office.meetings import Meeting
from gateway.performance.loaders import SERVICE

ScoreGrade = enum("ScoreGrade")
ScoreGroupKind = enum("ScoreGroupKind")

# The first word of a source_ref → the GraphQL type of the record behind it.
SOURCE_TYPES = {
    "proposal": "Proposal",
    "meeting": "Meeting",
    "activity": "Activity",
    "study_session": "StudySession",
    "study_class": "RotationClass",
    "study_paper": "StudyPaper",
    "contact": "MemberContact",
    "reception": "Reception",
}


def member_global_id(row: dict[str, Any]) -> str:
    return global_id("Member", row["member_id"])


def source_global_id(row: dict[str, Any]) -> str | None:
    """ "proposal/<id>/filed" → the proposal; none for a source that the schema does not have."""
    kind, id, *_ = row["source_ref"].split("/")
    return global_id(SOURCE_TYPES[kind], id) if kind in SOURCE_TYPES else None


def source_field() -> ID:
    return ID(
        resolver=FromRow(source_global_id),
        description="来源事项的全局编号。Global id of the record behind the fact.",
    )


def meeting_field() -> Field:
    """The meeting behind a line of points or a duty, where it is one and the viewer may see it."""

    def resolve(row: dict[str, Any], info: GraphQLResolveInfo) -> Any:
        kind, id, *_ = row["source_ref"].split("/")
        return info.context.loaders.meetings.load(id) if kind == "meeting" else None

    return Field(
        Meeting, resolver=resolve, description="所依据的会议。The meeting behind it; null if none."
    )


class OfMember:
    """A row about one member: its id, and the member for a list's one call."""

    member_id = ID(
        required=True,
        resolver=FromRow(member_global_id),
        description="委员编号。Global id of the member.",
    )
    member = Field(Member, description="委员。The member.")

    @staticmethod
    def resolve_member(
        row: dict[str, Any], info: GraphQLResolveInfo
    ) -> Awaitable[dict[str, Any] | None]:
        member: Awaitable[dict[str, Any] | None] = info.context.loaders.members.load(
            row["member_id"]
        )
        return member


class ScoreLine(ObjectType):
    """一笔得分及其理由。What one ledger entry counts now, and why."""

    entry_id = ID(
        required=True,
        resolver=FromRow(lambda row: global_id("LedgerEntry", row["entry_id"])),
        description="账目编号。Global id of the ledger entry.",
    )
    rule_code = String(required=True, description="规则代码，如 B1。Code of the rule.")
    rule_label = String(required=True, description="规则名称。Chinese name of the rule.")
    points = Float(
        required=True, description="现计分值，类别封顶前。Points counted now, before the cap."
    )
    reason = String(required=True, description="计分理由。Why it counts so much, in Chinese.")
    reversed = Boolean(required=True, description="是否已冲销。Whether the fact has been undone.")
    event_type = String(required=True, description="来源事件类型。Type of the earning event.")
    source_ref = String(required=True, description="来源事项。The fact that earned it.")
    source_id = source_field()
    meeting = meeting_field()
    occurrence_no = Int(required=True, description="第几次发生。Which occurrence of the fact.")
    occurred_on = DateTime(required=True, description="发生时间。When the fact occurred.")


class ScoreCategory(ObjectType):
    """一个类别的得分。The points of one category."""

    code = String(required=True, description="类别代码，A至G。Code of the category, A to G.")
    label = String(required=True, description="类别名称。Chinese name of the category.")
    cap = Float(description="封顶分，扣分类无。Cap; null for deductions.")
    raw = Float(required=True, description="原始分。Sum of the lines.")
    points = Float(required=True, description="计入总分的分值。What the cap leaves of it.")
    lines = List(
        NonNull(ScoreLine),
        required=True,
        description="各笔明细，按发生时间。The lines, in the order of their facts.",
    )


class GroupAverage(ObjectType):
    """组别平均分。The average score of one of the member's groups."""

    kind, kind_label = labelled(
        ScoreGroupKind, "组别类型。Kind of the group.", "kind", required=True
    )
    group_id = String(required=True, description="组别代码。Code of the group.")
    average = Float(description="平均分，无人计分时为空。Average; null if nobody is scored.")
    members = Int(required=True, description="计分人数。Number of members it is made of.")


class Score(ObjectType):
    """年度履职积分及其理由。The score of a member in a year, with every reason."""

    member_id = ID(
        required=True,
        resolver=FromRow(member_global_id),
        description="委员编号。Global id of the member.",
    )
    year = Int(required=True, description="年度。Year.")
    rule_version = Int(required=True, description="积分办法版本。Version of the rules.")
    total = Float(required=True, description="总分，不低于0分。Total, never below 0.")
    grade = Field(ScoreGrade, description="等次，不记分者无。Grade; null if not scored.")
    grade_label = String(description="等次名称。Chinese label of the grade.")
    months = Int(
        required=True,
        description="计算等次的任职月数。Months of the year that the grade's thresholds are for.",
    )
    not_scored = Boolean(required=True, description="是否不记分。Whether the member is not scored.")
    categories = List(
        NonNull(ScoreCategory), description="各类得分。The categories with their lines."
    )
    group_averages = List(
        NonNull(GroupAverage),
        description="所属各组的平均分。The averages of the member's groups.",
    )

    @staticmethod
    def resolve_group_averages(
        score: dict[str, Any], info: GraphQLResolveInfo
    ) -> Awaitable[list[dict[str, Any]]]:
        averages: Awaitable[list[dict[str, Any]]] = info.context.call(
            SERVICE, "group_averages", member_id=score["member_id"], year=score["year"]
        )
        return averages


class FrozenLine(ObjectType):
    """封存时的一笔得分。What one ledger entry counted when the sheet was signed."""

    entry_id = ID(
        required=True,
        resolver=FromRow(lambda row: global_id("LedgerEntry", row["entry_id"])),
        description="账目编号。Global id of the ledger entry.",
    )
    points = Float(required=True, description="计分值，类别封顶前。Points before the cap.")


class FrozenCategory(ObjectType):
    """封存时一个类别的得分。The points of one category when the sheet was signed."""

    code = String(required=True, description="类别代码，A至G。Code of the category, A to G.")
    label = String(required=True, description="类别名称。Chinese name of the category.")
    raw = Float(required=True, description="原始分。Sum of the lines.")
    points = Float(required=True, description="计入总分的分值。What the cap leaves of it.")
    lines = List(NonNull(FrozenLine), required=True, description="各笔明细。The lines.")


class FrozenScore(OfMember, ObjectType):
    """封存的年度积分。A member's sheet of a year as it was signed; never changed."""

    year = Int(required=True, description="年度。Year.")
    revision = Int(
        required=True,
        description="版次，封存时为0，每次更正加1。0 of the freeze, one more each amendment.",
    )
    digest = String(required=True, description="摘要。SHA-256 over the sheet.")
    total = Float(required=True, description="总分。Total.")
    grade = Field(ScoreGrade, description="等次，不记分者无。Grade; null if not scored.")
    grade_label = String(description="等次名称。Chinese label of the grade.")
    months = Int(required=True, description="任职月数。Months that the thresholds were for.")
    rule_version = Int(required=True, description="积分办法版本。Version of the rules.")
    categories = List(NonNull(FrozenCategory), required=True, description="各类得分。Categories.")


class LedgerEntry(NodeType):
    """履职账目，只增不改。An entry of the points ledger; undoing adds one of opposite sign."""

    member_id = ID(
        required=True,
        resolver=FromRow(member_global_id),
        description="委员编号。Global id of the member.",
    )
    year = Int(required=True, description="计分年度。The year it counts in.")
    rule_code = String(required=True, description="规则代码，如 B1。Code of the rule.")
    rule_label = String(required=True, description="规则名称。Chinese name of the rule.")
    rule_version = Int(required=True, description="积分办法版本。Version of the rules.")
    base_points = Float(
        required=True,
        description=(
            "规则基准分，冲销为负；首件、年度限额与封顶在得分中计算。The rule's base value, "
            "negative in a reversal; first/further, yearly limits and caps come in the score."
        ),
    )
    event_type = String(required=True, description="来源事件类型。Type of the event.")
    source_ref = String(required=True, description="来源事项。The fact behind the entry.")
    source_id = source_field()
    meeting = meeting_field()
    source_event_id = ID(required=True, description="来源事件编号。Id of the event.")
    occurrence_no = Int(required=True, description="第几次发生。Which occurrence of the fact.")
    occurred_on = DateTime(
        required=True,
        description="发生时间，冲销同原账目。When the fact occurred; a reversal: its original's.",
    )
    posted_at = DateTime(
        required=True,
        description="入账依据的时间。When the fact that posted the entry occurred.",
    )
    actor_role = String(
        resolver=FromRow(lambda row: row["actor"].get("role")),
        description="来源事件的操作身份。Acting role of whoever caused the event.",
    )
    reverses_entry_id = ID(
        resolver=FromRow(
            lambda row: (
                row["reverses_entry_id"] and global_id("LedgerEntry", row["reverses_entry_id"])
            )
        ),
        description="所冲销的账目。Global id of the entry that this one undoes.",
    )

    get_node = loaded_by("ledger_entries")


class RankingEntry(OfMember, ObjectType):
    """履职积分排名中的一位委员。A member's place in the ranking of a year."""

    rank = Int(
        description="名次，并列同名次；不记分者无。Rank, ties share one; null if not scored."
    )
    year = Int(required=True, description="年度。Year.")
    total = Float(required=True, description="总分。Total.")
    grade = Field(ScoreGrade, description="等次，不记分者无。Grade; null if not scored.")
    grade_label = String(description="等次名称。Chinese label of the grade.")
    not_scored = Boolean(required=True, description="是否不记分。Whether the member is not scored.")
    previous_rank = Int(description="上年名次。Rank of the year before; null if there was none.")
    previous_total = Float(description="上年总分。Total of the year before.")
