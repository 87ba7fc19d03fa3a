"""The demo's GraphQL client: command ids from content, patience with what passes."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from deploy.local.demo_data import clients
from deploy.local.demo_data.clients import DemoError, Gateway
from shared import settings


class Endpoint:
    """A GraphQL endpoint that answers from a list and remembers what it was sent."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, Any]] = []
        self.seen: list[tuple[dict[str, Any], str | None]] = []
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                endpoint.seen.append((body, self.headers.get("Authorization")))
                status, answer = endpoint.answers.pop(0)
                content = (
                    answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
                )
                self.send_response(status)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def gateway(self) -> Gateway:
        port = str(self.server.server_address[1])
        return Gateway(settings.read({"GATEWAY_PORT": port, "GATEWAY_HOST": "0.0.0.0"}))

    def variables(self, position: int) -> Any:
        return self.seen[position][0]["variables"]["input"]


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    monkeypatch.setattr(clients, "WAIT_SECONDS", 0.0)
    running = Endpoint()
    yield running
    running.server.shutdown()
    running.server.server_close()


def done(name: str, **more: Any) -> tuple[int, Any]:
    return 200, {"data": {name: {"errors": [], **more}}}


def failed(code: str) -> tuple[int, Any]:
    error = {"message": "服务暂时不可用", "path": ["openTerm"], "extensions": {"code": code}}
    return 200, {"data": {"openTerm": None}, "errors": [error]}


def test_the_same_content_has_the_same_command_id(endpoint: Endpoint) -> None:
    endpoint.answers = [done("openTerm"), done("openTerm"), done("openTerm")]
    gateway = endpoint.gateway
    gateway.do("openTerm", {"no": 15, "sectorSet": ["22"]})
    gateway.do("openTerm", {"sectorSet": ["22"], "no": 15})
    gateway.do("openTerm", {"no": 16, "sectorSet": ["22"]})
    ids = [endpoint.variables(position)["commandId"] for position in range(3)]
    assert ids[0] == ids[1] != ids[2]


def test_a_service_that_is_away_is_asked_again_with_the_same_id(endpoint: Endpoint) -> None:
    endpoint.answers = [
        failed("SERVICE_UNAVAILABLE"),
        failed("DEADLINE_EXCEEDED"),
        done("openTerm"),
    ]
    endpoint.gateway.do("openTerm", {"no": 15})
    assert len(endpoint.seen) == 3
    assert len({endpoint.variables(position)["commandId"] for position in range(3)}) == 1


def test_patience_has_an_end(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "PATIENCE_SECONDS", 0.0)
    endpoint.answers = [failed("SERVICE_UNAVAILABLE")]
    with pytest.raises(DemoError, match="服务暂时不可用"):
        endpoint.gateway.do("openTerm", {"no": 15})
    assert len(endpoint.seen) == 1


def test_a_token_that_ran_out_on_the_way_is_renewed_once(endpoint: Endpoint) -> None:
    endpoint.answers = [
        done("signIn", accessToken="t1"),
        failed("UNAUTHENTICATED"),
        done("signIn", accessToken="t2"),
        done("openTerm"),
    ]
    gateway = endpoint.gateway
    gateway.sign_in("office", "Wujiang-2017", "OFFICE")
    gateway.do("openTerm", {"no": 15})
    tokens = [authorization for _, authorization in endpoint.seen]
    assert tokens == [None, "Bearer t1", None, "Bearer t2"]


def test_who_has_not_signed_in_is_told_so(endpoint: Endpoint) -> None:
    endpoint.answers = [failed("UNAUTHENTICATED")]
    with pytest.raises(DemoError):
        endpoint.gateway.do("openTerm", {"no": 15})
    assert len(endpoint.seen) == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (failed("FORBIDDEN"), "服务暂时不可用"),
        ((200, {"data": {"openTerm": {"errors": [{"message": "该届次已存在"}]}}}), "该届次已存在"),
        ((502, "<html>"), "HTTP 502"),
    ],
)
def test_a_refusal_is_told_at_once(endpoint: Endpoint, answer: tuple[int, Any], said: str) -> None:
    endpoint.answers = [answer]
    with pytest.raises(DemoError, match=said):
        endpoint.gateway.do("openTerm", {"no": 15})
    assert len(endpoint.seen) == 1


def test_after_signing_in_the_token_goes_along(endpoint: Endpoint) -> None:
    endpoint.answers = [done("signIn", accessToken="t1"), done("openTerm")]
    gateway = endpoint.gateway
    gateway.sign_in("office", "Wujiang-2017", "OFFICE")
    gateway.do("openTerm", {"no": 15})
    assert [authorization for _, authorization in endpoint.seen] == [None, "Bearer t1"]


def test_nobody_there() -> None:
    with pytest.raises(DemoError, match="refused"):
        Gateway(settings.read({"GATEWAY_PORT": "1"})).ask("{ __typename }")
