"""Mutations and root queries made from the manifests: what a service said, and nothing else.

A package of the gateway that has a field of the same name says more about it, and stays.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from typing import Any, ClassVar

from graphene import Argument, Field, ObjectType
from graphene.utils.str_converters import to_snake_case
from graphql import GraphQLResolveInfo

from gateway.ids import global_id, localise
from gateway.manifests import argument, manifests, paths, public_name, shown, type_of
from gateway.mutation import CommandMutation
from gateway.paging import connection, paged, resolve_page

Row = dict[str, Any]
Find = Callable[[str], type[ObjectType]]
PAGING = frozenset({"first", "after"})


def mutations(
    services: Container[str], find: Find, taken: Container[str]
) -> Iterator[type[CommandMutation]]:
    """One for each command that clients know; find: output types by their names."""
    for service, method, said in _said("command", services, taken):
        yield _mutation(service, method, said, find)


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

    renamed: ClassVar[Mapping[str, str]] = {}  # name that clients know → the service's
    listed: ClassVar[Mapping[str, str]] = {}  # answer that lists ids → their type

    @classmethod
    def kwargs(cls, **input: Any) -> Row:
        return _renamed(localise(input, cls.ids), cls.renamed)

    @classmethod
    def payload(cls, result: Any) -> Row:
        payload = super().payload(result)
        ids = {name: [global_id(of, id) for id in payload[name]] for name, of in cls.listed.items()}
        return {**payload, **ids}


def _mutation(service: str, method: str, said: Row, find: Find) -> type[CommandMutation]:
    name = said["graphql"][0].upper() + said["graphql"][1:]
    given = [one for one in said["inputs"] if shown(one)]
    answers = said.get("answers", [])
    types = [answer["type"] for answer in answers]
    return type(
        name,
        (DerivedMutation,),
        {
            "__doc__": said["text"],
            "Input": type("Input", (), {public_name(one): argument(one) for one in given}),
            "service": service,
            "method": method,
            "ids": paths(given),
            "renamed": _names(given),
            "listed": {answer["name"]: answer["of"] for answer in answers if "of" in answer},
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
    arguments = {
        public_name(one): argument(one, Argument)
        for one in given
        if not (names >= PAGING and one["name"] in PAGING)
    }

    def resolve_list(_root: Any, info: GraphQLResolveInfo, **asked: Any) -> Any:
        return resolve_page(info, service, method, **_renamed(localise(asked, ids), renamed))

    async def resolve_one(_root: Any, info: GraphQLResolveInfo, **asked: Any) -> Any:
        return await info.context.call(service, method, **_renamed(localise(asked, ids), renamed))

    if names >= PAGING:
        return paged(connection(kind), said["text"], resolver=resolve_list, **arguments)
    return Field(kind, description=said["text"], resolver=resolve_one, **arguments)


def _names(given: list[Row]) -> dict[str, str]:
    return {public_name(one): one["name"] for one in given if "called" in one}


def _renamed(values: Row, names: Mapping[str, str]) -> Row:
    return {names.get(name, name): value for name, value in values.items()}
