"""Stored values as a dataclass has them: its annotations say how, read once for each kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import is_dataclass
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

Parse = Callable[[Any], Any]


def parsers(kind: type[Any]) -> dict[str, Parse]:
    """Field → what turns its stored value into the annotated one; without those that stay."""
    found = {name: _parser(hint) for name, hint in get_type_hints(kind).items()}
    return {name: parse for name, parse in found.items() if parse is not None}


def _parser(hint: Any) -> Parse | None:
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _parser(inner[0])
    if origin in (Union, UnionType):
        return _optional(inner)
    if origin in (tuple, Sequence):
        return _listed(tuple, inner)
    if origin is list:
        return _listed(list, inner) if _parser(inner[0]) else None
    if origin in (dict, Mapping):
        return _keyed(_parser(inner[1]))
    if not isinstance(hint, type):
        return None
    if hint is date:  # MongoDB knows moments only: a day is stored as its ISO text
        return date.fromisoformat
    if issubclass(hint, Enum):
        return hint
    return _nested(hint) if is_dataclass(hint) else None


def _optional(inner: tuple[Any, ...]) -> Parse | None:
    """Of `X | None`; any other union stays as it is stored."""
    kinds = [kind for kind in inner if kind is not NoneType]
    parse = _parser(kinds[0]) if len(kinds) == 1 else None
    return parse and (lambda value: None if value is None else parse(value))


def _listed(make: Callable[[Any], Any], inner: tuple[Any, ...]) -> Parse:
    """Of `list[X]`, `Sequence[X]`, `tuple[X, ...]`; a tuple of several kinds keeps its parts."""
    parse = _parser(inner[0]) if len(inner) == 1 or inner[1] is ... else None
    return make if parse is None else lambda rows: make(map(parse, rows))


def _keyed(parse: Parse | None) -> Parse | None:
    return parse and (lambda rows: {key: parse(row) for key, row in rows.items()})


def _nested(kind: type[Any]) -> Parse:
    inner = parsers(kind)
    if not inner:
        return lambda row: kind(**row)
    return lambda row: kind(**parsed(row, inner))


def parsed(row: Mapping[str, Any], by: Mapping[str, Parse]) -> dict[str, Any]:
    return {name: by[name](value) if name in by else value for name, value in row.items()}
