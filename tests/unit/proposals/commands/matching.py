"""Whether a document fits a query, for the operators that the service's queries use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Document = Mapping[str, Any]


def matches(query: Document, document: Document) -> bool:
    """As MongoDB decides it; KeyError for an operator that is not known here."""
    return all(_fits(key, wanted, document) for key, wanted in query.items())


def _fits(key: str, wanted: Any, document: Document) -> bool:
    if key.startswith("$"):
        return LOGIC[key](matches(part, document) for part in wanted)
    values = list(_values(document, key.split(".")))
    tests = wanted if _has_operators(wanted) else {"$eq": wanted}
    return all(OPERATORS[name](values, operand) for name, operand in tests.items())


def _has_operators(wanted: Any) -> bool:
    return isinstance(wanted, dict) and any(name.startswith("$") for name in wanted)


def _values(value: Any, path: Sequence[str]) -> Iterator[Any]:
    """What a path stands for: through lists to each element; None for what is missing."""
    if isinstance(value, list) and path:
        for element in value:
            yield from _values(element, path)
    elif path:
        yield from _values(value.get(path[0]) if isinstance(value, dict) else None, path[1:])
    else:
        yield value
        if isinstance(value, list):
            yield from value


def _equal(values: list[Any], operand: Any) -> bool:
    return operand in values


def _in(values: list[Any], operand: Any) -> bool:
    return any(value in operand for value in values)


def _any_element(values: list[Any], operand: Any) -> bool:
    return any(isinstance(value, dict) and matches(operand, value) for value in values)


LOGIC: dict[str, Callable[[Iterator[bool]], bool]] = {"$and": all, "$or": any}
OPERATORS: dict[str, Callable[[list[Any], Any], bool]] = {
    "$eq": _equal,
    "$ne": lambda values, operand: not _equal(values, operand),
    "$in": _in,
    "$nin": lambda values, operand: not _in(values, operand),
    "$all": lambda values, operand: all(_equal(values, one) for one in operand),
    "$elemMatch": _any_element,
    "$gte": lambda values, operand: any(v is not None and v >= operand for v in values),
    "$lt": lambda values, operand: any(v is not None and v < operand for v in values),
}
