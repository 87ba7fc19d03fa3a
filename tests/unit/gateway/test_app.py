"""What stands beside `/graphql`, and the life of the process."""

from __future__ import annotations

import asyncio
import gc
from pathlib import Path
from typing import Any

import pytest
from pika.exceptions import AMQPConnectionError

from gateway import pages
from gateway.app import installed_services
from gateway.files import attachments
from shared import keys
from shared.errors import DeadlineExceeded, Unavailable
from tests.metrics import sample
from tests.unit.gateway.sample import FakeRpc, gateway, request

HEALTHY = {"ok": True, "service": "members", "pid": 1, "rss_mb": 60.0}


def test_healthz_needs_nobody() -> None:
    answer = request(gateway(), "GET", "/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"ok": True, "checks": {"files": True}}


class TestServices:
    def ready(self, **answers: Any) -> Any:
        rpc = FakeRpc({f"{name}.health": answer for name, answer in answers.items()})
        return request(gateway(rpc, services=tuple(answers)), "GET", "/services"), rpc

    def test_all_services_answer(self) -> None:
        answer, rpc = self.ready(members=HEALTHY, proposals=HEALTHY)
        assert answer.status_code == 200
        assert answer.json() == {"ok": True, "services": {"members": "ok", "proposals": "ok"}}
        assert {options["timeout"] for options in rpc.sent} == {2.0}

    def test_those_that_do_not_are_named(self) -> None:
        answer, _ = self.ready(
            members=HEALTHY,
            proposals=Unavailable(),
            identity=DeadlineExceeded(),
            performance={**HEALTHY, "ok": False},
        )
        assert answer.status_code == 503
        assert answer.json() == {
            "ok": False,
            "services": {
                "members": "ok",
                "proposals": "SERVICE_UNAVAILABLE",
                "identity": "DEADLINE_EXCEEDED",
                "performance": "NOT_READY",
            },
        }

    def test_the_services_are_the_folders(self) -> None:
        folders = Path(__file__).parents[3] / "services"
        assert installed_services() == tuple(
            sorted(
                folder.name
                for folder in folders.iterdir()
                if (folder / "service.py").exists() or (folder / "service").is_dir()
            )
        )


class TestPublicKeys:
    def test_are_served(self, tmp_path: Path) -> None:
        keys.ensure(tmp_path, ["identity"])
        answer = request(gateway(keys=tmp_path), "GET", "/.well-known/jwks.json")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/jwk-set+json"
        (key,) = answer.json()["keys"]
        assert (key["iss"], key["kty"]) == ("identity", "OKP")
        assert "d" not in key

    def test_may_not_be_there_yet(self, tmp_path: Path) -> None:
        answer = request(gateway(keys=tmp_path), "GET", "/.well-known/jwks.json")
        assert answer.status_code == 503


def test_metrics_tell_requests_calls_and_the_broker() -> None:
    rpc = FakeRpc()
    rpc.in_flight = 3
    app = gateway(rpc)
    request(app, "POST", json={"query": "{ __typename }"})
    request(app, "POST", json={"query": "{ broken }"})
    text = request(app, "GET", "/metrics").text
    assert "gateway_calls_in_flight 3.0" in text
    assert "gateway_broker_connected 1.0" in text
    assert 'gateway_request_seconds_count{kind="query",status="200"}' in text
    assert 'gateway_errors_total{code="INTERNAL"}' in text


def test_operations_are_counted_by_the_fields_that_they_ask_for() -> None:
    app = gateway(FakeRpc({"proposals.list_proposals": Unavailable()}))
    before = request(app, "GET", "/metrics").text

    def more(field: str) -> float:
        labels = {"kind": "query", "field": field}
        after = request(app, "GET", "/metrics").text
        name = "gateway_operations_total"
        return sample(after, name, **labels) - sample(before, name, **labels)

    query = """query A { ...Root ... on Query { a: echo(text: "1") } b: echo(text: "2") }
        query B { broken } fragment Root on Query { broken }"""
    for _ in range(2):
        request(app, "POST", json={"query": query, "operationName": "A"})
    assert (more("echo"), more("broken")) == (2, 2)
    request(app, "POST", json={"query": query, "operationName": "B"})
    assert (more("echo"), more("broken")) == (2, 3)


@pytest.mark.parametrize("path", ["/", "/nothing", "/graphql/", "/graphiql/../app.py"])
def test_other_paths_are_404(path: str) -> None:
    assert request(gateway(), "GET", path).status_code == 404


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/services", "/metrics"])
def test_beside_graphql_there_is_only_get(path: str) -> None:
    answer = request(gateway(), "POST", path, content=b"x")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


class TestGraphiql:
    HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}  # noqa: RUF012

    @pytest.fixture
    def installed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assets = dict(pages.ASSETS)
        for name, (path, kind) in assets.items():
            if "node_modules" in path.parts:
                (tmp_path / name).write_text(f"/* {name} */")
                assets[name] = (tmp_path / name, kind)
        monkeypatch.setattr(pages, "ASSETS", assets)

    @pytest.mark.usefixtures("installed")
    def test_the_page_loads_nothing_from_elsewhere(self) -> None:
        answer = request(gateway(), "GET", headers=self.HTML)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert "http:" not in answer.text and "https:" not in answer.text
        linked = [part.split('"')[0] for part in answer.text.split('"/graphiql/')[1:]]
        assert sorted(linked) == sorted(pages.ASSETS)

    @pytest.mark.usefixtures("installed")
    @pytest.mark.parametrize("name", pages.ASSETS)
    def test_its_assets_are_served(self, name: str) -> None:
        answer = request(gateway(), "GET", f"/graphiql/{name}")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == pages.ASSETS[name][1]

    def test_without_the_packages_one_line_says_so(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pages, "ASSETS", {"page.js": (tmp_path / "none", pages.SCRIPT)})
        answer = request(gateway(), "GET", headers=self.HTML)
        assert answer.status_code == 404
        assert answer.text == "GraphiQL is not installed: npm ci in gateway/graphiql\n"
        assert request(gateway(), "GET", "/graphiql/page.js").status_code == 404

    def test_a_query_in_the_address_is_answered_as_json(self) -> None:
        answer = request(gateway(), "GET", params={"query": "{ __typename }"}, headers=self.HTML)
        assert answer.json() == {"data": {"__typename": "Query"}}


def test_the_life_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any) -> Any:
        raise AMQPConnectionError("no broker here, and no socket left behind")

    monkeypatch.setattr(attachments.pika, "BlockingConnection", refused)
    rpc = FakeRpc()
    sent: list[str] = []

    async def live() -> None:
        messages = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])

        async def receive() -> Any:
            return next(messages)

        async def send(message: Any) -> None:
            sent.append(message["type"])
            assert (rpc.started, rpc.closed) == (True, message["type"].startswith("lifespan.shut"))

        await gateway(rpc)({"type": "lifespan"}, receive, send)

    try:
        asyncio.run(live())
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
