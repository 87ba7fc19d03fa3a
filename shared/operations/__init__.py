"""An operation is said once: its use case. Form, RPC method, manifest and GraphQL derive from it.

    @allow(*access.ORGANISERS)
    @command("openRotationClass", answers=CLASS)
    def open_class(call: Call, desk: Desk, *, organiser: Organiser, …) -> str:
        \"\"\"开设轮训班，开放报名。Open a class for enrolment. Raises SessionUnfit.\"\"\"

The function's name is the RPC method. Behind `call` a use case is handed the service's
dependencies: as a whole under the name `desk`, else what they hold under the parameter's name.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import Any, TypeVar

from shared.call import Call
from shared.operations.arguments import Input, about, form, inputs_of
from shared.schemas import Id, InputSchema

__all__ = [
    "MOST_ITEMS",
    "Answer",
    "Offered",
    "Operation",
    "about",
    "command",
    "offered",
    "operations",
    "query",
]

F = TypeVar("F", bound=Callable[..., Any])
WHOLE = "desk"
MOST_ITEMS = 100  # of a batch (decision 55)


@dataclass(frozen=True)
class Answer:
    """What a command answers: the payload's field, its GraphQL type, its text.

    of: the type whose id it is, or whose ids it lists; clients get global ones.
    """

    name: str
    type: str
    text: str
    of: str | None = None


@dataclass(frozen=True)
class Operation:
    """What is said of a use case beside its signature.

    graphql: its name for clients, None if only services and the gateway's own types call it;
    answers: of a command the fields of its payload; of a query its one type. loads: the type
    whose rows a query gives by `ids`; with them a command's answer is read. logged: False for
    what is secret in its very time. seconds: how long a client waits, if longer than usual.
    callers: the services, besides its own, that may call it for themselves (role SYSTEM); what
    they ask for a person goes with that person's token and rights. batch: what clients call it
    for many at once, if they may (decision 55): its inputs in a list, its payloads in a list.
    """

    kind: str  # command | query
    graphql: str | None
    answers: tuple[Answer, ...] = ()
    gives: str | None = None
    loads: str | None = None
    logged: bool = True
    seconds: float | None = None
    callers: tuple[str, ...] = ()
    batch: str | None = None


def command(
    graphql: str | None = None,
    *,
    answers: Answer | tuple[Answer, ...] = (),
    logged: bool = True,
    seconds: float | None = None,
    callers: tuple[str, ...] = (),
    batch: str | None = None,
) -> Callable[[F], F]:
    """A use case that changes something.

    A text that it returns for an answer whose type the service loads is the id of a record: it
    is answered as the one who acted sees it now, by its id alone if no longer seen. Of several
    answers it returns a dict.
    """
    fields = (answers,) if isinstance(answers, Answer) else answers
    said = Operation("command", graphql, fields, None, None, logged, seconds, callers, batch)
    return _said(said)


def query(
    graphql: str | None = None,
    *,
    gives: str | None = None,
    loads: str | None = None,
    callers: tuple[str, ...] = (),
) -> Callable[[F], F]:
    """A use case that reads. gives: what the field of the root is, "[ThemeCoverage!]" or, of a
    page, "StudySession" with a list's arguments `first` and `after`."""
    return _said(Operation("query", graphql, gives=gives, loads=loads, callers=callers))


class Offered:
    """An operation of a service, with all that follows from its use case."""

    def __init__(self, name: str, use_case: Callable[..., Any]) -> None:
        self.name = name
        self.use_case = use_case
        self.said: Operation = use_case.operation  # type: ignore[attr-defined]
        self.place = f"{use_case.__module__}.{name}"

    @cached_property
    def inputs(self) -> list[Input]:
        return inputs_of(self.use_case)

    @cached_property
    def form(self) -> type[InputSchema]:
        return form(self.name, self.inputs)

    @cached_property
    def given(self) -> tuple[str, ...]:
        """The names of what it is handed behind `call`."""
        parameters = inspect.signature(inspect.unwrap(self.use_case)).parameters.values()
        names = [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
        return tuple(names[1:])

    @cached_property
    def subject(self) -> tuple[str | None, str | None]:
        """Name of the argument that says which record it is about, and that record's type.

        Without such an argument it is the one that is answered, of a type that the name tells.
        """
        for given in self.inputs:
            kind = given.about.field
            if isinstance(kind, Id) and kind.of not in (None, "File"):
                return given.name, kind.of
        return None, self.said.answers[0].type if self.said.answers else None

    @property
    def text(self) -> str:
        """What clients read: the docstring's first paragraph, without what is raised."""
        first = (inspect.getdoc(self.use_case) or "").split("\n\n")[0]
        return " ".join(first.split()).partition(" Raises ")[0]

    def answer(
        self, call: Call, deps: Any, payload: Mapping[str, Any], loaders: Mapping[str, Offered]
    ) -> Any:
        """What goes over the wire; loaders: by the type whose rows they give."""
        result = self.run(call, deps, payload)

        def read(answer: Answer, value: Any) -> Any:
            loader = loaders.get(answer.type)
            if loader is None or not isinstance(value, str):
                return value
            rows = loader.run(call, deps, {"ids": [value]})
            return rows[0] if rows else {"id": value}

        if len(self.said.answers) > 1:
            return {answer.name: read(answer, result[answer.name]) for answer in self.said.answers}
        return read(self.said.answers[0], result) if self.said.answers else result

    def run(self, call: Call, deps: Any, payload: Mapping[str, Any]) -> Any:
        """The use case's own result; raises InvalidInput and whatever it refuses."""
        handed = [_of(deps, name) for name in self.given]
        return self.use_case(call, *handed, **self.form.parse(payload))


def operations(module: ModuleType) -> Iterator[Offered]:
    """The operations that a module says, in its order."""
    for name, value in vars(module).items():
        if hasattr(value, "operation") and value.__module__ == module.__name__:
            yield Offered(name, value)


def offered(modules: Iterable[ModuleType]) -> dict[str, Offered]:
    """By name; raises ValueError where two use cases have one name."""
    found: dict[str, Offered] = {}
    for module in modules:
        for operation in operations(module):
            if operation.name in found:
                raise ValueError(f"{operation.place}, {found[operation.name].place}: one name")
            found[operation.name] = operation
    return found


def _of(deps: Any, name: str) -> Any:
    return getattr(deps, name, deps) if name == WHOLE else getattr(deps, name)


def _said(operation: Operation) -> Callable[[F], F]:
    def decorate(use_case: F) -> F:
        use_case.operation = operation  # type: ignore[attr-defined]
        return use_case

    return decorate
