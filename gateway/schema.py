"""The schema: everything that the `gateway/<name>/` packages hold, found by their folders."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import graphene
from graphene.types.definitions import GrapheneInterfaceType, GrapheneObjectType
from graphene.types.utils import yank_fields_from_attrs
from graphene.utils.str_converters import to_camel_case, to_snake_case
from graphql import GraphQLResolveInfo, GraphQLSchema

import gateway
from gateway import derived, enums, limits, manifests, once
from gateway.context import BatchFn
from gateway.ids import Node, id_of_row, is_node, node_of, split_global_id
from gateway.paging import ATTRIBUTE
from shared.actor import Role
from shared.errors import InvalidInput, Unauthenticated

MODULES = {
    "TYPES": "types",
    "QUERIES": "queries",
    "VIEWER": "queries",
    "MUTATIONS": "mutations",
    "SUBSCRIPTIONS": "subscriptions",
    "LOADERS": "loaders",
    "ERROR_CODES": "codes",
}
MIXINS = "_MIXINS"


@dataclass(frozen=True)
class Api:
    """The executable schema and the loaders that its resolvers use."""

    schema: GraphQLSchema
    loaders: dict[str, BatchFn]


class RootQuery:
    """查询入口。Everything that can be read."""

    node = graphene.Field(
        Node,
        id=graphene.ID(required=True, description="全局编号。Global id."),
        description="按全局编号取得对象。The object with this global id, if the viewer may see it.",
    )

    @staticmethod
    async def resolve_node(_root: Any, info: GraphQLResolveInfo, id: str) -> Any:
        split = split_global_id(id)
        if split is None:
            raise InvalidInput("编号无效", field="id")
        return await node_of(info, *split)


class RootViewer:
    """当前登录账号。The signed-in account."""


def build() -> Api:
    """The API of all packages that exist; with none it still answers `{ __typename }`."""
    packages = list(_packages())
    _extend_all(packages)
    there = {package.__name__.removeprefix("gateway.") for package in packages}
    own = list(_collect(packages, "ERROR_CODES"))
    said = [item for item in manifests.codes({*there, "kernel"}) if item[0] not in dict(own)]
    enums.declare_error_codes(once.joined([("gateway.enums", enums.KERNEL_CODES), *own, *said]))
    queries = _flat(packages, "QUERIES")
    viewers = _flat(packages, "VIEWER")
    if viewers:
        queries.append(_viewer_query(viewers))
    mutations = _mutations(_flat(packages, "MUTATIONS"))
    find = _output_types(packages)
    mutations |= _mutations(derived.mutations(there, find, mutations))
    asked = {name for mixin in queries for name in dir(mixin)}
    fields = dict(derived.queries(there, find, asked))
    subscriptions = _flat(packages, "SUBSCRIPTIONS")
    schema = once.schema_of(
        _root("Query", [*queries, RootQuery], RootQuery.__doc__, fields),
        _root("Mutation", [], "操作入口。Everything that can be done.", mutations)
        if mutations
        else None,
        _root("Subscription", subscriptions, "订阅入口。What can be followed.")
        if subscriptions
        else None,
        types=_flat(packages, "TYPES"),
    )
    finish(schema)
    return Api(schema, once.joined(_collect(packages, "LOADERS")))


def _mutations(classes: Iterable[Any]) -> dict[str, graphene.Field]:
    """Field by name."""
    return once.joined(
        (cls.__module__, {to_snake_case(cls._meta.name.removesuffix("Payload")): cls.Field()})
        for cls in classes
    )


def _output_types(packages: Iterable[ModuleType]) -> Callable[[str], type[graphene.ObjectType]]:
    """Finds an object type of these packages by its name; KeyError for one that none has."""
    places = {package.__name__ for package in packages}
    found: dict[str, type[graphene.ObjectType]] = {}
    pending = [graphene.ObjectType]
    while pending:
        kind = pending.pop()
        pending += kind.__subclasses__()
        if ".".join(kind.__module__.split(".")[:2]) in places:
            found[kind._meta.name] = kind
    return found.__getitem__


def finish(schema: GraphQLSchema) -> None:
    """Note graphene's attribute names on the fields, and give Node ids their resolvers."""
    for kind in schema.type_map.values():
        if not isinstance(kind, GrapheneObjectType | GrapheneInterfaceType):
            continue
        for attribute, field in kind.graphene_type._meta.fields.items():
            name = getattr(field, "name", None) or to_camel_case(attribute)
            kind.fields[name].extensions[ATTRIBUTE] = attribute
            if most := getattr(field, limits.MOST_ROWS, None):
                kind.fields[name].extensions[limits.MOST_ROWS] = most
        if is_node(kind.graphene_type):
            kind.fields["id"].resolve = id_of_row(kind.name)


