"""Figures of members' duties by group, a member's own, and the silent ones."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import Argument, Field, Float, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import (
    DateTime,
    labelled,
    labels_of,
)
from gateway.context import Context
from gateway.manifests import enum
from gateway.members.enums import Gender
from gateway.performance.fields import YEAR
from gateway.performance.loaders import SERVICE
from gateway.performance.types import OfMember, meeting_field, source_field

Row = dict[str, Any]
PAGE = 100

DutyGroupKind = enum("DutyGroupKind")
MeetingKind = enum("MeetingKind")
DutyKind = enum("DutyKind")
DutyFunction = enum("DutyFunction")
# Keys that are no ids → their Chinese names.
WORDS = {
    "ALL": {"ALL": "全体"},
    "STANDING": {"YES": "常委", "NO": "委员"},
    "SYSTEM": {"INSIDE": "体制内", "OUTSIDE": "体制外"},
    "TENURE": {"NEW": "新任", "CONTINUING": "连任"},
    "FUNCTION": dict(labels_of(DutyFunction)),
    "GENDER": dict(labels_of(Gender)),
}


class MeetingFigures(ObjectType):
    """一种会议的出席情况。Attendance of one kind of meeting."""

    kind, kind_label = labelled(MeetingKind, "会议种类。Kind of meeting.", "kind", required=True)
    required = Int(required=True, description="应出席半天数，不含免计。Half-days required.")
    present = Int(required=True, description="实际出席半天数。Half-days present.")
    rate = Float(description="出席率，百分数。Attendance rate, percent; null of nothing.")
    leave = Int(required=True, description="请假次数。Leaves granted.")
    refused = Int(required=True, description="请假未获准次数。Leaves refused and absent.")
    absent = Int(required=True, description="缺席次数。Absences without leave.")


class FunctionFigures(ObjectType):
    """一项职能的履职情况。What was done of one function."""

    function, function_label = labelled(DutyFunction, "职能。Function.", "function", required=True)
    duties = Int(required=True, description="履职次数。Duties done.")
    members = Int(required=True, description="参与委员人数。Members with at least one.")


class _Figures:
    members = Int(required=True, description="委员人数。Number of members.")
    duties = Int(required=True, description="履职次数。Duties done.")
    duty_participation = Float(description="履职参与率。Members with any duty done, percent.")
    attendance_rate = Float(
        description="出席率＝出席÷（应出席−免计），按半天。Attendance rate by half-days, percent."
    )
    leave = Int(required=True, description="请假次数。Leaves granted.")
    leave_refused = Int(required=True, description="请假未获准次数。Leaves refused and absent.")
    absent = Int(required=True, description="缺席次数。Absences without leave.")
    proposals = Int(required=True, description="立案提案数（第一提案人）。Proposals filed.")
    proposal_participation = Float(
        description="提案参与率：领衔或联名立案提案。Members with a filed proposal, percent."
    )
    opinions = Int(required=True, description="社情民意信息数。Items of public opinion.")
    opinion_participation = Float(description="社情民意参与率。Members with an item, percent.")
    plan_participation = Float(
        description="有年度计划的委员占比（按界别活动小组）。Whose group has a plan, percent."
    )
    summary_participation = Float(
        description="有年度总结的委员占比（按界别活动小组）。Whose group has a summary, percent."
    )
    plenary_participation = Float(description="全体会议参与率。Present at a plenary, percent.")
    committee_participation = Float(
        description="专委会会议参与率。Present at a committee meeting, percent."
    )
    inspection_participation = Float(description="视察参与率。Took part in an inspection, percent.")
    study_tour_participation = Float(description="考察参与率。Took part in a study tour, percent.")
    survey_participation = Float(description="调研参与率。Took part in research, percent.")
    supervision_participation = Float(
        description="民主监督参与率。Took part in supervision, percent."
    )
    study_participation = Float(description="学习参与率。Took part in a study session, percent.")
    speeches_oral = Int(required=True, description="口头发言次数。Oral speeches.")
    speeches_written = Int(required=True, description="书面发言次数。Written speeches.")
    service = Int(required=True, description="社会服务次数。Social services.")
    training_coverage = Float(
        description="轮训覆盖率：本届已完成轮训。Completed a rotation class this term, percent."
    )
    contact_coverage = Float(
        description="联系覆盖率：当年联系两次以上。Links with two contacts or more, percent."
    )
    receptions = Int(required=True, description="委员之家接待人次。Receptions on duty.")
    silent = Int(required=True, description="长期无履职记录人数。Members without any duty of late.")
    meetings = List(
        NonNull(MeetingFigures), required=True, description="各类会议。Meetings kind by kind."
    )
    functions = List(
        NonNull(FunctionFigures), required=True, description="三项职能。Duties by function."
    )


class DutyFigures(_Figures, ObjectType):
    """一年的履职数据。The figures of a year."""


class DutyStatistics(_Figures, ObjectType):
    """一组委员的履职统计，附上年数据。A group's figures of a year, with the year before."""

    key = String(required=True, description="组别代码。Code or id of the group.")
    label = String(description="组别名称。Chinese name of the group.")
    previous = Field(DutyFigures, required=True, description="上年数据。The year before.")


