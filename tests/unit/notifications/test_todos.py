"""Opening and closing facts leave the same to-do behind, in whatever order they come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.notifications.domain.todos import Opening, Todo, TodoKey, TodoKind

KEY = TodoKey(TodoKind.COSIGN_ANSWER, "proposal-1", "member:m-15-0031")
NINE = datetime(2017, 2, 6, 1, tzinfo=UTC)


def opening(version: int) -> Opening:
    at = NINE + timedelta(hours=version)
    return Opening(KEY, version, f"第{version}版", at + timedelta(days=3), at)


def after(facts: list[tuple[str, int]]) -> Todo:
    todo = Todo(KEY, term=15)
    for name, version in facts:
        if name == "open":
            todo.open(opening(version), closed_for_everyone=0)
        elif name == "late":
            todo.open(opening(1), closed_for_everyone=version)
        else:
            todo.close(version)
    return todo


def changes(todo: Todo) -> list[str]:
    return [data["state"] for _, data in todo.events]


def test_an_opening_waits_until_a_later_closing() -> None:
    todo = after([("open", 3)])
    assert (todo.is_open, todo.text, todo.due_at) == (True, "第3版", opening(3).due_at)
    assert todo.events == [
        (
            "todo_changed",
            {
                "todo_id": "COSIGN_ANSWER:proposal-1:member:m-15-0031",
                "assignee": "member:m-15-0031",
                "kind": "COSIGN_ANSWER",
                "state": "OPEN",
            },
        )
    ]
    todo.close(4)
    assert not todo.is_open
    assert changes(todo) == ["OPEN", "DONE"]


def test_a_closing_that_comes_first_keeps_it_closed_and_says_nothing() -> None:
    todo = after([("close", 4), ("open", 3)])
    assert not todo.is_open
    assert todo.events == []


def test_a_closing_for_everyone_known_before_the_opening_counts() -> None:
    todo = Todo(KEY, term=15)
    todo.open(opening(3), closed_for_everyone=5)
    assert not todo.is_open
    assert todo.events == []


def test_asked_again_after_the_answer_it_waits_again_with_the_new_text() -> None:
    todo = after([("open", 3), ("close", 4), ("open", 6)])
    assert (todo.is_open, todo.text) == (True, "第6版")
    assert changes(todo) == ["OPEN", "DONE", "OPEN"]


def test_an_older_opening_changes_nothing() -> None:
    todo = after([("open", 6), ("open", 3)])
    assert (todo.is_open, todo.text, todo.opened) == (True, "第6版", 6)
    assert changes(todo) == ["OPEN"]


def test_of_one_write_the_closing_wins() -> None:
    assert not after([("open", 5), ("close", 5)]).is_open
    assert not after([("close", 5), ("open", 5)]).is_open


def test_the_same_fact_twice_is_told_once() -> None:
    assert changes(after([("open", 3), ("open", 3), ("close", 4), ("close", 4)])) == [
        "OPEN",
        "DONE",
    ]


FACTS = st.lists(
    st.tuples(st.sampled_from(["open", "close"]), st.integers(1, 8)), min_size=1, max_size=8
)


@given(FACTS, st.randoms())
def test_any_order_and_any_repetition_leave_the_same_todo(facts, random) -> None:
    shuffled = [*facts, *random.choices(facts, k=3)]
    random.shuffle(shuffled)
    assert after(shuffled) == after(sorted(facts))
