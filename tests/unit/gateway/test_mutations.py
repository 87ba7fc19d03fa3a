"""Commands: what is sent, and what of a refusal comes back."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from graphene import ObjectType, Schema, String
from structlog.testing import capture_logs

from gateway.base import CommandMutation, global_id
from gateway.schema import finish
from shared.errors import (
    CommandIdReused,
    Conflict,
    DeadlineExceeded,
    DomainError,
    Forbidden,
    InvalidInput,
    NotFound,
    Refused,
)
from tests.unit.gateway.sample import FakeRpc, ask, gateway, sample_api

PROPOSAL = global_id("Proposal", "p-1")
MEMBER = global_id("Member", "m-15-0088")


class TestMutations:
    QUERY = """mutation($input: SubmitProposalInput!) { submitProposal(input: $input) {
        clientMutationId errors { field code reason message } proposal { id title } } }"""

    def submit(self, result: Any, **input: Any) -> tuple[dict[str, Any], FakeRpc]:
        rpc = FakeRpc({"proposals.submit_proposal": lambda **_: result})
        return ask(gateway(rpc), self.QUERY, {"input": {"id": PROPOSAL, **input}}), rpc

    def test_calls_the_service_with_local_ids_and_a_command_id(self) -> None:
        answer, rpc = self.submit(
            {"id": "p-1", "title": "t"}, cosigners=[MEMBER], clientMutationId="form-7"
        )
        assert answer == {
            "data": {
                "submitProposal": {
                    "clientMutationId": "form-7",
                    "errors": [],
                    "proposal": {"id": PROPOSAL, "title": "t"},
                }
            }
        }
        ((name, kwargs),) = rpc.calls
        command_id = kwargs.pop("command_id")
        assert uuid.UUID(command_id).version == 4
        assert (name, kwargs) == (
            "proposals.submit_proposal",
            {"id": "p-1", "cosigners": ["m-15-0088"]},
        )

    def test_keeps_the_command_id_of_the_client(self) -> None:
        given = "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"
        _, rpc = self.submit({"id": "p-1"}, commandId=given)
        assert rpc.calls[0][1]["command_id"] == given.lower()

    @pytest.mark.parametrize(
        ("error", "errors"),
        [
            (
                DomainError("立案后不能撤回联名", field="id", code="COSIGN_LOCKED"),
                [("id", "COSIGN_LOCKED", "COSIGN_LOCKED", "立案后不能撤回联名")],
            ),
            (
                Conflict(),
                [(None, "CONFLICT", "CONFLICT", "内容已被他人更新，请刷新后重试")],
            ),
            (
                CommandIdReused(),
                [
                    (
                        None,
                        "COMMAND_ID_REUSED",
                        "COMMAND_ID_REUSED",
                        "同一请求编号已用于其他内容，请重新提交",
                    )
                ],
            ),
            (
                InvalidInput("应为2至40个字", field="title"),
                [("title", "INVALID_INPUT", "INVALID_INPUT", "应为2至40个字")],
            ),
            (
                Refused.of([DomainError("甲", code="COSIGN_LOCKED"), DomainError("乙", field="x")]),
                [(None, "COSIGN_LOCKED", "COSIGN_LOCKED", "甲"), ("x", "REFUSED", "REFUSED", "乙")],
            ),
            (DomainError("新", code="NEW_RULE"), [(None, "OTHER", "NEW_RULE", "新")]),
        ],
    )
    def test_a_refusal_is_data(self, error: Exception, errors: list[tuple[Any, ...]]) -> None:
        answer, _ = self.submit(error)
        keys = ("field", "code", "reason", "message")
        assert answer == {
            "data": {
                "submitProposal": {
                    "clientMutationId": None,
                    "errors": [dict(zip(keys, row, strict=True)) for row in errors],
                    "proposal": None,
                }
            }
        }

    def test_a_code_that_the_schema_lacks_is_logged(self) -> None:
        with capture_logs() as lines:
            self.submit(DomainError(code="NEW_RULE"))
        assert [(x["event"], x.get("code")) for x in lines if x["log_level"] == "warning"] == [
            ("unlisted_error_code", "NEW_RULE")
        ]

    @pytest.mark.parametrize("error", [NotFound(), Forbidden(), DeadlineExceeded(), InvalidInput()])
    def test_any_other_error_is_a_top_level_one(self, error: Any) -> None:
        answer, _ = self.submit(error)
        assert answer["data"] == {"submitProposal": None}
        assert answer["errors"][0]["extensions"]["code"] == error.code

    @pytest.mark.parametrize(
        ("input", "field"),
        [
            ({"commandId": "7"}, "commandId"),
            ({"id": MEMBER}, "id"),
            ({"cosigners": [MEMBER, PROPOSAL]}, "cosigners.1"),
        ],
    )
    def test_wrong_ids_are_refused_before_the_service_is_asked(
        self, input: dict[str, Any], field: str
    ) -> None:
        answer, rpc = self.submit({}, **input)
        errors = answer["data"]["submitProposal"]["errors"]
        assert [(e["field"], e["code"]) for e in errors] == [(field, "INVALID_INPUT")]
        assert rpc.calls == []

    def test_hooks_shape_arguments_and_payload(self) -> None:
        class Rename(CommandMutation):
            """改名。Rename."""

            class Input:
                title = String(required=True)

            service = "s"
            method = "rename"
            title = String()

            @classmethod
            def kwargs(cls, **input: Any) -> dict[str, Any]:
                return {"name": input["title"]}

            @classmethod
            def payload(cls, result: Any) -> dict[str, Any]:
                return {"title": result.upper()}

        schema = Schema(
            query=type("Query", (ObjectType,), {"a": String()}),
            mutation=type("Mutation", (ObjectType,), {"rename": Rename.Field()}),
        ).graphql_schema
        finish(schema)
        rpc = FakeRpc({"s.rename": lambda name, command_id: f"{name}!"})
        app = gateway(rpc, api=type(sample_api())(schema, {}))
        answer = ask(app, 'mutation { rename(input: {title: "x"}) { title errors { code } } }')
        assert answer == {"data": {"rename": {"title": "X!", "errors": []}}}
