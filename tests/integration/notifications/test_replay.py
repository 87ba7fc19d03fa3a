"""A replay gives the same to-dos, sends nothing twice and records nothing new (decision 6)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.ids import new_id
from tests.integration.notifications.case import STAFF, Case
from tests.stack import Document, Stack
from tests.waiting import eventually


@pytest.fixture
def case(stack: Stack) -> Case:
    return Case(stack)


def stored(case: Case, collection: str) -> list[Document]:
    mine = {"_id": {"$regex": f":{case.proposal}:"}}
    return list(case.stack.db("notifications")[collection].find(mine).sort("_id", 1))


def settled(case: Case) -> bool:
    """All that the facts tell and ask for is there, and published."""
    rows = stored(case, "todos") + stored(case, "messages")
    return len(stored(case, "messages")) == 9 and all(not row["pending_events"] for row in rows)


def state(rows: list[Document]) -> list[Document]:
    """What a to-do says; which of several closings it has seen depends on the order of arrival."""
    shown = ("_id", "open", "opened", "text", "due_at", "opened_at", "assignee", "term")
    return [{name: row[name] for name in shown} for row in rows]


def test_a_replay_gives_the_same_todos_and_tells_nothing_again(case: Case) -> None:
    facts = case.story()[:5]
    invited_again = case.event("proposal_cosign_invited", 9, 4)
    facts += [case.event("proposal_returned", 8), invited_again]
    case.stack.log_as_published(*facts, replace(facts[-1], id=new_id()))
    case.publish(*facts)
    eventually(lambda: case.todos(case.actor(4)) == ["COSIGN_ANSWER"])
    eventually(lambda: case.todos(case.actor(1)) == ["RESUBMIT"])
    eventually(lambda: case.todos(STAFF) == [])
    eventually(lambda: settled(case))
    message = case.inbox(case.actor(1))[0]["id"]
    case.call("mark_read", case.actor(1), ids=[message])
    todos, messages = stored(case, "todos"), stored(case, "messages")
    told, changed = case.told("notification_created"), case.told("todo_changed")

    # What no fact stands behind does not survive.
    forged = {**todos[0], "_id": f"forged-{case.key}", "open": True, "assignee": "role:OFFICE"}
    case.stack.db("notifications")["todos"].insert_one(forged)
    case.stack.replay("notifications")

    assert state(stored(case, "todos")) == state(todos)
    assert stored(case, "messages") == messages
    assert case.told("notification_created") == told
    assert case.told("todo_changed") == changed
    (row,) = case.call("notifications_by_ids", case.actor(1), ids=[message])
    assert row["unread"] is False


def test_after_a_replay_it_goes_on(case: Case) -> None:
    invited = case.event("proposal_cosign_invited", 2)
    case.stack.log_as_published(invited)
    case.publish(invited)
    eventually(lambda: case.todos(case.actor(2)) == ["COSIGN_ANSWER"])
    case.stack.replay("notifications")
    assert case.todos(case.actor(2)) == ["COSIGN_ANSWER"]
    case.publish(case.event("proposal_cosign_confirmed", 3))
    eventually(lambda: case.todos(case.actor(2)) == [])
    eventually(lambda: len(case.told("todo_changed")) == 2)
