"""The GraphQL types list exactly what the service sends."""

from __future__ import annotations

from gateway import schema
from gateway.notifications import types
from services.notifications.domain.templates import Category
from services.notifications.domain.texts import TEMPLATES
from services.notifications.domain.todos import TODO_TEXTS, TodoKind


def test_the_enums_are_those_of_the_service() -> None:
    assert set(types.NotificationCategory._meta.enum.__members__) == set(Category)
    assert set(types.TodoKind._meta.enum.__members__) == set(TodoKind)


def test_every_link_has_a_kind_and_a_type() -> None:
    used = {t.link_kind for t in TEMPLATES.values()} | {t.link_kind for t in TODO_TEXTS.values()}
    assert used == set(types.LinkKind._meta.enum.__members__) == set(types.LINKED_TYPES)


def test_every_name_and_person_has_a_loader() -> None:
    known = schema.build().loaders
    assert set(types.NAMED) | set(types.PERSONAL) <= set(types.LINKED_TYPES)
    assert {loader for loader, _ in types.NAMED.values()} | set(types.PERSONAL.values()) <= set(
        known
    )
