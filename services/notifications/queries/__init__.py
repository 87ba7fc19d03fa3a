"""What a person reads: always the own inbox and the own to-dos, in the acting role.

No argument names another's; so there is nothing to permit beyond being signed in.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Protocol

from services.notifications import schemas
from services.notifications.domain.recipients import (
    Held,
    Reader,
    acting,
    reader,
    reader_in_all,
)
from services.notifications.domain.todos import TodoKind
from shared.actor import Actor, Role, allow
from shared.call import Call
from shared.clock import SHANGHAI, Now
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
    def load(self, reader: Reader, until: datetime) -> list[Rows]: ...


class Roles(Protocol):
    def of(self, account_id: str) -> list[Held]: ...


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
    call: Call,
    todos: Todos,
    roles: Roles,
    *,
    kind: schemas.Kind | None,
    all_roles: schemas.AllRoles,
    first: First,
    after: After | None,
) -> Rows:
    """The own open to-dos, by due date, then age; each with the role that it is done in."""
    held = _held(call.actor, roles if all_roles else None)
    found = todos.page(_in(call.actor, held), kind, first, after)
    return {**found, "rows": [_with_role(row, held) for row in found["rows"]]}


@allow(*SIGNED_IN)
@query()
def todos_by_ids(call: Call, todos: Todos, *, ids: schemas.TodoIds) -> list[Rows]:
    """Those of the own to-dos that are open; another's are left out, like absent ones."""
    held = _held(call.actor)
    return [_with_role(row, held) for row in todos.by_ids(_in(call.actor, held), ids)]


@allow(*SIGNED_IN)
@query()
def count_todos(
    call: Call,
    todos: Todos,
    roles: Roles,
    *,
    kind: schemas.Kind | None,
    all_roles: schemas.AllRoles,
) -> int:
    held = _held(call.actor, roles if all_roles else None)
    return todos.count(_in(call.actor, held), kind)


@allow(*SIGNED_IN)
@query()
def todo_counts(call: Call, todos: Todos) -> list[Rows]:
    """Open to-dos by kind."""
    return todos.counts(reader_of(call.actor))


@allow(*SIGNED_IN)
@query()
def badges(call: Call, inbox: Inbox, todos: Todos, roles: Roles, clock: Now) -> Rows:
    """Figures to show on icons: {"unread", "todos", "due", "roles": [{"role", …}]}.

    unread: messages of the acting role; to-dos of all roles, and how many are due by the end of
    today, overdue ones among them. What waits for the person in any role stands under no role.
    """
    held = _held(call.actor, roles)
    midnight = clock.now().astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    waiting = [
        (acting(row["assignee"], held), row)
        for row in todos.load(_in(call.actor, held), midnight + timedelta(days=1))
    ]
    of_role = [(one, [row for role, row in waiting if role == one]) for one in (*held, None)]
    return {
        "unread": inbox.count(reader_of(call.actor), True),
        **_sums(row for _, row in waiting),
        "roles": [{**_role(one), **_sums(rows)} for one, rows in of_role if rows],
    }


def _sums(rows: Iterable[Rows]) -> Rows:
    found = list(rows)
    return {name: sum(row[name] for row in found) for name in ("todos", "due")}


def _held(actor: Actor, roles: Roles | None = None) -> list[Held]:
    """The acting role first, then the account's others where they are asked for."""
    own = Held(actor.role.value, dict(actor.scope))
    others = roles.of(str(actor.account_id)) if roles else []
    return [own, *(one for one in others if one != own)]


def _in(actor: Actor, held: list[Held]) -> Reader:
    return reader_in_all(str(actor.account_id), actor.memberships, held)


def _with_role(row: Rows, held: list[Held]) -> Rows:
    return {**row, **_role(acting(row.pop("assignee"), held))}


def _role(role: Held | None) -> Rows:
    scope = role.scope if role else {}
    rows = [{"kind": kind.upper(), "id": target} for kind, target in scope.items()]
    return {"role": role.role if role else None, "scope": rows}
