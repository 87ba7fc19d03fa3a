"""What a message leads to has a name that its type shows."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLObjectType
from graphql.pyutils import snake_to_camel

from gateway import schema
from gateway.ids import is_node
from gateway.notifications.types import LINKED_TYPES, NAMED, PERSONAL

API = schema.build()


def fields_of(kind: str) -> set[str]:
    found = API.schema.type_map[LINKED_TYPES[kind]]
    assert isinstance(found, GraphQLObjectType)
    return set(found.fields)


@pytest.mark.parametrize("kind", NAMED)
def test_a_name_is_a_field_of_the_record_and_its_loader_exists(kind: str) -> None:
    loader, name = NAMED[kind]
    assert snake_to_camel(name, upper=False) in fields_of(kind)
    assert loader in API.loaders


@pytest.mark.parametrize("kind", LINKED_TYPES)
def test_the_record_itself_can_be_asked_for(kind: str) -> None:
    found: Any = API.schema.type_map[LINKED_TYPES[kind]]
    assert is_node(found.graphene_type)
    assert callable(found.graphene_type.get_node)


@pytest.mark.parametrize("kind", PERSONAL)
def test_what_is_about_a_member_shows_the_member(kind: str) -> None:
    assert fields_of(kind) & {"member", "memberId"}
    assert PERSONAL[kind] in API.loaders
