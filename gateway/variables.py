"""What is wrong with the variables of a request, in the words and fields of the services.

graphql-core says it in English and by the variable's name. A client shows a message at the field
that its user has filled in, whoever found the fault: so only when coercion has failed, each value
is looked at once more, and what is found is said as a service would say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    VariableNode,
    Visitor,
    coerce_input_value,
    is_non_null_type,
    type_from_ast,
    visit,
)

from gateway.errors import RequestError
from shared.errors import InvalidInput, Item

INPUT = "input"  # the one argument of a mutation: its fields are named without it
MOST_ITEMS = 20
REQUIRED, EMPTY, UNKNOWN, UNFIT = "此项必填", "此项不能为空", "不认识的字段", "格式不正确"
# How graphql-core begins → what people read.
SAID = (
    (re.compile(r"Expected non-nullable type"), EMPTY),
    (re.compile(r"Field '(?P<field>[^']*)' of required type"), REQUIRED),
    (re.compile(r"Field '(?P<field>[^']*)' is not defined"), UNKNOWN),
    (re.compile(r"(Value .* does not exist in|Enum) '"), "不在可选范围内"),
    (re.compile(r"Int cannot represent non 32-bit"), "数值过大"),
    (re.compile(r"Int cannot"), "应为整数"),
    (re.compile(r"Float cannot"), "应为数字"),
    (re.compile(r"String cannot"), "应为文字"),
    (re.compile(r"Boolean cannot"), "应为是或否"),
    (re.compile(r"ID cannot"), "编号无效"),
)


class _Enough(Exception):
    """As many faults are found as are told."""


def refusal(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    values: Mapping[str, Any],
    errors: Iterable[GraphQLError],
) -> RequestError:
    """What to answer where these variables were not coerced; `errors`, if nothing is found."""
    items = list(islice(_items(schema, _arguments(document), operation, values), MOST_ITEMS))
    if not items:
        return RequestError.coded(errors, InvalidInput.code)
    first = items[0]
    refused = InvalidInput(first["message"], field=first["field"], items=items)
    return RequestError([GraphQLError(refused.message, original_error=refused)])


def _items(
    schema: GraphQLSchema,
    arguments: Mapping[str, str],
    operation: OperationDefinitionNode,
    values: Mapping[str, Any],
) -> Iterator[Item]:
    for definition in operation.variable_definitions or ():
        name = definition.variable.name.value
        kind: Any = type_from_ast(schema, definition.type)
        argument = arguments.get(name, name)
        start = [] if argument == INPUT else [argument]
        if values.get(name) is None:
            absent = name not in values
            if is_non_null_type(kind) and not (absent and definition.default_value):
                yield _item([argument], REQUIRED if absent else EMPTY)
            continue
        found: list[Item] = []

        def note(
            path: list[str | int],
            _value: Any,
            error: GraphQLError,
            start: list[Any] = start,
            found: list[Item] = found,
        ) -> None:
            found.append(_said([*start, *path], error.message))
            if len(found) == MOST_ITEMS:
                raise _Enough

        try:
            coerce_input_value(values[name], kind, note)
        except _Enough:
            pass
        except RecursionError:
            found.append(_item([argument], "嵌套过深"))
        yield from found


def _said(path: list[Any], message: str) -> Item:
    for pattern, said in SAID:
        if found := pattern.match(message):
            field = found.groupdict().get("field")
            return _item([*path, *([field] if field else [])], said)
    return _item(path, UNFIT if message.isascii() else message)  # our scalars speak Chinese


def _item(path: list[Any], message: str) -> Item:
    field = ".".join(map(str, path)) or INPUT
    return {"code": InvalidInput.code, "field": field, "message": message}


def _arguments(document: DocumentNode) -> dict[str, str]:
    """Variable → the argument that it is given as."""
    found: dict[str, str] = {}

    class Arguments(Visitor):
        def enter_argument(self, node: Any, *_: Any) -> None:
            if isinstance(node.value, VariableNode):
                found.setdefault(node.value.name.value, node.name.value)

    visit(document, Arguments())
    return found
