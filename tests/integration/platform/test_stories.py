"""One story through gateway, service, relay and handler: one trace, one correlation id.

Real processes on a virtual host and databases of their own, so that the session's do not hear it.
"""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx
import pytest

from deploy.local import programs
from deploy.local.options import ROOT
from deploy.local.ports import free_ports
from deploy.local.programs import Program
from shared.actor import Actor, Role, TokenSigner
from shared.ids import new_id
from tests.collector import Collector
from tests.metrics import Probed
from tests.processes import Process
from tests.stack import Document, Servers
from tests.waiting import eventually

OPEN_TERM = """mutation ($input: OpenTermInput!) {
    openTerm(input: $input) { term { no } errors { code } } }"""
NOMINATE = """mutation ($input: NominateMemberInput!) {
    nominateMember(input: $input) { member { memberNo } errors { code } } }"""
TERM = {"no": 15, "startsOn": "2017-01-01T00:00:00+08:00", "sectorSet": ["22"]}
LU = {
    "term": 15,
    "memberNo": "15-0088",
    "name": "陆晓芸",
    "gender": "FEMALE",
    "sector": "22",
    "affiliation": "MASSES",
    "phone": "13812340088",
}


class Platform:
    """members, performance, the relay of members, and the gateway."""

    def __init__(self, servers: Servers, folder: Path, collector: Collector) -> None:
        self.keys = folder / "keys"
        host = f"stories-{new_id()[:8]}"
        for command in (("add_vhost", host), ("set_permissions", "-p", host, "guest", *[".*"] * 3)):
            servers.rabbitmqctl(*command)
        ports = dict(
            zip(("members", "performance", "relay", "gateway"), free_ports(4), strict=True)
        )
        self.environment = {
            "AMQP_URI": f"{servers.amqp_uri}{host}",
            "MONGO_URI": servers.mongo_uri,
            "DB_PREFIX": f"{host}-",
            "ENVIRONMENT": "test",
            "KEYS_DIR": str(self.keys),
            "GATEWAY_PORT": str(ports["gateway"]),
            "OTEL_EXPORTER_OTLP_ENDPOINT": collector.url,
            "OTEL_BSP_SCHEDULE_DELAY": "100",
        }
        issuers = programs.issuers([*programs.services(), "identity"])
        keys = [sys.executable, "-m", "shared.keys", "--dir", str(self.keys), *issuers]
        subprocess.run(keys, cwd=ROOT, check=True)
        modules = {
            "members": ("shared.messaging.runner", "members"),
            "performance": ("shared.messaging.runner", "performance"),
            "relay": ("shared.messaging.relay", "members"),
            "gateway": ("gateway.app",),
        }
        self.processes = {
            name: Process(
                Program(
                    name,
                    (sys.executable, "-m", *module),
                    {**self.environment, "PROBE_PORT": str(ports[name])},
                ),
                folder,
                partial(_ready, Probed(ports[name])),
            )
            for name, module in modules.items()
        }
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{ports['gateway']}", timeout=10)

    def start(self) -> None:
        for process in self.processes.values():
            process.launch()
        for process in self.processes.values():
            process.wait_until_healthy()

    def close(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.stop()
        self.http.close()

    def ask(self, query: str, variables: Document, headers: dict[str, str]) -> Document:
        office = Actor("account-office", Role.OFFICE)
        token = TokenSigner.load(self.keys, "identity").sign(office.claims(), 600)
        headers = {"Authorization": f"Bearer {token}", **headers}
        return self.visit(query, headers, variables)

    def visit(
        self, query: str, headers: dict[str, str], variables: Document | None = None
    ) -> Document:
        """Ask without a token."""
        body = {"query": query, "variables": variables or {}}
        answer: Document = self.http.post("/graphql", json=body, headers=headers).json()
        return answer

    def lines(self, name: str, correlation_id: str) -> list[str]:
        """What a process logged under a correlation id, by the names of its lines."""
        written = self.processes[name].log.read_text().splitlines()
        logged = [json.loads(line) for line in written if line.startswith("{")]
        return [row["event"] for row in logged if row.get("correlation_id") == correlation_id]


@pytest.fixture(scope="module")
def collector() -> Iterator[Collector]:
    running = Collector()
    yield running
    running.close()


@pytest.fixture(scope="module")
def platform(
    servers: Servers, collector: Collector, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Platform]:
    servers.start()
    running = Platform(servers, tmp_path_factory.mktemp("stories"), collector)
    try:
        running.start()
        opened = running.ask(OPEN_TERM, {"input": TERM}, {})
        assert opened == {"data": {"openTerm": {"term": {"no": 15}, "errors": []}}}
        yield running
    finally:
        running.close()


def test_one_story_is_one_trace_and_has_one_correlation_id(
    platform: Platform, collector: Collector
) -> None:
    trace, client, story = secrets.token_hex(16), secrets.token_hex(8), new_id()
    headers = {"traceparent": f"00-{trace}-{client}-01", "X-Correlation-Id": story}
    answer = platform.ask(NOMINATE, {"input": LU}, headers)
    assert answer == {"data": {"nominateMember": {"member": {"memberNo": "15-0088"}, "errors": []}}}

    http = ("gateway", "POST /graphql")
    call = ("members", "members.nominate_member")
    sent = ("relay", "publish member_nominated")
    heard = ("performance", "performance.on_members_member_nominated")
    found = eventually(
        lambda: spans if {http, call, sent, heard} <= (spans := collector.of(trace)).keys() else {}
    )
    assert found[http].parent == client
    assert found[call].parent == found[http].id
    assert found[sent].parent == found[call].id
    assert found[heard].parent == found[call].id

    eventually(lambda: platform.lines("gateway", story) == ["graphql"])
    eventually(lambda: platform.lines("members", story) == ["rpc"])
    eventually(lambda: platform.lines("performance", story) == ["event"])


def test_a_refusal_is_told_under_the_same_correlation_id(platform: Platform) -> None:
    story = new_id()
    answer = platform.ask(NOMINATE, {"input": {**LU, "sector": "99"}}, {"X-Correlation-Id": story})
    assert answer["data"]["nominateMember"]["member"] is None
    eventually(lambda: platform.lines("gateway", story) == ["graphql"])
    eventually(lambda: platform.lines("members", story) == ["rpc_refused"])

    answer = platform.visit('{ settings(service: "members") { key } }', {"X-Correlation-Id": story})
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["UNAUTHENTICATED"]
    eventually(lambda: platform.lines("members", story) == ["rpc_refused"] * 2)


def _ready(probed: Probed) -> bool:
    return probed.status("/readyz") == 200
