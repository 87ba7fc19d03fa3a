"""The operations of each service as a page, generated from what its use cases say.

`python -m deploy.local.operations_pages` writes docs/operations/*.md; `--check` exits 1 when a
file differs. A page has the operations with what their docstrings name after "Raises", the input
types, the refusals, and the events that the service tells and hears.
"""

from __future__ import annotations

import importlib
import inspect
import re
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from string import ascii_uppercase
from typing import Any

from deploy.local.manifests import modules
from deploy.local.options import ROOT
from deploy.local.programs import services
from shared.contracts.base import published
from shared.errors import AppError
from shared.kernel import OPERATIONS
from shared.operations import offered
from shared.operations.manifest import manifest
from shared.roles import Role

FOLDER = ROOT / "docs" / "operations"
HEAD = """\
# {service}: operations and events

Generated from the use cases (`make schema`); do not edit. `!` after a type: it must be given;
*services*: only other services and the gateway give it. Ids are global in GraphQL, plain between
services. Scopes (own, group, unit) are checked inside. Beside what is named here an operation may
answer FORBIDDEN, NOT_FOUND or INVALID_INPUT, and whatever the rules of its record refuse.
"""
LIVE = " (told to whoever listens, and not kept)"
KERNEL = "kernel"  # what every service offers
OPERATION = ("operation", "what", "who", "inputs", "answers", "refuses")
PAGING = frozenset({"first", "after"})
KINDS = {"command": "Commands", "query": "Queries"}
FEW = 4  # roles that are told one by one
SIGNED_IN = frozenset(Role) - {Role.PUBLIC, Role.SYSTEM}

Row = dict[str, Any]
Refusals = dict[str, type[AppError]]


def render(service: str) -> str:
    if service == KERNEL:
        table, package = dict(OPERATIONS), "shared."
    else:
        table, package = offered(modules(service)), f"services.{service}."
    made, refusals = manifest(service, table.values(), package), _refusals(package)
    circles = _circles(made["operations"].values())
    parts = [HEAD.format(service=service)]
    parts.append(_table("Who", ("circle", "roles"), [(c, who) for who, c in circles.items()]))
    for kind, title in KINDS.items():
        rows = [
            _operation(name, said, circles, raised(table[name].use_case, refusals))
            for name, said in made["operations"].items()
            if said["kind"] == kind
        ]
        parts.append(_table(title, OPERATION, rows))
    types = [
        (f"`{name}`", _text(kind["text"]), _inputs(kind["fields"]))
        for name, kind in made["inputs"].items()
    ]
    parts.append(_table("Input types", ("type", "what", "fields"), types))
    codes = [(f"`{code}`", _text(text)) for code, text in made["codes"].items()]
    parts.append(_table("Refusals", ("code", "text"), codes))
    told = [
        (f"`{kind}`", c.title + (LIVE if c.live else ""))
        for (source, kind), c in published().items()
        if source == service
    ]
    parts.append(_table("Events out", ("event", "what"), told))
    heard = [(source, f"`{kind}`", title) for source, kind, title in hears(service)]
    parts.append(_table("Events in", ("from", "event", "what"), heard))
    return "\n".join(part for part in parts if part)


def raised(use_case: Callable[..., Any], refusals: Refusals) -> list[str]:
    """The codes of the classes that a docstring names after "Raises"."""
    text = " ".join((inspect.getdoc(use_case) or "").split())
    words = re.findall(r"\b[A-Z]\w+", text.partition("Raises ")[2])
    return list(dict.fromkeys(refusals[word].code for word in words if word in refusals))


def hears(service: str) -> list[tuple[str, str, str]]:
    """Source, type and Chinese title of each event that the service has a handler for."""
    if service == KERNEL:
        return []
    with warnings.catch_warnings():
        # nameko stands on eventlet, whose deprecation is known.
        warnings.filterwarnings("ignore", message="(?s).*Eventlet is deprecated")
        warnings.filterwarnings("ignore", message="pkg_resources is deprecated")
        module = importlib.import_module(f"services.{service}.service")
    [served] = [value for value in vars(module).values() if getattr(value, "name", None) == service]
    known = {f"on_{source}_{kind}": (source, kind, c) for (source, kind), c in published().items()}
    handlers = sorted(name for name in vars(served) if name.startswith("on_"))
    return [(source, kind, c.title) for source, kind, c in map(known.__getitem__, handlers)]


