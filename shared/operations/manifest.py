"""The manifest of a service: its operations as data, from which the gateway makes its schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import orjson

from shared.errors import AppError
from shared.labels import Labelled
from shared.operations import Answer, Offered
from shared.operations.arguments import Input, fields_of, inner_of, nested
from shared.schemas import Id

Row = dict[str, Any]
T = TypeVar("T")


def manifest(service: str, operations: Iterable[Offered], package: str | None = None) -> Row:
    """Its operations, input types, enums and refusals; sorted, so that a diff tells a change.

    package: where these are said, a service's own unless told.
    """
    listed = sorted(operations, key=lambda operation: operation.name)
    kinds = {kind.__name__: kind for o in listed for kind in nested(o.inputs)}
    return {
        "service": service,
        "operations": {operation.name: _operation(operation) for operation in listed},
        "inputs": {name: _input_type(kind) for name, kind in sorted(kinds.items())},
        **texts(package or f"services.{service}."),
    }


def texts(package: str) -> Row:
    """Enums and refusals that are said below a package; ValueError for two of one name."""
    enums = [(kind.public_name, kind) for kind in _below(Labelled, package) if list(kind)]
    refusals = [(e.code, e) for e in _below(AppError, package) if "code" in vars(e)]
    return {
        "enums": {name: _enum(kind) for name, kind in _unique(enums)},
        "codes": {code: _refusal(kind) for code, kind in _unique(refusals)},
    }


def dumps(made: Row) -> str:
    return orjson.dumps(made, option=orjson.OPT_INDENT_2).decode() + "\n"


def _operation(operation: Offered) -> Row:
    said = operation.said
    roles: frozenset[str] = operation.use_case.allowed_roles  # type: ignore[attr-defined]
    row: Row = {
        "kind": said.kind,
        "graphql": said.graphql,
        "text": operation.text,
        "roles": sorted(roles),
        "inputs": [_input(given) for given in operation.inputs],
    }
    if said.answers:
        row["answers"] = [_answer(answer) for answer in said.answers]
    if operation.use_case.approves:  # type: ignore[attr-defined]
        row["approves"] = True
    for name in ("gives", "loads", "seconds", "callers", "batch"):
        if value := getattr(said, name):
            row[name] = value
    return row


def _answer(answer: Answer) -> Row:
    row: Row = {"name": answer.name, "type": answer.type, "text": answer.text}
    return {**row, "of": answer.of} if answer.of else row


def _input(given: Input) -> Row:
    row: Row = {"name": given.name, "type": given.graphql_type, "text": given.about.text}
    if given.about.called:
        row["called"] = given.about.called
    if isinstance(given.default, bool | int | float | str):  # what an argument shows of it
        row["default"] = given.default
    if given.about.hidden:
        row["hidden"] = True
    field = inner_of(given.about.field)
    if isinstance(field, Id) and field.of:
        row["of"] = field.of
    return row


def _input_type(kind: type[Any]) -> Row:
    text = " ".join((kind.__doc__ or "").split())
    return {"text": text, "fields": [_input(given) for given in fields_of(kind)]}


def _enum(kind: type[Labelled]) -> Row:
    text = " ".join((kind.__doc__ or "").split())
    return {"text": text, "values": {m.value: [m.label, m.english] for m in kind}}


def _refusal(kind: type[AppError]) -> str:
    """The message, as a user sees it, and for whom."""
    english = " ".join((vars(kind).get("__doc__") or "").split())
    return f"{kind.message.rstrip('。')}。{english}".rstrip()


def _unique(named: Iterable[tuple[str, T]]) -> list[tuple[str, T]]:
    found: dict[str, T] = {}
    for name, kind in named:
        if found.setdefault(name, kind) is not kind:
            raise ValueError(f"{kind} and {found[name]} are both {name}")
    return sorted(found.items(), key=lambda item: item[0])


def _below(base: type[T], package: str) -> Iterator[type[T]]:
    """The kinds of `base`, itself included."""
    if base.__module__.startswith(package):
        yield base
    for kind in base.__subclasses__():
        yield from _below(kind, package)
