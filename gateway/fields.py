"""The fast path for leaf fields of rows.

A row is a plain dict as a service sent it. For its leaf fields graphql-core would build a path,
an info object and an argument dict each; here they are read from the row straight away. Whatever
is unusual (a null where none may be, a value of another type, an own resolver) goes through
graphql-core, so that output and errors are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from graphene.types.resolver import dict_or_attr_resolver
from graphql import (
    ExecutionContext,
    FieldNode,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLField,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLString,
    default_type_resolver,
    is_leaf_type,
)
from graphql.execution.execute import CollectedErrors, default_field_resolver
from graphql.pyutils import Path

from gateway.rows import FromRow
from gateway.scalars import Date, DateTime

if TYPE_CHECKING:
    from gateway.execution import Operation

_INT_LIMIT = 2**31
_SLOW = object()  # what a reader answers to send a field through graphql-core

Row = dict[str, Any]
Reader = Callable[[Row], Any]
Completer = Callable[[Any], Any]


class _Step(NamedTuple):
    """One field of a selection; without a reader it goes through graphql-core."""

    response_name: str
    nodes: list[FieldNode]
    read: Reader | None


class RowExecutionContext(ExecutionContext):
    """graphql-core's execution with the fast path."""

    _steps: dict[int, list[_Step]]
    _readers: dict[tuple[str, int], Reader | None]

    @classmethod
    def start(
        cls, operation: Operation, variables: dict[str, Any], context: Any
    ) -> RowExecutionContext:
        """A run of a valid operation with coerced variables."""
        run = cls(
            operation.document.schema,
            operation.document.fragments,
            None,
            context,
            operation.node,
            variables,
            default_field_resolver,
            default_type_resolver,
            default_field_resolver,
            CollectedErrors(),
            None,
            None,
        )
        run._steps = {}
        run._readers = operation.readers
        return run

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        fields: dict[str, list[FieldNode]],
    ) -> Any:
        if type(source_value) is not dict:
            return super().execute_fields(parent_type, source_value, path, fields)
        # `fields` lives in graphql-core's cache of sub-selections as long as this run does.
        steps = self._steps.get(id(fields))
        if steps is None:
            steps = self._steps[id(fields)] = [
                _Step(name, nodes, self._reader(parent_type, nodes[0]))
                for name, nodes in fields.items()
            ]
        results: dict[str, Any] = {}
        slow: dict[str, list[FieldNode]] = {}
        for name, nodes, read in steps:
            value = _SLOW if read is None else read(source_value)
            if value is _SLOW:
                slow[name] = nodes
                value = None  # keeps the place: answers are in the order of the selection
            results[name] = value
        if not slow:
            return results
        rest: Any = super().execute_fields(parent_type, source_value, path, slow)
        if self.is_awaitable(rest):
            return _later(results, rest)
        results.update(rest)
        return results

    def _reader(self, parent_type: GraphQLObjectType, node: FieldNode) -> Reader | None:
        key = (parent_type.name, id(node))  # the node lives as long as the operation's document
        if key not in self._readers:
            self._readers[key] = reader_of(parent_type, node)
        return self._readers[key]


async def _later(results: dict[str, Any], rest: Any) -> dict[str, Any]:
    results.update(await rest)
    return results


def reader_of(parent_type: GraphQLObjectType, node: FieldNode) -> Reader | None:
    """The reader of a leaf field that its row alone decides; None for any other field."""
    if node.name.value == "__typename":
        return lambda _row: parent_type.name
    field = parent_type.fields[node.name.value]
    required = isinstance(field.type, GraphQLNonNull)
    leaf = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    if field.args or not is_leaf_type(leaf):
        return None
    raw = _raw_reader(field)
    return raw and _checked(raw, _complete(leaf), required)


def _raw_reader(field: GraphQLField) -> Reader | None:
    resolve = field.resolve
    if isinstance(resolve, FromRow):
        return resolve.read
    if isinstance(resolve, partial) and resolve.func is dict_or_attr_resolver:
        key, default = resolve.args
        return lambda row: row.get(key, default)
    return None


def _checked(raw: Reader, complete: Completer, required: bool) -> Reader:
    def read(row: Row) -> Any:
        try:
            value = raw(row)
            if value is None:
                return _SLOW if required else None
            return complete(value)
        except Exception:
            return _SLOW  # and fails again there, with its place in the answer

    return read


def _complete(leaf: GraphQLLeafType) -> Completer:
    """The value on the wire, or _SLOW for one that graphql-core should look at."""
    if isinstance(leaf, GraphQLEnumType):
        return partial(_looked_up, _enum_names(leaf))
    if leaf is GraphQLInt:
        return lambda v: v if type(v) is int and -_INT_LIMIT <= v < _INT_LIMIT else _SLOW
    if leaf is GraphQLBoolean:
        return lambda value: value if type(value) is bool else _SLOW
    if leaf in (GraphQLString, GraphQLID) or _graphene_type(leaf) in (DateTime, Date):
        return lambda value: value if type(value) is str else _SLOW
    return lambda _value: _SLOW


def _looked_up(names: dict[str, str], value: Any) -> Any:
    return names.get(value, _SLOW)


def _enum_names(leaf: GraphQLEnumType) -> dict[str, str]:
    """What a row may hold for each name of the enum: its value, or the name itself."""
    held = {text: text for text in leaf.values}
    held |= {m.value.value: name for name, m in leaf.values.items() if _is_text(m.value)}
    return {text: name for text, name in held.items() if leaf.serialize(text) == name}


def _is_text(value: Any) -> bool:
    return isinstance(getattr(value, "value", None), str)


def _graphene_type(leaf: GraphQLLeafType) -> Any:
    return getattr(leaf, "graphene_type", None)
