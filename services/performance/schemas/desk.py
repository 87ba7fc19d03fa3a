"""Input of the commands on points, and the rows that go out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate

from services.performance.domain.appeals import AppealState
from services.performance.domain.manual import RequestState
from services.performance.domain.talks import TalkState
from services.performance.domain.years import LateState, Year
from services.performance.queries.desk import Comparison
from services.performance.schemas.points import (
    YEARS,
    PageInput,
    YearInput,
)
from shared.schemas import Choice, Id, InputSchema, Text, When

Row = dict[str, Any]

VERSION = validate.Range(1, 10_000, error="版本号不正确")
HALF_DAYS = validate.Range(1, 60, error="半天数应在1至60之间")


class Credit(InputSchema):
    rule_code = Text(2, 4, required=True)
    variant = Text(0, 40, load_default="")
    quantity = fields.Int(strict=True, load_default=1, validate=HALF_DAYS)
    out_of = fields.Int(strict=True, load_default=1, validate=HALF_DAYS)
    happened_on = When(required=True)


class RequestCredit(Credit):
    member_id = Id(required=True)
    reason = Text(1, 1000, required=True)


class RequestStrike(InputSchema):
    entry_id = Text(1, 500, required=True)
    reason = Text(1, 1000, required=True)


class DecideRequest(InputSchema):
    request_id = Id(required=True)
    confirmed = fields.Bool(required=True)
    reason = Text(1, 1000, load_default=None, allow_none=True)


class SubmitAppeal(InputSchema):
    year = fields.Int(strict=True, required=True, validate=YEARS)
    text = Text(1, 2000, required=True)
    entry_ids = fields.List(
        Text(1, 500), load_default=list, validate=validate.Length(max=50, error="一次至多50笔")
    )


class AppealInput(InputSchema):
    appeal_id = Id(required=True)


class DecideAppeal(AppealInput):
    upheld = fields.Bool(required=True)
    reason = Text(1, 2000, required=True)
    credits = fields.List(
        fields.Nested(Credit),
        load_default=list,
        validate=validate.Length(max=20, error="一次至多20笔"),
    )
    strikes = fields.List(
        Text(1, 500), load_default=list, validate=validate.Length(max=20, error="一次至多20笔")
    )


class CategoryInput(InputSchema):
    code = Text(1, 1, required=True)
    label = Text(1, 30, required=True)
    cap = fields.Float(load_default=None, allow_none=True)


class GradeInput(InputSchema):
    code = fields.Str(
        required=True,
        validate=validate.OneOf(("EXCELLENT", "COMPETENT", "TO_IMPROVE"), error="等次代码不正确"),
    )
    label = Text(1, 20, required=True)
    threshold = fields.Float(required=True)


class PointsInput(InputSchema):
    variant = Text(0, 40, load_default="")
    points = fields.Float(required=True)


class RuleInput(InputSchema):
    code = Text(2, 4, required=True)
    basis = Text(1, 60, required=True)
    label = Text(1, 60, required=True)
    measure = Text(1, 4, required=True)
    noun = Text(1, 30, required=True)
    points = fields.List(fields.Nested(PointsInput), required=True, validate=validate.Length(1, 10))
    further = fields.Float(load_default=None, allow_none=True)
    yearly_count = fields.Int(
        strict=True, load_default=None, allow_none=True, validate=validate.Range(1, 100)
    )
    yearly_points = fields.Float(
        load_default=None, allow_none=True, validate=validate.Range(1, 1000)
    )


class DraftRules(InputSchema):
    label = Text(1, 60, required=True)
    active_from = fields.Date(required=True)
    categories = fields.List(fields.Nested(CategoryInput), required=True)
    grades = fields.List(fields.Nested(GradeInput), required=True)
    rules = fields.List(fields.Nested(RuleInput), required=True, validate=validate.Length(1, 100))


class VersionInput(InputSchema):
    version_no = fields.Int(strict=True, required=True, validate=VERSION)


class DecideRules(VersionInput):
    approved = fields.Bool(required=True)
    reason = Text(1, 1000, load_default=None, allow_none=True)
    document_no = Text(1, 60, load_default=None, allow_none=True)
    decided_on = fields.Date(load_default=None, allow_none=True)


class WhichYear(InputSchema):
    year = fields.Int(strict=True, required=True, validate=YEARS)


class DecideLateChange(InputSchema):
    entry_id = Text(1, 500, required=True)
    approved = fields.Bool(required=True)
    reason = Text(1, 1000, required=True)


class _State(YearInput):
    member_id = Id(load_default=None, allow_none=True)


class RequestFilter(InputSchema):
    state = Choice(RequestState, load_default=None, allow_none=True)
    member_id = Id(load_default=None, allow_none=True)


class AppealFilter(_State):
    state = Choice(AppealState, load_default=None, allow_none=True)


class LateFilter(_State):
    state = Choice(LateState, load_default=None, allow_none=True)


class CountRequests(InputSchema):
    filter = fields.Nested(RequestFilter, required=True)


class ListRequests(PageInput, CountRequests):
    pass


class CountAppeals(InputSchema):
    filter = fields.Nested(AppealFilter, required=True)


class ListAppeals(PageInput, CountAppeals):
    pass


class RecordTalk(InputSchema):
    talk_id = Text(1, 200, required=True)
    held_on = When(required=True)
    note = Text(1, 2000, required=True)


class TalkFilter(_State):
    state = Choice(TalkState, load_default=None, allow_none=True)


class CountTalks(InputSchema):
    filter = fields.Nested(TalkFilter, required=True)


class ListTalks(PageInput, CountTalks):
    pass


class CountLateChanges(InputSchema):
    filter = fields.Nested(LateFilter, required=True)


class ListLateChanges(PageInput, CountLateChanges):
    pass


class WhatIfFilter(YearInput, VersionInput):
    pass


class CountWhatIf(InputSchema):
    filter = fields.Nested(WhatIfFilter, required=True)


class WhatIfPage(PageInput, CountWhatIf):
    pass


class WhatIfScore(YearInput, VersionInput):
    member_id = Id(required=True)


def rules_document(data: Mapping[str, Any]) -> Row:
    """The input as `RuleSet.parse` reads it."""
    return {
        "label": data["label"],
        "active_from": data["active_from"].isoformat(),
        "categories": [dict(row) for row in data["categories"]],
        "grades": [
            {"code": row["code"], "label": row["label"], "from": row["threshold"]}
            for row in data["grades"]
        ],
        "rules": [_rule_document(row) for row in data["rules"]],
    }


def rules_row(row: Mapping[str, Any]) -> Row:
    """A version of the scheme, with its rules in lists."""
    document = row["document"]
    told = ("drafted_at", "decided_at", "document_no", "decided_on", "reason")
    return {
        "id": str(row["version"]),
        "version": row["version"],
        "state": row["state"],
        "label": document["label"],
        "active_from": document["active_from"],
        "categories": document["categories"],
        "grades": [
            {"code": grade["code"], "label": grade["label"], "threshold": grade["from"]}
            for grade in document["grades"]
        ],
        "rules": [_rule_row(rule) for rule in document["rules"]],
        **{name: row.get(name) for name in told},
    }


def year_row(year: Year) -> Row:
    names = ("year", "draft_at", "appeal_until", "frozen_at", "members", "digest", "signature")
    return {
        "id": str(year.year),
        **{name: getattr(year, name) for name in names},
        "state": year.state.value,
        "amendments": year.amendments,
    }


def comparison_row(found: Comparison, cursor: str) -> Row:
    now, then = found.now, found.then
    return {
        "member_id": then.sheet.member_id,
        "rank": now.rank,
        "total": float(now.sheet.total),
        "grade": now.sheet.grade and now.sheet.grade.code,
        "other_rank": then.rank,
        "other_total": float(then.sheet.total),
        "other_grade": then.sheet.grade and then.sheet.grade.code,
        "cursor": cursor,
    }


def _rule_document(row: Mapping[str, Any]) -> Row:
    by_variant = {item["variant"]: item["points"] for item in row["points"]}
    points = by_variant[""] if set(by_variant) == {""} else by_variant
    return {**row, "basis": row["basis"].upper(), "points": points}


def _rule_row(rule: Mapping[str, Any]) -> Row:
    points = rule["points"] if isinstance(rule["points"], Mapping) else {"": rule["points"]}
    optional = {name: rule.get(name) for name in ("further", "yearly_count", "yearly_points")}
    listed = [{"variant": variant, "points": value} for variant, value in points.items()]
    return {**rule, **optional, "points": listed}
