"""Arguments are checked primitives; an operator never gets through."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from services.notifications import schemas
from services.notifications.domain.todos import TodoKind
from shared.errors import InvalidInput


def test_defaults() -> None:
    assert schemas.NotificationList.parse({}) == {"first": 20, "after": None, "unread_only": False}
    assert schemas.TodoList.parse({"filter": None}) == {"first": 20, "after": None, "kind": None}
    assert schemas.NotificationCount.parse({}) == {"unread_only": False}
    assert schemas.TodoCount.parse({}) == {"kind": None}


def test_filters() -> None:
    parsed = schemas.NotificationList.parse(
        {"filter": {"unread_only": True}, "order_by": "NEWEST", "first": 5, "after": "abc"}
    )
    assert parsed == {"first": 5, "after": "abc", "unread_only": True}
    todos = schemas.TodoList.parse({"filter": {"kind": "REVIEW"}, "order_by": "DUE"})
    assert todos == {"first": 20, "after": None, "kind": TodoKind.REVIEW}


def test_mark_all_read_wants_a_moment_with_offset() -> None:
    parsed = schemas.MarkAllRead.parse({"before": "2017-02-06T09:00:00+08:00"})
    assert parsed == {"before": datetime.fromisoformat("2017-02-06T09:00:00+08:00")}


@pytest.mark.parametrize(
    ("schema", "payload", "field"),
    [
        (schemas.Ids, {"ids": [{"$ne": None}]}, "ids.0"),
        (schemas.Ids, {"ids": {"$gt": ""}}, "ids"),
        (schemas.Ids, {"ids": []}, "ids"),
        (schemas.Ids, {"ids": ["x"] * 101}, "ids"),
        (schemas.Ids, {}, "ids"),
        (schemas.NotificationList, {"filter": {"unread_only": {"$ne": True}}}, "filter.unreadOnly"),
        (
            schemas.NotificationList,
            {"filter": {"recipient": "member:m-15-0031"}},
            "filter.recipient",
        ),
        (schemas.NotificationList, {"recipient": "member:m-15-0031"}, "recipient"),
        (schemas.NotificationList, {"first": "20"}, "first"),
        (schemas.NotificationList, {"after": {"$gt": ""}}, "after"),
        (schemas.NotificationList, {"order_by": "OLDEST"}, "orderBy"),
        (schemas.TodoList, {"filter": {"kind": {"$in": ["REVIEW"]}}}, "filter.kind"),
        (schemas.TodoList, {"filter": {"kind": "NONE"}}, "filter.kind"),
        (schemas.TodoList, {"filter": {"assignee": "role:OFFICE"}}, "filter.assignee"),
        (schemas.MarkAllRead, {"before": {"$gt": ""}}, "before"),
        (schemas.MarkAllRead, {"before": "2017-02-06T09:00:00"}, "before"),
        (schemas.MarkAllRead, {}, "before"),
        (schemas.Nothing, {"assignee": "role:OFFICE"}, "assignee"),
    ],
)
def test_anything_else_is_refused(schema: Any, payload: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        schema.parse(payload)
    assert [item["field"] for item in refusal.value.items] == [field]
