"""Enums with Chinese labels, and the one enum of refusal codes."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Container, Mapping
from enum import Enum as PyEnum
from typing import Any

from graphene import Enum, Field, String
from graphql import GraphQLEnumType, GraphQLSchema

from gateway.rows import FromRow, value_of

OTHER = "OTHER"

# What no service says: the code of one that this schema does not list.
KERNEL_CODES = {
    OTHER: "其他原因，见 reason。Another code: see `reason`.",
}


def labelled_enum(
    name: str, values: Mapping[str, str | tuple[str, str]], description: str
) -> type[Enum]:
    """An enum whose values have Chinese labels.

        ProposalState = labelled_enum(
            "ProposalState", {"DRAFT": ("草稿", "Draft"), …}, "提案状态。State of a proposal."
        )

    values: name → (Chinese label, English text), or name → "中文。English.". Rows hold the names.
    """
    texts = {key: _text(value) for key, value in values.items()}
    labels = {key: text.split("。", 1)[0] for key, text in texts.items()}

    def describe(value: PyEnum | None) -> str:
        return description if value is None else texts[value.name]

    made: type[Enum] = Enum.from_enum(
        PyEnum(name, {key: key for key in values}), name=name, description=describe
    )
    # Where it is made, as for a class statement: a name that stands twice is told by its places.
    made.__module__ = sys._getframe(1).f_globals["__name__"]
    _LABELS[made] = labels
    return made


def labels_of(enum: type[Enum]) -> Mapping[str, str]:
    """Name of each value → its Chinese label, in the enum's order."""
    return _LABELS[enum]


def label_field(enum: type[Enum], key: str = "state", description: str | None = None) -> Field:
    """The Chinese label of the row's value under `key`: `state_label = label_field(State)`."""
    labels = labels_of(enum)
    return Field(
        String,
        resolver=FromRow(_labeller(labels, key)),
        description=description or "中文名称。Chinese label of the value.",
    )


def labelled(
    enum: type[Enum], description: str, key: str = "state", **options: Any
) -> tuple[Field, Field]:
    """A value and its Chinese label: `state, state_label = labelled(State, "状态。State.")`."""
    name = re.split("[，；：。]", description, maxsplit=1)[0]
    value = Field(enum, description=description, **options)
    return value, label_field(enum, key, f"{name}名称。Chinese label.")


def declare_error_codes(codes: Mapping[str, str]) -> None:
    """Make the enum `ErrorCode` of the schema that is built next: the packages' and our own."""
    global _error_code
    _error_code = labelled_enum(
        "ErrorCode",
        dict(sorted({**codes, **KERNEL_CODES}.items())),
        "业务规则拒绝的代码。Code of a refusal, the same that the service raised.",
    )


def error_code_enum() -> type[Enum]:
    """The enum of the schema under construction."""
    if _error_code is None:
        declare_error_codes({})
    assert _error_code is not None
    return _error_code


def error_codes_of(schema: GraphQLSchema) -> Container[str]:
    """The codes that `schema` lists."""
    kind = schema.get_type("ErrorCode")
    return kind.values if isinstance(kind, GraphQLEnumType) else KERNEL_CODES


_LABELS: dict[type[Enum], dict[str, str]] = {}
_error_code: type[Enum] | None = None


def _labeller(labels: Mapping[str, str], key: str) -> Callable[[Any], str | None]:
    return lambda row: labels.get(value_of(row, key) or "")


def _text(value: str | tuple[str, str]) -> str:
    return value if isinstance(value, str) else f"{value[0]}。{value[1]}."
