"""The page of weekly tasks: every role, its figures, and operations that there are."""

from __future__ import annotations

import pytest
from graphql import build_schema

from gateway import schema_export
from shared.roles import Role
from tests.e2e.week.page import tasks

TASKS = tasks()
PEOPLE = [role for role in Role if role is not Role.SYSTEM]


def test_every_role_stands_on_the_page_once() -> None:
    assert list(TASKS) == PEOPLE


@pytest.mark.parametrize("role", PEOPLE)
def test_a_week_has_ten_tasks(role: Role) -> None:
    assert len(TASKS[role]) == 10


@pytest.mark.parametrize("role", PEOPLE)
def test_the_figure_is_that_of_the_requests(role: Role) -> None:
    assert {what: task.count for what, task in TASKS[role].items()} == {
        what: len(task.sent) for what, task in TASKS[role].items()
    }


def test_what_is_sent_is_offered() -> None:
    schema = build_schema(schema_export.FILE.read_text())
    assert schema.query_type and schema.mutation_type
    offered = schema.query_type.fields.keys() | schema.mutation_type.fields.keys()
    sent = {
        name
        for week in TASKS.values()
        for task in week.values()
        for name in frozenset().union(*task.sent)
    }
    assert sent <= offered