def extend(target: type[graphene.ObjectType], mixin: type) -> None:
    """Add a mixin's fields and resolvers to a type of another package."""
    if issubclass(target, mixin):
        return
    target._meta.fields.update(yank_fields_from_attrs(vars(mixin), _as=graphene.Field))
    for name, member in vars(mixin).items():
        if name.startswith("resolve_"):
            setattr(target, name, member)


def _extend_all(packages: list[ModuleType]) -> None:
    for package in packages:
        for attribute, mixins in list(vars(package).items()):
            if not attribute.endswith(MIXINS):
                continue
            target = _type_called(packages, attribute.removesuffix(MIXINS))
            for mixin in mixins if target is not None else ():
                extend(target, mixin)


def _type_called(packages: list[ModuleType], name: str) -> Any:
    """The object type of a `types.py` for "MEMBER" or "PROPOSAL_VERSION"."""
    camel = "".join(part.title() for part in name.split("_"))
    for module in _modules(packages, "types"):
        found = getattr(module, camel, None)
        if found is not None and found.__module__.startswith(module.__name__):
            return found
    return None


def _modules(packages: list[ModuleType], name: str) -> Iterator[ModuleType]:
    for package in packages:
        full = f"{package.__name__}.{name}"
        if importlib.util.find_spec(full):
            yield importlib.import_module(full)


def _packages() -> Iterator[ModuleType]:
    for found in sorted(pkgutil.iter_modules(gateway.__path__), key=lambda module: module.name):
        if not found.ispkg:
            continue
        package = importlib.import_module(f"gateway.{found.name}")
        if found.name in manifests.manifests():  # its output types are found by their names
            for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
                importlib.import_module(module.name)
        yield package


def _collect(packages: list[ModuleType], attribute: str) -> Iterator[tuple[str, Any]]:
    """Each package that has the attribute, in its own module or in `__init__`; and its value."""
    for package in packages:
        name = f"{package.__name__}.{MODULES[attribute]}"
        module = importlib.import_module(name) if importlib.util.find_spec(name) else package
        value = getattr(module, attribute, None) or getattr(package, attribute, None)
        if value:
            yield package.__name__, value


def _flat(packages: list[ModuleType], attribute: str) -> list[Any]:
    return [item for _, items in _collect(packages, attribute) for item in items]


def _root(
    name: str, mixins: list[type], description: str | None, fields: dict[str, Any] | None = None
) -> type[graphene.ObjectType]:
    # Of two fields of one name, the bases would answer with the first.
    once.joined((mixin.__module__, _public(mixin)) for mixin in mixins)
    bases = (*mixins, *([] if _has_object_type(mixins) else [graphene.ObjectType]))
    return type(name, bases, {"__doc__": description, **(fields or {})})


def _public(mixin: type) -> dict[str, Any]:
    return {name: member for name, member in vars(mixin).items() if not name.startswith("_")}


def _has_object_type(mixins: list[type]) -> bool:
    return any(issubclass(mixin, graphene.ObjectType) for mixin in mixins)


def _viewer_query(mixins: list[type]) -> type:
    viewer = _root("Viewer", mixins, RootViewer.__doc__)

    def resolve_viewer(_root: Any, info: GraphQLResolveInfo) -> dict[str, Any]:
        actor = info.context.actor
        if actor.role is Role.PUBLIC:
            raise Unauthenticated
        return {
            "account_id": actor.account_id,
            "role": actor.role.value,
            "scope": dict(actor.scope),
            "person_id": actor.person_id,
            "member_id": actor.member_id,
            "memberships": actor.memberships,
        }

    return type(
        "ViewerQuery",
        (),
        {
            "viewer": graphene.Field(viewer, description=RootViewer.__doc__),
            "resolve_viewer": staticmethod(resolve_viewer),
        },
    )
