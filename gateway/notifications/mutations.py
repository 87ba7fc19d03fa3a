"""Marking own messages as read."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import ID, Int, List, NonNull
from graphql import GraphQLResolveInfo

from gateway.base import CommandMutation, DateTime
from gateway.notifications.queries import SERVICE, count_unread
from gateway.notifications.types import Notification


class _Marking(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE

    unread_count = Int(description="剩余未读数。Number of messages that are still unread.")

    @staticmethod
    def resolve_unread_count(
        payload: dict[str, Any], info: GraphQLResolveInfo
    ) -> Awaitable[int] | None:
        return None if payload["errors"] else count_unread(info)


class MarkNotificationsRead(_Marking):
    """标记消息为已读。Mark messages as read; NOT_FOUND if one of them is not the viewer's."""

    class Input:
        ids = List(NonNull(ID), required=True, description="消息编号，至多100个。Message ids.")

    method = "mark_read"
    ids = {"ids": "Notification"}  # noqa: RUF012

    notifications = List(NonNull(Notification), description="已标记的消息。The messages.")

    @staticmethod
    def resolve_notifications(
        payload: dict[str, Any], info: GraphQLResolveInfo
    ) -> Awaitable[list[dict[str, Any]]] | None:
        if payload["errors"]:
            return None
        rows: Awaitable[list[dict[str, Any]]] = info.context.call(
            SERVICE, "notifications_by_ids", ids=payload["ids"]
        )
        return rows


class MarkAllNotificationsRead(_Marking):
    """标记此前的消息为已读。Mark all messages delivered until a moment as read."""

    class Input:
        before = DateTime(
            required=True,
            description="截止时刻，通常为最近一次查看的时间。Up to here, the last look as a rule.",
        )

    method = "mark_all_read"


MUTATIONS = [MarkNotificationsRead, MarkAllNotificationsRead]
