"""What the domain holds, as it goes over the wire."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from services.performance.domain.drafts import RuleDraft, RulesState
from services.performance.domain.figures import MeetingFigures
from services.performance.domain.ranking import Standing
from services.performance.domain.rules import Grade, RuleBook
from services.performance.domain.scoring import CategoryScore, ScoreLine, ScoreSheet
from services.performance.domain.snapshots import Snapshot
from services.performance.domain.years import Year

Row = dict[str, Any]
Page = dict[str, Any]  # {"rows", "has_next"}


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


def comparison_row(now: Standing, then: Standing, cursor: str) -> Row:
    """A member's place by the rules in force, and by others."""
    other = standing_row(then)
    return {
        **standing_row(now, cursor),
        **{f"other_{name}": other[name] for name in ("rank", "total", "grade")},
    }


def entry_row(row: Mapping[str, Any], book: RuleBook) -> Row:
    """A ledger row with its rule's Chinese name and base value, before limits and caps."""
    rule = book.rule(row["rule_version"], row["rule_code"])
    base = rule.base(row["variant"], row["quantity"], row["out_of"])
    return {**row, "rule_label": rule.label, "base_points": float(base)}


def rules_row(document: Mapping[str, Any], draft: RuleDraft | None = None) -> Row:
    """A version of the scheme, its rules in lists; without a draft it came with the service."""
    told = ("drafted_at", "decided_at", "document_no", "decided_on", "reason")
    state = draft.state if draft else RulesState.APPROVED
    return {
        "id": str(document["version"]),
        "version": document["version"],
        "written": draft.version if draft else None,
        "state": state.value,
        "label": document["label"],
        "active_from": document["active_from"],
        "categories": document["categories"],
        "grades": [
            {"code": grade["code"], "label": grade["label"], "threshold": grade["from"]}
            for grade in document["grades"]
        ],
        "rules": [_rule_row(rule) for rule in document["rules"]],
        **{name: getattr(draft, name, None) for name in told},
    }


def year_row(year: Year) -> Row:
    names = ("year", "draft_at", "appeal_until", "frozen_at", "members", "digest", "signature")
    return {
        "id": str(year.year),
        **{name: getattr(year, name) for name in names},
        "state": year.state.value,
        "amendments": year.amendments,
    }


def frozen_row(snapshot: Snapshot, book: RuleBook) -> Row:
    """The sheet as it was signed, whatever the rules say today; labels are today's."""
    sheet = snapshot.sheet
    scheme = book.version(sheet["rule_version"]) or book.of_year(snapshot.year)
    labels = {category.code: category.label for category in scheme.categories}
    grades = {grade.code: grade.label for grade in scheme.grades}
    return {
        "member_id": snapshot.member_id,
        "year": snapshot.year,
        "revision": snapshot.revision,
        "digest": snapshot.digest,
        "total": float(sheet["total"]),
        "grade": sheet["grade"],
        "grade_label": grades.get(sheet["grade"]),
        "months": sheet["months"],
        "rule_version": sheet["rule_version"],
        "categories": [
            {
                "code": category["code"],
                "label": labels.get(category["code"], category["code"]),
                "raw": float(category["raw"]),
                "points": float(category["points"]),
                "lines": [{**line, "points": float(line["points"])} for line in category["lines"]],
            }
            for category in sheet["categories"]
        ],
    }


def figures_row(figures: Mapping[str, Any]) -> Row:
    parts: dict[str, Callable[[Any], Row]] = {"meetings": _meeting_row, "functions": asdict}
    return {
        name: [parts[name](one) for one in value] if name in parts else _number(value)
        for name, value in figures.items()
    }


def _category_row(category: CategoryScore) -> Row:
    return {
        "code": category.code,
        "label": category.label,
        "cap": _number(category.cap),
        "raw": float(category.raw),
        "points": float(category.points),
        "lines": [_line_row(line) for line in category.lines],
    }


def _line_row(line: ScoreLine) -> Row:
    return {name: _number(getattr(line, name)) for name in ScoreLine.__slots__}


def _meeting_row(found: MeetingFigures) -> Row:
    return {name: _number(getattr(found, name)) for name in MeetingFigures.__slots__}


def _rule_row(rule: Mapping[str, Any]) -> Row:
    points = rule["points"] if isinstance(rule["points"], Mapping) else {"": rule["points"]}
    optional = {name: rule.get(name) for name in ("further", "yearly_count", "yearly_points")}
    listed = [{"variant": variant, "points": value} for variant, value in points.items()]
    return {**rule, **optional, "points": listed}


def _grade(grade: Grade | None) -> Row:
    return {"grade": grade and grade.code, "grade_label": grade and grade.label}


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value
