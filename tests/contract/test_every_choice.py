"""Every value of every enum that clients may send is taken, by the gateway and by the service.

An enum stands twice: in the GraphQL schema and in the form of a service. A value that only one of
them knows could never be sent.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLEnumType, build_schema

from gateway import ids, mutation, schema, schema_export
from tests.choices import AnyKind, Counting, Forms, Place, check, choices
from tests.unit.gateway.sample import ask, gateway

CHOICES = list(choices(build_schema(schema_export.FILE.read_text())))
# What the gateway works out by itself, so that no service is sent the value.
OWN = {"ExportKind": None, "DutyGroupKind": {"GENDER"}}


@pytest.fixture(scope="module")
def api() -> schema.Api:
    return schema.build()


@pytest.fixture(autouse=True)
def any_id_and_file_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    async def usable(*_arguments: Any) -> None:
        pass

    monkeypatch.setattr(ids, "split_global_id", lambda id: (AnyKind("any"), id))
    monkeypatch.setattr(mutation, "require_usable", usable)


def test_the_places_of_enums_are_found() -> None:
    places = {str(choice): choice.enum.name for choice in CHOICES}
    assert places["Mutation.planMeeting(input.invited.members.role)"] == "AttendanceRole"
    assert places["Query.proposals(filter.keyStates)"] == "KeyState"
    assert places["Viewer.todos(kind)"] == "TodoKind"
    assert len(places) > 150


@pytest.mark.parametrize("choice", CHOICES, ids=str)
def test_each_value_is_taken(api: schema.Api, choice: Place, tmp_path: Path) -> None:
    (tmp_path / "gateway.pem").write_bytes(b"a key")
    forms, counting = Forms(), Counting()
    app = gateway(forms, api=api, keys=tmp_path)  # type: ignore[arg-type]
    app._exports = counting
    refused = {}
    assert isinstance(choice.enum, GraphQLEnumType)
    for value in choice.enum.values:
        forms.calls.clear()
        answer = ask(app, choice.document(), choice.variables(value), authorization="Bearer good")
        codes = {error["extensions"]["code"] for error in answer.get("errors", ())}
        sent = [call for call in forms.calls if call.sends(value)]
        if not sent and _own(choice, value):
            if codes != {"NOT_FOUND"}:  # it was accepted, and there is nothing of it
                refused[value] = str(answer)
            continue
        for call in sent:
            nonsense = check(call.service, call.method, call.without(value))
            if not set(nonsense.wrong) - set(call.wrong):
                refused[value] = f"{call.service}.{call.method}: {call.wrong}"
        if not sent:
            refused[value] = str(answer)
    assert refused == {}


def _own(choice: Place, value: str) -> bool:
    known = OWN.get(choice.enum.name, set())
    return known is None or value in known
