"""Every argument of every operation gets absurd values, from somebody who may call it.

Whatever comes of it: no INTERNAL, no English, and what is refused as input names its field. On a
platform of its own, since some of what is not absurd enough is done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLList, build_schema, get_nullable_type

from gateway import schema_export
from gateway.ids import global_id
from gateway.manifests import manifests
from shared.actor import Actor, Role
from tests.choices import Place, places
from tests.stack import Servers, Stack

SCHEMA = build_schema(schema_export.FILE.read_text())
AT_ONCE = 25  # values in one request, by aliases
MANY = 3_000
VALUES: dict[str, list[Any]] = {
    "ID": ["", "x", "\0", "x" * 5_000, global_id("Nothing", "1"), global_id("Proposal", "\0")],
    "String": ["", "\0", "\u200b", "\u202e反", "x" * 100_000, "王𬭚", '{"$gt": ""}', "１\n"],
    "Int": [-(2**31), -1, 0, 2**31 - 1],
    "Float": [-1e308, -1, 0, 1e308],
    "Boolean": [True, False],
    "DateTime": [
        "0001-01-01T00:00:00+14:00",
        "0017-03-16T09:00:00+08:00",
        "9999-12-31T23:30:00-14:00",
        "2120-01-01T00:00:00+08:00",
    ],
    "Date": ["0001-01-01", "1900-01-01", "2120-01-01", "9999-12-31"],
    "Json": [None, {"$gt": ""}, [[[[]]]], 1e308, "\0", "x" * 100_000],
}
# What is no value of the type at all: it ends in the gateway, so one place shows it for all.
NONE_OF_ITS_TYPE: dict[str, list[Any]] = {
    "ID": [1.5, {}],
    "String": [1, {}],
    "Int": ["1", 1.5, 2**31, {}],
    "Float": ["1", {}],
    "Boolean": ["true", 0],
    "DateTime": ["gestern", "2017-02-30T00:00:00+08:00", "2017-03-01T09:00:00", 1],
    "Date": ["gestern", "2017-02-30", 1],
}
SCOPES: dict[Role, dict[str, str]] = {
    Role.UNIT_OFFICER: {"unit": "unit-zjj"},
    Role.UNIT_LEADER: {"unit": "unit-zjj"},
    Role.TOWN_STAFF: {"town": "town-lili"},
    Role.TOWN_HEAD: {"town": "town-lili"},
    Role.COMMITTEE_STAFF: {"committee": "com-economy"},
    Role.COMMITTEE_DIRECTOR: {"committee": "com-economy"},
    Role.ORG_STAFF: {"organisation": "org-gsl"},
    Role.ORG_HEAD: {"organisation": "org-gsl"},
    Role.SECTOR_CONVENER: {"sector": "22"},
}
PREFERRED = (Role.OFFICE, Role.PROPOSAL_STAFF, Role.MEMBER)
# The gateway's own operations, that no manifest has.
OWN_ROLES = {"node": Role.OFFICE, "heartbeat": Role.PUBLIC}

PLACES = [
    place
    for place in places(SCHEMA)
    if not isinstance(place.enum, GraphQLEnumType) and place.owner in ("Query", "Mutation")
]


def actor(role: Role) -> Actor:
    person, member = ("p-15-0031", "m-15-0031") if role is Role.MEMBER else (None, None)
    return Actor(f"account-{role.value.lower()}", role, SCOPES.get(role, {}), person, member)


def _roles() -> dict[str, list[Role]]:
    found: dict[str, list[Role]] = defaultdict(list)
    for made in manifests().values():
        for said in made["operations"].values():
            for name in (said["graphql"], said.get("batch")):
                if name:
                    found[name] += map(Role, said["roles"])
    return found


ROLES = _roles()


def role_for(name: str) -> Role:
    """One that may call it; who may do most first."""
    may = set(ROLES.get(name, ())) - {Role.SYSTEM}
    if not may:
        return OWN_ROLES.get(name, Role.OFFICE)
    return next((role for role in PREFERRED if role in may), sorted(may)[0])


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory, memory: Path) -> Iterator[Stack]:
    running = Servers(tmp_path_factory.mktemp("absurd"), memory)
    try:
        running.start()
        made = Stack(running)
        made.start_all()
        made.open_term()
        yield made
        made.close()
    finally:
        running.end()


def sent(place: Place, values: list[Any]) -> tuple[str, dict[str, Any]]:
    """One document with an alias for each value, and its variables."""
    variables: dict[str, Any] = {}
    definitions, fields = [], []
    for number, value in enumerate(values):
        filled = place.variables(value)
        names = {name: f"{name}{number}" for name in filled}
        definitions += [f"${names[n]}: {place.field.args[n].type}" for n in filled]
        passed = ", ".join(f"{name}: ${names[name]}" for name in filled)
        fields.append(f"a{number}: {place.name}({passed}) {place.selection()}")
        variables |= {names[name]: given for name, given in filled.items()}
    kind = "mutation" if place.owner == "Mutation" else "query"
    return f"{kind} ({', '.join(definitions)}) {{ {' '.join(fields)} }}", variables


def faults(answer: dict[str, Any], field: str) -> Iterator[str]:
    """What must not be said of it, wherever the answer says it."""
    told = [
        {**error.get("extensions", {}), "message": error["message"]}
        for error in answer.get("errors", ())
    ]
    for payload in (answer.get("data") or {}).values():
        if isinstance(payload, dict):
            told += payload.get("errors") or []
    for error in told:
        if error["code"] == "INTERNAL":
            yield "INTERNAL"
        elif error["message"].isascii():
            yield f"in English: {error['message']}"
        elif error["code"] == "INVALID_INPUT" and not error.get("field"):
            yield f"no field: {error['message']}"


def groups() -> Iterator[tuple[str, list[Place]]]:
    by_name: dict[str, list[Place]] = defaultdict(list)
    for place in PLACES:
        by_name[f"{place.owner}.{place.name}"].append(place)
    yield from sorted(by_name.items())


# The one place of their kind where trying is dear: each computes a slow hash.
FEW = {"Mutation.signIn", "Mutation.refresh", "Mutation.changePassword", "Mutation.redeemResetCode"}


def test_the_places_are_found() -> None:
    assert len(PLACES) > 1_000


@pytest.mark.parametrize(
    ("name", "found"), list(groups()), ids=lambda v: v if isinstance(v, str) else ""
)
def test_no_absurd_value_breaks_anything(platform: Stack, name: str, found: list[Place]) -> None:
    token = platform.token(actor(role_for(found[0].name)))
    wrong: dict[str, list[str]] = {}
    for place in found:
        values = [*VALUES[place.enum.name]]
        if _is_list(place):
            values.append([value for value in values[-1:] for _ in range(MANY)])
        at_once = 1 if name in FEW else AT_ONCE
        for start in range(0, len(values), at_once):
            document, variables = sent(place, values[start : start + at_once])
            answer = platform.graphql(document, variables, token)
            if told := sorted(set(faults(answer, place.path[-1]))):
                wrong.setdefault(".".join(place.path), []).extend(told)
    assert wrong == {}


def _is_list(place: Place) -> bool:
    kind: Any = place.field.args[place.path[0]].type
    for step in place.path[1:]:
        kind = get_nullable_type(kind)
        while isinstance(kind, GraphQLList):
            kind = get_nullable_type(kind.of_type)
        kind = kind.fields[step].type
    return isinstance(get_nullable_type(kind), GraphQLList)


def _one_of_each() -> Iterator[Place]:
    seen: set[tuple[str, str]] = set()
    for place in PLACES:
        key = (place.owner, place.enum.name)
        if place.enum.name in NONE_OF_ITS_TYPE and key not in seen and len(place.path) > 1:
            seen.add(key)
            yield place


@pytest.mark.parametrize("place", list(_one_of_each()), ids=str)
def test_what_is_no_value_of_the_type_is_refused_at_its_field(
    platform: Stack, place: Place
) -> None:
    token = platform.token(actor(role_for(place.name)))
    for value in NONE_OF_ITS_TYPE[place.enum.name]:
        document, variables = sent(place, [value])
        [error] = platform.graphql(document, variables, token)["errors"]
        assert error["extensions"]["code"] == "INVALID_INPUT", value
        assert not error["message"].isascii(), error
        wanted = place.path[1:] if place.path[0] == "input" else place.path
        told = [part for part in error["extensions"]["field"].split(".") if not part.isdigit()]
        assert tuple(told) == wanted, error
