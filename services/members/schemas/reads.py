"""Input of the reads. Batched reads are the hot path: their ids are checked by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, post_load, validate

from services.members.domain.absences import ReviewState
from services.members.domain.organisation import Kind
from services.members.domain.posts import PostKind
from services.members.domain.states import State
from services.members.repository.lists import ORDERS
from services.members.schemas.fields import optional
from shared.errors import InvalidInput
from shared.schemas import Choice, Id, InputSchema, Text, When

MOST_IDS = 1000


def batch(payload: Mapping[str, Any], *more: str) -> dict[str, Any]:
    """{"ids", …}: a list of ids and optional lists of names; raises InvalidInput."""
    for name, value in payload.items():
        if name != "ids" and name not in more:
            raise InvalidInput("不认识的字段", field=name)
        if not _texts(value) and (name == "ids" or value is not None):
            raise InvalidInput("应为文字的列表", field=name)
    if len(payload.get("ids", _MANY)) > MOST_IDS:
        raise InvalidInput(f"编号为必填，至多{MOST_IDS}个", field="ids")
    return dict(payload)


_MANY = range(MOST_IDS + 1)


def _texts(value: Any) -> bool:
    return type(value) is list and all(type(item) is str for item in value)


class MemberFilter(InputSchema):
    term = fields.Int(strict=True, allow_none=True)
    sector = Id(allow_none=True)
    sector_group = Id(allow_none=True)
    committee = Id(allow_none=True)
    town = Id(allow_none=True)
    party = Id(allow_none=True)
    post = Choice(PostKind, allow_none=True)
    states = fields.List(Choice(State), allow_none=True)
    text = Text(1, 40, allow_none=True)
    change_pending = fields.Bool(allow_none=True)


class CountMembers(InputSchema):
    """A list's arguments come along to its count; the fields of rows say nothing here."""

    filter = fields.Nested(MemberFilter, load_default=dict)
    fields_ = optional(fields.List, fields.Str(), data_key="fields")

    @post_load
    def _filter_only(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {"filter": data["filter"]}


class ListMembers(InputSchema):
    filter = fields.Nested(MemberFilter, load_default=dict)
    fields_ = optional(fields.List, fields.Str(), data_key="fields")
    order_by = fields.Str(
        load_default="MEMBER_NO", validate=validate.OneOf(ORDERS, error="不在可选范围内")
    )
    first = fields.Int(strict=True, load_default=20)
    after = optional(Text, 1, 1000)

    @post_load
    def _named(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """`fields` is marshmallow's own name on a schema."""
        data["fields"] = data.pop("fields_")
        return data


class ReviewFilter(InputSchema):
    state = optional(fields.Str, validate=validate.OneOf(list(ReviewState), error="不在可选范围内"))


class CountReviews(InputSchema):
    filter = fields.Nested(ReviewFilter, required=True)


class ListReviews(CountReviews):
    first = fields.Int(strict=True, load_default=20)
    after = optional(Text, 1, 1000)


class ActiveMembers(InputSchema):
    ids = fields.List(Id(), required=True, validate=validate.Length(max=MOST_IDS, error="一次过多"))
    at = optional(When)


class EmployedBy(InputSchema):
    ids = fields.List(Id(), required=True, validate=validate.Length(max=MOST_IDS, error="一次过多"))
    units = fields.List(Id(), required=True, validate=validate.Length(max=MOST_IDS))


class Organisations(InputSchema):
    kinds = optional(fields.List, Choice(Kind))
    include_ended = fields.Bool(load_default=False)


class Sectors(InputSchema):
    term = optional(fields.Int, strict=True)


class Nothing(InputSchema):
    """An operation without input."""
