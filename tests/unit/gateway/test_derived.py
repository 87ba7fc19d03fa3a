"""Mutations and queries as services say them: what the gateway adds, and what it makes global."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from graphql import GraphQLSchema, graphql

from gateway import manifests, schema
from gateway.context import Context
from gateway.derived import DerivedMutation
from gateway.ids import global_id
from shared.actor import Actor, Role
from tests.unit.gateway.sample import FakeRpc

MEMBER = Actor("account-1", Role.MEMBER, member_id="m-1")


class Clients:
    def current(self) -> str:
        return "this-client"


@pytest.fixture(scope="module")
def api() -> GraphQLSchema:
    return schema.build().schema


def answered(api: GraphQLSchema, rpc: FakeRpc, document: str, **variables: Any) -> Any:
    context = Context(rpc, MEMBER, clients=Clients(), reads_only=False)
    result = asyncio.run(graphql(api, document, context_value=context, variable_values=variables))
    assert result.errors is None, result.errors
    return result.data


@pytest.mark.parametrize(
    ("method", "document", "answer"),
    [
        (
            "liaison.cancel_booking",
            'mutation { cancelHomeVisit(input: {code: "ABCD"}) { cancelled } }',
            True,
        ),
        ("liaison.visitor_matter", '{ visitorMatter(code: "ABCD") { stateLabel } }', None),
    ],
)
def test_a_hidden_input_that_the_gateway_knows_is_filled_in(
    api: GraphQLSchema, method: str, document: str, answer: Any
) -> None:
    rpc = FakeRpc({method: answer})
    answered(api, rpc, document)
    [(called, kwargs)] = rpc.calls
    kwargs.pop("command_id", None)
    assert (called, kwargs) == (method, {"code": "ABCD", "client": "this-client"})


def test_no_client_can_say_who_it_is(api: GraphQLSchema) -> None:
    assert api.mutation_type is not None and api.query_type is not None
    of_cancel = api.type_map["CancelHomeVisitInput"]
    assert "client" not in of_cancel.fields  # type: ignore[attr-defined]
    assert set(api.query_type.fields["visitorMatter"].args) == {"code"}


def test_an_answer_that_is_an_id_is_global(api: GraphQLSchema) -> None:
    rpc = FakeRpc({"liaison.write_post": "post-1"})
    document = """mutation ($circle: ID!) {
        writeCirclePost(input: {circleId: $circle, text: "好"}) { id errors { code } } }"""
    payload = answered(api, rpc, document, circle=global_id("Circle", "c-1"))["writeCirclePost"]
    assert payload == {"id": global_id("CirclePost", "post-1"), "errors": []}
    [(_, kwargs)] = rpc.calls
    assert (kwargs["circle_id"], "client" in kwargs) == ("c-1", False)


def test_no_answer_is_called_as_what_a_mutation_holds_itself() -> None:
    """Its field would take the place of that attribute."""
    own = {name for kind in DerivedMutation.__mro__ for name in vars(kind)}
    answers = {
        f"{service}.{method}: {answer['name']}"
        for service, made in manifests.manifests().items()
        for method, said in made["operations"].items()
        for answer in said.get("answers", ())
        if answer["name"] in own
    }
    assert answers == set()


def test_an_answer_may_be_called_known(api: GraphQLSchema) -> None:
    answer: dict[str, Any] = {
        "meeting": None,
        "merged": 1,
        "known": 2,
        "unknown": [],
        "unconfirmed": [],
    }
    rpc = FakeRpc({"office.upload_check_ins": answer})
    document = """mutation ($id: ID!) {
        uploadOfflineCheckIns(input: {meetingId: $id, rows: []}) { merged known } }"""
    payload = answered(api, rpc, document, id=global_id("Meeting", "m-1"))
    assert payload == {"uploadOfflineCheckIns": {"merged": 1, "known": 2}}
