"""RabbitMQ and MongoDB as the platform starts them: loopback, fast, safe to kill."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psutil
import pymongo
import pytest

from deploy.local import servers
from deploy.local.ports import Ports
from tests import wire
from tests.processes import Process
from tests.stack import Servers
from tests.waiting import eventually


@pytest.fixture
def own(tmp_path: Path, memory: Path) -> Iterator[Servers]:
    """Servers of one test alone, to be killed and moved."""
    running = Servers(tmp_path, memory)
    yield running
    running.end()


def listening(process: Process) -> set[str]:
    assert process.pid
    return {c.laddr.ip for c in psutil.Process(process.pid).net_connections("tcp") if c.laddr}


def test_broker_takes_messages_on_loopback_only(servers: Servers, broker: str) -> None:
    with wire.channel(broker) as channel:
        channel.queue_declare("platform.probe", durable=True)
        channel.basic_publish("", "platform.probe", b"once")
    assert wire.queue_depth(broker, "platform.probe") == 1
    assert listening(servers.broker) == {"127.0.0.1"}


def test_mongod_is_a_primary_on_loopback_only(servers: Servers, mongo_uri: str) -> None:
    with pymongo.MongoClient[dict[str, object]](mongo_uri) as client:
        with client.start_session() as session, session.start_transaction():
            client["probe"]["things"].insert_one({"_id": 1}, session=session)
        assert client["probe"]["things"].find_one() == {"_id": 1}
        assert client.admin.command("hello")["hosts"] == [f"127.0.0.1:{servers.ports.mongo}"]
    assert listening(servers.mongod) == {"127.0.0.1"}


def test_both_come_back_after_kill_with_their_data_and_leave_nothing(own: Servers) -> None:
    own.start()
    with wire.channel(own.amqp_uri) as channel:
        channel.queue_declare("kept", durable=True, arguments={"x-queue-type": "quorum"})
        channel.basic_publish("", "kept", b"1")
    # RabbitMQ 3.10 writes the registration of a new quorum queue to disk after half a second.
    [registry] = (own.data / "rabbitmq").glob("mnesia/*/quorum/*/names.dets")
    eventually(lambda: b"kept" in registry.read_bytes())
    with pymongo.MongoClient[dict[str, object]](own.mongo_uri, w="majority") as client:
        client["probe"]["kept"].insert_one({"_id": 1})
        own.broker.kill()
        own.mongod.kill()
        own.start()
        assert client["probe"]["kept"].find_one() == {"_id": 1}
    assert eventually(lambda: wire.queue_depth(own.amqp_uri, "kept")) == 1

    assert own.broker.pid and own.mongod.pid and own.epmd.pid
    children = psutil.Process(own.broker.pid).children(recursive=True)
    pids = [own.broker.pid, own.mongod.pid, own.epmd.pid, *(child.pid for child in children)]
    own.end()
    eventually(lambda: not [pid for pid in pids if psutil.pid_exists(pid)])


def test_a_data_folder_can_move_to_another_port(own: Servers) -> None:
    uri = own.start_mongod()
    with pymongo.MongoClient[dict[str, object]](uri) as client:
        client["probe"]["kept"].insert_one({"_id": 1})
    own.mongod.stop()

    port = Ports.free().mongo
    moved = own.add(
        servers.mongod(own.data / "mongo", port), lambda: servers.become_primary(port), "moved"
    )
    moved.start()
    with pymongo.MongoClient[dict[str, object]](servers.mongo_uri(port)) as client:
        assert client["probe"]["kept"].find_one() == {"_id": 1}


def test_probes_tell_an_absent_server_from_a_present_one() -> None:
    port = Ports.free().mongo
    assert servers.broker_answers(servers.amqp_uri(port)) is False
    assert servers.primary_answers(servers.mongo_uri(port)) is False
    assert servers.become_primary(port) is False
