"""Inbox and to-dos in MongoDB."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.notifications.domain.channels import Message
from services.notifications.domain.recipients import Held, Reader
from services.notifications.domain.todos import EVERYONE, PART, TODO_TEXTS, Todo, TodoKey, TodoKind
from shared.call import Call
from shared.clock import NEVER, SHANGHAI
from shared.contracts import names
from shared.errors import NotFound
from shared.ids import new_id
from shared.messaging.events import Event
from shared.persistence import Aggregates, Database, execute, page
from shared.persistence.aggregates import COMMANDS_KEPT
from shared.persistence.database import Document, replay_target

NEWEST = [("delivered_at", DESCENDING), ("_id", DESCENDING)]
BY_DUE = [("due_order", ASCENDING), ("opened_at", ASCENDING), ("_id", ASCENDING)]
OPEN = {"open": True}
RECEIPTS_KEPT = timedelta(days=3)  # one may come before what it is of is noted as sent
INDEXES = {
    "messages": [IndexModel([("recipient", ASCENDING), *NEWEST])],
    "todos": [
        IndexModel(
            [("assignee", ASCENDING), *BY_DUE, ("kind", ASCENDING)],
            name="open_by_due",
            partialFilterExpression=OPEN,
        ),
        IndexModel(
            [("kind", ASCENDING), ("subject", ASCENDING)],
            name="open_of_subject",
            partialFilterExpression=OPEN,
        ),
    ],
    "held_roles": [
        IndexModel([("account_id", ASCENDING), ("holds", ASCENDING)]),
        IndexModel([("holds", ASCENDING), ("role", ASCENDING)]),
    ],
    "people": [IndexModel("memberships")],
    "deliveries": [
        IndexModel(
            [("outlet", ASCENDING), ("next_at", ASCENDING)],
            name="due",
            partialFilterExpression={"state": "WAITING"},
        ),
        IndexModel([("fact", ASCENDING), ("outlet", ASCENDING), ("state", ASCENDING)]),
        IndexModel([("outlet", ASCENDING), ("provider_id", ASCENDING)]),
        IndexModel([("digest", ASCENDING)], sparse=True),
    ],
    "broadcasts": [IndexModel([("told_at", DESCENDING), ("_id", DESCENDING)])],
    "receipts": [IndexModel("at", expireAfterSeconds=int(RECEIPTS_KEPT.total_seconds()))],
    "marks": [IndexModel("marked_at", expireAfterSeconds=int(COMMANDS_KEPT.total_seconds()))],
}
OUTBOX = {"marks", "preferences"}  # what else is told is live (docs/adr/0031)
PROJECTIONS = {"todos", "held_roles", "people"}

MESSAGE_ROW = {
    name: 1
    for name in ("category", "title", "text", "link_kind", "link_id", "occurred_on", "delivered_at")
}
TODO_ROW = {name: 1 for name in ("kind", "text", "subject", "due_at", "assignee")}


class Inbox:
    """The first channel: messages of each recipient, and who has read which.

    A message to a role is read by each of its holders for himself, so the marks name accounts.
    """

    outward = False

    def __init__(self, database: Database) -> None:
        self._messages = Aggregates(database, "messages")
        self._marks = Aggregates(database, "marks")

    def deliver(self, call: Call, messages: Sequence[Message], at: datetime) -> None:
        """Store what does not stand yet, each with its event; nothing while rebuilding."""
        if not replay_target.get():
            for message in messages:
                self._store(call, message, at)

    def _store(self, call: Call, message: Message, at: datetime) -> None:
        doc: Document = {
            "_id": message.id,
            "recipient": message.recipient,
            "template": message.template,
            "category": message.category.value,
            "title": message.title,
            "text": message.text,
            "params": message.params,
            "link_kind": message.link_kind,
            "link_id": message.link_id,
            "occurred_on": message.occurred_on,
            "delivered_at": at,
            "term": message.term,
            "reads": [],
        }
        created = {
            "notification_id": message.id,
            "recipient": message.recipient,
            "kind": message.template,
        }
        self._messages.insert_once(call, doc, [(names.NOTIFICATION_CREATED, created)], at)

    def page(
        self, reader: Reader, unread_only: bool, first: int, after: str | None
    ) -> dict[str, Any]:
        """The reader's messages, newest first: {"rows", "has_next"}."""
        found = page(
            self._messages.collection,
            _unread(reader) if unread_only else _own(reader),
            NEWEST,
            first,
            after,
            {**MESSAGE_ROW, **_own_mark(reader)},
        )
        return {**found, "rows": [_message_row(row) for row in found["rows"]]}

    def by_ids(self, reader: Reader, ids: list[str]) -> list[dict[str, Any]]:
        """Those of these messages that are the reader's."""
        rows = self._messages.collection.find(
            {"_id": {"$in": ids}, **_own(reader)}, {**MESSAGE_ROW, **_own_mark(reader)}
        )
        return [_message_row({"id": row.pop("_id"), **row}) for row in rows]

    def count(self, reader: Reader, unread_only: bool) -> int:
        query = _unread(reader) if unread_only else _own(reader)
        return self._messages.collection.count_documents(query)

    def mark_read(self, call: Call, reader: Reader, ids: list[str], at: datetime) -> None:
        """Raises NotFound if one of `ids` is not the reader's; read ones keep their time."""
        chosen = {"_id": {"$in": ids}}
        if self._messages.collection.count_documents({**chosen, **_own(reader)}) < len(set(ids)):
            raise NotFound
        self._mark(call, reader, {**chosen, **_unread(reader)}, at)

    def mark_all_read(self, call: Call, reader: Reader, before: datetime, at: datetime) -> None:
        """All that were delivered until `before`: what came since has not been seen."""
        self._mark(call, reader, {**_unread(reader), "delivered_at": {"$lte": before}}, at)

    def _mark(self, call: Call, reader: Reader, query: Document, at: datetime) -> None:
        def mark() -> str:
            read = {"account_id": reader.account_id, "at": at}
            self._messages.collection.update_many(query, {"$push": {"reads": read}})
            # After the effect: a command that died in between is run again, not answered.
            done = {"_id": new_id(), "marked_at": datetime.now(SHANGHAI)}
            self._marks.insert(call, done, [], at)
            return str(done["_id"])

        execute(call, self._marks, mark)


