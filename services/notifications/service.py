"""消息 notifications: the inbox of each person and the to-dos of each role, fed by events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.notifications import commands, queries, reactions, repository, schemas
from services.notifications.domain.channels import Channel
from services.notifications.domain.table import REACTIONS
from shared.call import Call
from shared.clock import Now
from shared.messaging.service import Event, Platform, Provide, on_event, read, rpc


@dataclass(frozen=True)
class Deps:
    inbox: repository.Inbox
    todos: repository.Todos
    channels: tuple[Channel, ...]
    clock: Now


def build(platform: Platform) -> Deps:
    """WeChat and SMS join `channels` beside the inbox."""
    database = platform.database
    database.prepare(
        repository.INDEXES, projections=repository.PROJECTIONS, outbox=repository.OUTBOX
    )
    inbox = repository.Inbox(database)
    return Deps(inbox, repository.Todos(database), (inbox,), platform.clock)


class NotificationsService:
    name = "notifications"

    deps = Provide(build)

    @read
    def list_notifications(self, call: Call, **payload: Any) -> dict[str, Any]:
        data = schemas.NotificationList.parse(payload)
        return queries.list_notifications(call, self.deps.inbox, **data)

    @read
    def count_notifications(self, call: Call, **payload: Any) -> int:
        data = schemas.NotificationCount.parse(payload)
        return queries.count_notifications(call, self.deps.inbox, **data)

    @read
    def notifications_by_ids(self, call: Call, **payload: Any) -> list[dict[str, Any]]:
        data = schemas.Ids.parse(payload)
        return queries.notifications_by_ids(call, self.deps.inbox, **data)

    @read
    def list_todos(self, call: Call, **payload: Any) -> dict[str, Any]:
        data = schemas.TodoList.parse(payload)
        return queries.list_todos(call, self.deps.todos, **data)

    @read
    def todos_by_ids(self, call: Call, **payload: Any) -> list[dict[str, Any]]:
        data = schemas.Ids.parse(payload)
        return queries.todos_by_ids(call, self.deps.todos, **data)

    @read
    def count_todos(self, call: Call, **payload: Any) -> int:
        data = schemas.TodoCount.parse(payload)
        return queries.count_todos(call, self.deps.todos, **data)

    @read
    def todo_counts(self, call: Call, **payload: Any) -> list[dict[str, Any]]:
        data = schemas.Nothing.parse(payload)
        return queries.todo_counts(call, self.deps.todos, **data)

    @rpc
    def mark_read(self, call: Call, **payload: Any) -> dict[str, Any]:
        data = schemas.Ids.parse(payload)
        commands.mark_read(call, self.deps.inbox, self.deps.clock, **data)
        return {"ids": data["ids"]}

    @rpc
    def mark_all_read(self, call: Call, **payload: Any) -> dict[str, Any]:
        data = schemas.MarkAllRead.parse(payload)
        commands.mark_all_read(call, self.deps.inbox, self.deps.clock, **data)
        return {"before": data["before"]}


def _listen(source: str, event_type: str) -> None:
    """`on_<source>_<type>`, the frozen name of its queue: a row is all that a fact needs here."""

    def handle(self: NotificationsService, event: Event) -> None:
        reactions.apply(event, self.deps)

    handle.__name__ = f"on_{source}_{event_type}"
    setattr(NotificationsService, handle.__name__, on_event(source, event_type)(handle))


for _fact in REACTIONS:
    _listen(*_fact)
