"""What a client sees of an error, and what the log keeps."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import FieldNode, GraphQLError, NameNode, located_error
from structlog.testing import capture_logs

from gateway.errors import RequestError, formatted
from shared import errors
from shared.errors import AppError, DomainError, InvalidInput, from_wire

NODE = FieldNode(name=NameNode(value="a"))


def shown(error: GraphQLError) -> dict[str, Any]:
    (one,) = formatted([error], "c1")
    return one


@pytest.mark.parametrize(
    "error",
    [
        errors.Unauthenticated(),
        errors.Forbidden(),
        errors.NotFound(),
        errors.Unavailable(),
        errors.DeadlineExceeded(),
        errors.Conflict(),
        AppError(),
    ],
)
def test_an_app_error_keeps_its_code_and_message(error: AppError) -> None:
    with capture_logs() as lines:
        assert shown(located_error(error, [NODE], ["a", 0])) == {
            "message": error.message,
            "path": ["a", 0],
            "extensions": {"code": error.code, "correlationId": "c1"},
        }
    assert lines == []


def test_field_details_and_several_items_go_along() -> None:
    items = [
        {"code": "INVALID_INPUT", "field": "title", "message": "此项必填"},
        {"code": "INVALID_INPUT", "field": "text", "message": "此项必填"},
    ]
    error = InvalidInput("此项必填", field="title", details={"most": 40}, items=items)
    assert shown(located_error(from_wire(error.to_wire())))["extensions"] == {
        "code": "INVALID_INPUT",
        "field": "title",
        "details": {"most": 40},
        "items": items,
        "correlationId": "c1",
    }


def test_an_app_error_inside_another_error_is_found() -> None:
    inner = located_error(DomainError(code="X"), [NODE], ["a"])
    assert shown(GraphQLError("outer", original_error=inner))["extensions"]["code"] == "X"


@pytest.mark.parametrize(
    "unexpected",
    [RuntimeError("a secret"), KeyError("a secret"), GraphQLError("Int cannot represent a secret")],
)
def test_the_unexpected_is_logged_and_not_shown(unexpected: Exception) -> None:
    with capture_logs() as lines:
        answer = shown(located_error(unexpected, path=["a"]))
    assert answer == {
        "message": "系统内部错误，请稍后再试",
        "path": ["a"],
        "extensions": {"code": "INTERNAL", "correlationId": "c1"},
    }
    (line,) = lines
    assert (line["event"], line["correlation_id"]) == ("resolver_failed", "c1")
    assert line["exc_info"] is unexpected


def test_a_wrong_argument_is_the_clients() -> None:
    raised = GraphQLError("Argument 'id' must not be null.", [NODE])
    assert shown(located_error(raised, [NODE], ["a"]))["extensions"]["code"] == "INVALID_INPUT"


def test_codes_are_given_to_errors_that_have_none() -> None:
    error = RequestError.coded(
        [GraphQLError("a"), GraphQLError("b", extensions={"code": "OWN"})], "GIVEN"
    )
    assert [e.extensions for e in error.errors] == [{"code": "GIVEN"}, {"code": "OWN"}]
    assert str(error) == "a; b"
