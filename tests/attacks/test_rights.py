"""Every process with the broker user that a cluster gives it: enough to work, and no more; and what
a thief of one service's password and key can do with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import orjson
import pika
import pika.exceptions
import pytest
from pymongo import MongoClient
from pymongo.database import Database

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
from shared.messaging import signatures, topology
from shared.messaging import wire as messaging_wire
from shared.messaging.events import dump
from shared.messaging.signatures import Kind
from tests import wire
from tests.metrics import Probed
from tests.stack import Servers
from tests.waiting import eventually

pytestmark = pytest.mark.timeout(180)
Road = Callable[[wire.BlockingChannel, str, str, Any, bytes], None]
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
        self._mongo: MongoClient[dict[str, Any]] = MongoClient(running.mongo_uri, connect=False)

    def close(self) -> None:
        self._mongo.close()
        self.running.end()

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

    def database(self, service: str) -> Database[dict[str, Any]]:
        return self._mongo[service]

    def log(self, process: str) -> str:
        return self.running.processes[process].log.read_text()

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
        made.close()
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
        assert "ACCESS_REFUSED" not in cluster.log(name), name


def test_a_transient_failure_waits_in_the_shared_delay_queue_and_comes_back(
    cluster: Cluster,
) -> None:
    cluster.running.mongod.kill()
    event = contracts.sample_event("members", names.MEMBER_RESIGNED, subject=new_id())
    body = dump(event.to_document())
    wire.publish(cluster.uri("members"), cluster.keys, "members", event.type, body, "1")
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


# One service's password and key are in an attacker's hands: study's, which the rights let answer
# calls, and thus reach any queue by the default exchange, a CC header or dead-lettering of its own.
THIEF = "study"
OWN_QUEUE = "study.on_members_bait"


def _by_default_exchange(
    channel: wire.BlockingChannel, queue: str, key: str, properties: Any, body: bytes
) -> None:
    channel.basic_publish("", queue, body, properties)


def _by_copy(
    channel: wire.BlockingChannel, queue: str, key: str, properties: Any, body: bytes
) -> None:
    properties.headers = {**(properties.headers or {}), "CC": [queue]}
    channel.basic_publish("", key, body, properties)


def _by_dead_lettering(
    channel: wire.BlockingChannel, queue: str, key: str, properties: Any, body: bytes
) -> None:
    channel.queue_declare(
        OWN_QUEUE,
        arguments={
            "x-expires": 5_000,
            "x-message-ttl": 0,
            "x-dead-letter-exchange": topology.RETRY_EXCHANGE,
            "x-dead-letter-routing-key": topology.now_key(queue),
        },
    )
    channel.basic_publish("", OWN_QUEUE, body, properties)
    channel.queue_delete(OWN_QUEUE, if_empty=True)


ROADS = (_by_default_exchange, _by_copy, _by_dead_lettering)


def _letters(cluster: Cluster, service: str) -> list[str]:
    """The codes of a service's dead letters, which are taken."""
    codes: list[str] = []
    with wire.channel(cluster.uri(service)) as channel:
        while True:
            method, properties, _ = channel.basic_get(
                topology.dead_queue(service).name, auto_ack=True
            )
            if method is None:
                return codes
            assert properties and properties.headers
            codes.append(properties.headers[topology.CODE])


@pytest.mark.parametrize("signed", [True, False], ids=["signed by the thief", "unsigned"])
@pytest.mark.parametrize("road", ROADS)
def test_a_forged_event_has_no_effect(cluster: Cluster, road: Road, signed: bool) -> None:
    """What made two members Chairpersons: the post reached identity by each of the three roads."""
    event = contracts.sample_event(
        "members", names.MEMBER_POST_CHANGED, id=new_id(), subject="m-15-0001"
    )
    body, headers = dump(event.to_document()), {}
    if signed:
        signer = TokenSigner.load(cluster.keys, THIEF)
        headers[signatures.HEADER] = signatures.sign(signer, Kind.EVENT, body)
    before = cluster.database("identity")["accounts"].find_one({"member_id": "m-15-0001"})
    with wire.channel(cluster.uri(THIEF)) as channel:
        properties = pika.BasicProperties(headers=headers)
        road(channel, "identity.on_members_member_post_changed", "members.x", properties, body)
    assert eventually(lambda: _letters(cluster, "identity")) == ["ORIGIN_UNPROVEN"]
    after = cluster.database("identity")["accounts"].find_one({"member_id": "m-15-0001"})
    assert before is not None
    assert after == before


