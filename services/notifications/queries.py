"""What a person reads: always the own inbox and the own to-dos, in the acting role.

No argument names another's; so there is nothing to permit beyond being signed in.
"""

from __future__ import annotations

from typing import Any, Protocol

from services.notifications import schemas
from services.notifications.domain.recipients import Reader, reader
from services.notifications.domain.todos import TodoKind
from shared.actor import Actor, Role, allow
from shared.call import Call
from shared.operations import query
from shared.operations.arguments import After, First

SIGNED_IN = tuple(role for role in Role if role not in {Role.PUBLIC, Role.SYSTEM})
Rows = dict[str, Any]


class Inbox(Protocol):
    def page(self, reader: Reader, unread_only: bool, first: int, after: str | None) -> Rows: ...
    def by_ids(self, reader: Reader, ids: list[str]) -> list[Rows]: ...
    def count(self, reader: Reader, unread_only: bool) -> int: ...


class Todos(Protocol):
    def page(
        self, reader: Reader, kind: TodoKind | None, first: int, after: str | None
    ) -> Rows: ...
    def by_ids(self, reader: Reader, ids: list[str]) -> list[Rows]: ...
    def count(self, reader: Reader, kind: TodoKind | None) -> int: ...
    def counts(self, reader: Reader) -> list[Rows]: ...


def reader_of(actor: Actor) -> Reader:
    """The inbox keys of a signed-in actor."""
    return reader(str(actor.account_id), actor.memberships, actor.role.value, actor.scope)


@allow(*SIGNED_IN)
@query()
def list_notifications(
    call: Call, inbox: Inbox, *, unread_only: schemas.UnreadOnly, first: First, after: After | None
) -> Rows:
    """The own inbox, newest first."""
    return inbox.page(reader_of(call.actor), unread_only, first, after)


@allow(*SIGNED_IN)
@query()
def count_notifications(call: Call, inbox: Inbox, *, unread_only: schemas.UnreadOnly) -> int:
    return inbox.count(reader_of(call.actor), unread_only)


@allow(*SIGNED_IN)
@query(loads="Notification")
def notifications_by_ids(call: Call, inbox: Inbox, *, ids: schemas.MessageIds) -> list[Rows]:
    """Another's messages are left out, like absent ones."""
    return inbox.by_ids(reader_of(call.actor), ids)


@allow(*SIGNED_IN)
@query()
def list_todos(
    call: Call, todos: Todos, *, kind: schemas.Kind | None, first: First, after: After | None
) -> Rows:
    """The own open to-dos, by due date, then age."""
    return todos.page(reader_of(call.actor), kind, first, after)


@allow(*SIGNED_IN)
@query()
def todos_by_ids(call: Call, todos: Todos, *, ids: schemas.TodoIds) -> list[Rows]:
    """Those of the own to-dos that are open; another's are left out, like absent ones."""
    return todos.by_ids(reader_of(call.actor), ids)


@allow(*SIGNED_IN)
@query()
def count_todos(call: Call, todos: Todos, *, kind: schemas.Kind | None) -> int:
    return todos.count(reader_of(call.actor), kind)


@allow(*SIGNED_IN)
@query()
def todo_counts(call: Call, todos: Todos) -> list[Rows]:
    """Open to-dos by kind."""
    return todos.counts(reader_of(call.actor))
