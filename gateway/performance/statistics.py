"""Figures of members' duties by group, a member's own, and the silent ones."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import ID, Argument, Field, Float, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import (
    DateTime,
    FromRow,
    connection,
    label_field,
    labelled_enum,
    labels_of,
    local_id,
    paged,
    resolve_page,
)
from gateway.context import Context
from gateway.manifests import enum
from gateway.members.enums import Gender
from gateway.performance.fields import YEAR
from gateway.performance.types import SERVICE, OfMember, source_global_id

Row = dict[str, Any]
PAGE = 100

DutyGroupKind = labelled_enum(
    "DutyGroupKind",
    {
        "ALL": ("全体", "All members"),
        "SECTOR": ("界别", "Sector"),
        "SECTOR_GROUP": ("界别活动小组", "Sector activity group"),
        "COMMITTEE": ("专门委员会", "Special committee"),
        "TOWN": ("镇（街道）", "Town or street"),
        "PARTY": ("党派", "Party"),
        "STANDING": ("常委与委员", "Standing and ordinary members"),
        "SYSTEM": ("体制内外", "Inside and outside the system"),
        "TENURE": ("新任与连任", "New and continuing members"),
        "GENDER": ("性别", "Gender; for those who see all members' points"),
    },
    "履职统计的分组方式。What members are told apart by.",
)
MeetingKind = enum("MeetingKind")
DutyKind = labelled_enum(
    "DutyKind",
    {
        "MEETING": ("会议", "A meeting, present or not"),
        "SPEECH": ("发言", "A speech"),
        "PROPOSAL": ("提案", "A proposal signed"),
        "OPINION": ("社情民意", "An item of public opinion submitted"),
        "OPINION_ISSUED": ("社情民意被采用", "An item issued"),
        "ACTIVITY": ("活动", "An activity"),
        "SERVICE": ("社会服务", "Social service"),
        "STUDY": ("学习", "A study session"),
        "CLASS": ("轮训班结业", "A rotation class completed"),
        "PAPER": ("学习文章", "A study paper"),
        "REPORT": ("报告", "A report's main author"),
        "MOTION": ("建议案", "A motion's main author"),
        "HISTORY": ("文史资料", "Historical material"),
        "CONTACT": ("联系", "A contact"),
        "RECEPTION": ("委员之家接待", "A reception in a Members' Home"),
    },
    "履职事项的种类。Kind of duty.",
)
# Keys that are no ids → their Chinese names.
WORDS = {
    "ALL": {"ALL": "全体"},
    "STANDING": {"YES": "常委", "NO": "委员"},
    "SYSTEM": {"INSIDE": "体制内", "OUTSIDE": "体制外"},
    "TENURE": {"NEW": "新任", "CONTINUING": "连任"},
    "GENDER": dict(labels_of(Gender)),
}


class MeetingFigures(ObjectType):
    """一种会议的出席情况。Attendance of one kind of meeting."""

    kind = Field(MeetingKind, required=True, description="会议种类。Kind of meeting.")
    kind_label = label_field(MeetingKind, "kind", "种类名称。Chinese label of the kind.")
    required = Int(required=True, description="应出席半天数，不含免计。Half-days required.")
    present = Int(required=True, description="实际出席半天数。Half-days present.")
    rate = Float(description="出席率，百分数。Attendance rate, percent; null of nothing.")
    leave = Int(required=True, description="请假次数。Leaves granted.")
    refused = Int(required=True, description="请假未获准次数。Leaves refused and absent.")
    absent = Int(required=True, description="缺席次数。Absences without leave.")


class _Figures:
    members = Int(required=True, description="委员人数。Number of members.")
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


class DutyFigures(_Figures, ObjectType):
    """一年的履职数据。The figures of a year."""


class DutyStatistics(_Figures, ObjectType):
    """一组委员的履职统计，附上年数据。A group's figures of a year, with the year before."""

    key = String(required=True, description="组别代码。Code or id of the group.")
    label = String(description="组别名称。Chinese name of the group.")
    previous = Field(DutyFigures, required=True, description="上年数据。The year before.")


class MemberDuty(ObjectType):
    """一项履职记录。One thing that a member did, or a meeting missed."""

    duty = Field(DutyKind, required=True, description="种类。Kind of duty.")
    duty_label = label_field(DutyKind, "duty", "种类名称。Chinese label of the kind.")
    kind = String(required=True, description="细类代码。Code within the kind.")
    on = DateTime(required=True, description="时间。When.")
    status = String(required=True, description="会议出席状态。Status, of a meeting.")
    required = Int(required=True, description="应出席半天数。Half-days required, of a meeting.")
    present = Int(required=True, description="出席半天数。Half-days present, of a meeting.")
    source_ref = String(required=True, description="来源事项。The fact.")
    source_id = ID(
        resolver=FromRow(source_global_id),
        description="来源事项的全局编号。Global id of the record behind the fact.",
    )


class SilentMember(OfMember, ObjectType):
    """长期无履职记录的委员。A member in office without any duty of late."""

    last_duty_on = DateTime(description="最近一次履职，从无则空。The last duty; null for none.")


MemberDutyConnection = connection(MemberDuty)
SilentMemberConnection = connection(SilentMember)


async def duty_statistics(
    context: Context, by: str, year: int | None, group_id: str | None = None
) -> list[Row]:
    """Rows with their labels; by gender the gateway divides the members, whose gender stays with
    the members service."""
    parts = await _by_gender(context) if by == "GENDER" else None
    rows: list[Row] = await context.call(
        SERVICE,
        "duty_statistics",
        year=year,
        by="PARTS" if parts is not None else by,
        group_id=group_id,
        parts=parts,
    )
    labels = await _labels(context, by, [row["key"] for row in rows])
    return [{**row, "label": labels.get(row["key"], row["key"])} for row in rows]


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


def _member() -> Argument:
    return Argument(ID, required=True, description="委员编号。Global id of the member.")


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
        found: Row = await info.context.call(
            SERVICE, "member_figures", member_id=viewer["member_id"], year=year
        )
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
    member_duty_figures = Field(
        DutyStatistics,
        member_id=_member(),
        year=YEAR,
        description="一位委员的履职数据。One member's figures.",
    )
    member_duties = paged(
        MemberDutyConnection,
        "一位委员的履职记录，旧的在前。What a member did in a year, oldest first.",
        member_id=_member(),
        year=YEAR,
    )
    silent_members = paged(
        SilentMemberConnection,
        "长期无履职记录的委员。Members in office without any duty of late.",
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

    @staticmethod
    def resolve_member_duty_figures(
        _root: Any, info: GraphQLResolveInfo, member_id: str, year: int | None = None
    ) -> Awaitable[Row]:
        found: Awaitable[Row] = info.context.call(
            SERVICE,
            "member_figures",
            member_id=local_id(member_id, "Member", "memberId"),
            year=year,
        )
        return found

    @staticmethod
    def resolve_member_duties(
        _root: Any,
        info: GraphQLResolveInfo,
        member_id: str,
        first: int,
        year: int | None = None,
        after: str | None = None,
    ) -> Awaitable[Row]:
        asked = {"member_id": local_id(member_id, "Member", "memberId"), "year": year}
        return resolve_page(info, SERVICE, "list_duties", filter=asked, first=first, after=after)

    @staticmethod
    def resolve_silent_members(
        _root: Any, info: GraphQLResolveInfo, first: int, after: str | None = None
    ) -> Awaitable[Row]:
        return resolve_page(info, SERVICE, "list_silent", first=first, after=after)
