"""Everyone signed in reads the own inbox, and nobody else's (section 3)."""

from __future__ import annotations

from typing import Any

import pytest

from services.notifications import queries
from services.notifications.commands import inbox
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.call import Call
from shared.errors import Forbidden, Unauthenticated

USE_CASES: list[tuple[Any, dict[str, Any]]] = [
    (queries.list_notifications, {"inbox": None, "unread_only": False, "first": 1, "after": None}),
    (queries.count_notifications, {"inbox": None, "unread_only": True}),
    (queries.notifications_by_ids, {"inbox": None, "ids": ["x"]}),
    (
        queries.list_todos,
        {"todos": None, "roles": None, "kind": None, "all_roles": True, "first": 1, "after": None},
    ),
    (queries.count_todos, {"todos": None, "roles": None, "kind": None, "all_roles": True}),
    (queries.badges, {"inbox": None, "todos": None, "roles": None, "clock": None}),
    (queries.todo_counts, {"todos": None}),
    (inbox.mark_read, {"inbox": None, "clock": None, "ids": ["x"]}),
    (inbox.mark_all_read, {"inbox": None, "clock": None, "before": None}),
]
by_name = pytest.mark.parametrize(
    ("use_case", "arguments"), USE_CASES, ids=[use_case.__name__ for use_case, _ in USE_CASES]
)


@by_name
def test_every_signed_in_role_is_let_in(use_case: Any, arguments: dict[str, Any]) -> None:
    assert use_case.allowed_roles == set(Role) - {Role.PUBLIC, Role.SYSTEM}


@by_name
def test_a_visitor_is_sent_to_sign_in(use_case: Any, arguments: dict[str, Any]) -> None:
    with pytest.raises(Unauthenticated):
        use_case(Call(PUBLIC_ACTOR, "c1"), **arguments)


@by_name
def test_a_service_has_no_inbox(use_case: Any, arguments: dict[str, Any]) -> None:
    with pytest.raises(Forbidden):
        use_case(Call(Actor("service:proposals", Role.SYSTEM), "c1"), **arguments)
