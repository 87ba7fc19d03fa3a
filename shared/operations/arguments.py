"""What an argument is: one `Annotated` type, from which its form and its GraphQL input derive.

    ContactNo = Annotated[int, about(Number(1, 99), "联系记录序号。Number of the record.")]

An input of several fields is a TypedDict of such types; its name and docstring are GraphQL's. An
argument may be left out if its type has a default, if it may be None, or if the signature gives
it a default; a key of a `total=False` dict that was left out stays absent. A filter is such a
dict, named as the argument's type without more.
"""

from __future__ import annotations

import copy
import inspect
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import (
    Annotated,
    Any,
    NotRequired,
    Union,
    Unpack,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from marshmallow import fields

from shared.schemas import (
    Choice,
    Flag,
    Id,
    IdList,
    InputSchema,
    Many,
    Number,
    Text,
    TopicCode,
    When,
)

MISSING: Any = object()
MOST_ROWS = 100  # of a page


@dataclass(frozen=True)
class About:
    """The form of an argument, its text ("中文。English.") and, if it may be left out, a default.

    called: its name in GraphQL where that is not the parameter's; hidden: only services give it.
    """

    field: fields.Field[Any]
    text: str
    default: Any = MISSING
    called: str | None = None
    hidden: bool = False


def about(
    field: fields.Field[Any],
    text: str = "",
    *,
    default: Any = MISSING,
    called: str | None = None,
    hidden: bool = False,
) -> About:
    """The metadata of an argument's `Annotated` type."""
    return About(field, text, default, called, hidden)


class Of(fields.Nested):
    """An input of several fields, said as a TypedDict."""

    def __init__(self, kind: type[Any], **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(lambda: form(kind.__name__, fields_of(kind))(), **kwargs)


@dataclass(frozen=True)
class Input:
    """One argument of an operation, or one field of an input type."""

    name: str
    about: About
    required: bool
    nullable: bool
    default: Any  # MISSING: what is left out stays absent

    @property
    def public_name(self) -> str:
        return self.about.called or self.name

    @property
    def graphql_type(self) -> str:
        """In the schema's notation: "[ID!]!"."""
        return graphql_type(self.about.field) + ("!" if self.required else "")

    def marshmallow(self) -> fields.Field[Any]:
        field = copy.deepcopy(self.about.field)
        field.required, field.allow_none = self.required, self.nullable
        if self.default is not MISSING:
            field.load_default = self.default
        return field


def inputs_of(use_case: Callable[..., Any]) -> list[Input]:
    """The keyword-only arguments of a use case, those of `**rest: Unpack[…]` included.

    Raises TypeError for one that does not say what it is.
    """
    function = inspect.unwrap(use_case)
    found: list[Input] = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY:
            hint = _evaluated(parameter.annotation, function)
            absent = parameter.default is not parameter.empty
            found.append(_input(parameter.name, hint, absent, f"{function.__qualname__}"))
        elif parameter.kind is parameter.VAR_KEYWORD:
            hint = _evaluated(parameter.annotation, function)
            if get_origin(hint) is not Unpack:
                raise TypeError(f"{function.__qualname__}: **{parameter.name} is not Unpack[…]")
            found += fields_of(get_args(hint)[0])
    return found


def fields_of(kind: Any) -> list[Input]:
    """The fields of a TypedDict."""
    if not is_typeddict(kind):
        raise TypeError(f"{kind} is no TypedDict")
    hints = get_type_hints(kind, include_extras=True)
    return [
        _input(name, hint, name in kind.__optional_keys__, kind.__name__)
        for name, hint in hints.items()
    ]


def form(name: str, inputs: list[Input]) -> type[InputSchema]:
    """The marshmallow schema of these inputs."""
    return type(name, (InputSchema,), {given.name: given.marshmallow() for given in inputs})


def graphql_type(field: fields.Field[Any]) -> str:
    """A field's type in the schema's notation."""
    if isinstance(field, fields.List):
        return f"[{graphql_type(field.inner)}!]"
    if isinstance(field, Of):
        return field.kind.__name__
    if isinstance(field, Choice):
        return str(getattr(field.enum, "public_name", field.enum.__name__))
    if (named := getattr(field, "graphql", None)) is not None:
        return str(named)
    return next(name for kind, name in _SCALARS if isinstance(field, kind))


def inner_of(field: fields.Field[Any]) -> fields.Field[Any]:
    """The field within lists, or itself."""
    return inner_of(field.inner) if isinstance(field, fields.List) else field


def nested(inputs: list[Input]) -> Iterator[type[Any]]:
    """The input types below these inputs, inner ones too."""
    for given in inputs:
        field = inner_of(given.about.field)
        if isinstance(field, Of):
            yield field.kind
            yield from nested(fields_of(field.kind))


First = Annotated[
    int,
    about(
        Number(1, MOST_ROWS),
        f"条数，至多{MOST_ROWS}。Number of rows, at most {MOST_ROWS}.",
        default=20,
    ),
]
After = Annotated[str, about(Text(1, 1000), "从此游标之后开始。Begin after this cursor.")]
Ids = Annotated[list[str], about(IdList(1000), "编号。Ids.")]
ExpectedVersion = Annotated[
    int,
    about(Number(1), "所见版本，此后有人修改过则拒绝。Version seen; refused if changed since."),
]
Since = Annotated[datetime, about(When(), "此时及以后开始。Beginning then or later.")]
Until = Annotated[datetime, about(When(), "此时以前开始。Beginning before.")]
LatestFirst = Annotated[
    bool, about(Flag(), "是否晚的在前，默认是。The latest first, unless told.", default=True)
]
MOST_TOPICS = 5  # of one record
TopicCodes = Annotated[
    list[str],
    about(
        Many(TopicCode(), high=MOST_TOPICS),
        "主题代码（见主题目录），与自由填写的主题并用。Codes of topics of the taxonomy.",
        default=list,
    ),
]
OfTopic = Annotated[
    str,
    about(TopicCode(), "主题代码，领域含其下各主题。Of this topic; of an area, with those below."),
]
RecordId = Annotated[str, about(Id(), "编号。Id.")]

_SCALARS: list[tuple[type[fields.Field[Any]], str]] = [
    (Id, "ID"),
    (When, "DateTime"),
    (fields.Date, "Date"),
    (fields.Bool, "Boolean"),
    (fields.Int, "Int"),
    (fields.Float, "Float"),
    (fields.Str, "String"),
    (fields.Field, "Json"),
]


def _input(name: str, hint: Any, may_be_absent: bool, place: str) -> Input:
    if get_origin(hint) is NotRequired:
        hint, may_be_absent = get_args(hint)[0], True
    nullable = get_origin(hint) in (Union, types.UnionType) and type(None) in get_args(hint)
    if nullable:
        [hint] = [kind for kind in get_args(hint) if kind is not type(None)]
    if is_typeddict(hint):  # a filter needs no text of its own
        hint = Annotated[hint, about(Of(hint), "筛选。Filter.", default=dict)]
    metadata = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    said = next((item for item in metadata if isinstance(item, About)), None)
    if said is None:
        raise TypeError(f"{place}: {name} does not say what it is: Annotated[…, about(…)]")
    default = said.default
    if default is MISSING and nullable and not may_be_absent:
        default = None
    required = default is MISSING and not may_be_absent
    return Input(name, said, required, nullable, default)


def _evaluated(annotation: Any, function: Any) -> Any:
    if isinstance(annotation, str):
        return eval(annotation, function.__globals__)  # as typing.get_type_hints does
    return annotation
