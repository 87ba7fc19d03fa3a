"""Every value of every enum that clients may send, on its way into the service's own form.

No server: the real schema of the gateway executes a document for each value; what it sends goes to
the real method of the service, which has no database, so that it ends after its form was checked.
"""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
)

from gateway.context import Context
from gateway.exports.figures import KIND as FIGURES
from gateway.exports.mutations import STATISTICS
from gateway.exports.rows import Selection
from gateway.exports.runner import ONE, Exports
from gateway.exports.tables import TABLES
from shared.actor import PUBLIC_ACTOR
from shared.call import Call
from shared.errors import AppError, InvalidInput, NotFound
from shared.kernel import OPERATIONS
from shared.schemas import InputSchema

Document = dict[str, Any]
NONSENSE = "NO_SUCH_VALUE"
MOMENT = "2017-03-01T09:00:00+08:00"
FILLING: Document = {  # for what an operation also needs
    "ID": "any",
    "String": "文字",
    "Int": 1,
    "Float": 1.0,
    "Boolean": True,
    "DateTime": MOMENT,
    "Date": MOMENT[:10],
    "Json": {},
}
NAMED: Document = {"service": "office"}  # where any text would not do
PARENTS = {  # how to reach a field that is not at the root
    "Meeting": 'meeting(id: "any")',
    "JointConference": 'jointConference(id: "any")',
    "OutcomeFile": 'outcome(id: "any")',
    "RotationClass": 'rotationClass(id: "any")',
    "RosterImport": 'rosterImport(id: "any")',
    "Viewer": "viewer",
}


@dataclass(frozen=True)
class Place:
    """Where a value is sent: `Mutation.planMeeting(input.invited.members.role)`."""

    owner: str
    field: GraphQLField
    name: str
    path: tuple[str, ...]
    enum: GraphQLEnumType | GraphQLScalarType

    def __str__(self) -> str:
        return f"{self.owner}.{self.name}({'.'.join(self.path)})"

    def document(self) -> str:
        """It is asked for with variables named as its arguments."""
        wanted = [n for n, a in self.field.args.items() if self._sent(n, a)]
        given = ", ".join(f"${name}: {self.field.args[name].type}" for name in wanted)
        passed = ", ".join(f"{name}: ${name}" for name in wanted)
        asked = f"{self.name}({passed}) {self.selection()}"
        if self.owner in PARENTS:
            asked = f"{PARENTS[self.owner]} {{ {asked} }}"
        kind = "mutation" if self.owner == "Mutation" else "query"
        return f"{kind} ({given}) {{ {asked} }}"

    def variables(self, value: Any) -> Document:
        filled = {
            name: _filled(
                argument.type, self.path[1:] if name == self.path[0] else None, value, name
            )
            for name, argument in self.field.args.items()
            if self._sent(name, argument)
        }
        if self.name == "requestExport":
            fitting = _fitting_export(self.path[1], value if isinstance(value, str) else "")
            fitting[self.path[1]] = filled["input"][self.path[1]]
            filled["input"] |= fitting
        return filled

    def _sent(self, name: str, argument: GraphQLArgument) -> bool:
        return name == self.path[0] or _required(argument)

    def selection(self) -> str:
        kind = get_named_type(self.field.type)
        if not isinstance(kind, GraphQLObjectType):
            return "{ __typename }" if isinstance(kind, GraphQLInterfaceType) else ""
        if "errors" in kind.fields:
            return "{ errors { code field message } }"
        if "pageInfo" in kind.fields:
            return "{ totalCount edges { cursor } }"
        return "{ __typename }"


def choices(schema: GraphQLSchema) -> Iterator[Place]:
    """Where enums are sent."""
    return (place for place in places(schema) if isinstance(place.enum, GraphQLEnumType))


def places(schema: GraphQLSchema) -> Iterator[Place]:
    """Where values are sent, to roots and to fields of others."""
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
            for name, found in kind.fields.items():
                for argument, definition in found.args.items():
                    for path, leaf in _leaf_types(definition.type, (argument,), frozenset()):
                        yield Place(kind.name, found, name, path, leaf)


def _leaf_types(
    kind: Any, path: tuple[str, ...], seen: frozenset[str]
) -> Iterator[tuple[tuple[str, ...], GraphQLEnumType | GraphQLScalarType]]:
    named = get_named_type(kind)
    if isinstance(named, GraphQLEnumType | GraphQLScalarType):
        yield path, named
    elif isinstance(named, GraphQLInputObjectType) and named.name not in seen:
        for name, found in named.fields.items():
            yield from _leaf_types(found.type, (*path, name), seen | {named.name})


def _fitting_export(part: str, value: str) -> Document:
    """What an export of this kind, or with this part of its input, has to be asked with."""
    of_part = {"filter": "CASE_LIST_XLSX", "members": "ROSTER_XLSX", "by": STATISTICS}
    of_part["figures"] = FIGURES
    kind = of_part.get(part, value)
    if kind in TABLES:
        if kind == FIGURES:
            return {"kind": kind, "figures": {"by": "TOTAL", "year": 2017}}
        about = {"subject": "any"} if TABLES[kind].subject else {"year": 2017}
        return {"kind": kind, **about, **({"by": "SECTOR"} if kind == STATISTICS else {})}
    return {"kind": kind, **({"proposalIds": ["any"]} if kind == ONE else {"filter": {}})}


