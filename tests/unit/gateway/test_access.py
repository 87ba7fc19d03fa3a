"""Who asks, under which correlation id, and what production keeps to itself."""

from __future__ import annotations

import uuid

import pytest
from structlog.testing import capture_logs

from tests.unit.gateway.sample import FakeRpc, ask, gateway, request

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
TYPENAME = {"query": "{ __typename }"}
ROW = {"id": "1", "title": "关于垃圾分类的提案", "cursor": "c"}


class TestCorrelationId:
    def test_a_harmless_one_is_kept(self) -> None:
        headers = {"x-correlation-id": "web-2017.02:06_a"}
        answer = request(gateway(), "POST", json={"query": "{ broken }"}, headers=headers)
        assert answer.headers["x-correlation-id"] == "web-2017.02:06_a"
        assert answer.json()["errors"][0]["extensions"]["correlationId"] == "web-2017.02:06_a"

    @pytest.mark.parametrize("given", ["", "has space", "é", 'quote"', "x" * 65])
    def test_any_other_is_replaced(self, given: str) -> None:
        headers = {"x-correlation-id": given.encode("latin-1")}
        answer = request(gateway(), "POST", json=TYPENAME, headers=headers)
        assert uuid.UUID(answer.headers["x-correlation-id"]).version == 4

    def test_it_goes_along_with_every_call(self) -> None:
        rpc = FakeRpc({"members.list_members": []})
        ask(gateway(rpc), "{ members { name } }", x_correlation_id="abc")
        assert rpc.sent == [{"token": None, "correlation_id": "abc", "timeout": None}]


class TestSignIn:
    def test_without_a_token_the_caller_is_a_visitor(self) -> None:
        rpc = FakeRpc({"members.list_members": []})
        assert ask(gateway(rpc), "{ members { name } }") == {"data": {"members": []}}
        assert rpc.sent[0]["token"] is None

    def test_the_token_is_passed_on(self) -> None:
        rpc = FakeRpc({"members.list_members": []})
        ask(gateway(rpc), "{ members { name } }", authorization="Bearer good")
        assert rpc.sent[0]["token"] == "good"

    @pytest.mark.parametrize(
        "authorization",
        ["Bearer expired", "Bearer", "Bearer ", "Basic good", "good", "Bearer service"],
    )
    @pytest.mark.parametrize("accept", [JSON, GRAPHQL])
    def test_a_token_that_does_not_hold_is_401(self, authorization: str, accept: str) -> None:
        rpc = FakeRpc({"members.list_members": []})
        headers = {"authorization": authorization, "accept": accept}
        answer = request(
            gateway(rpc), "POST", json={"query": "{ members { name } }"}, headers=headers
        )
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'
        assert answer.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
        assert rpc.calls == []


class TestProduction:
    @pytest.mark.parametrize(
        "query", ["{ __schema { types { name } } }", '{ __type(name: "Query") { name } }']
    )
    def test_has_no_introspection(self, query: str) -> None:
        answer = ask(gateway(environment="production"), query)
        assert "data" not in answer
        assert answer["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
        assert "data" in ask(gateway(), query)

    def test_still_tells_typenames(self) -> None:
        assert ask(gateway(environment="production"), "{ __typename }") == {
            "data": {"__typename": "Query"}
        }

    @pytest.mark.parametrize(
        "query",
        [
            "{ ech }",
            "{ proposals(stat: DRAFT) { totalCount } }",
            "{ proposals(state: DRAF) { totalCount } }",
        ],
    )
    def test_suggests_no_names(self, query: str) -> None:
        production = ask(gateway(environment="production"), query)
        assert "Did you mean" not in production["errors"][0]["message"]
        assert "Did you mean" in ask(gateway(), query)["errors"][0]["message"]

    def test_shows_no_page(self) -> None:
        headers = {"accept": "text/html"}
        production = request(gateway(environment="production"), "GET", headers=headers)
        assert production.status_code == 406
        asset = request(gateway(environment="production"), "GET", "/graphiql/page.js")
        assert asset.status_code == 404


def test_there_is_one_log_line_for_a_request() -> None:
    with capture_logs() as lines:
        ask(gateway(), "query Mine { broken }", authorization="Bearer good", x_correlation_id="c7")
    assert [line["event"] for line in lines] == ["resolver_failed", "graphql"]
    line = lines[1]
    assert line.pop("bytes") > 100
    assert line.pop("ms") < 1000
    assert line == {
        "event": "graphql",
        "log_level": "info",
        "module": "gateway.http",
        "correlation_id": "c7",
        "kind": "query",
        "operation": "Mine",
        "role": "MEMBER",
        "status": 200,
        "codes": ("INTERNAL",),
    }
