"""Mutations and root queries made from the manifests: what a service said, and nothing else.

A package of the gateway that has a field of the same name says more about it, and stays.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Any, ClassVar

from graphene import Argument, Field, InputField, ObjectType, String
from graphene.utils.str_converters import to_snake_case
from graphql import GraphQLResolveInfo

from gateway import client
from gateway.batches import batch_of
from gateway.ids import global_id, localise
from gateway.manifests import argument, manifests, paths, public_name, shown, type_of
from gateway.mutation import CommandMutation
from gateway.paging import connection, paged, resolve_page
from shared.errors import InvalidInput

Row = dict[str, Any]
Find = Callable[[str], type[ObjectType]]
PAGING = frozenset({"first", "after"})
EVERYWHERE = "kernel"  # what it says every service offers: the client names the one that it means
# Hidden inputs that the gateway itself knows: by their names, where each is found.
KNOWN: Mapping[str, Callable[[GraphQLResolveInfo], Any]] = {
    "client": lambda info: info.context.clients.current(),
    "agent": lambda _info: client.agent(),
}


class NoSuchService(InvalidInput):
    """There is no service of this name."""

    message = "没有这项服务"


def service_named(name: str) -> str:
    """The name, if a service has it; raises NoSuchService. It is part of a routing key."""
    if name not in manifests() or name == EVERYWHERE:
        raise NoSuchService(field="service")
    return name


def mutations(
    services: Container[str], find: Find, taken: Container[str]
) -> Iterator[type[CommandMutation]]:
    """One for each command that clients know, and its batch; find: output types by their names."""
    for service, method, said in _said("command", services, taken):
        single = _mutation(service, method, said, find)
        yield single
        if "batch" in said:
            yield batch_of(single, said["batch"])


def queries(
    services: Container[str], find: Find, taken: Container[str]
) -> Iterator[tuple[str, Field]]:
    """Attribute name and field of each query of the root."""
    for service, method, said in _said("query", services, taken):
        yield to_snake_case(said["graphql"]), _query(service, method, said, find)


def _said(
    kind: str, services: Container[str], taken: Container[str]
) -> Iterator[tuple[str, str, Row]]:
    """Service, method and what it says, of each operation that clients know and nobody has."""
    for service, made in manifests().items():
        for method, said in made["operations"].items() if service in services else ():
            name = said["graphql"]
            if said["kind"] == kind and name and to_snake_case(name) not in taken:
                yield service, method, said


class DerivedMutation(CommandMutation):
    """A command as its service says it."""

    class Meta:
        abstract = True

    everywhere: ClassVar[bool] = False
    renamed: ClassVar[Mapping[str, str]] = {}  # name that clients know → the service's
    # Not what an answer could be called: its field is an attribute, too.
    _wanted: ClassVar[tuple[str, ...]] = ()  # of KNOWN
    _answered_ids: ClassVar[Mapping[str, str]] = {}  # answer that is an id → of which type

    @classmethod
    async def mutate_and_get_payload(
        cls, root: Any, info: GraphQLResolveInfo, command_id: str | None = None, **input: Any
    ) -> Row:
        told = _told(info, cls._wanted)
        return await super().mutate_and_get_payload(root, info, command_id, **input, **told)

    @classmethod
    def place(cls, kwargs: Row) -> str:
        return service_named(kwargs.pop("service")) if cls.everywhere else super().place(kwargs)

    @classmethod
    def payload(cls, result: Any) -> Row:
        return {
            name: _shown(cls._answered_ids[name], value) if name in cls._answered_ids else value
            for name, value in super().payload(result).items()
        }

    @classmethod
    def kwargs(cls, **input: Any) -> Row:
        return _renamed(localise(input, cls.ids), cls.renamed)


def _shown(kind: str, value: Any) -> Any:
    """The global id of an id, of each in a list."""
    if isinstance(value, list):
        return [_shown(kind, one) for one in value]
    return value if value is None else global_id(kind, value)


def _mutation(service: str, method: str, said: Row, find: Find) -> type[CommandMutation]:
    name = said["graphql"][0].upper() + said["graphql"][1:]
    given = [one for one in said["inputs"] if shown(one)]
    answers = said.get("answers", [])
    types = [answer["type"] for answer in answers]
    everywhere = service == EVERYWHERE
    fields = {public_name(one): argument(one) for one in given}
    return type(
        name,
        (DerivedMutation,),
        {
            "__doc__": said["text"],
            "Input": type("Input", (), _with_service(fields, InputField) if everywhere else fields),
            "service": service,
            "everywhere": everywhere,
            "method": method,
            "ids": paths(given),
            "renamed": _names(given),
            "_wanted": _wanted(said),
            "_answered_ids": {each["name"]: each["of"] for each in answers if "of" in each},
            "result_field": answers[0]["name"] if len(answers) == 1 else None,
            # Files may be named again by the record that holds them: the one that is answered.
            "holder": next((one["name"] for one in given if one.get("of") in types), None),
            "timeout": said.get("seconds"),
            **{a["name"]: Field(type_of(a["type"], find), description=a["text"]) for a in answers},
        },
    )


def _query(service: str, method: str, said: Row, find: Find) -> Field:
    given = [one for one in said["inputs"] if shown(one)]
    names = {one["name"] for one in given}
    ids, renamed, kind = paths(given), _names(given), type_of(said["gives"], find)
    wanted = _wanted(said)
    arguments = {
        public_name(one): argument(one, Argument)
        for one in given
        if not (names >= PAGING and one["name"] in PAGING)
    }
    everywhere = service == EVERYWHERE
    if everywhere:
        arguments = _with_service(arguments, Argument)

    def call_of(info: GraphQLResolveInfo, asked: Row) -> Row:
        return {**_renamed(localise(asked, ids), renamed), **_told(info, wanted)}

    def place(asked: Row) -> str:
        return service_named(asked.pop("service")) if everywhere else service

    def resolve_list(_root: Any, info: GraphQLResolveInfo, **asked: Any) -> Any:
        return resolve_page(info, place(asked), method, **call_of(info, asked))

    async def resolve_one(_root: Any, info: GraphQLResolveInfo, **asked: Any) -> Any:
        return await info.context.call(place(asked), method, **call_of(info, asked))

    if names >= PAGING:
        return paged(connection(kind), said["text"], resolver=resolve_list, **arguments)
    return Field(kind, description=said["text"], resolver=resolve_one, **arguments)


def _with_service(fields: Row, kind: Any) -> Row:
    text = "服务名，如 proposals。Name of the service."
    return {"service": kind(String, required=True, description=text), **fields}


def _wanted(said: Row) -> tuple[str, ...]:
    hidden = (one["name"] for one in said["inputs"] if not shown(one))
    return tuple(name for name in hidden if name in KNOWN)


def _told(info: GraphQLResolveInfo, names: Iterable[str]) -> Row:
    return {name: KNOWN[name](info) for name in names}


def _names(given: list[Row]) -> dict[str, str]:
    return {public_name(one): one["name"] for one in given if "called" in one}


def _renamed(values: Row, names: Mapping[str, str]) -> Row:
    return {names.get(name, name): value for name, value in values.items()}
