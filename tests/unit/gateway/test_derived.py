"""Mutations and queries as services say them: what the gateway adds, and what it makes global."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from graphql import GraphQLSchema, graphql

from gateway import schema
from gateway.context import Context
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
