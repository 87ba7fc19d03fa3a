"""Fields computed from their row alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql import GraphQLResolveInfo


class FromRow:
    """A resolver that needs the row and nothing else, so that the fast path may call it.

        full_name = Field(String, resolver=FromRow(lambda row: …), description=…)

    `read` must neither block nor return an awaitable.
    """

    __slots__ = ("read",)

    def __init__(self, read: Callable[[Any], Any]) -> None:
        self.read = read

    def __call__(self, row: Any, info: GraphQLResolveInfo) -> Any:
        return self.read(row)


def value_of(row: Any, name: str) -> Any:
    """A row's value by graphene's attribute name, whether the row is a dict or an object."""
    return row.get(name) if isinstance(row, dict) else getattr(row, name, None)