def test_a_forged_fact_about_files_does_not_reach_the_gateway(cluster: Cluster) -> None:
    event = contracts.sample_event("proposals", names.PROPOSAL_FILES_CHANGED, id=new_id())
    with wire.channel(cluster.uri(THIEF)) as channel:
        channel.basic_publish(
            "", "gateway.on_proposals_proposal_files_changed", dump(event.to_document())
        )
    assert eventually(lambda: _letters(cluster, "gateway")) == ["ORIGIN_UNPROVEN"]


def test_a_forged_end_of_a_replay_is_dead(cluster: Cluster) -> None:
    """It would put half a projection in the place of a whole one."""
    body = orjson.dumps({"replay_id": "r-1", "queue": HANDLER, "events": 0})
    signer = TokenSigner.load(cluster.keys, THIEF)
    headers = {signatures.HEADER: signatures.sign(signer, Kind.REPLAY_END, body)}
    with wire.channel(cluster.uri(THIEF)) as channel:
        channel.basic_publish("", HANDLER, body, pika.BasicProperties(headers=headers))
    assert eventually(lambda: _letters(cluster, "performance")) == ["ORIGIN_UNPROVEN"]


@pytest.mark.parametrize("queue", [HANDLER, "study.on_members_member_resigned"])
def test_the_log_is_sent_to_nobody_but_who_asks(cluster: Cluster, queue: str) -> None:
    """A request for another's queue, and one that nobody signed, are dropped."""
    body = orjson.dumps({"replay_id": "r-1", "queues": {"member_appointed": queue}})
    signer = TokenSigner.load(cluster.keys, THIEF)
    signed = {signatures.HEADER: signatures.sign(signer, Kind.REPLAY_REQUEST, body)}
    headers = signed if queue == HANDLER else {}
    refused = cluster.log("relay-members").count("replay_refused")
    with wire.channel(cluster.uri(THIEF)) as channel:

        def told() -> bool:
            """Asked again and again: of equal lines one a second stands."""
            properties = pika.BasicProperties(headers=headers)
            channel.basic_publish("retry", topology.replay_key("members"), body, properties)
            return cluster.log("relay-members").count("replay_refused") > refused

        eventually(told)
    assert "replay_sent" not in cluster.log("relay-members").rpartition("replay_refused")[2]


@pytest.mark.parametrize("road", [_by_default_exchange, _by_copy])
@pytest.mark.parametrize(
    ("service", "method"),
    [
        ("members", "contacts_by_ids"),
        ("members", "private_data_by_ids"),
        ("members", "members_by_ids"),
        ("members", "start_replay"),
        ("identity", "accounts_by_ids"),
        ("identity", "ways_to_reach"),
        ("notifications", "take_sms_callback"),
        ("identity", "load_demo_accounts"),
        ("proposals", "held_files"),
    ],
)
def test_a_services_own_token_opens_nothing_that_does_not_name_it(
    cluster: Cluster, road: Road, service: str, method: str
) -> None:
    actor = Actor(f"service:{THIEF}", Role.SYSTEM)
    token = TokenSigner.load(cluster.keys, THIEF).sign(actor.claims(), 60)
    body, headers, _ = messaging_wire.request(
        {"ids": ["m-15-0001"]}, token=token, correlation_id=new_id(), timeout=5
    )
    answers: list[bytes] = []
    with wire.channel(cluster.uri(THIEF)) as channel:
        channel.basic_consume(
            wire.REPLY_TO, lambda _c, _m, _p, reply: answers.append(reply), auto_ack=True
        )
        properties = pika.BasicProperties(
            reply_to=wire.REPLY_TO, correlation_id="1", headers=headers
        )
        queue = topology.rpc_queue(service).name
        road(channel, queue, f"{service}.{method}", properties, body)
        until = time.monotonic() + 10
        while not answers and time.monotonic() < until:
            channel.connection.process_data_events(0.05)
    assert orjson.loads(answers[0])["error"]["code"] == "FORBIDDEN"


def test_the_named_callers_are_answered(cluster: Cluster) -> None:
    actor = Actor("service:identity", Role.SYSTEM)
    token = TokenSigner.load(cluster.keys, "identity").sign(actor.claims(), 60)
    arguments = {"ids": ["m-15-0001"]}
    [row] = wire.call(cluster.uri("identity"), "members", "contacts_by_ids", token, 5, arguments)
    assert row["name"] == "陆晓芸"


def test_the_broker_knows_no_user_but_those_of_the_table(cluster: Cluster) -> None:
    environment = {**os.environ, **cluster.running.broker.program.environment}
    command = [str(servers.RABBITMQCTL), "export_definitions", "-", "--format", "json"]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, timeout=60)
    found = json.loads(done.stdout)
    written = {right["user"]: right["write"] for right in found["permissions"]}
    assert written.keys() == {"guest", BACKUP, *(client.name for client in CLIENTS)}
    assert written[BACKUP] == "^$"
