"""The codes of refusals: each has one meaning, and the gateway's enum lists those that reach it."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import gateway
import services
import shared
from gateway import enums, schema
from shared.errors import AppError, NotInState

# Of programs that operators run on the server; no mutation raises them.
OPERATORS = {"ADMIN_EXISTS", "OFFICE_EXISTS", "DEMO_REFUSED"}
MESSAGES = {"ORIGIN_UNPROVEN"}  # of what no client sends: a forged message between processes


def _import_all(package: ModuleType) -> None:
    for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        # A service module needs a green process, and the transport with it; neither has refusals.
        if not {"service", "messaging"} & set(info.name.split(".")):
            importlib.import_module(info.name)


def _below(kind: type[AppError]) -> Iterator[type[AppError]]:
    yield kind
    for found in kind.__subclasses__():
        yield from _below(found)


@pytest.fixture(scope="module")
def declared() -> list[type[AppError]]:
    """All errors with a code of their own."""
    for package in (shared, services, gateway):
        _import_all(package)
    found = {kind for kind in _below(AppError) if "code" in vars(kind)}
    return [kind for kind in found if kind.__module__.split(".")[0] != "tests"]


@pytest.fixture(scope="module")
def listed() -> set[str]:
    kind = schema.build().schema.type_map["ErrorCode"]
    return set(getattr(kind, "values", {}))


def test_every_refusal_of_a_service_is_listed(
    declared: list[type[AppError]], listed: set[str]
) -> None:
    raised = {
        kind.code for kind in declared if kind.__module__.startswith(("services.", "shared."))
    }
    assert raised - OPERATORS - MESSAGES - listed == set()
    assert raised & OPERATORS == OPERATORS


def test_every_listed_code_is_raised_by_somebody(
    declared: list[type[AppError]], listed: set[str]
) -> None:
    assert listed - {kind.code for kind in declared} == {enums.OTHER}


def test_every_code_has_one_meaning(declared: list[type[AppError]]) -> None:
    places: dict[str, set[str]] = defaultdict(set)
    for kind in declared:
        places[kind.code].add(f"{kind.__module__}.{kind.__qualname__}")
    assert {code: where for code, where in places.items() if len(where) > 1} == {}


def test_every_refusal_for_a_state_says_which(declared: list[type[AppError]]) -> None:
    """`raise WrongState` alone would tell a reader no more than that it is not possible."""
    for_state = {kind for kind in declared if re.search("WRONG_STATE|STATE_UNFIT", kind.code)}
    assert {kind for kind in for_state if not issubclass(kind, NotInState)} == set()
    names = "|".join(sorted(kind.__name__ for kind in _below(NotInState)))
    bare = re.compile(rf"raise (?:\w+\.)?(?:{names})(?:\((?:field=[^()]*)?\))?$", re.MULTILINE)
    sources = (path for root in ("services", "shared") for path in Path(root).rglob("*.py"))
    assert {str(path) for path in sources if bare.search(path.read_text())} == set()