class Todos:
    """The projection of what waits for whom; a replay rebuilds it."""

    def __init__(self, database: Database) -> None:
        self._todos = Aggregates(database, "todos", projection=True)

    def add(self, call: Call, todo: Todo, at: datetime) -> None:
        """Store a to-do with its event, unless it stands already."""
        self._todos.insert_once(call, _document(todo), todo.events, at)

    def change(
        self, call: Call, key: TodoKey, term: int, change: Callable[[Todo, int], None], at: datetime
    ) -> bool:
        """Change the to-do in its own write, with its event; nothing is written without need.

        `change` is handed the to-do and the version of the latest closing for everyone, 0 if there
        was none. True if something was written.
        """
        shared = key.of(EVERYONE).id
        written = False

        def once() -> str:
            nonlocal written
            rows = self._todos.collection.find({"_id": {"$in": [key.id, shared]}})
            found = {row["_id"]: row for row in rows}
            doc = found.get(key.id)
            todo = _todo(doc) if doc else Todo(key, term)
            before = _document(todo)
            change(todo, int(found[shared]["closed"]) if shared in found else 0)
            after = _document(todo)
            if doc is None:
                self._todos.insert(call, after, todo.events, at)
            elif after != before:
                self._todos.save(call, after, doc["version"], todo.events, at)
            written = doc is None or after != before
            return key.id

        execute(call, self._todos, once)
        return written

    def open_keys(self, kind: TodoKind, subject: str) -> list[TodoKey]:
        """The to-dos of this kind and subject that are open, whoever has them."""
        rows = self._todos.collection.find(
            {"kind": kind.value, "subject": subject, **OPEN}, {"assignee": 1}
        )
        return [TodoKey(kind, subject, row["assignee"]) for row in rows]

    def page(
        self, reader: Reader, kind: TodoKind | None, first: int, after: str | None
    ) -> dict[str, Any]:
        """The reader's open to-dos, the most urgent first, then the oldest."""
        found = page(self._todos.collection, _waiting(reader, kind), BY_DUE, first, after, TODO_ROW)
        return {**found, "rows": [_todo_row(row) for row in found["rows"]]}

    def by_ids(self, reader: Reader, ids: list[str]) -> list[dict[str, Any]]:
        """Those of the reader's open to-dos."""
        query = {"_id": {"$in": ids}, **_waiting(reader, None)}
        found = self._todos.collection.find(query, {**TODO_ROW, "opened_at": 1, "due_order": 1})
        return [_todo_row({"id": row.pop("_id"), **row}) for row in found]

    def count(self, reader: Reader, kind: TodoKind | None) -> int:
        return self._todos.collection.count_documents(_waiting(reader, kind))

    def counts(self, reader: Reader) -> list[dict[str, Any]]:
        """[{"kind", "count"}] of the kinds that have open to-dos."""
        found = self._todos.collection.aggregate(
            [
                {"$match": _waiting(reader, None)},
                {"$group": {"_id": "$kind", "count": {"$sum": 1}}},
                {"$sort": {"_id": 1}},
            ]
        )
        return [{"kind": row["_id"], "count": row["count"]} for row in found]

    def load(self, reader: Reader, until: datetime) -> list[dict[str, Any]]:
        """[{"assignee", "todos", "due"}]: how many wait under each key, and are due by then."""
        due = {"$cond": [{"$lte": ["$due_order", until]}, 1, 0]}
        group = {"_id": "$assignee", "todos": {"$sum": 1}, "due": {"$sum": due}}
        found = self._todos.collection.aggregate(
            [{"$match": _waiting(reader, None)}, {"$group": group}, {"$sort": {"_id": 1}}]
        )
        return [{**row, "assignee": row.pop("_id")} for row in found]


