"""Queries that ask for all there is, written from the schema: a new field is in them unasked.

`leaves` lists the ways from a type to each of its values; `parts` puts them into as many selections
as the gateway's limits on one document ask for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

from gateway import schema_export

Path = tuple[str, ...]  # fields with their arguments, from the outside in
Given = Callable[[GraphQLField, str, GraphQLArgument], str | None]

FEW = 3  # rows of a page
MOST_TOKENS = 1200  # of 2000; four to a field, of which 400 are read


def schema() -> GraphQLSchema:
    return build_schema(schema_export.FILE.read_text())


def no_arguments(_field: GraphQLField, _name: str, _argument: GraphQLArgument) -> None:
    """Nothing is known that would fit: fields that need an argument are left out."""


def leaves(
    kind: Any,
    depth: int,
    given: Given = no_arguments,
    besides: Collection[str] = (),
    above: Path = (),
) -> Iterator[Path]:
    """The ways to every value at most `depth` objects away, none through the same type twice.

    besides: types of which the id is enough. Connections count as the one object that they page.
    """
    for name, field in kind.fields.items():
        asked = call(name, field, given)
        inner = get_named_type(field.type)
        if asked is None:
            continue
        if is_leaf_type(inner):
            yield (asked,)
        elif isinstance(inner, GraphQLObjectType | GraphQLInterfaceType):
            if inner.name in besides and "id" in inner.fields:
                yield (asked, "id")
                continue
            if inner.name in above:
                continue
            paging = inner.name.endswith(("Connection", "Edge")) or inner.name == "PageInfo"
            if depth or paging:
                below = leaves(inner, depth - (not paging), given, besides, (*above, kind.name))
                yield from ((asked, *path) for path in below)


def call(name: str, field: GraphQLField, given: Given) -> str | None:
    """The field with what it has to be given; None where nothing fits."""
    said = []
    for key, argument in field.args.items():
        value = str(FEW) if key == "first" else given(field, key, argument)
        if value is not None:
            said.append(f"{key}: {value}")
        elif is_required_argument(argument):
            return None
    return f"{name}({', '.join(said)})" if said else name


def parts(paths: Iterable[Path]) -> Iterator[str]:
    """Selections that together ask for all of `paths`, each within the limits."""
    taken: list[Path] = []
    tokens = 0
    for path in paths:
        # Neighbours share most of their way; what a path adds is what its predecessor lacks.
        shared = common(taken[-1], path) if taken else 0
        adds = sum(4 + 4 * step.count(":") for step in path[shared:])
        if taken and tokens + adds > MOST_TOKENS:
            yield selection(taken)
            taken, tokens, adds = [], 0, sum(4 + 4 * step.count(":") for step in path)
        taken.append(path)
        tokens += adds
    if taken:
        yield selection(taken)


def common(one: Path, other: Path) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)


def selection(paths: Iterable[Path]) -> str:
    tree: dict[str, Any] = {}
    for path in paths:
        node = tree
        for step in path:
            node = node.setdefault(step, {})
    return _written(tree)


def _written(tree: dict[str, Any]) -> str:
    return " ".join(
        f"{step} {{ {_written(below)} }}" if below else step for step, below in tree.items()
    )
