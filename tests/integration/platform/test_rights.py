"""Every process with the broker user that a cluster gives it: enough to work, and no more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import httpx
import pika.exceptions
import pytest

from deploy.cluster.generate import DEFINITIONS
from deploy.cluster.table import BACKUP, CLIENTS, SERVICES
from deploy.local import programs, servers
from deploy.local.options import ROOT
from deploy.local.ports import free_ports
from deploy.local.programs import Program
from shared import contracts
from shared.actor import Actor, Role, TokenSigner
from shared.contracts import names
from shared.ids import new_id
from shared.messaging import topology
from shared.messaging.events import dump
from tests import wire
from tests.metrics import Probed
from tests.stack import Servers
from tests.waiting import eventually

pytestmark = pytest.mark.timeout(180)
OFFICE = Actor("account-office", Role.OFFICE)
HANDLER = "performance.on_members_member_resigned"


class Cluster:
    """One process for each service and for each relay, as in a pod, and the gateway."""

    def __init__(self, running: Servers) -> None:
        self.running = running
        self.keys = running.folder / "keys"
        self._passwords = running.folder / "passwords"
        self._passwords.mkdir()
        for name in (*(client.name for client in CLIENTS), BACKUP):
            (self._passwords / name).write_text(f"password-of-{name}\n")
        self.probes: dict[str, Probed] = {}

    def load_definitions(self) -> None:
        file = self.running.folder / "definitions.json"
        given = (str(ROOT / DEFINITIONS), str(self._passwords), str(file))
        self._run("deploy.entry", "broker-definitions", *given)
        command = [str(servers.RABBITMQCTL), "import_definitions", str(file)]
        environment = {**os.environ, **self.running.broker.program.environment}
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=60)

    def uri(self, user: str) -> str:
        port = self.running.ports.rabbitmq
        return f"amqp://{user}:password-of-{user}@127.0.0.1:{port}/"

    def start(self) -> None:
        issuers = programs.issuers([service.name for service in SERVICES])
        self._run("shared.keys", "--dir", str(self.keys), *issuers)
        commands: dict[str, tuple[str, ...]] = {"gateway": ("gateway",)}
        for service in SERVICES:
            commands[service.name] = (service.name,)
            commands[f"relay-{service.name}"] = ("relay", service.name)
        ports = dict(zip(commands, free_ports(len(commands)), strict=True))
        for name, command in commands.items():
            port = ports[name]
            self.probes[name] = Probed(port)
            environment = {
                "AMQP_URI": self.uri(name.removeprefix("relay-")),
                "MONGO_URI": self.running.mongo_uri,
                "ENVIRONMENT": "test",
                "KEYS_DIR": str(self.keys),
                "GATEWAY_PORT": str(port),
                "PROBE_PORT": str(port),
                "PYTHONUNBUFFERED": "1",
            }
            program = Program(
                name, (sys.executable, "-m", "deploy.entry", *command), environment, ROOT
            )
            self.running.add(program, partial(self._ready, name)).launch()
        for name in commands:
            self.running.processes[name].wait_until_healthy()

    def _ready(self, name: str) -> bool:
        return self.probes[name].status("/readyz") == 200

    def _run(self, *module: str) -> None:
        subprocess.run([sys.executable, "-m", *module], cwd=ROOT, check=True)

    def office(self, method: str, **kwargs: object) -> None:
        token = TokenSigner.load(self.keys, "identity").sign(OFFICE.claims(), 600)
        wire.call(self.uri("members"), "members", method, token, 5, kwargs)

    def count(self, kind: str, queue: str) -> float:
        """Events of a queue that its service has handled or retried."""
        service = queue.partition(".")[0]
        return self.probes[service].value(f"events_{kind}_total", service=service, queue=queue)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, memory: Path) -> Iterator[Cluster]:
    """Servers of its own: users and rights must not meet other tests."""
    running = Servers(tmp_path_factory.mktemp("rights"), memory)
    try:
        running.start()
        made = Cluster(running)
        made.load_definitions()
        made.start()
        yield made
    finally:
        running.end()


def test_each_process_works_with_its_own_user(cluster: Cluster) -> None:
    """Calls, events, delay queues, requests for the past: all that a start needs."""
    answer = httpx.get(f"{cluster.probes['gateway'].url}/services", timeout=10)
    assert answer.json() == {"ok": True, "services": {s.name: "ok" for s in SERVICES}}
    cluster.office("open_term", no=15, starts_on="2017-01-01T00:00:00+08:00", sector_set=["01"])
    cluster.office(
        "nominate_member",
        member_no="15-0001",
        name="陆晓芸",
        gender="FEMALE",
        sector="01",
        affiliation="MASSES",
    )
    cluster.office("appoint_member", member_id="m-15-0001", joined_via="TERM_START")
    # At least once: a consumer that has just begun hears of its past, too.
    # identity then asks members for the phone, and tells notifications of the new account.
    eventually(lambda: cluster.count("handled", "performance.on_members_member_appointed") >= 1)
    eventually(lambda: cluster.count("handled", "identity.on_members_member_appointed") >= 1)
    for name in cluster.running.processes:
        assert "ACCESS_REFUSED" not in cluster.running.processes[name].log.read_text(), name


def test_a_transient_failure_waits_in_the_shared_delay_queue_and_comes_back(
    cluster: Cluster,
) -> None:
    cluster.running.mongod.kill()
    event = contracts.sample_event("members", names.MEMBER_RESIGNED, subject=new_id())
    wire.publish(cluster.uri("members"), "members", event.type, dump(event.to_document()), "1")
    eventually(lambda: cluster.count("retried", HANDLER) >= 1, timeout=30)
    cluster.running.start_mongod()
    eventually(lambda: cluster.count("handled", HANDLER) >= 1, timeout=40)


@pytest.mark.parametrize(
    ("exchange", "key"),
    [
        ("proposals.events", "proposal_filed"),
        ("members.events", "member_resigned"),
        ("retry", f"now.{HANDLER}"),
        ("retry", f"1000.{HANDLER}"),
        ("retry", "dead.performance"),
        ("retry", "replay.proposals"),
        ("retry.due", f"1.{HANDLER}"),
        ("nameko-rpc", "proposals.submit"),
        ("amq.topic", "anything"),
    ],
)
def test_identity_cannot_publish_what_is_not_its_own(
    cluster: Cluster, exchange: str, key: str
) -> None:
    with (
        wire.channel(cluster.uri("identity")) as channel,
        pytest.raises(pika.exceptions.ChannelClosedByBroker, match="ACCESS_REFUSED"),
    ):
        channel.basic_publish(exchange, key, b"{}")


@pytest.mark.parametrize(
    ("exchange", "key"),
    [
        ("identity.events", "nothing_happened"),
        ("retry", "1000.identity.on_members_nothing_happened"),
        ("retry", "now.identity.on_members_nothing_happened"),
        ("retry", "now.notifications.on_identity_nothing_happened"),
        ("nameko-rpc", "members.nothing"),
    ],
)
def test_identity_can_publish_its_own(cluster: Cluster, exchange: str, key: str) -> None:
    with wire.channel(cluster.uri("identity")) as channel:
        channel.basic_publish(exchange, key, b"{}")
        assert channel.is_open


READS: dict[str, Callable[[wire.BlockingChannel], object]] = {
    "another's events": lambda c: c.queue_bind("identity.dead", "proposals.events", "#"),
    "another's retries": lambda c: c.queue_bind("identity.dead", "retry", f"now.{HANDLER}"),
    "another's calls": lambda c: c.queue_bind("identity.dead", "nameko-rpc", "proposals.*"),
    "another's queue": lambda c: c.basic_get(HANDLER),
    "another's dead letters": lambda c: c.basic_get("performance.dead"),
    "the retries of all": lambda c: c.basic_get("retry.1000"),
}


@pytest.mark.parametrize("what", READS)
def test_identity_cannot_read(cluster: Cluster, what: str) -> None:
    with (
        wire.channel(cluster.uri("identity")) as channel,
        pytest.raises(pika.exceptions.ChannelClosedByBroker, match="ACCESS_REFUSED"),
    ):
        READS[what](channel)


def test_an_event_that_did_not_come_from_its_producer_is_dead(cluster: Cluster) -> None:
    """The default exchange reaches any queue: its rights cannot be narrowed, so nobody listens."""
    event = contracts.sample_event("members", names.MEMBER_RESIGNED, subject=new_id())
    body = dump(event.to_document())
    with wire.channel(cluster.uri("identity")) as channel:
        channel.basic_publish("", HANDLER, body)
    dead = topology.dead_queue("performance").name
    eventually(lambda: wire.queue_depth(cluster.uri("performance"), dead) == 1)
    with wire.channel(cluster.uri("performance")) as channel:
        _, properties, found = channel.basic_get(dead, auto_ack=True)
    assert found == body
    assert properties and properties.headers
    assert properties.headers[topology.CODE] == "INVALID_INPUT"


def test_the_broker_knows_no_user_but_those_of_the_table(cluster: Cluster) -> None:
    environment = {**os.environ, **cluster.running.broker.program.environment}
    command = [str(servers.RABBITMQCTL), "export_definitions", "-", "--format", "json"]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, timeout=60)
    found = json.loads(done.stdout)
    written = {right["user"]: right["write"] for right in found["permissions"]}
    assert written.keys() == {"guest", BACKUP, *(client.name for client in CLIENTS)}
    assert written[BACKUP] == "^$"
