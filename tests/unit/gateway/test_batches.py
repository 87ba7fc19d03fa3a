"""Batches: many commands by one mutation, each with its own id, result and refusal."""

from __future__ import annotations

import asyncio
import uuid
from asyncio import run
from typing import Any

import pytest
from graphql import GraphQLSchema, build_schema, graphql

from gateway import schema, schema_export
from gateway.context import Context
from gateway.execution import Documents
from gateway.ids import global_id
from gateway.manifests import manifests
from shared.actor import Actor, Role
from shared.errors import AppError, CommandIdReused, Forbidden, NotFound, Unavailable
from shared.operations import MOST_ITEMS
from tests.unit.gateway.sample import FakeRpc

STAFF = Actor("account-1", Role.PROPOSAL_STAFF)
BATCH = str(uuid.UUID(int=7))
DOCUMENT = """
  mutation ($input: StartReviewsInput!) {
    startReviews(input: $input) {
      results { proposal { serialNo } clientMutationId errors { code field } }
      errors { code field }
    }
  }
"""


@pytest.fixture(scope="module")
def api() -> GraphQLSchema:
    return schema.build().schema


def sent(api: GraphQLSchema, rpc: FakeRpc, given: dict[str, Any]) -> dict[str, Any]:
    context = Context(rpc, STAFF, reads_only=False)
    variables = {"input": given}
    asked = graphql(api, DOCUMENT, context_value=context, variable_values=variables)
    result = asyncio.run(asked)
    assert result.errors is None and result.data is not None, result.errors
    payload: dict[str, Any] = result.data["startReviews"]
    return payload


def items(*names: str) -> list[dict[str, Any]]:
    return [{"id": global_id("Proposal", name)} for name in names]


def started(**refused: AppError) -> FakeRpc:
    def answer(proposal_id: str, command_id: str) -> Any:
        return refused.get(proposal_id, {"id": proposal_id, "serial_no": proposal_id})

    return FakeRpc({"proposals.start_review": answer})


def test_refusals_stand_beside_successes_in_their_places(api: GraphQLSchema) -> None:
    rpc = started(b=NotFound("未找到该提案"), c=Forbidden(), d=CommandIdReused())
    asked = items("a", "b", "c", "d", "e")
    asked[0]["clientMutationId"] = asked[1]["clientMutationId"] = "mine"
    payload = sent(api, rpc, {"items": asked})
    assert payload["errors"] == []
    told = [
        (row["proposal"], [error["code"] for error in row["errors"]], row["clientMutationId"])
        for row in payload["results"]
    ]
    assert told == [
        ({"serialNo": "a"}, [], "mine"),
        (None, ["NOT_FOUND"], "mine"),
        (None, ["FORBIDDEN"], None),
        (None, ["COMMAND_ID_REUSED"], None),
        ({"serialNo": "e"}, [], None),
    ]


def test_the_same_batch_twice_sends_the_same_commands(api: GraphQLSchema) -> None:
    own = str(uuid.UUID(int=8))
    asked = [*items("a", "b"), {**items("c")[0], "commandId": own}]
    rpc = started()
    for _ in range(2):
        sent(api, rpc, {"commandId": BATCH, "items": asked})
    ids = [kwargs["command_id"] for _, kwargs in rpc.calls]
    assert ids[:3] == ids[3:]
    assert len(set(ids)) == 3
    assert ids[2] == own
    other = started()
    sent(api, other, {"items": asked[:2]})
    assert {kwargs["command_id"] for _, kwargs in other.calls}.isdisjoint(ids)


def test_commands_run_in_their_order(api: GraphQLSchema) -> None:
    rpc = started()
    sent(api, rpc, {"items": items("c", "a", "b")})
    assert [kwargs["proposal_id"] for _, kwargs in rpc.calls] == ["c", "a", "b"]


def test_a_service_that_is_away_is_not_asked_a_hundred_times(api: GraphQLSchema) -> None:
    rpc = started(b=Unavailable())
    payload = sent(api, rpc, {"items": items("a", "b", "c", "d")})
    codes = [[error["code"] for error in row["errors"]] for row in payload["results"]]
    assert codes == [[], *[["SERVICE_UNAVAILABLE"]] * 3]
    assert len(rpc.calls) == 2


@pytest.mark.parametrize("count", [0, MOST_ITEMS + 1])
def test_a_batch_has_one_to_a_hundred_items(api: GraphQLSchema, count: int) -> None:
    payload = sent(api, FakeRpc(), {"items": items(*["a"] * count)})
    assert payload == {"results": None, "errors": [{"code": "INVALID_INPUT", "field": "items"}]}


def test_an_answer_costs_as_if_the_batch_were_full(api: GraphQLSchema) -> None:
    shown = "proposal { title stateLabel }"
    one = f'mutation {{ startReview(input: {{id: "x"}}) {{ {shown} }} }}'
    many = f"mutation {{ startReviews(input: {{items: []}}) {{ results {{ {shown} }} }} }}"
    documents = Documents(api, production=True)
    cost = run(documents.prepare(one)).operation().cost({})
    assert run(documents.prepare(many)).operation().cost({}) == 2 + MOST_ITEMS * (cost - 1)


def test_every_batch_has_a_name_of_its_own() -> None:
    api = build_schema(schema_export.FILE.read_text())
    assert api.mutation_type is not None
    said = [
        operation
        for made in manifests().values()
        for operation in made["operations"].values()
        if "batch" in operation
    ]
    assert {"startReviews", "confirmAttendances"} <= {operation["batch"] for operation in said}
    for operation in said:
        assert {operation["graphql"], operation["batch"]} <= set(api.mutation_type.fields)
