"""The fast path for fields of rows.

A row is a plain dict as a service sent it. For its fields graphql-core would build a path, an info
object and an argument dict each; here a selection is compiled once for each operation into a
function that reads a row, its inner rows and lists of them. Whatever is unusual (a null where none
may be, a value of another type, an own resolver, an argument, a directive) goes through
graphql-core, so that output and errors are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from graphene.types.resolver import dict_or_attr_resolver
from graphql import (
    ExecutionContext,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLField,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    GraphQLString,
    SelectionSetNode,
    default_type_resolver,
)
from graphql.execution.execute import CollectedErrors, default_field_resolver
from graphql.pyutils import Path

from gateway.references import Reference
from gateway.rows import FromRow
from gateway.scalars import Date, DateTime

if TYPE_CHECKING:
    from gateway.execution import Operation

_INT_LIMIT = 2**31
_SLOW = object()  # what a reader answers to send a field through graphql-core

Row = dict[str, Any]
Reader = Callable[[Row], Any]
Completer = Callable[[Any], Any]
Fragments = Mapping[str, FragmentDefinitionNode]


class _Step(NamedTuple):
    """One field of a selection; without a reader it goes through graphql-core."""

    response_name: str
    nodes: list[FieldNode]
    read: Reader | None


class RowExecutionContext(ExecutionContext):
    """graphql-core's execution with the fast path."""

    _steps: dict[int, list[_Step]]
    _readers: dict[tuple[Any, ...], Reader | None]

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
                _Step(name, nodes, self._reader(parent_type, nodes))
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

    def _reader(self, parent_type: GraphQLObjectType, nodes: list[FieldNode]) -> Reader | None:
        key = (parent_type.name, *map(id, nodes))  # nodes live as long as the operation's document
        if key not in self._readers:
            self._readers[key] = reader_of(parent_type, nodes, self.fragments)
        return self._readers[key]


async def _later(results: dict[str, Any], rest: Any) -> dict[str, Any]:
    results.update(await rest)
    return results


def reader_of(
    parent_type: GraphQLObjectType, nodes: list[FieldNode], fragments: Fragments
) -> Reader | None:
    """The reader of a field, selected by `nodes`, that its row alone decides; else None."""
    name = nodes[0].name.value
    if name == "__typename":
        return lambda _row: parent_type.name
    found = _reading(parent_type, nodes, fragments)
    return found and _checked(*found)


def _checked(raw: Reader, complete: Completer, null: Any) -> Reader:
    def read(row: Row) -> Any:
        try:
            value = raw(row)
            return null if value is None else complete(value)
        except Exception:
            return _SLOW  # and fails again there, with its place in the answer

    return read


def _reading(
    parent_type: GraphQLObjectType, nodes: list[FieldNode], fragments: Fragments
) -> tuple[Reader, Completer, Any] | None:
    """How a field is read from its row, what makes of it the value on the wire, and what stands
    for a null; None for what is not in its row alone."""
    field = parent_type.fields[nodes[0].name.value]
    raw = None if field.args else _raw_reader(field)
    if raw is None:
        return None
    required = isinstance(field.type, GraphQLNonNull)
    kind = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    complete = _completer(kind, nodes, fragments)
    return complete and (raw, complete, _SLOW if required else None)


def _raw_reader(field: GraphQLField) -> Reader | None:
    resolve = field.resolve
    if isinstance(resolve, FromRow):
        return resolve.read
    if isinstance(resolve, Reference):
        return itemgetter(resolve.slot)  # fails where it is not embedded: the loader's then
    if isinstance(resolve, partial) and resolve.func is dict_or_attr_resolver:
        key, default = resolve.args
        return lambda row: row.get(key, default)
    return None


def _completer(
    kind: GraphQLOutputType, nodes: list[FieldNode], fragments: Fragments
) -> Completer | None:
    """What makes of a resolved value, not null, the one on the wire, or _SLOW for one that
    graphql-core should look at; None for a type or a selection that is always its matter."""
    if isinstance(kind, GraphQLScalarType | GraphQLEnumType):
        return _leaf_completer(kind)
    if isinstance(kind, GraphQLList):
        return _list_completer(kind.of_type, nodes, fragments)
    if isinstance(kind, GraphQLObjectType) and kind.is_type_of is None:
        return _object_completer(kind, nodes, fragments)
    return None


def _list_completer(
    kind: GraphQLOutputType, nodes: list[FieldNode], fragments: Fragments
) -> Completer | None:
    null = _SLOW if isinstance(kind, GraphQLNonNull) else None
    inner = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    complete = _completer(inner, nodes, fragments)
    if complete is None:
        return None

    def complete_all(items: Any) -> Any:
        if type(items) is not list:
            return _SLOW
        results = [null if item is None else complete(item) for item in items]
        return _SLOW if any(result is _SLOW for result in results) else results

    return complete_all


def _object_completer(
    kind: GraphQLObjectType, nodes: list[FieldNode], fragments: Fragments
) -> Completer | None:
    selected: dict[str, list[FieldNode]] = {}
    if not all(_collect(kind, node.selection_set, fragments, selected) for node in nodes):
        return None
    steps: list[tuple[str, Reader, Completer, Any]] = []
    for name, found in selected.items():
        if found[0].name.value == "__typename":
            steps.append((name, lambda _row: kind.name, _itself, _SLOW))
        elif reading := _reading(kind, found, fragments):
            steps.append((name, *reading))
        else:
            return None

    # Runs for each row: the fields are read in one loop, without a call of their own each. What
    # fails in it fails the field above, which goes through graphql-core as a whole.
    def complete(row: Any) -> Any:
        if type(row) is not dict:
            return _SLOW
        results = {}
        for name, raw, complete_field, null in steps:
            value = raw(row)
            value = null if value is None else complete_field(value)
            if value is _SLOW:
                return _SLOW
            results[name] = value
        return results

    return complete


def _itself(value: Any) -> Any:
    return value


def _collect(
    kind: GraphQLObjectType,
    selection_set: SelectionSetNode | None,
    fragments: Fragments,
    selected: dict[str, list[FieldNode]],
) -> bool:
    """Put the fields selected on `kind` into `selected`, by response name and in the order of the
    answer; False where variables or another type decide what is selected."""
    for selection in selection_set.selections if selection_set else ():
        if selection.directives:
            return False
        if isinstance(selection, FieldNode):
            named = selection.alias or selection.name
            selected.setdefault(named.value, []).append(selection)
            continue
        fragment: Any = selection
        if isinstance(selection, FragmentSpreadNode):
            fragment = fragments[selection.name.value]
        condition = fragment.type_condition
        if condition and condition.name.value != kind.name:
            return False
        if not _collect(kind, fragment.selection_set, fragments, selected):
            return False
    return True


def _leaf_completer(leaf: GraphQLLeafType) -> Completer:
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
