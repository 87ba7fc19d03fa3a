"""Input of the questions on duties, and the rows that go out."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marshmallow import fields, validate

from services.performance.domain.figures import MeetingFigures
from services.performance.queries.statistics import By, GroupFigures
from services.performance.schemas.points import MOST_IDS, PageInput, YearInput
from shared.schemas import Choice, Id, InputSchema, Text

Row = dict[str, Any]


class PartInput(InputSchema):
    key = Text(1, 60, required=True)
    member_ids = fields.List(Id(), required=True, validate=MOST_IDS)


class StatisticsInput(YearInput):
    by = Choice(By, required=True)
    group_id = Id(load_default=None, allow_none=True)
    parts = fields.List(
        fields.Nested(PartInput),
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=20, error="至多20组"),
    )


class _Nothing(InputSchema):
    """Silence has no conditions; who may be seen is the viewer's."""


class SilentCount(InputSchema):
    filter = fields.Nested(_Nothing, required=True)


class SilentPage(PageInput, SilentCount):
    pass


def figures_row(found: GroupFigures) -> Row:
    return {"key": found.key, **_plain(found.figures), "previous": _plain(found.previous)}


def _plain(figures: Any) -> Row:
    return {
        name: [_meeting(one) for one in value] if name == "meetings" else _number(value)
        for name, value in figures.items()
    }


def _meeting(found: MeetingFigures) -> Row:
    return {
        "kind": found.kind,
        "required": found.required,
        "present": found.present,
        "rate": _number(found.rate),
        "leave": found.leave,
        "refused": found.refused,
        "absent": found.absent,
    }


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value
