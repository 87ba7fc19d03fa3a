"""A node of three is lost: MongoDB elects another primary, quorum queues another leader.

Nothing that was confirmed is lost, and clients go on by themselves (docs/runbook.md).
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pika
import pymongo
import pytest
from pika.exceptions import AMQPError
from pymongo.errors import PyMongoError

from deploy.local import servers
from deploy.local.ports import Ports, free_ports
from deploy.local.programs import Program
from shared import settings
from shared.persistence import connect
from tests.processes import Process
from tests.waiting import eventually

MEMBERS = 3
QUEUE = "facts"
MEGABYTE = 1024 * 1024
FULL, LARGE_WRITES = 4 * MEGABYTE, 24
Document = dict[str, Any]


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Process]]:
    """address → mongod, of a replica set of three that elects within two seconds."""
    folder = tmp_path_factory.mktemp("replica-set")
    found = {}
    for number, port in enumerate(free_ports(MEMBERS)):
        program = servers.mongod(folder / f"mongo-{number}", port)
        program = replace(program, name=f"mongod-{number}")
        found[f"127.0.0.1:{port}"] = Process(program, folder)
    try:
        for process in found.values():
            process.launch()
        for host in found:  # the set is made by all of them or not at all
            with _directly(host) as client:
                client.admin.command("ping")
        with _directly(next(iter(found))) as client:
            members = [{"_id": n, "host": host} for n, host in enumerate(found)]
            config = {"_id": servers.REPLICA_SET, "members": members}
            elections = {"electionTimeoutMillis": 2_000}
            client.admin.command("replSetInitiate", {**config, "settings": elections})
        yield found
    finally:
        _end(found.values())


def _directly(host: str) -> pymongo.MongoClient[Document]:
    """Itself, waited for until it listens."""
    uri = f"mongodb://{host}/?directConnection=true"
    return pymongo.MongoClient(uri, serverSelectionTimeoutMS=30_000)


@pytest.fixture
def client(databases: dict[str, Process]) -> Iterator[pymongo.MongoClient[Document]]:
    """As services connect, once all three members do their work."""
    uri = f"mongodb://{','.join(databases)}/?replicaSet={servers.REPLICA_SET}"
    with connect(settings.read({"MONGO_URI": uri})) as connected:
        eventually(lambda: _all_well(connected), timeout=60)
        yield connected


def test_another_primary_takes_over_and_keeps_every_confirmed_write(
    client: pymongo.MongoClient[Document], databases: dict[str, Process]
) -> None:
    facts = client["platform"]["facts"]
    confirmed = [facts.insert_one({"n": n}).inserted_id for n in range(20)]
    lost = _primary(client)
    _kill(databases[lost])
    confirmed += [facts.insert_one({"n": n}).inserted_id for n in range(20, 40)]
    assert _primary(client) != lost
    assert [row["n"] for row in facts.find({"_id": {"$in": confirmed}}).sort("n", 1)] == [
        *range(40)
    ]
    databases[lost].launch()
    eventually(lambda: _all_well(client), timeout=60)


def test_a_member_without_disk_space_ends_and_comes_back_with_more(
    client: pymongo.MongoClient[Document], databases: dict[str, Process]
) -> None:
    """Space runs out as a limit on the size of files: its next large write fails."""
    facts = client["platform"]["large"]
    full = _primary(client)
    process = databases[full]
    assert process.pid is not None
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (FULL, FULL))
    confirmed = []
    for _ in range(LARGE_WRITES):
        confirmed.append(facts.insert_one({"content": os.urandom(MEGABYTE)}).inserted_id)
    eventually(lambda: process.pid is None, timeout=30)
    assert _primary(client) != full
    assert facts.count_documents({"_id": {"$in": confirmed}}) == LARGE_WRITES
    process.launch()  # without the limit
    eventually(lambda: _all_well(client), timeout=60)


def _primary(client: pymongo.MongoClient[Document]) -> str:
    host, port = eventually(lambda: client.primary, timeout=30) or ("", 0)
    return f"{host}:{port}"


def _all_well(client: pymongo.MongoClient[Document]) -> bool:
    try:
        states = client.admin.command("replSetGetStatus")["members"]
    except PyMongoError:  # while another primary is being elected
        return False
    found = sorted(member["stateStr"] for member in states)
    return found == ["PRIMARY", "SECONDARY", "SECONDARY"]


@pytest.fixture
def brokers(tmp_path: Path) -> Iterator[dict[str, Process]]:
    """AMQP address → broker, of a cluster of three."""
    epmd_port, *ports = free_ports(1 + 2 * MEMBERS)
    nodes = {}
    for number in range(MEMBERS):
        amqp, distribution = ports[2 * number : 2 * number + 2]
        own = Ports(amqp, 0, 0, epmd_port, distribution)
        epmd, program = servers.rabbitmq(tmp_path / f"rabbit-{number}", own)
        named = {
            **program.environment,
            "HOME": str(tmp_path),  # one cookie for all
            "RABBITMQ_NODENAME": f"node{number}@localhost",
        }
        config = tmp_path / f"rabbit-{number}" / "rabbitmq.conf"
        with config.open("a") as file:
            file.write("cluster_partition_handling = pause_minority\n")
        program = replace(program, name=f"rabbitmq-{number}", environment=named)
        uri = servers.amqp_uri(amqp)
        nodes[uri] = Process(program, tmp_path, partial(servers.broker_answers, uri))
    names = Process(replace(epmd, name="epmd"), tmp_path)
    try:
        names.launch()
        first, *others = nodes.values()
        first.start()  # makes the cookie
        for process in others:
            process.launch()
        for process in others:
            process.wait_until_healthy()
            for command in (["stop_app"], ["join_cluster", "node0@localhost"], ["start_app"]):
                _ctl(process.program, *command)
        yield nodes
    finally:
        _end([*nodes.values(), names])


def test_another_leader_takes_over_and_delivers_every_confirmed_event(
    brokers: dict[str, Process],
) -> None:
    addresses = list(brokers)
    # Its leader is on the node that was asked for it.
    assert _published(addresses[:1], range(20), declare=True)
    _kill(brokers[addresses[0]])
    left = addresses[1:]
    eventually(lambda: _published(left, range(20, 40)), timeout=30)
    found: set[bytes] = set()

    def all_delivered() -> bool:
        found.update(_consumed(left))
        return found == {str(n).encode() for n in range(40)}

    eventually(all_delivered, timeout=30)


def _published(addresses: list[str], numbers: range, declare: bool = False) -> bool:
    """Whether each was confirmed."""
    try:
        with closing(_connection(addresses)) as connection:
            channel = connection.channel()
            if declare:
                arguments = {"x-queue-type": "quorum", "x-quorum-initial-group-size": MEMBERS}
                channel.queue_declare(QUEUE, durable=True, arguments=arguments)
            channel.confirm_delivery()
            for number in numbers:
                channel.basic_publish("", QUEUE, str(number).encode(), mandatory=True)
    except AMQPError:
        return False
    return True


def _consumed(addresses: list[str]) -> Iterator[bytes]:
    with closing(_connection(addresses)) as connection:
        channel = connection.channel()
        for method, _, body in channel.consume(QUEUE, inactivity_timeout=2):
            if method is None:
                return
            channel.basic_ack(method.delivery_tag)
            yield body


def _connection(addresses: list[str]) -> pika.BlockingConnection:
    return pika.BlockingConnection([pika.URLParameters(address) for address in addresses])


def _kill(process: Process) -> None:
    assert process.pid is not None
    os.killpg(process.pid, signal.SIGKILL)
    eventually(lambda: process.pid is None)


def _end(processes: Iterable[Process]) -> None:
    """At once: their data are thrown away with them."""
    for process in processes:
        if process.pid is not None:
            _kill(process)


def _ctl(program: Program, *arguments: str) -> None:
    environment = {**os.environ, **program.environment}
    command = [str(servers.RABBITMQCTL), "--silent", *arguments]
    subprocess.run(command, env=environment, check=True, capture_output=True)
