"""What the services say of themselves (`shared/contracts/api/<service>.json`, `make schema`)."""

from __future__ import annotations

from collections.abc import Set
from functools import cache
from pathlib import Path
from typing import Any

import graphene
import orjson
from graphql import ListTypeNode, NamedTypeNode, NonNullTypeNode, TypeNode
from graphql.language import parse_type

from gateway import once
from gateway.enums import labelled_enum
from gateway.scalars import Date, DateTime, Json

FOLDER = Path(__file__).parent.parent / "shared" / "contracts" / "api"
Row = dict[str, Any]
SCALARS: dict[str, Any] = {
    "Boolean": graphene.Boolean,
    "Date": Date,
    "DateTime": DateTime,
    "Float": graphene.Float,
    "ID": graphene.ID,
    "Int": graphene.Int,
    "Json": Json,
    "String": graphene.String,
}


@cache
def manifests() -> dict[str, Row]:
    """By service; ValueError where two say an input or an enum of one name."""
    found = {file.stem: orjson.loads(file.read_bytes()) for file in sorted(FOLDER.glob("*.json"))}
    for part in ("inputs", "enums"):
        once.joined((f"services.{service}", made[part]) for service, made in found.items())
    return found


def codes(services: Set[str]) -> list[tuple[str, dict[str, str]]]:
    """Of each of these: the gateway's package for it, and code of each refusal → its text."""
    found = services & manifests().keys()
    return [(f"gateway.{name}", manifests()[name]["codes"]) for name in sorted(found)]


@cache
def enum(name: str) -> type[graphene.Enum]:
    """The enum that a service says; KeyError if none does."""
    said = _said("enums", name)
    values = {value: (label, english) for value, (label, english) in said["values"].items()}
    return labelled_enum(name, values, said["text"])


@cache
def input_type(name: str) -> type[graphene.InputObjectType]:
    """The input type that a service says; KeyError if none does."""
    said = _said("inputs", name)
    fields = {public_name(given): argument(given) for given in said["fields"] if shown(given)}
    return type(name, (graphene.InputObjectType,), {"__doc__": said["text"], **fields})


def argument(given: Row, kind: Any = graphene.InputField) -> Any:
    """An argument, with its default, or an input's field."""
    more = (
        {"default_value": given["default"]}
        if kind is not graphene.InputField and "default" in given
        else {}
    )
    return kind(type_of(given["type"]), description=given["text"], **more)


def shown(given: Row) -> bool:
    return not given.get("hidden")


def public_name(given: Row) -> str:
    """The attribute under which clients know it."""
    name: str = given.get("called") or given["name"]
    return name


def type_of(text: str, find: Any = None) -> Any:
    """The graphene type of "[StudyThemeInput!]!"; find: output types by name."""
    return _type_of(parse_type(text), find)


def paths(fields: list[Row]) -> dict[str, str]:
    """Path of each id among these inputs → the type that it names, as for `localise`."""
    found: dict[str, str] = {}
    for given in fields:
        if "of" in given:
            found[public_name(given)] = given["of"]
        if (said := _inputs().get(given["type"].strip("[]!"))) is not None:
            inner = paths(said["fields"])
            found |= {f"{public_name(given)}.{path}": kind for path, kind in inner.items()}
    return found


@cache
def _inputs() -> dict[str, Row]:
    return {name: said for made in manifests().values() for name, said in made["inputs"].items()}


def _said(part: str, name: str) -> Row:
    for made in manifests().values():
        if name in made[part]:
            found: Row = made[part][name]
            return found
    raise KeyError(name)


def _type_of(node: TypeNode, find: Any) -> Any:
    if isinstance(node, NonNullTypeNode):
        return graphene.NonNull(_type_of(node.type, find))
    if isinstance(node, ListTypeNode):
        return graphene.List(_type_of(node.type, find))
    assert isinstance(node, NamedTypeNode)
    name = node.name.value
    if name in SCALARS:
        return SCALARS[name]
    if name in _inputs():
        return input_type(name)
    try:
        return enum(name)
    except KeyError:
        if find is None:
            raise
        return find(name)