class HeldRoles:
    """The roles that each account holds, as identity tells; a replay rebuilds them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, event: Event, holds: bool) -> None:
        """One row for each grant; the newest word stays. One write decides and stores."""
        data = event.data
        row = {name: data[name] for name in ("account_id", "role", "scope")}
        newer = {"$lt": [{"$ifNull": ["$version", 0]}, event.version]}
        row |= {"_id": data["grant_id"], "version": event.version, "holds": holds}
        fresh = {"$literal": row}
        self._database.projection("held_roles").update_one(
            {"_id": data["grant_id"]},
            [{"$replaceWith": {"$cond": [newer, fresh, "$$ROOT"]}}],
            upsert=True,
        )

    def of(self, account_id: str) -> list[Held]:
        rows = self._database.projection("held_roles").find(
            {"account_id": account_id, "holds": True}, sort=[("role", 1), ("_id", 1)]
        )
        return [Held(row["role"], row["scope"]) for row in rows]


def _own(reader: Reader) -> Document:
    return {"recipient": {"$in": reader.keys}}


def _unread(reader: Reader) -> Document:
    return {**_own(reader), "reads.account_id": {"$ne": reader.account_id}}


def _own_mark(reader: Reader) -> Document:
    return {"reads": {"$elemMatch": {"account_id": reader.account_id}}}


def _message_row(row: Document) -> Document:
    marks = row.pop("reads", ())
    row["read_at"] = marks[0]["at"] if marks else None
    row["unread"] = not marks
    return row


def _waiting(reader: Reader, kind: TodoKind | None) -> Document:
    chosen = {"kind": kind.value} if kind else {}
    return {"assignee": {"$in": reader.keys}, **OPEN, **chosen}


def _todo_row(row: Document) -> Document:
    del row["due_order"]
    row["link_kind"] = TODO_TEXTS[row["kind"]].link_kind
    row["link_id"] = row.pop("subject").partition(PART)[0]
    return row


def _todo(doc: Document) -> Todo:
    return Todo(
        key=TodoKey(TodoKind(doc["kind"]), doc["subject"], doc["assignee"]),
        term=doc["term"],
        opened=doc["opened"],
        closed=doc["closed"],
        text=doc["text"],
        due_at=doc["due_at"],
        opened_at=doc["opened_at"],
    )


def _document(todo: Todo) -> Document:
    return {
        "_id": todo.key.id,
        "kind": todo.key.kind.value,
        "subject": todo.key.subject,
        "assignee": todo.key.assignee,
        "term": todo.term,
        "opened": todo.opened,
        "closed": todo.closed,
        "open": todo.is_open,
        "text": todo.text,
        "due_at": todo.due_at,
        "due_order": todo.due_at or NEVER,
        "opened_at": todo.opened_at,
    }
