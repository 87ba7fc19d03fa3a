"""The gateway as a process of its own."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.local.ports import free_ports
from deploy.local.programs import Program
from gateway.base import global_id
from shared import keys
from shared.actor import Actor, Role, TokenSigner
from tests.integration.gateway.echo import Echo, Request, result, silent
from tests.processes import Process
from tests.stack import Servers
from tests.unit.gateway.files.samples import PDF
from tests.waiting import eventually

SERVICE = "office"
SLOW = {"query": f'query Slow {{ settings(service: "{SERVICE}") {{ key }} }}'}


class Running:
    """A gateway process and a client for it."""

    def __init__(self, servers: Servers, alone: str, folder: Path) -> None:
        port, nobody = free_ports(2)
        keys.ensure(folder / "keys", ["identity"])
        environment = {
            "AMQP_URI": alone,
            "MONGO_URI": f"mongodb://127.0.0.1:{nobody}/",
            "ENVIRONMENT": "test",
            "KEYS_DIR": str(folder / "keys"),
            "GATEWAY_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(port),
        }
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10)
        program = Program("gateway", (sys.executable, "-m", "gateway.app"), environment)
        self.process = Process(program, folder, self._is_up)

    def ask(self, query: str) -> Any:
        return self.http.post("/graphql", json={"query": query}).json()

    def _is_up(self) -> bool:
        try:
            return self.http.get("/healthz").status_code == 200
        except httpx.HTTPError:
            return False


@pytest.fixture(scope="module")
def alone(servers: Servers, broker: str) -> str:
    """A virtual host where no real service answers."""
    host = "gateway-alone"
    for command in (("add_vhost", host), ("set_permissions", "-p", host, "guest", *[".*"] * 3)):
        servers.rabbitmqctl(*command)
    return f"{broker.rstrip('/')}/{host}"


@pytest.fixture
def running(servers: Servers, alone: str, tmp_path: Path) -> Iterator[Running]:
    gateway = Running(servers, alone, tmp_path)
    gateway.process.start()
    try:
        yield gateway
    finally:
        gateway.process.stop()
        gateway.http.close()


def test_serves_while_the_broker_comes_and_goes(running: Running, servers: Servers) -> None:
    assert running.ask("{ __typename }") == {"data": {"__typename": "Query"}}
    eventually(lambda: "gateway_broker_connected 1.0" in running.http.get("/metrics").text)
    without_database = {"broker": True, "consumers": False, "database": False}
    assert running.http.get("/readyz").json() == {"ok": False, "checks": without_database}
    servers.broker.stop()
    try:
        answer = running.ask(f'{{ settings(service: "{SERVICE}") {{ key }} __typename }}')
        assert answer["data"] == {"settings": None, "__typename": "Query"}
        assert answer["errors"][0]["extensions"]["code"] == "SERVICE_UNAVAILABLE"
        readiness = running.http.get("/readyz")
        assert readiness.status_code == 503
        assert readiness.json()["checks"]["broker"] is False
        assert running.http.get("/healthz").status_code == 200
    finally:
        servers.start_broker()
    eventually(lambda: "gateway_broker_connected 1.0" in running.http.get("/metrics").text)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_whole_responses_over_a_kept_connection(running: Running, method: str) -> None:
    for _ in range(2):
        answer = running.http.request(method, "/healthz")
        assert answer.status_code == 200
        whole = b'{"ok":true,"checks":{"files":true}}'
        assert answer.content == (whole if method == "GET" else b"")


def test_without_their_database_only_files_fail(running: Running, tmp_path: Path) -> None:
    actor = Actor("account-1", Role.MEMBER)
    token = TokenSigner.load(tmp_path / "keys", "identity").sign(actor.claims(), 60)
    signed_in = {"Authorization": f"Bearer {token}"}
    upload = running.http.post("/files", files={"file": PDF}, headers=signed_in)
    download = running.http.get(f"/files/{global_id('File', '1')}", headers=signed_in)
    for answer in (upload, download):
        assert (answer.status_code, answer.json()["code"]) == (503, "SERVICE_UNAVAILABLE")
    given = {"attachments": [global_id("File", "1")]}
    query = "mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { errors { reason } } }"
    draft = {"query": query, "variables": {"input": given}}
    answer = running.http.post("/graphql", json=draft, headers=signed_in).json()
    assert answer["errors"][0]["extensions"]["code"] == "SERVICE_UNAVAILABLE"
    assert running.http.get("/healthz").status_code == 200
    assert running.ask("{ __typename }") == {"data": {"__typename": "Query"}}


def test_a_request_under_way_is_answered_before_the_end(running: Running, alone: str) -> None:
    go_on = threading.Event()
    answers: list[httpx.Response] = []

    def answer(request: Request) -> list[tuple[Request, bytes]]:
        assert go_on.wait(10)
        return [(request, result([]))]

    with Echo(alone, answer, SERVICE) as echo:
        eventually(lambda: "gateway_broker_connected 1.0" in running.http.get("/metrics").text)
        asking = threading.Thread(
            target=lambda: answers.append(running.http.post("/graphql", json=SLOW))
        )
        asking.start()
        eventually(lambda: echo.requests)
        pid = running.process.pid
        assert pid is not None
        os.kill(pid, signal.SIGTERM)
        eventually(lambda: _refuses(running))
        go_on.set()
        asking.join(10)
    assert answers[0].json() == {"data": {"settings": []}}
    eventually(lambda: running.process.pid is None)


def test_the_end_does_not_wait_for_ever(running: Running, alone: str) -> None:
    with Echo(alone, silent, SERVICE) as echo:
        eventually(lambda: "gateway_broker_connected 1.0" in running.http.get("/metrics").text)
        asking = threading.Thread(target=lambda: running.http.post("/graphql", json=SLOW))
        asking.start()
        eventually(lambda: echo.requests)
        running.process.terminate()
        eventually(lambda: running.process.pid is None)
        asking.join(10)
    assert "Traceback" not in running.process.tail(lines=1000)


def _refuses(running: Running) -> bool:
    """Whether no new connection is taken."""
    with httpx.Client(base_url=running.http.base_url, timeout=1) as fresh:
        try:
            fresh.get("/healthz")
        except httpx.ConnectError:
            return True
        except httpx.HTTPError:
            return False
    return False
