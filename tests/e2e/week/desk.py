"""A person at work in one role: what is asked and done is counted, task by task."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from graphql import FieldNode, OperationDefinitionNode, parse

from gateway.base import global_id
from shared.actor import Actor
from tests.e2e.story import Story
from tests.e2e.week.page import tasks
from tests.stack import Document

TASKS = tasks()


def roots(query: str) -> frozenset[str]:
    """The fields at the root of a query's only operation."""
    [operation] = [n for n in parse(query).definitions if isinstance(n, OperationDefinitionNode)]
    fields = operation.selection_set.selections
    return frozenset(field.name.value for field in fields if isinstance(field, FieldNode))


def org(id: str) -> str:
    return global_id("Organisation", id)


class Counting(Story):
    """A story whose requests are counted."""

    def __init__(self, story: Story) -> None:
        super().__init__(story.world)
        self.sent: list[frozenset[str]] = []

    def ask(self, actor: Actor, query: str, **variables: Any) -> Document:
        self.sent.append(roots(query))
        return super().ask(actor, query, **variables)


@dataclass
class Desk:
    """`failed` are told together at the end of the week: one task does not hide another."""

    story: Story
    actor: Actor
    done: list[str] = field(default_factory=list)
    failed: list[Exception] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.counting = Counting(self.story)

    @contextmanager
    def task(self, what: str) -> Iterator[None]:
        """Done with the very requests that the page names."""
        told = TASKS[self.actor.role][what]
        self.counting.sent.clear()
        self.done.append(what)
        try:
            yield
            assert tuple(self.counting.sent) == told.sent
            assert len(self.counting.sent) <= told.count
        except Exception as error:
            error.add_note(f"{self.actor.role}: {what}")
            self.failed.append(error)

    def ask(self, query: str, **variables: Any) -> Document:
        """The data of an answer without errors."""
        return self.counting.ask(self.actor, query, **variables)

    def rows(self, query: str, **variables: Any) -> list[Document]:
        """The nodes of the one list that the query asks for."""
        [found] = self.ask(query, **variables).values()
        return [edge["node"] for edge in found["edges"]]

    def row(self, query: str, id: str, **variables: Any) -> Document:
        """The node of this id in the one list that the query asks for."""
        [found] = [row for row in self.rows(query, **variables) if row["id"] == id]
        return found

    def press(self, mutation: str, shown: str, /, **given: Any) -> Document:
        """The record that a command answers with, the first that `shown` names."""
        record: Document = self.counting.run(self.actor, mutation, shown, **given)[shown.split()[0]]
        return record

    def press_all(self, mutation: str, shown: str, items: list[Document], /) -> list[Document]:
        """What each item of a batch answers with."""
        shown = f"results {{ {shown} errors {{ code message }} }}"
        results: list[Document] = self.press(mutation, shown, items=items)  # type: ignore[assignment]
        assert [result["errors"] for result in results] == [[] for _ in items]
        return results

    def end(self) -> None:
        """The week holds what the page says, and nothing went wrong."""
        if self.failed:
            raise ExceptionGroup(f"the week of {self.actor.role}", self.failed)
        assert self.done == list(TASKS[self.actor.role])
