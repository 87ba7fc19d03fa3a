"""What a fact does here: reads its row of the table, delivers messages, opens and closes to-dos.

Any order, any number of times: the same inbox and the same to-dos.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from services.notifications.domain.channels import Channel, Message
from services.notifications.domain.table import REACTIONS, Reaction
from services.notifications.domain.texts import TEMPLATES
from services.notifications.domain.todos import (
    EVERYONE,
    TODO_TEXTS,
    Closing,
    Opening,
    Todo,
    TodoKey,
    TodoKind,
)
from services.notifications.domain.wording import params, render
from shared.call import Call
from shared.clock import Now
from shared.contracts import names
from shared.ids import effect_id
from shared.messaging.events import Event

SERVICE = "notifications"


class Todos(Protocol):
    """The to-dos, one document each; a change is run again when another one came in between."""

    def add(self, call: Call, todo: Todo, at: datetime) -> None: ...
    def change(
        self, call: Call, key: TodoKey, term: int, change: Callable[[Todo, int], None], at: datetime
    ) -> bool: ...
    def open_keys(self, kind: TodoKind, subject: str) -> list[TodoKey]: ...


class Deps(Protocol):
    @property
    def channels(self) -> Sequence[Channel]: ...
    @property
    def todos(self) -> Todos: ...
    @property
    def clock(self) -> Now: ...


class Roles(Protocol):
    def note(self, event: Event, holds: bool) -> None: ...


class FollowsRoles(Deps, Protocol):
    @property
    def roles(self) -> Roles: ...


def apply(event: Event, deps: Deps) -> None:
    """All effects of one fact; raises KeyError for an event that has no row."""
    reaction = REACTIONS[event.source, event.type]
    call, at = event.call(SERVICE), deps.clock.now()
    told = messages(event, reaction)
    for channel in deps.channels:
        if told and not (channel.outward and event.replayed):
            channel.deliver(call, told, at)
    for closing in closings(event, reaction):
        _close(call, closing, event.term, deps.todos, at)
    for opening in openings(event, reaction):
        _open(call, opening, event.term, deps.todos, at)


class People(Protocol):
    def note(self, event: Event) -> None: ...
    def note_state(self, event: Event, enabled: bool) -> None: ...


class FollowsPeople(FollowsRoles, Protocol):
    @property
    def people(self) -> People: ...


# Event → whether the account holds the role after it.
ROLES: Mapping[tuple[str, str], bool] = {
    ("identity", names.ACCOUNT_ROLE_GRANTED): True,
    ("identity", names.ACCOUNT_ROLE_REVOKED): False,
}


# Event → whether the account may be sent anything after it.
STATES: Mapping[tuple[str, str], bool] = {
    ("identity", names.ACCOUNT_DISABLED): False,
    ("identity", names.ACCOUNT_ENABLED): True,
}
FOLLOWED = (("identity", names.ACCOUNT_CREATED), *ROLES, *STATES)


def follow(event: Event, deps: FollowsPeople) -> None:
    """An account, a role of it or its state came or went: who is behind a recipient, and whose
    to-dos are listed with those of the account's other roles."""
    fact = (event.source, event.type)
    deps.people.note(event)
    if fact in ROLES:
        deps.roles.note(event, ROLES[fact])
    if fact in STATES:
        deps.people.note_state(event, STATES[fact])
    if fact in REACTIONS:
        apply(event, deps)


def messages(event: Event, reaction: Reaction) -> list[Message]:
    """One message for each recipient, by the first tell that names it."""
    told: dict[str, Message] = {}
    for tell in reaction.tells:
        for recipient in tell.to(event.data) if tell.when(event.data) else ():
            told.setdefault(recipient, _message(event, reaction, tell.template, recipient))
    return list(told.values())


def openings(event: Event, reaction: Reaction) -> list[Opening]:
    """The to-dos that the fact opens."""
    return [
        Opening(
            key=_key(event, row.kind, assignee),
            version=event.version,
            text=render(TODO_TEXTS[row.kind].sentence(event.data), event.data),
            due_at=_moment(event.data.get(row.due) if row.due else None),
            opened_at=event.occurred_on,
        )
        for row in reaction.opens
        for assignee in row.to(event.data)
    ]


def closings(event: Event, reaction: Reaction) -> list[Closing]:
    """The to-dos that the fact ends."""
    return [
        Closing(_key(event, row.kind, assignee), event.version)
        for row in reaction.closes
        for assignee in (row.to(event.data) if row.to else [EVERYONE])
    ]


def _message(event: Event, reaction: Reaction, name: str, recipient: str) -> Message:
    template = TEMPLATES[name]
    part = [event.data[reaction.part]] if reaction.part else []
    fact = effect_id(event.type, event.subject, event.version, *part)
    return Message(
        id=effect_id(fact, recipient),
        recipient=recipient,
        template=name,
        category=template.category,
        title=template.title,
        text=render(template.text, event.data),
        params=params(template.text, event.data),
        link_kind=template.link_kind,
        link_id=event.data[template.link_field],
        occurred_on=event.occurred_on,
        term=event.term,
        fact=fact,
    )


def _key(event: Event, kind: TodoKind, assignee: str) -> TodoKey:
    return TodoKey(kind, TODO_TEXTS[kind].subject(event.data), assignee)


def _open(call: Call, opening: Opening, term: int, todos: Todos, at: datetime) -> None:
    """Written first: most to-dos are new. Looked at until there is nothing to change: one that
    stood there is opened then, and a closing for everyone that was noted before the write, and
    could not see this to-do, is found."""
    todo = Todo(opening.key, term)
    todo.open(opening, 0)
    todos.add(call, todo, at)

    def reopen(todo: Todo, closed_for_everyone: int) -> None:
        todo.open(opening, closed_for_everyone)

    while todos.change(call, opening.key, term, reopen, at):
        pass


def _close(call: Call, closing: Closing, term: int, todos: Todos, at: datetime) -> None:
    def close(todo: Todo, _closed_for_everyone: int) -> None:
        todo.close(closing.version)

    # Noted before it is applied: an opening that comes late or meanwhile will find it.
    todos.change(call, closing.key, term, close, at)
    if closing.key.assignee == EVERYONE:
        for key in todos.open_keys(closing.key.kind, closing.key.subject):
            todos.change(call, key, term, close, at)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
