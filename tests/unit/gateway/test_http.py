"""GraphQL over HTTP; the numbered cases follow the audits of the npm package graphql-http."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from gateway import limits
from shared.errors import Unavailable
from tests.unit.gateway.sample import FakeRpc, ask, gateway, request

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
TYPENAME = {"query": "{ __typename }"}
ROW = {"id": "1", "title": "关于垃圾分类的提案", "cursor": "c"}


def post(body: Any, accept: str | None = JSON, **options: Any) -> Any:
    headers = {"accept": accept} if accept is not None else {}
    return request(gateway(), "POST", json=body, headers=headers, **options)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (GRAPHQL, GRAPHQL),
        (JSON, JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("", JSON),
        (f"{GRAPHQL}, {JSON}", GRAPHQL),
        (f"{JSON}, {GRAPHQL}", JSON),
        (f"{JSON};q=0.5, {GRAPHQL};q=0.9", GRAPHQL),
        (f"{GRAPHQL};q=0, */*", JSON),
        (f"{JSON};q=0, */*", GRAPHQL),
        ("text/html, application/json;q=0.1", JSON),
        (f"{GRAPHQL}; charset=utf-8", GRAPHQL),
    ],
)
def test_answers_in_the_media_type_that_is_wanted(accept: str, kind: str) -> None:
    answer = post(TYPENAME, accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{kind}; charset=utf-8"
    assert answer.json() == {"data": {"__typename": "Query"}}


def test_refuses_other_media_types() -> None:
    answer = post(TYPENAME, "application/xml")
    assert answer.status_code == 406
    assert answer.json()["errors"][0]["extensions"]["code"] == "NOT_ACCEPTABLE"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"query": "{"}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{ nothing }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "query Q($id: ID!) { proposal(id: $id) { id } }"}, "INVALID_INPUT"),
        ({"query": "{ __typename }", "operationName": "Other"}, "BAD_REQUEST"),
        ({"query": "query A { __typename } query B { __typename }"}, "BAD_REQUEST"),
        ({"query": "fragment F on Query { __typename }"}, "GRAPHQL_VALIDATION_FAILED"),
    ],
)
def test_request_errors_have_no_data_and_a_status_by_media_type(
    body: dict[str, Any], code: str
) -> None:
    new, old = post(body, GRAPHQL), post(body, JSON)
    assert (new.status_code, old.status_code) == (400, 200)
    for answer in (new, old):
        assert "data" not in answer.json()
        assert answer.json()["errors"][0]["extensions"]["code"] == code


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"notquery": "{ __typename }"},
        {"query": ""},
        *({"query": wrong} for wrong in ({"obj": "ect"}, 0, False, ["array"])),
        *({**TYPENAME, "operationName": wrong} for wrong in ({"obj": "ect"}, 0, False, ["a"])),
        *({**TYPENAME, "variables": wrong} for wrong in ("string", 0, False, ["array"])),
        *({**TYPENAME, "extensions": wrong} for wrong in ("string", 0, False, ["array"])),
        [TYPENAME, TYPENAME],
        "text",
        3,
    ],
)
@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
def test_malformed_requests_are_400(body: Any, accept: str) -> None:
    answer = post(body, accept)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


@pytest.mark.parametrize("parameter", ["variables", "operationName", "extensions"])
@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
def test_null_parameters_are_as_absent(parameter: str, accept: str) -> None:
    answer = post({**TYPENAME, parameter: None}, accept)
    assert (answer.status_code, answer.json()) == (200, {"data": {"__typename": "Query"}})


@pytest.mark.parametrize("content", [b'{ "not a JSON', b"", b"\xff\xfe", b'{"query": "\xd6"}'])
def test_what_is_no_utf_8_json_is_400(content: bytes) -> None:
    headers = {"content-type": JSON}
    answer = request(gateway(), "POST", content=content, headers=headers)
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 200),
        ("application/json; charset=utf-8", 200),
        ('application/json; charset="UTF-8"', 200),
        ("application/json; charset=iso-8859-1", 415),
        ("application/json; charset=utf-16", 415),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data; boundary=x", 415),
        ("application/graphql", 415),
        (None, 415),
    ],
)
def test_post_takes_only_utf_8_json(content_type: str | None, status: int) -> None:
    headers = {"content-type": content_type} if content_type else {}
    answer = request(gateway(), "POST", content=orjson.dumps(TYPENAME), headers=headers)
    assert answer.status_code == status


def test_compressed_bodies_are_refused() -> None:
    headers = {"content-type": JSON, "content-encoding": "gzip"}
    assert request(gateway(), "POST", content=b"x", headers=headers).status_code == 415


def test_unicode_goes_through_unharmed() -> None:
    answer = post({"query": "query($t: String!) { echo(text: $t) }", "variables": {"t": "吴江🏃"}})
    assert answer.json() == {"data": {"echo": "吴江🏃"}}


class TestGet:
    def get(self, accept: str = JSON, **params: str) -> Any:
        return request(gateway(), "GET", params=params, headers={"accept": accept})

    def test_answers_queries(self) -> None:
        answer = self.get(query="{ __typename }")
        assert (answer.status_code, answer.json()) == (200, {"data": {"__typename": "Query"}})

    def test_takes_variables_and_a_name(self) -> None:
        answer = self.get(
            GRAPHQL,
            query="query A { __typename } query B($t: String!) { echo(text: $t) }",
            operationName="B",
            variables='{"t": "好"}',
            extensions="{}",
        )
        assert (answer.status_code, answer.json()) == (200, {"data": {"echo": "好"}})

    @pytest.mark.parametrize("accept", [JSON, GRAPHQL])
    def test_never_mutates(self, accept: str) -> None:
        rpc = FakeRpc()
        answer = request(
            gateway(rpc),
            "GET",
            params={"query": 'mutation { submitProposal(input: {id: "x"}) { errors { code } } }'},
            headers={"accept": accept},
        )
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
        assert answer.json()["errors"][0]["extensions"]["code"] == "METHOD_NOT_ALLOWED"
        assert rpc.calls == []

    def test_picks_the_mutation_by_its_name_too(self) -> None:
        answer = self.get(
            query="query Q { __typename } mutation M { __typename }", operationName="M"
        )
        assert answer.status_code == 405

    @pytest.mark.parametrize(
        "params",
        [
            {"query": "{ __typename }", "variables": "not json"},
            {"query": "{ __typename }", "variables": "[1]"},
            {"query": "{ __typename }", "extensions": "3"},
            {"operationName": "A"},
        ],
    )
    def test_malformed_parameters_are_400(self, params: dict[str, str]) -> None:
        assert self.get(**params).status_code == 400

    def test_percent_signs_must_hold_utf_8(self) -> None:
        answer = request(gateway(), "GET", "/graphql?query=%ff", headers={"accept": JSON})
        assert answer.status_code == 400


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_405(method: str) -> None:
    answer = request(gateway(), method)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")


def test_cors_is_closed() -> None:
    origin = {"origin": "https://elsewhere.example"}
    preflight = request(
        gateway(),
        "OPTIONS",
        headers={
            **origin,
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type",
        },
    )
    answer = request(gateway(), "POST", json=TYPENAME, headers=origin)
    assert preflight.status_code == 405
    for headers in (preflight.headers, answer.headers):
        assert not [name for name in headers if name.startswith("access-control-")]


def test_the_body_is_bounded() -> None:
    padded = orjson.dumps({**TYPENAME, "x": "a" * limits.MOST_BODY_BYTES})
    headers = {"content-type": JSON}

    async def chunks() -> Any:  # no content-length
        yield padded[: len(padded) // 2]
        yield padded[len(padded) // 2 :]

    for content in (padded, chunks()):
        answer = request(gateway(), "POST", content=content, headers=headers)
        assert answer.status_code == 413
        assert answer.json()["errors"][0]["extensions"]["code"] == "PAYLOAD_TOO_LARGE"


def test_a_body_that_arrives_in_pieces_is_one_request() -> None:
    async def chunks() -> Any:
        for byte in orjson.dumps(TYPENAME):
            yield bytes([byte])

    answer = request(gateway(), "POST", content=chunks(), headers={"content-type": JSON})
    assert answer.json() == {"data": {"__typename": "Query"}}


def test_an_absent_service_nulls_only_its_own_fields() -> None:
    rpc = FakeRpc(
        {
            "members.list_members": Unavailable(),
            "proposals.list_proposals": {"rows": [ROW], "has_next": False},
        }
    )
    query = '{ members { name } proposals { edges { node { title } } } echo(text: "a") }'
    answer = ask(gateway(rpc), query, x_correlation_id="c9")
    assert answer == {
        "data": {
            "members": None,
            "proposals": {"edges": [{"node": {"title": "关于垃圾分类的提案"}}]},
            "echo": "a",
        },
        "errors": [
            {
                "message": "服务暂时不可用，请稍后再试",
                "locations": [{"line": 1, "column": 3}],
                "path": ["members"],
                "extensions": {"code": "SERVICE_UNAVAILABLE", "correlationId": "c9"},
            }
        ],
    }


def test_a_null_that_reaches_the_root_is_data_null() -> None:
    answer = post({"query": "{ required }"}, GRAPHQL)
    assert (answer.status_code, answer.json()["data"]) == (200, None)
    assert answer.json()["errors"][0]["extensions"]["code"] == "NOT_FOUND"


def test_an_unexpected_failure_shows_nothing_of_itself() -> None:
    answer = request(gateway(), "POST", json={"query": '{ broken echo(text: "a") }'})
    assert answer.status_code == 200
    assert answer.json()["data"] == {"broken": None, "echo": "a"}
    assert answer.json()["errors"][0]["message"] == "系统内部错误，请稍后再试"
    assert "secret" not in answer.text


def test_a_failure_of_the_gateway_itself_is_500_without_a_trace() -> None:
    class Faulty(FakeRpc):
        pass

    app = gateway(Faulty())
    app._graphql._operations._make_context = None  # type: ignore[assignment]
    answer = request(app, "POST", json=TYPENAME)
    assert answer.status_code == 500
    assert answer.json()["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert "NoneType" not in answer.text


def test_subscriptions_are_not_served_here() -> None:
    answer = post({"query": "subscription { heartbeat }"}, GRAPHQL)
    assert answer.status_code == 400
