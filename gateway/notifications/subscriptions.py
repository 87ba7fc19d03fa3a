"""Messages and to-dos as they come."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from graphene import Boolean, Field, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import labelled
from gateway.live import Change
from gateway.notifications.types import Notification, Todo, TodoKind
from shared.actor import Actor, Role
from shared.contracts.recipients import keys_of
from shared.errors import Unauthenticated

Row = dict[str, Any]
SERVICE = "notifications"


class TodoChange(ObjectType):
    """待办变化。A to-do that began or ceased to wait."""

    id = String(required=True, description="待办编号。Id of the to-do.")
    kind, kind_label = labelled(TodoKind, "种类。Kind.", "kind", required=True)
    open = Boolean(required=True, description="是否待办。Whether it waits.")
    todo = Field(Todo, description="待办，已办结的为空。The to-do; null once it is done.")


class NotificationSubscriptions:
    """What reaches the viewer in the acting role of the token."""

    notification_received = Field(
        NonNull(Notification), description="收到新消息。A message that reached the viewer."
    )
    todo_changed = Field(
        NonNull(TodoChange), description="待办产生或办结。A to-do that came, or is done."
    )

    @staticmethod
    async def subscribe_notification_received(
        _root: Any, info: GraphQLResolveInfo
    ) -> AsyncIterator[Row]:
        context = info.context
        with context.hub.follow(*_topics("notification", context.actor)) as mailbox:
            async for change in mailbox:
                row = await change.shown(context.token, lambda c=change: _message(context, c))
                if row is not None:
                    yield row

    @staticmethod
    async def subscribe_todo_changed(_root: Any, info: GraphQLResolveInfo) -> AsyncIterator[Row]:
        context = info.context
        with context.hub.follow(*_topics("todo", context.actor)) as mailbox:
            async for change in mailbox:
                yield await change.shown(context.token, lambda c=change: _todo(context, c))


def _topics(kind: str, actor: Actor) -> list[str]:
    """What the viewer may follow: the keys that the verified token owns, and no others."""
    if actor.role is Role.PUBLIC or actor.account_id is None:
        raise Unauthenticated
    keys = keys_of(actor.account_id, actor.memberships, actor.role.value, actor.scope)
    return [f"{kind}:{key}" for key in keys]


async def _message(context: Any, change: Change) -> Row | None:
    """The message as its inbox shows it; None where it is not the viewer's."""
    ids = [change.event.data["notification_id"]]
    rows: list[Row] = await context.fresh().call(SERVICE, "notifications_by_ids", ids=ids)
    return rows[0] if rows else None


async def _todo(context: Any, change: Change) -> Row:
    """The to-do as its list shows it now; none if it does not wait any more."""
    data = change.event.data
    rows: list[Row] = await context.fresh().call(SERVICE, "todos_by_ids", ids=[data["todo_id"]])
    return {
        "id": data["todo_id"],
        "kind": data["kind"],
        "open": bool(rows),
        "todo": rows[0] if rows else None,
    }


SUBSCRIPTIONS = [NotificationSubscriptions]