def rendered() -> dict[str, str]:
    """Text of each page by its file's name."""
    return {f"{service}.md": render(service) for service in (*services(), KERNEL)}


def _refusals(package: str) -> Refusals:
    """Error classes by name: the kernel's, and the service's own."""
    own = (package, "shared.")
    return {kind.__name__: kind for kind in _below(AppError) if kind.__module__.startswith(own)}


def _below(base: type[AppError]) -> Iterator[type[AppError]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _below(kind)


def _circles(operations: Iterable[Row]) -> dict[str, str]:
    """A letter for each long list of roles that several operations share."""
    times = Counter(_who(said["roles"]) for said in operations)
    shared = [who for who, count in times.items() if count > 1 and who.count(",") >= FEW]
    return {who: f"**{letter}**" for who, letter in zip(shared, ascii_uppercase, strict=False)}


def _operation(name: str, said: Row, circles: dict[str, str], codes: list[str]) -> tuple[str, ...]:
    who = _who(said["roles"])
    return (
        "<br>".join(f"`{n}`" for n in (name, said["graphql"], said.get("batch")) if n),
        _text(said["text"]),
        circles.get(who, who) + _callers(said),
        _inputs(said["inputs"]),
        _answers(said),
        " ".join(codes),
    )


def _answers(said: Row) -> str:
    if "answers" in said:
        return "<br>".join(f"`{a['name']}: {a['type']}`" for a in said["answers"])
    if "gives" in said:
        page = {one["name"] for one in said["inputs"]} >= PAGING
        return f"page of `{said['gives']}`" if page else f"`{said['gives']}`"
    return f"`[{said['loads']}]`" if "loads" in said else ""


def _callers(said: Row) -> str:
    """Beside people: the services that may call it for themselves."""
    return f"; for themselves: {', '.join(said['callers'])}" if "callers" in said else ""


def _who(names: Iterable[str]) -> str:
    roles = frozenset(map(Role, names))
    if roles == frozenset(Role):
        return "everyone"
    without = sorted(SIGNED_IN - roles)
    if len(without) > FEW:
        return ", ".join(sorted(roles))
    but = f" but {', '.join(without)}" if without else ""
    also = "".join(f"; {role}" for role in sorted(roles - SIGNED_IN))
    return f"all signed in{but}{also}"


def _inputs(given: Iterable[Row]) -> str:
    return "<br>".join(
        f"`{one['name']}: {one['type']}`"
        + (f" (`{one['called']}`)" if "called" in one else "")
        + (f" of {one['of']}" if "of" in one else "")
        + (f" = {one['default']}" if one.get("default", "") != "" else "")
        + (" *services*" if one.get("hidden") else "")
        for one in given
    )


def _table(title: str, columns: Iterable[str], rows: Sequence[tuple[str, ...]]) -> str:
    if not rows:
        return ""
    head = tuple(columns)
    lines = [f"| {' | '.join(row)} |" for row in (head, *rows)]
    return "\n".join([f"## {title}\n", lines[0], "|---" * len(head) + "|", *lines[1:]]) + "\n"


def _text(text: str) -> str:
    return text.replace("|", "\\|")


def main(arguments: list[str]) -> int:
    pages = rendered()
    stored = {file.name: file.read_text() for file in FOLDER.glob("*.md")}
    if "--check" in arguments:
        if stored == pages:
            return 0
        print("docs/operations/ differs from the use cases: make schema", file=sys.stderr)
        return 1
    FOLDER.mkdir(exist_ok=True)
    for name in stored.keys() - pages.keys():
        (FOLDER / name).unlink()
    for name, text in pages.items():
        (FOLDER / name).write_text(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
