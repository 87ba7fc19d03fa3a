"""The viewer's inbox and to-dos. No field reaches anyone else's."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import Argument, Boolean, Field, Int, List, NonNull
from graphql import GraphQLResolveInfo

from gateway.base import paged, resolve_page
from gateway.notifications.types import (
    Badges,
    NotificationConnection,
    NotificationPreferences,
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
        "待办，先按期限，再按时间，默认当前身份的。Open to-dos by due date, then age.",
        kind=Argument(TodoKind, description="种类。Of this kind only."),
        all_roles=Boolean(
            default_value=False,
            description="本人全部身份的。Of all own roles, not of the acting one alone.",
        ),
    )
    todo_count = Int(description="待办数。Number of open to-dos.")
    todo_counts = Field(
        List(NonNull(TodoKindCount)), description="各种待办的数量。Open to-dos by kind."
    )

    badges = Field(
        Badges, description="未读与待办角标。Unread messages and to-dos of all roles, in one call."
    )

    notification_preferences = Field(
        NotificationPreferences, description="消息推送偏好。What is sent to the viewer, and when."
    )

    @staticmethod
    def resolve_notification_preferences(
        _viewer: Any, info: GraphQLResolveInfo
    ) -> Awaitable[dict[str, Any]]:
        found: Awaitable[dict[str, Any]] = info.context.call(SERVICE, "own_preferences")
        return found

    @staticmethod
    def resolve_badges(_viewer: Any, info: GraphQLResolveInfo) -> Awaitable[dict[str, Any]]:
        found: Awaitable[dict[str, Any]] = info.context.call(SERVICE, "badges")
        return found

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
        all_roles: bool = False,
    ) -> Awaitable[dict[str, Any]]:
        asked = {"kind": kind, "all_roles": all_roles}
        return resolve_page(info, SERVICE, "list_todos", first=first, after=after, **asked)

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
