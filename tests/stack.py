"""The whole platform as real processes for one test session.

`Servers` are RabbitMQ and MongoDB, each started when first asked for; `Stack` adds one process per
service, the relay and the gateway. Everything listens on free ports and lives in a temporary
folder, so that sessions and a running `make run` do not meet.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from pymongo import MongoClient
from pymongo.database import Database

from deploy.local import programs, servers
from deploy.local.options import ROOT
from deploy.local.ports import Ports
from deploy.local.programs import Program
from shared import settings
from shared.actor import Actor, Role, TokenSigner
from shared.clock import Clock
from shared.errors import AppError
from shared.ids import new_id
from shared.messaging.events import Event, dump
from tests import wire
from tests.processes import Process, stop_all
from tests.waiting import eventually

Document = dict[str, Any]

RETRY_DELAYS = "0.2,0.2,0.2,0.2,0.2"  # seconds; five tries as in production, but soon
TOKEN_SECONDS = 3600
HEALTH_SECONDS = 1.0


class Servers:
    """RabbitMQ and MongoDB of the session, not started before they are asked for.

    Logs are kept in `folder`. So are the servers' files, unless `memory` is given: then they stand
    there, and go when the servers end.
    """

    def __init__(self, folder: Path, memory: Path | None = None) -> None:
        self.folder = folder
        self.data = Path(tempfile.mkdtemp(dir=memory)) if memory else folder
        self.ports = Ports.free()
        self.amqp_uri = servers.amqp_uri(self.ports.rabbitmq)
        self.mongo_uri = servers.mongo_uri(self.ports.mongo)
        self.processes: dict[str, Process] = {}
        epmd, rabbitmq = servers.rabbitmq(self.data / "rabbitmq", self.ports)
        mongod = servers.mongod(self.data / "mongo", self.ports.mongo)
        self.epmd = self.add(epmd)
        self.broker = self.add(rabbitmq, lambda: servers.broker_answers(self.amqp_uri), "broker")
        self.mongod = self.add(mongod, lambda: servers.become_primary(self.ports.mongo))

    def add(
        self, program: Program, healthy: Callable[[], bool] = lambda: True, name: str = ""
    ) -> Process:
        """Know a process, so that it is ended with the session and its log is shown."""
        process = Process(program, self.folder, healthy)
        self.processes[name or program.name] = process
        return process

    def launch_broker(self) -> None:
        self.epmd.launch()
        self.broker.launch()

    def start_broker(self) -> str:
        """The AMQP address, answering."""
        self.launch_broker()
        self.broker.wait_until_healthy()
        return self.amqp_uri

    def rabbitmqctl(self, *arguments: str) -> None:
        """What an operator types; raises CalledProcessError."""
        environment = {**os.environ, **self.broker.program.environment}
        command = [str(servers.RABBITMQCTL), "--silent", *arguments]
        subprocess.run(command, env=environment, check=True, capture_output=True)

    def start_mongod(self) -> str:
        """The MongoDB address, with a primary."""
        self.mongod.start()
        return self.mongo_uri

    def start(self) -> None:
        """Both, at the same time."""
        self.launch_broker()
        self.start_mongod()
        self.start_broker()

    def end(self) -> None:
        """End every process of the session: ours first, then the servers."""
        own = (self.broker, self.mongod, self.epmd)
        stop_all([process for process in self.processes.values() if process not in own])
        stop_all([self.broker, self.mongod])
        self.epmd.stop()
        if self.data != self.folder:
            shutil.rmtree(self.data, ignore_errors=True)


class Stack:
    """The running platform and the hands of a test on it.

    Processes are named `<service>`, `relay`, `gateway`, `broker`, `mongod`.
    """

    def __init__(self, running: Servers, more: Mapping[str, str] | None = None) -> None:
        """more: settings of its processes beside those of every stack."""
        self._servers = running
        self.amqp_uri = running.amqp_uri
        self.services = programs.services()
        self.keys = running.folder / "keys"
        self.url = f"http://127.0.0.1:{running.ports.gateway}"
        self.environment = {
            "AMQP_URI": running.amqp_uri,
            "MONGO_URI": running.mongo_uri,
            "ENVIRONMENT": "test",
            "KEYS_DIR": str(self.keys),
            "DB_PREFIX": "",
            "GATEWAY_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(running.ports.gateway),
            "RETRY_DELAYS": RETRY_DELAYS,
            "LOG_LEVEL": "INFO",
            "CLIENT_SHARE": "100",  # few accounts act for all tests, as fast as they can
            "PYTHONUNBUFFERED": "1",
            **(more or {}),
        }
        self._signing = set(self.services)
        self.mongo: MongoClient[Document] = MongoClient(running.mongo_uri)
        self.http = httpx.Client(base_url=self.url, timeout=30)
        self._clock = Clock(self.mongo, settings.read(self.environment))

    def start_all(self) -> None:
        """Keys, then every process; returns when all services answer through the gateway."""
        self._make_keys(*dict.fromkeys(["identity", *programs.issuers(self.services)]))
        wanted = programs.application(sys.executable, self.environment, self.services)
        own = [self._servers.add(program, self._healthy(program.name)) for program in wanted]
        for process in own:
            process.launch()
        for process in own:
            process.wait_until_healthy()

    def wait_until_well(self) -> None:
        """Until every service answers through the gateway."""
        eventually(lambda: self.http.get("/services").status_code == httpx.codes.OK, timeout=60)

    def open_term(self) -> None:
        """Term 15 with all sectors, for whoever needs a term: terms are opened in their order."""
        self.call(
            "members",
            "open_term",
            Actor("account-office", Role.OFFICE),
            no=15,
            starts_on="2017-01-01T00:00:00+08:00",
            sector_set=[f"{number:02d}" for number in range(1, 35)],
        )

    def close(self) -> None:
        self.http.close()
        self.mongo.close()

    # Acting on processes

    def stop(self, name: str) -> None:
        """SIGTERM, and wait for the end."""
        self._servers.processes[name].stop()

    def kill(self, name: str) -> None:
        """SIGKILL."""
        self._servers.processes[name].kill()

    def start(self, name: str) -> None:
        """Start it if it does not run, and wait until it is healthy."""
        self._servers.processes[name].start()

    def run(
        self,
        name: str,
        *module: str,
        healthy: Callable[[], bool] | None = None,
        more: Mapping[str, str] | None = None,
    ) -> Process:
        """A further process, `python -m module…`, in the stack's environment and `more` of it, not
        yet started.

        Without `healthy` it has to answer RPC as a service of this name.
        """
        self._make_keys(name)
        environment = {**self.environment, **(more or {})}
        program = Program(name, (sys.executable, "-m", *module), environment)
        return self._servers.add(program, healthy or (lambda: self._answers(name)))

    def pid(self, name: str) -> int | None:
        """None while the process does not run."""
        return self._servers.processes[name].pid

    def logged(self, name: str) -> str:
        """All that a process has written to its log."""
        return self._servers.processes[name].log.read_text(errors="replace")

    def logs(self) -> dict[str, str]:
        """All that every process of the session has written, the servers too."""
        known = self._servers.processes.items()
        return {name: p.log.read_text(errors="replace") for name, p in known if p.log.exists()}

    # Talking to services

    def token(self, actor: Actor) -> str | None:
        """A signed token of `actor`; None for a visitor."""
        if actor.role is Role.PUBLIC:
            return None
        issuer, claims = "identity", actor.claims()
        if actor.role is Role.SYSTEM:
            issuer = (actor.account_id or f"service:{programs.DEMO_ISSUER}").split(":", 1)[1]
            claims["sub"] = f"service:{issuer}"
        return TokenSigner.load(self.keys, issuer).sign(claims, TOKEN_SECONDS)

    def call(
        self, service: str, method: str, actor: Actor, *, timeout: float = 5.0, **kwargs: Any
    ) -> Any:
        """The result of an RPC on behalf of `actor`; raises the AppError that it answered."""
        return wire.call(self.amqp_uri, service, method, self.token(actor), timeout, kwargs)

    def graphql(
        self,
        query: str,
        variables: dict[str, Any] | None = None,
        token: str | None = None,
    ) -> dict[str, Any]:
        """The response object with `data` and, if any, `errors`."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        body = {"query": query, "variables": variables or {}}
        answer: dict[str, Any] = self.http.post("/graphql", json=body, headers=headers).json()
        return answer

    # Events and state behind the interface

    def publish(self, event: Event) -> None:
        """Straight to the producer's exchange, as its relay would."""
        self.publish_raw(event.source, event.type, dump(event.to_document()), event.id)

    def publish_raw(
        self, source: str, event_type: str, body: bytes, message_id: str | None = None
    ) -> None:
        """Any bytes in the place of an event, signed as its producer's relay would."""
        if source not in self._signing:
            self._begin_to_sign(source)
        wire.publish(self.amqp_uri, self.keys, source, event_type, body, message_id or new_id())

    def _begin_to_sign(self, source: str) -> None:
        """A producer that is not there yet gets a key, and so a relay that tells its past."""
        self._make_keys(source)
        command = (sys.executable, "-m", "deploy.entry", "relay", source)
        self._servers.add(
            Program(f"relay-{source}", command, self.environment, ROOT), lambda: True
        ).launch()
        self._signing.add(source)

    def log_as_published(self, *events: Event) -> None:
        """Into the producers' logs, as their relays do it before they publish."""
        for event in events:
            row = {"_id": event.id, **event.to_document(), "logged_at": time.time()}
            self.db(event.source)["event_log"].insert_one(row)

    def replay(self, service: str) -> None:
        """Run the operator's command; returns when the projections are swapped."""
        subprocess.run(
            [sys.executable, "-m", "shared.messaging.replay", service],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            check=True,
            timeout=60,
        )

    def queue_depth(self, name: str) -> int:
        """Messages ready in a queue; LookupError if it does not exist."""
        return wire.queue_depth(self.amqp_uri, name)

    def db(self, service: str) -> Database[Document]:
        return self.mongo[service]

    def move_clock(self, to: datetime) -> None:
        """Make `to` the domain time of now in all processes."""
        self._clock.move_to(to)

    def _make_keys(self, *issuers: str) -> None:
        command = [sys.executable, "-m", "shared.keys", "--dir", str(self.keys), *issuers]
        subprocess.run(command, cwd=ROOT, check=True)

    def _healthy(self, name: str) -> Callable[[], bool]:
        checks: dict[str, Callable[[], bool]] = {
            "relay": lambda: True,
            "gateway": self._gateway_is_up,
        }
        return checks.get(name, lambda: self._answers(name))

    def _answers(self, service: str) -> bool:
        try:
            health = wire.call(self.amqp_uri, service, "health", None, HEALTH_SECONDS, {})
        except AppError:
            return False
        return bool(health["ok"])

    def _gateway_is_up(self) -> bool:
        try:
            return self.http.get("/healthz").status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False


@contextmanager
def alone(folder: Path, memory: Path, more: Mapping[str, str] | None = None) -> Iterator[Stack]:
    """A running platform with servers of its own, for what would disturb everybody else's tests."""
    servers = Servers(folder, memory)
    servers.start()
    platform = Stack(servers, more)
    try:
        platform.start_all()
        yield platform
    finally:
        platform.close()
        servers.end()
