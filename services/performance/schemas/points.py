"""Input of the queries, and the rows that go out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate

from services.performance.domain.ranking import Standing
from services.performance.domain.rules import Grade, RuleBook
from services.performance.domain.scoring import CategoryScore, ScoreLine, ScoreSheet
from services.performance.queries.points import GroupAverage
from shared.schemas import Id, InputSchema, Text

Row = dict[str, Any]

YEARS = validate.Range(2000, 2100, error="年度应在2000至2100之间")
MOST_IDS = validate.Length(max=1000, error="一次至多1000个")
SIZES = validate.Range(1, 100, error="每页条数应为1至100")


class YearInput(InputSchema):
    year = fields.Int(strict=True, load_default=None, allow_none=True, validate=YEARS)


class MemberYearInput(YearInput):
    member_id = Id(required=True)


class ScoresInput(YearInput):
    member_ids = fields.List(Id(), required=True, validate=MOST_IDS)
    explained = fields.Bool(load_default=True)  # with categories and lines


class StandingsInput(YearInput):
    member_ids = fields.List(Id(), required=True, validate=MOST_IDS)


class IdsInput(InputSchema):
    ids = fields.List(Text(1, 500), required=True, validate=MOST_IDS)


class PageInput(InputSchema):
    first = fields.Int(strict=True, load_default=20, validate=SIZES)
    after = Text(1, 1000, load_default=None, allow_none=True)


class LedgerCount(InputSchema):
    filter = fields.Nested(MemberYearInput, required=True)


class LedgerPage(PageInput, LedgerCount):
    pass


class RankingCount(InputSchema):
    filter = fields.Nested(YearInput, required=True)


class RankingPage(PageInput, RankingCount):
    pass


def sheet_row(sheet: ScoreSheet, explained: bool = True) -> Row:
    row = {
        "member_id": sheet.member_id,
        "year": sheet.year,
        "rule_version": sheet.rule_version,
        "total": float(sheet.total),
        "months": sheet.months,
        "not_scored": sheet.not_scored,
        **_grade(sheet.grade),
    }
    if explained:
        row["categories"] = [_category_row(category) for category in sheet.categories]
    return row


def standing_row(standing: Standing, cursor: str | None = None) -> Row:
    sheet = standing.sheet
    return {
        "rank": standing.rank,
        "member_id": sheet.member_id,
        "year": sheet.year,
        "total": float(sheet.total),
        "not_scored": sheet.not_scored,
        **_grade(sheet.grade),
        "cursor": cursor,
    }


def average_row(found: GroupAverage) -> Row:
    return {
        "kind": found.group.kind.value,
        "group_id": found.group.id,
        "average": None if found.average is None else float(found.average),
        "members": found.members,
    }


def entry_row(row: Mapping[str, Any], book: RuleBook) -> Row:
    """A ledger row with its rule's Chinese name and base value, before limits and caps."""
    rule = book.rule(row["rule_version"], row["rule_code"])
    base = rule.base(row["variant"], row["quantity"], row["out_of"])
    return {**row, "rule_label": rule.label, "base_points": float(base)}


def _category_row(category: CategoryScore) -> Row:
    return {
        "code": category.code,
        "label": category.label,
        "cap": None if category.cap is None else float(category.cap),
        "raw": float(category.raw),
        "points": float(category.points),
        "lines": [_line_row(line) for line in category.lines],
    }


def _line_row(line: ScoreLine) -> Row:
    return {
        "entry_id": line.entry_id,
        "rule_code": line.rule_code,
        "rule_label": line.rule_label,
        "points": float(line.points),
        "reason": line.reason,
        "reversed": line.reversed,
        "event_type": line.event_type,
        "source_ref": line.source_ref,
        "occurrence_no": line.occurrence_no,
        "occurred_on": line.occurred_on,
    }


def _grade(grade: Grade | None) -> Row:
    return {"grade": grade and grade.code, "grade_label": grade and grade.label}