class _Duty:
    duty, duty_label = labelled(DutyKind, "种类。Kind of duty.", "duty", required=True)
    kind = String(required=True, description="细类代码。Code within the kind.")
    function, function_label = labelled(
        DutyFunction, "职能。Function that it serves.", "function", required=True
    )
    on = DateTime(required=True, description="时间。When.")
    status = String(required=True, description="会议出席状态。Status, of a meeting.")
    required = Int(required=True, description="应出席半天数。Half-days required, of a meeting.")
    present = Int(required=True, description="出席半天数。Half-days present, of a meeting.")
    source_ref = String(required=True, description="来源事项。The fact.")
    source_id = source_field()
    meeting = meeting_field()


class MemberDuty(_Duty, ObjectType):
    """一项履职记录。One thing that a member did, or a meeting missed."""


class DutyOfMember(OfMember, _Duty, ObjectType):
    """一位委员的一项履职记录。One thing that one of many members did, or a meeting missed."""


class SilentMember(OfMember, ObjectType):
    """长期无履职记录的委员。A member in office without any duty of late."""

    last_duty_on = DateTime(description="最近一次履职，从无则空。The last duty; null for none.")


async def duty_statistics(
    context: Context, by: str, year: int | None, group_id: str | None = None
) -> list[Row]:
    """Rows with their labels; by gender the gateway divides the members, whose gender stays with
    the members service. Who may not see them all is refused before anybody's gender is read."""
    rows = await _rows(context, by, year, group_id, None)
    if by == "GENDER":
        rows = await _rows(context, by, year, group_id, await _by_gender(context))
    labels = await _labels(context, by, [row["key"] for row in rows])
    return [{**row, "label": labels.get(row["key"], row["key"])} for row in rows]


async def _rows(
    context: Context, by: str, year: int | None, group_id: str | None, parts: list[Row] | None
) -> list[Row]:
    rows: list[Row] = await context.call(
        SERVICE, "duty_statistics", year=year, by=by, group_id=group_id, parts=parts
    )
    return rows


async def _by_gender(context: Context) -> list[Row]:
    divided: dict[str, list[str]] = {}
    after, more = None, True
    while more:
        page = await context.call(
            "members", "list_members", filter={}, first=PAGE, after=after, fields=["gender"]
        )
        for row in page["rows"]:
            divided.setdefault(row["gender"], []).append(row["id"])
        more = page["has_next"]
        after = page["rows"][-1]["cursor"] if page["rows"] else None
    return [{"key": key, "member_ids": divided[key]} for key in sorted(divided)]


async def _labels(context: Context, by: str, keys: list[str]) -> dict[str, str]:
    if by in WORDS:
        return WORDS[by]
    if by == "PARTY":  # a member's party is its code
        parties = await context.call(
            "members", "organisations", kinds=["PARTY"], include_ended=True
        )
        return {row["code"]: row["name"] for row in parties if row.get("code")}
    loader = context.loaders.sectors if by == "SECTOR" else context.loaders.organisations
    found = await loader.load_many(keys)
    return {key: row["name"] for key, row in zip(keys, found, strict=True) if row}


class ViewerDuties:
    duty_figures = Field(
        DutyStatistics, year=YEAR, description="本人履职数据。One's own figures; null if no member."
    )

    @staticmethod
    async def resolve_duty_figures(
        viewer: Row, info: GraphQLResolveInfo, year: int | None = None
    ) -> Row | None:
        if viewer["member_id"] is None:
            return None
        found: Row = await info.context.call(SERVICE, "member_figures", year=year)
        return found


class StatisticsQuery:
    duty_statistics = List(
        NonNull(DutyStatistics),
        by=Argument(DutyGroupKind, required=True, description="分组方式。What to group by."),
        group_id=Argument(String, description="只看此组。Only this group, by its key."),
        year=YEAR,
        description=(
            "履职统计：办公室等见全部，其他人只见本组。Figures by group; all for the office, "
            "one's own groups for others."
        ),
    )

    @staticmethod
    def resolve_duty_statistics(
        _root: Any,
        info: GraphQLResolveInfo,
        by: Any,
        group_id: str | None = None,
        year: int | None = None,
    ) -> Awaitable[list[Row]]:
        return duty_statistics(info.context, by.value, year, group_id)
