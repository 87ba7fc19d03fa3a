"""One name, one meaning: what two places name alike is refused, and both are told.

graphene and a plain dict take one of the two and say nothing, so that half of the API is wrong.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from graphene.types.schema import TypeMap
from graphql import GraphQLSchema

T = TypeVar("T")


def joined(tables: Iterable[tuple[str, Mapping[str, T]]]) -> dict[str, T]:
    """One table of (place, table) pairs; raises ValueError for a name that stands twice."""
    found: dict[str, T] = {}
    places: dict[str, str] = {}
    for place, table in tables:
        for name, value in table.items():
            if name in places:
                raise ValueError(_refusal(name, places[name], place))
            found[name], places[name] = value, place
    return found


def schema_of(*roots: Any, types: Iterable[Any]) -> GraphQLSchema:
    """The schema of query, mutation and subscription; raises ValueError as above, for types."""
    table = _Types(*roots, list(types))
    try:
        return GraphQLSchema(table.query, table.mutation, table.subscription, table.types)
    finally:
        # graphql-core turns what is raised while it reads fields into a TypeError without places.
        if table.twice:
            raise ValueError("; ".join(sorted(table.twice)))


class _Types(TypeMap):
    """graphene's types by name, and the names that a second class has too."""

    def __init__(self, *arguments: Any) -> None:
        self.twice: set[str] = set()
        super().__init__(*arguments)

    def add_type(self, graphene_type: Any) -> Any:
        if inspect.isfunction(graphene_type):
            return self.add_type(graphene_type())
        made = super().add_type(graphene_type)
        first = getattr(made, "graphene_type", graphene_type)  # lists and plain scalars have none
        if first is not graphene_type:
            self.twice.add(_refusal(made.name, _place(first), _place(graphene_type)))
        return made


def _place(kind: Any) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _refusal(name: str, *places: str) -> str:
    return f"{name} stands twice: in {' and in '.join(sorted(places))}"
