"""Fields that the forms share."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate

from shared.contracts.groups import is_group
from shared.schemas import Choice, Id, InputSchema, Text, When

MOST_IDS = validate.Length(max=1000, error="一次至多1000个")
YEARS = validate.Range(2000, 2100, error="年度应在2000至2100之间")
SIZES = validate.Range(1, 100, error="每页条数应为1至100")
CLOCK = validate.Regexp(r"^([01]\d|2[0-3]):[0-5]\d\Z", error="时间格式应为 09:00")
PHONE = validate.Regexp(r"^[0-9 +-]{0,20}\Z", error="电话格式不正确")


def ids(most: int = 1000, **kwargs: Any) -> fields.List[Any]:
    return fields.List(Id(), validate=validate.Length(max=most, error=f"至多{most}个"), **kwargs)


def organisations(**kwargs: Any) -> fields.List[Any]:
    """At least one."""
    return fields.List(Id(), validate=validate.Length(1, 60, error="应为1至60个"), **kwargs)


def year(**kwargs: Any) -> fields.Int:
    return fields.Int(strict=True, validate=YEARS, **kwargs)


def integer(low: int, high: int, **kwargs: Any) -> fields.Int:
    said = f"应在{low}至{high}之间"
    return fields.Int(strict=True, validate=validate.Range(low, high, error=said), **kwargs)


def maybe_id() -> Id:
    return Id(load_default=None, allow_none=True)


def maybe_text(low: int, high: int) -> Text:
    return Text(low, high, load_default=None, allow_none=True)


def maybe_when() -> When:
    return When(load_default=None, allow_none=True)


def maybe(kind: Any) -> Choice:
    return Choice(kind, load_default=None, allow_none=True)


def one_of(kind: Any) -> fields.Str:
    """A filter by an enum's value."""
    return fields.Str(
        allow_none=True, validate=validate.OneOf([s.value for s in kind], error="不在可选范围内")
    )


def groups(**kwargs: Any) -> fields.List[Any]:
    return fields.List(
        fields.Str(validate=_require_group),
        validate=validate.Length(max=60, error="一次至多60个组别"),
        **kwargs,
    )


def _require_group(key: str) -> None:
    if not is_group(key):
        raise ValidationError("组别代码不正确")


class Ids(InputSchema):
    ids = fields.List(Id(), required=True, validate=MOST_IDS)


class Page(InputSchema):
    first = fields.Int(strict=True, load_default=20, validate=SIZES)
    after = Text(1, 1000, load_default=None, allow_none=True)


class OfFile(InputSchema):
    file_id = Id(required=True)
    subject = Id(required=True)


class OfYear(InputSchema):
    year = year(required=True)


class Location(InputSchema):
    """Degrees, WGS 84; the district lies within these."""

    latitude = fields.Float(
        required=True, validate=validate.Range(-90, 90, error="纬度应在-90至90之间")
    )
    longitude = fields.Float(
        required=True, validate=validate.Range(-180, 180, error="经度应在-180至180之间")
    )


class Visitor(InputSchema):
    name = Text(0, 40, load_default="")
    phone = fields.Str(load_default="", validate=PHONE)
    consent = fields.Bool(load_default=False)


class Client(InputSchema):
    """What the gateway knows a client by: a keyed hash, never an address."""

    client = Text(0, 128, load_default="")
