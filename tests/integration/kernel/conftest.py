"""The probe service and its relay on real servers; the broker is reached through a proxy."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from pymongo import MongoClient
from pymongo.database import Database

from deploy.local.options import ROOT
from deploy.local.ports import free_ports
from deploy.local.programs import Program
from shared.actor import Actor, Role, TokenSigner
from shared.messaging.events import Event, dump
from tests import wire
from tests.integration.kernel.proxy import Proxy
from tests.metrics import Probed
from tests.processes import Process
from tests.stack import RETRY_DELAYS, Servers

MEMBER = Actor("account-1", Role.MEMBER)


class Kernel:
    """Hands on the probe: calls, events, its database and its processes."""

    def __init__(self, servers: Servers) -> None:
        self.uri = servers.amqp_uri
        self.folder = servers.folder
        self.keys = servers.folder / "kernel-keys"
        self.proxy = Proxy(servers.ports.rabbitmq)
        self.environment = {
            "AMQP_URI": f"amqp://guest:guest@127.0.0.1:{self.proxy.port}/",
            "MONGO_URI": servers.mongo_uri,
            "ENVIRONMENT": "test",
            "KEYS_DIR": str(self.keys),
            "DB_PREFIX": "kernel_",
            "RETRY_DELAYS": RETRY_DELAYS,
            "PYTHONUNBUFFERED": "1",
        }
        issuers = ["identity", "probe"]
        command = [sys.executable, "-m", "shared.keys", "--dir", str(self.keys), *issuers]
        subprocess.run(command, cwd=ROOT, check=True)
        self.mongo: MongoClient[dict[str, Any]] = MongoClient(servers.mongo_uri)
        self.db: Database[dict[str, Any]] = self.mongo["kernel_probe"]
        probe_port, relay_port = free_ports(2)
        self.probed, self.relay_probed = Probed(probe_port), Probed(relay_port)
        self.service = self._process(
            servers,
            "probe",
            ("shared.messaging.runner", "tests.integration.kernel.probe.service"),
            self._answers,
            probe_port,
        )
        self.relay = self._process(
            servers,
            "probe-relay",
            ("shared.messaging.relay", "probe"),
            lambda: self.relay_probed.status("/healthz") == 200,
            relay_port,
        )

    def _process(
        self, servers: Servers, name: str, module: tuple[str, ...], healthy: Any, probe_port: int
    ) -> Process:
        environment = {**self.environment, "PROBE_PORT": str(probe_port)}
        program = Program(name, (sys.executable, "-m", *module), environment, directory=ROOT)
        return servers.add(program, healthy)

    def _answers(self) -> bool:
        try:
            return bool(self.call("health", timeout=1.0)["ok"])
        except Exception:
            return False

    def call(
        self, method: str, actor: Actor | None = MEMBER, *, timeout: float = 5.0, **kwargs: Any
    ) -> Any:
        return wire.call(self.uri, "probe", method, self.token(actor), timeout, kwargs)

    def token(self, actor: Actor | None) -> str | None:
        return TokenSigner.load(self.keys, "identity").sign(actor.claims(), 600) if actor else None

    def publish(self, event: Event) -> None:
        self.publish_raw(dump(event.to_document()))

    def publish_raw(self, body: bytes) -> None:
        wire.publish(self.uri, self.keys, "probe", "thing_made", body, "raw")

    def entries_of(self, subject: str) -> list[dict[str, Any]]:
        return list(self.db["entries"].find({"_id": {"$regex": f"thing_made:{subject}:"}}))

    def dead(self) -> int:
        return wire.queue_depth(self.uri, "probe.dead")

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run an operator's command in the probe's environment."""
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=ROOT,
            env={**self.environment, "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture(scope="module")
def kernel(servers: Servers) -> Iterator[Kernel]:
    servers.start()
    running = Kernel(servers)
    running.service.launch()
    running.relay.launch()
    running.service.wait_until_healthy()
    yield running
    running.service.stop()
    running.relay.stop()
    running.proxy.close()
    running.mongo.close()
