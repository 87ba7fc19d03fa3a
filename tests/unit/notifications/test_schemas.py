"""Arguments are checked primitives; an operator never gets through."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from services.notifications import queries
from services.notifications.commands import inbox
from services.notifications.domain.todos import TodoKind
from shared.errors import InvalidInput
from shared.operations import offered

OFFERED = offered([queries, inbox])


def parse(name: str, payload: dict[str, Any]) -> dict[str, Any]:
    return OFFERED[name].form.parse(payload)


def test_defaults() -> None:
    page = {"first": 20, "after": None}
    assert parse("list_notifications", {}) == {**page, "unread_only": False}
    assert parse("list_todos", {"kind": None}) == {**page, "kind": None, "all_roles": False}
    assert parse("count_notifications", {}) == {"unread_only": False}
    assert parse("count_todos", {}) == {"kind": None, "all_roles": False}


def test_filters() -> None:
    asked = {"unread_only": True, "first": 5, "after": "abc"}
    assert parse("list_notifications", asked) == asked
    todos = parse("list_todos", {"kind": "REVIEW", "all_roles": True})
    assert todos == {"first": 20, "after": None, "kind": TodoKind.REVIEW, "all_roles": True}


def test_an_id_is_the_parts_of_a_fact_joined() -> None:
    for name in ("notifications_by_ids", "todos_by_ids", "mark_read"):
        assert parse(name, {"ids": ["x" * 400]}) == {"ids": ["x" * 400]}


def test_mark_all_read_wants_a_moment_with_offset() -> None:
    parsed = parse("mark_all_read", {"before": "2017-02-06T09:00:00+08:00"})
    assert parsed == {"before": datetime.fromisoformat("2017-02-06T09:00:00+08:00")}


IDS = "notifications_by_ids"
MESSAGES = "list_notifications"


@pytest.mark.parametrize(
    ("name", "payload", "field"),
    [
        (IDS, {"ids": [{"$ne": None}]}, "ids.0"),
        (IDS, {"ids": ["x" * 401]}, "ids.0"),
        (IDS, {"ids": {"$gt": ""}}, "ids"),
        (IDS, {"ids": []}, "ids"),
        (IDS, {"ids": ["x"] * 101}, "ids"),
        (IDS, {}, "ids"),
        (MESSAGES, {"unread_only": {"$ne": True}}, "unreadOnly"),
        (MESSAGES, {"filter": {"recipient": "member:m-15-0031"}}, "filter"),
        (MESSAGES, {"recipient": "member:m-15-0031"}, "recipient"),
        (MESSAGES, {"first": "20"}, "first"),
        (MESSAGES, {"after": {"$gt": ""}}, "after"),
        (MESSAGES, {"order_by": "OLDEST"}, "orderBy"),
        ("list_todos", {"kind": {"$in": ["REVIEW"]}}, "kind"),
        ("list_todos", {"kind": "NONE"}, "kind"),
        ("list_todos", {"assignee": "role:OFFICE"}, "assignee"),
        ("mark_all_read", {"before": {"$gt": ""}}, "before"),
        ("mark_all_read", {"before": "2017-02-06T09:00:00"}, "before"),
        ("mark_all_read", {}, "before"),
        ("todo_counts", {"assignee": "role:OFFICE"}, "assignee"),
    ],
)
def test_anything_else_is_refused(name: str, payload: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        parse(name, payload)
    assert [item["field"] for item in refusal.value.items] == [field]
