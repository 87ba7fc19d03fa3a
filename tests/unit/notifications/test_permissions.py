"""Everyone signed in reads the own inbox, and nobody else's (section 3)."""

from __future__ import annotations

from typing import Any

import pytest

from services.notifications import queries
from services.notifications.commands import broadcasts, inbox, preferences, receipts
from services.notifications.queries import outside
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
    (outside.own_preferences, {"wishes": None}),
    (
        preferences.set_preferences,
        {
            "wishes": None,
            "clock": None,
            "outlets": [],
            "muted": [],
            "quiet_from": "22:00",
            "quiet_until": "07:00",
            "digest": False,
        },
    ),
]
# The office's, and what providers tell by way of the gateway.
OTHERS: list[tuple[Any, dict[str, Any], set[Role]]] = [
    (outside.list_broadcasts, {"reports": None, "first": 1, "after": None}, {Role.OFFICE}),
    (outside.count_broadcasts, {"reports": None}, {Role.OFFICE}),
    (outside.broadcasts_by_ids, {"reports": None, "ids": ["x"]}, {Role.OFFICE}),
    (
        broadcasts.resend_failed,
        {"deliveries": None, "reports": None, "clock": None, "broadcast_id": "x"},
        {Role.OFFICE},
    ),
    (receipts.take_wechat_callback, {"desk": None, "query": {}, "body": ""}, {Role.SYSTEM}),
    (receipts.take_sms_callback, {"desk": None, "key": "", "body": ""}, {Role.SYSTEM}),
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


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(
    ("use_case", "arguments", "allowed"), OTHERS, ids=[row[0].__name__ for row in OTHERS]
)
def test_the_offices_and_the_gateways(
    use_case: Any, arguments: dict[str, Any], allowed: set[Role], role: Role
) -> None:
    assert use_case.allowed_roles == allowed
    if role not in allowed:
        actor = PUBLIC_ACTOR if role is Role.PUBLIC else Actor("account-x", role)
        with pytest.raises(Unauthenticated if role is Role.PUBLIC else Forbidden):
            use_case(Call(actor, "c1"), **arguments)


def test_callbacks_come_by_the_gateway_alone() -> None:
    for use_case, _, allowed in OTHERS:
        if allowed == {Role.SYSTEM}:
            assert use_case.operation.callers == ("gateway",)
