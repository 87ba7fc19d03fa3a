"""The viewer's inbox and to-dos. No field reaches anyone else's."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import Argument, Boolean, Field, Int, List, NonNull
from graphql import GraphQLResolveInfo

from gateway.base import paged, resolve_page
from gateway.notifications.types import (
    NotificationConnection,
    TodoConnection,
    TodoKind,
    TodoKindCount,
)

SERVICE = "notifications"


def count_unread(info: GraphQLResolveInfo) -> Awaitable[int]:
    """The number of the viewer's unread messages."""
    count: Awaitable[int] = info.context.call(SERVICE, "count_notifications", unread_only=True)
    return count


class NotificationsViewer:
    unread_count = Int(description="未读消息数。Number of unread messages.")
    notifications = paged(
        NotificationConnection,
        "消息，新的在前。Messages, newest first.",
        unread_only=Boolean(default_value=False, description="仅未读。Unread ones only."),
    )
    todos = paged(
        TodoConnection,
        "待办，先按期限，再按时间。Open to-dos by due date, then age, of the acting role.",
        kind=Argument(TodoKind, description="种类。Of this kind only."),
    )
    todo_count = Int(description="待办数。Number of open to-dos.")
    todo_counts = Field(
        List(NonNull(TodoKindCount)), description="各种待办的数量。Open to-dos by kind."
    )

    @staticmethod
    def resolve_unread_count(_viewer: Any, info: GraphQLResolveInfo) -> Awaitable[int]:
        return count_unread(info)

    @staticmethod
    def resolve_notifications(
        _viewer: Any,
        info: GraphQLResolveInfo,
        first: int,
        after: str | None = None,
        unread_only: bool = False,
    ) -> Awaitable[dict[str, Any]]:
        return resolve_page(
            info,
            SERVICE,
            "list_notifications",
            first=first,
            after=after,
            unread_only=unread_only,
        )

    @staticmethod
    def resolve_todos(
        _viewer: Any,
        info: GraphQLResolveInfo,
        first: int,
        after: str | None = None,
        kind: Any = None,
    ) -> Awaitable[dict[str, Any]]:
        return resolve_page(info, SERVICE, "list_todos", first=first, after=after, kind=kind)

    @staticmethod
    def resolve_todo_count(_viewer: Any, info: GraphQLResolveInfo) -> Awaitable[int]:
        count: Awaitable[int] = info.context.call(SERVICE, "count_todos")
        return count

    @staticmethod
    def resolve_todo_counts(
        _viewer: Any, info: GraphQLResolveInfo
    ) -> Awaitable[list[dict[str, Any]]]:
        counts: Awaitable[list[dict[str, Any]]] = info.context.call(SERVICE, "todo_counts")
        return counts


VIEWER = [NotificationsViewer]
