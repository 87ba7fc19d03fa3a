"""What the RPC methods accept. Only checked primitives reach a query, so no operator can."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load, validate

from services.notifications.domain.todos import TodoKind
from shared.schemas import Choice, InputSchema, Text, When

MOST_IDS = 100
MESSAGE_ID_LENGTH = 400  # the parts of a fact, joined


class NotificationFilter(InputSchema):
    unread_only = fields.Bool(load_default=False, truthy={True}, falsy={False})


class TodoFilter(InputSchema):
    kind = Choice(TodoKind, load_default=None, allow_none=True)


class _Filtered(InputSchema):
    """Arguments of a list or its count; the filter's values stand beside the others."""

    filters: type[InputSchema]

    @post_load
    def lift(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        given = data.pop("filter", None) or self.filters().load({})
        data.pop("order_by", None)
        return {**data, **given}


class NotificationCount(_Filtered):
    filters = NotificationFilter
    filter = fields.Nested(NotificationFilter, allow_none=True)


class TodoCount(_Filtered):
    filters = TodoFilter
    filter = fields.Nested(TodoFilter, allow_none=True)


class NotificationList(NotificationCount):
    order_by = fields.Str(validate=validate.Equal("NEWEST"))
    first = fields.Int(load_default=20, strict=True)
    after = Text(1, 2000, load_default=None, allow_none=True)


class TodoList(TodoCount):
    order_by = fields.Str(validate=validate.Equal("DUE"))
    first = fields.Int(load_default=20, strict=True)
    after = Text(1, 2000, load_default=None, allow_none=True)


class Nothing(InputSchema):
    """A call without arguments."""


class Ids(InputSchema):
    ids = fields.List(
        Text(1, MESSAGE_ID_LENGTH),
        required=True,
        validate=validate.Length(1, MOST_IDS, error=f"应为1至{MOST_IDS}项"),
    )


class MarkAllRead(InputSchema):
    before = When(required=True)
