"""Lists and figures as xlsx: what a table shows, and where its rows come from.

A table's rows are fetched as the asking user sees them, like everything that is exported.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gateway.base import labels_of
from gateway.context import Context
from gateway.exports import (
    attendance,
    certificates,
    consultations,
    figures,
    opinions,
    outcomes,
    roster,
    supervision,
)
from gateway.performance.statistics import DutyFunction, MeetingKind, duty_statistics
from gateway.performance.types import ScoreGrade
from shared.actor import MEMBER_ROLES, Role

Row = dict[str, Any]
PAGE = 100
OFFICE_ONLY = frozenset({Role.OFFICE})
# Section 3, "roster basic data": whoever reads the whole roster or that of a group.
READS_ROSTER = frozenset(
    {
        *MEMBER_ROLES,
        Role.OFFICE,
        Role.INFO_EDITOR,
        Role.COMMITTEE_STAFF,
        Role.COMMITTEE_DIRECTOR,
        Role.PROPOSAL_STAFF,
        Role.PROPOSAL_DIRECTOR,
        Role.TOWN_STAFF,
        Role.TOWN_HEAD,
        Role.ORG_STAFF,
        Role.ORG_HEAD,
    }
)
# Who organises meetings, and the leaders; whose meeting it is, the office service decides.
READS_ATTENDANCE = frozenset(
    {
        Role.OFFICE,
        Role.CHAIR_COUNCIL,
        Role.SECRETARY_GENERAL,
        Role.COMMITTEE_STAFF,
        Role.COMMITTEE_DIRECTOR,
        Role.PROPOSAL_STAFF,
        Role.PROPOSAL_DIRECTOR,
        Role.TOWN_STAFF,
        Role.TOWN_HEAD,
        Role.SECTOR_CONVENER,
        Role.ORG_STAFF,
        Role.ORG_HEAD,
    }
)
# Who edits and signs public opinion; a single issue is for whoever sees it.
READS_OPINIONS = frozenset(
    {Role.INFO_EDITOR, Role.OFFICE, Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL}
)
# Section 3, "points ledger": rankings and figures by those who may see all of them.
RANKING = frozenset(
    {
        Role.OFFICE,
        Role.INFO_EDITOR,
        Role.CHAIR_COUNCIL,
        Role.SECRETARY_GENERAL,
        Role.STANDING_MEMBER,
    }
)


@dataclass(frozen=True)
class Column:
    """width: characters; hint: shown beside the heading."""

    heading: str
    width: int
    hint: str = ""


async def _no_options(_: Context) -> list[list[str]]:
    return []


@dataclass(frozen=True)
class Table:
    """count and rows take the context and the asked filter; a row is its cells.

    options: a second sheet of what may be written, a list for each heading.
    subject: the GraphQL type of the one record that it is about; none: a year's or the roster's.
    """

    title: str
    columns: tuple[Column, ...]
    may: frozenset[Role]
    count: Callable[[Context, Row], Awaitable[int]]
    rows: Callable[[Context, Row], AsyncIterator[list[list[Any]]]]
    options: Callable[[Context], Awaitable[list[list[str]]]] = _no_options
    subject: str | None = None


async def _count_ranking(context: Context, filter: Row) -> int:
    found: int = await context.call("performance", "count_ranking", year=filter.get("year"))
    return found


async def _ranking(context: Context, filter: Row) -> AsyncIterator[list[list[Any]]]:
    grades = labels_of(ScoreGrade)
    asked = {"year": filter.get("year"), "first": PAGE}
    async for rows in _pages(context, "performance", "list_ranking", asked):
        ids = [row["member_id"] for row in rows]
        before = await context.call(
            "performance", "standings_by_member_ids", member_ids=ids, year=rows[0]["year"] - 1
        )
        former = {place["member_id"]: place for place in before}
        people = await context.loaders.members.load_many(ids)
        yield [
            [
                row["rank"],
                *_person(person),
                row["total"],
                "不记分" if row["not_scored"] else grades.get(row["grade"] or "", ""),
                former.get(row["member_id"], {}).get("rank"),
                former.get(row["member_id"], {}).get("total"),
            ]
            for row, person in zip(rows, people, strict=True)
        ]


FIGURES: Mapping[str, str] = {
    "members": "委员人数",
    "duties": "履职次数",
    "attendance_rate": "出席率%",
    "leave": "请假",
    "leave_refused": "请假未准",
    "absent": "缺席",
    "proposals": "立案提案",
    "proposal_participation": "提案参与率%",
    "opinions": "社情民意",
    "opinion_participation": "社情民意参与率%",
    "plan_participation": "有年度计划%",
    "summary_participation": "有年度总结%",
    "plenary_participation": "全会参与率%",
    "committee_participation": "专委会会议参与率%",
    "inspection_participation": "视察参与率%",
    "study_tour_participation": "考察参与率%",
    "survey_participation": "调研参与率%",
    "supervision_participation": "民主监督参与率%",
    "study_participation": "学习参与率%",
    "speeches_oral": "口头发言",
    "speeches_written": "书面发言",
    "service": "社会服务",
    "training_coverage": "轮训覆盖率%",
    "contact_coverage": "联系覆盖率%",
    "receptions": "接待人次",
    "silent": "长期无履职记录",
}


async def _count_groups(context: Context, filter: Row) -> int:
    return len(await duty_statistics(context, filter["by"], filter.get("year")))


async def _groups(context: Context, filter: Row) -> AsyncIterator[list[list[Any]]]:
    meetings = list(labels_of(MeetingKind))
    found = await duty_statistics(context, filter["by"], filter.get("year"))
    yield [
        [
            row["label"],
            *(row[name] for name in FIGURES),
            *(one["duties"] for one in row["functions"]),
            *_meetings(row, meetings),
            row["previous"]["attendance_rate"],
            row["previous"]["proposal_participation"],
            row["previous"]["opinion_participation"],
        ]
        for row in found
    ]


def _meetings(row: Row, kinds: list[str]) -> list[Any]:
    rates = {meeting["kind"]: meeting["rate"] for meeting in row["meetings"]}
    return [rates.get(kind) for kind in kinds]


def _roster(context: Context, filter: Row) -> AsyncIterator[list[list[Any]]]:
    return roster.rows(context, filter, private=False)


def _private_roster(context: Context, filter: Row) -> AsyncIterator[list[list[Any]]]:
    return roster.rows(context, filter, private=True)


async def _one(_context: Context, _filter: Row) -> int:
    return 1


async def _empty(_context: Context, _filter: Row) -> AsyncIterator[list[list[Any]]]:
    yield []


def _roster_columns(private: bool, hints: bool = False) -> tuple[Column, ...]:
    return tuple(
        Column(column.heading, column.width, column.hint if hints else "")
        for column in roster.columns(private)
    )


def _person(row: Row | None) -> list[str]:
    return [row["member_no"], row["name"]] if row else ["", "（姓名不详）"]


async def _pages(
    context: Context, service: str, method: str, asked: Row
) -> AsyncIterator[list[Row]]:
    after, more = None, True
    while more:
        page = await context.call(service, method, **asked, after=after)
        rows, more = page["rows"], page["has_next"]
        if rows:
            after = rows[-1]["cursor"]
            yield rows


TABLES: Mapping[str, Table] = {
    "RANKING_XLSX": Table(
        "履职积分排名",
        (
            Column("名次", 8),
            Column("委员证号", 14),
            Column("姓名", 14),
            Column("总分", 10),
            Column("等次", 12),
            Column("上年名次", 10),
            Column("上年总分", 10),
        ),
        RANKING,
        _count_ranking,
        _ranking,
    ),
    "DUTY_STATISTICS_XLSX": Table(
        "履职统计",
        (
            Column("组别", 24),
            *(Column(heading, 12) for heading in FIGURES.values()),
            *(Column(f"{label}次数", 12) for label in labels_of(DutyFunction).values()),
            *(Column(f"{label}出席率%", 14) for label in labels_of(MeetingKind).values()),
            Column("上年出席率%", 12),
            Column("上年提案参与率%", 14),
            Column("上年社情民意参与率%", 16),
        ),
        RANKING - {Role.STANDING_MEMBER},
        _count_groups,
        _groups,
    ),
    figures.KIND: Table(
        "提案统计",
        (Column("组别", 24), *(Column(heading, 12) for heading in figures.HEADINGS.values())),
        figures.MAY,
        figures.count,
        figures.rows,
    ),
    "ATTENDANCE_XLSX": Table(
        "会议出席",
        tuple(Column(heading, width) for heading, width in attendance.HEADINGS.items()),
        READS_ATTENDANCE,
        attendance.count,
        attendance.rows,
        subject="Meeting",
    ),
    "CLASS_XLSX": Table(
        "轮训班学员",
        tuple(Column(heading, width) for heading, width in certificates.HEADINGS.items()),
        READS_ATTENDANCE - {Role.PROPOSAL_STAFF, Role.PROPOSAL_DIRECTOR},
        certificates.count_enrolled,
        certificates.enrolled,
        subject="RotationClass",
    ),
    "OUTCOMES_XLSX": Table(
        "成果采纳反馈台账",
        tuple(Column(heading, width) for heading, width in outcomes.HEADINGS.items()),
        outcomes.MAY,
        outcomes.count,
        outcomes.rows,
    ),
    "OUTCOME_DOCX": Table(
        "成果采纳反馈档案",
        (),
        outcomes.MAY,
        outcomes.count_one,
        outcomes.one,
        subject="OutcomeFile",
    ),
    "OUTCOME_SUMMARY_DOCX": Table(
        "年度成果采纳落实情况",
        tuple(Column(heading, 10) for heading in outcomes.FIGURES.values()),
        outcomes.MAY,
        outcomes.count_summary,
        outcomes.summary,
    ),
    "CERTIFICATE_PDF": Table(
        "结业证书",
        (),
        (READS_ATTENDANCE | MEMBER_ROLES) - {Role.PROPOSAL_STAFF, Role.PROPOSAL_DIRECTOR},
        certificates.count,
        certificates.rows,
        subject="RotationClass",
    ),
    "OPINION_DOCX": Table(
        "社情民意",
        (),
        frozenset(Role) - {Role.PUBLIC},
        opinions.count_one,
        opinions.one,
        subject="Opinion",
    ),
    "CONSULTATION_MINUTES_DOCX": Table(
        "协商会议纪要",
        (),
        frozenset(Role) - {Role.PUBLIC},
        consultations.count_minutes,
        consultations.minutes,
        subject="Consultation",
    ),
    "CONSULTATION_REPORT_DOCX": Table(
        "协商专报",
        (),
        frozenset(Role) - {Role.PUBLIC},
        consultations.count_report,
        consultations.report,
        subject="Consultation",
    ),
    "MOTION_DOCX": Table(
        "建议案",
        (),
        frozenset(Role) - {Role.PUBLIC},
        consultations.count_motion,
        consultations.motion,
        subject="Motion",
    ),
    "OPINION_COLLECTION_DOCX": Table(
        "社情民意汇编", (), READS_OPINIONS, opinions.count_year, opinions.papers
    ),
    "OPINION_LIST_XLSX": Table(
        "社情民意一览",
        tuple(Column(heading, width) for heading, width in opinions.HEADINGS.items()),
        READS_OPINIONS,
        opinions.count_year,
        opinions.listed,
    ),
    "SUPERVISION_OPINION_DOCX": Table(
        "监督意见",
        (),
        supervision.MAY,
        supervision.count_opinion,
        supervision.opinion,
        subject="Supervision",
    ),
    "SUPERVISION_REPORT_DOCX": Table(
        "监督报告",
        (),
        supervision.MAY,
        supervision.count_report,
        supervision.report,
        subject="Supervision",
    ),
    "SUPERVISOR_CERTIFICATE_PDF": Table(
        "民主监督员聘书",
        (),
        supervision.CERTIFIES,
        supervision.count_certificates,
        supervision.certificates,
        subject="Supervisor",
    ),
    "ROSTER_XLSX": Table("委员名册", _roster_columns(False), READS_ROSTER, roster.count, _roster),
    "ROSTER_PRIVATE_XLSX": Table(
        "委员名册（含非公开资料）",
        _roster_columns(True),
        OFFICE_ONLY,
        roster.count,
        _private_roster,
    ),
    "ROSTER_TEMPLATE_XLSX": Table(
        "委员名册模板",
        _roster_columns(True, hints=True),
        OFFICE_ONLY,
        _one,
        _empty,
        roster.options,
    ),
}
ROSTERS = frozenset({"ROSTER_XLSX", "ROSTER_PRIVATE_XLSX"})