def _required(given: GraphQLArgument | GraphQLInputField) -> bool:
    return isinstance(given.type, GraphQLNonNull)


def _filled(kind: Any, path: tuple[str, ...] | None, value: Any, called: str = "") -> Any:
    """A value of this type with `value` at `path`; none: not on the way to it."""
    kind = get_nullable_type(kind)
    if path == () and not isinstance(get_named_type(kind), GraphQLEnumType):
        listed = isinstance(kind, GraphQLList) and not isinstance(value, list)
        return [value] if listed else value
    if isinstance(kind, GraphQLList):
        return [_filled(kind.of_type, path, value)]
    if isinstance(kind, GraphQLEnumType):
        others = [other for other in kind.values if other != value]
        return value if path == () else others[0]
    if isinstance(kind, GraphQLInputObjectType):
        head = path[0] if path else None
        return {
            name: _filled(found.type, path[1:] if path and name == head else None, value, name)
            for name, found in kind.fields.items()
            if name == head or _required(found)
        }
    return NAMED.get(called, FILLING[kind.name])


@dataclass
class Checked:
    """One call that reached a service: what it was sent, what its form said of it."""

    service: str
    method: str
    payload: Document
    forms: int = 0  # how many looked at it
    wrong: list[str] = field(default_factory=list)  # fields, as clients know them

    def sends(self, value: str) -> bool:
        return value in _leaves(self.payload)

    def without(self, value: str) -> Document:
        """The same with a word in the place of `value` that no enum has."""
        changed: Document = _replaced(self.payload, value)
        return changed


def _leaves(value: Any) -> Iterator[str]:
    """Keys are leaves too: a scope is sent as {"sector": id}."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key.upper()
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    else:
        yield str(value)


def _replaced(value: Any, gone: str) -> Any:
    if isinstance(value, dict):
        return {
            NONSENSE if key.upper() == gone else key: _replaced(inner, gone)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_replaced(inner, gone) for inner in value]
    return NONSENSE if value == gone else value


class AnyKind(str):
    """The type that an id names: whichever an operation asks for."""

    __slots__ = ()

    def __eq__(self, _other: object) -> bool:
        return True

    def __ne__(self, _other: object) -> bool:
        return False

    __hash__ = str.__hash__


class Untouched:
    """In the place of a service's dependencies: whoever calls one is beyond the form."""

    def __getattr__(self, _name: str) -> Untouched:
        return self

    def __call__(self, *_arguments: Any, **_named: Any) -> None:
        raise NotFound


def check(service: str, method: str, payload: Document) -> Checked:
    """Let the service's own method look at it, as a visitor, so that nothing is done."""
    found = Checked(service, method, payload)
    real = InputSchema.__dict__["parse"]

    def parse(cls: type[InputSchema], given: Document) -> Document:
        found.forms += 1
        try:
            parsed: Document = real.__get__(None, cls)(given)
        except InvalidInput as error:
            found.wrong += [str(item["field"]) for item in error.items]
            raise
        return parsed

    call = Call(PUBLIC_ACTOR, "correlation-1")
    instance = object.__new__(_class(service))
    instance.deps = Untouched()
    InputSchema.parse = classmethod(parse)  # type: ignore[assignment, method-assign]
    try:
        if method in OPERATIONS:
            OPERATIONS[method].run(call, instance.deps, payload)
        else:
            getattr(instance, method)(call, **payload)
    except AppError:
        pass
    finally:
        InputSchema.parse = real  # type: ignore[method-assign]
    return found


def _class(service: str) -> Any:
    module = importlib.import_module(f"services.{service}.service")
    named = [kind for kind in vars(module).values() if getattr(kind, "name", None) == service]
    return named[-1]


class Forms:
    """In the place of the way to the services: each call is checked and refused."""

    def __init__(self) -> None:
        self.calls: list[Checked] = []
        self.connected = True

    def start(self) -> None:
        pass

    async def close(self) -> None:
        pass

    def send(self, service: str, method: str, body: bytes, **_: Any) -> asyncio.Future[Any]:
        payload = orjson.loads(body)["kwargs"]
        payload.pop("command_id", None)
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        if method.endswith("_by_ids"):
            # An issue of public opinion is exported once it is out, a paper once it is written.
            out = {"state": "ISSUED", "minutes": {}, "report": {"no": 1}, "opinion": {"no": 1}}
            future.set_result([{"id": id, **out} for id in payload["ids"]])
            return future
        self.calls.append(check(service, method, payload))
        if method.startswith("list_"):
            future.set_result({"rows": [], "has_next": False})
        elif method.startswith("count_"):
            future.set_result(1)
        else:
            future.set_exception(NotFound())
        return future


class Counting(Exports):
    """Exports that only count what they are asked for: there a filter reaches its service."""

    def __init__(self) -> None:
        self._most = 500
        self.asked: list[str] = []

    async def request(
        self, context: Context, kind: str, selection: Selection, command_id: str
    ) -> Document:
        self.asked.append(kind)
        await self._count(context, kind, selection)
        raise NotFound
