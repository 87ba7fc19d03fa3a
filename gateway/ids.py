"""Relay's global ids: opaque outside, (type, local id) inside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphene import ID, Argument, Field, Interface, ObjectType
from graphql import GraphQLResolveInfo
from graphql_relay import from_global_id, to_global_id

from gateway.rows import FromRow, value_of
from shared.errors import InvalidInput


class Node(Interface):
    """可按全局编号取得的对象。An object that can be fetched by its global id.

    A type that implements it has `@classmethod async def get_node(cls, info, id)` → row or None,
    mostly by `loaded_by`; `id` is the local one. A row's "id" is the local one too.
    """

    class Meta:
        description = "可按全局编号取得的对象。An object that can be fetched by its global id."

    id = ID(required=True, description="全局编号。Global id, opaque.")


class NodeType(ObjectType):
    """A type with a global id: `class Proposal(NodeType)`."""

    class Meta:
        abstract = True

    @classmethod
    def __init_subclass_with_meta__(cls, **options: Any) -> None:
        super().__init_subclass_with_meta__(interfaces=(Node,), **options)


def global_id(type_name: str, id: str) -> str:
    """The id that clients see."""
    return to_global_id(type_name, id)


def local_id(global_id: str, type_name: str, field: str | None = None) -> str:
    """The service's id; raises InvalidInput for text that is no id or an id of another type."""
    resolved = split_global_id(global_id)
    if resolved is None or resolved[0] != type_name:
        raise InvalidInput("编号无效", field=field)
    return resolved[1]


def split_global_id(global_id: str) -> tuple[str, str] | None:
    """(type name, local id); None for text that is no id."""
    type_name, id = from_global_id(global_id)
    return (type_name, id) if type_name and id else None


def localise(values: Mapping[str, Any], ids: Mapping[str, str]) -> dict[str, Any]:
    """`values` with the global ids replaced by local ones.

    ids: path → type name, {"id": "Proposal", "unit_ids": "Unit", "lines.unit_id": "Unit"}; lists
    are gone through, absent values and nulls left alone. Raises InvalidInput naming the field.
    """
    localised: Any = values
    for path, type_name in ids.items():
        localised = _replace(localised, path.split("."), type_name, "")
    return dict(localised)


def values_at(value: Any, path: str) -> list[Any]:
    """What stands at a path as of `localise`; lists are gone through, nulls left out."""
    if value is None:
        return []
    if isinstance(value, list | tuple):
        return [found for inner in value for found in values_at(inner, path)]
    if not path:
        return [value]
    head, _, rest = path.partition(".")
    return values_at(value.get(head), rest)


def loaded_by(loader: str) -> Any:
    """The `get_node` of a type whose rows this loader gives: `get_node = loaded_by("members")`."""

    async def get_node(cls: Any, info: GraphQLResolveInfo, id: str) -> Any:
        return await getattr(info.context.loaders, loader).load(id)

    return classmethod(get_node)


async def node_of(info: GraphQLResolveInfo, type_name: str, id: str) -> Any:
    """The Node of this type and local id with its type's name; None if the viewer may not see it.

    Raises InvalidInput for a type that is none.
    """
    kind = getattr(info.schema.get_type(type_name), "graphene_type", None)
    if not is_node(kind):
        raise InvalidInput("编号无效", field="id")
    get_node = getattr(kind, "get_node", None)
    row = await get_node(info, id) if get_node else None
    return {**row, "__typename": type_name} if isinstance(row, dict) else row


def is_node(graphene_type: Any) -> bool:
    return graphene_type is not None and Node in getattr(graphene_type._meta, "interfaces", ())


def by_id(kind: Any, description: str, of: str = "编号。Global id.") -> Field:
    """The root field of one record by its global id; who may see it, its `get_node` says."""

    async def resolve(_root: Any, info: GraphQLResolveInfo, id: str) -> Any:
        return await kind.get_node(info, local_id(id, kind._meta.name, "id"))

    argument = Argument(ID, required=True, description=of)
    return Field(kind, id=argument, description=description, resolver=resolve)


def id_of_row(type_name: str) -> FromRow:
    """The resolver of a Node's id."""
    return FromRow(lambda row: to_global_id(type_name, value_of(row, "id")))


def _replace(value: Any, path: list[str], type_name: str, seen: str) -> Any:
    if value is None:
        return None
    if isinstance(value, list):
        return [_replace(v, path, type_name, f"{seen}.{i}") for i, v in enumerate(value)]
    if not path:
        return local_id(value, type_name, seen.lstrip("."))
    head, *rest = path
    if head not in value:
        return value
    return {**value, head: _replace(value[head], rest, type_name, f"{seen}.{_camel(head)}")}


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.title() for part in rest)
