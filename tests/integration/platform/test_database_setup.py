"""Three mongods that ask for passwords become a replica set with a user for each client."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient
from pymongo.errors import OperationFailure

from deploy.backup.dump import dump
from deploy.cluster.generate import USERS
from deploy.cluster.table import ADMIN, BACKUP, CLIENTS
from deploy.local import servers
from deploy.local.options import ROOT
from deploy.local.ports import free_ports
from deploy.local.programs import Program
from tests.processes import Process, stop_all
from tests.waiting import eventually

Client = MongoClient[dict[str, Any]]
pytestmark = pytest.mark.timeout(180)


class ReplicaSet:
    """Three members and their setups, as three pods hold them."""

    def __init__(self, folder: Path) -> None:
        self.ports = free_ports(3)
        self.hosts = [f"127.0.0.1:{port}" for port in self.ports]
        self.passwords = folder / "passwords"
        self.passwords.mkdir()
        for name in (ADMIN, BACKUP, *(client.name for client in CLIENTS)):
            (self.passwords / name).write_text(secrets.token_urlsafe(8))
        key = folder / "keyfile"
        key.write_text(secrets.token_hex(64))
        key.chmod(0o400)
        self.members, self.setups = [], []
        for number, port in enumerate(self.ports):
            program = servers.mongod(folder / str(number), port)
            program = replace(
                program,
                name=f"mongod-{number}",
                command=(*program.command, "--keyFile", str(key)),
            )
            self.members.append(Process(program, folder))
            users = str(ROOT / USERS)
            given = (users, str(self.passwords), self.hosts[number], *self.hosts)
            command = ("database-setup", *given)
            self.setups.append(
                Process(
                    Program(f"setup-{number}", (sys.executable, "-m", "deploy.entry", *command)),
                    folder,
                )
            )

    def client(self, user: str, **more: Any) -> Client:
        options: dict[str, Any] = {
            "username": user,
            "password": (self.passwords / user).read_text(),
            "replicaSet": servers.REPLICA_SET,
            "serverSelectionTimeoutMS": 2_000,
            **more,
        }
        return Client(self.hosts, **options)

    def can_log_in(self, user: str) -> bool:
        with self.client(user) as client:
            try:
                return bool(client.admin.command("ping")["ok"])
            except Exception:
                return False


@pytest.fixture(scope="module")
def replica_set(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReplicaSet]:
    made = ReplicaSet(tmp_path_factory.mktemp("replica-set"))
    processes = [*made.setups, *made.members]
    try:
        for process in reversed(processes):
            process.launch()
        for name in (BACKUP, *(client.name for client in CLIENTS)):
            eventually(partial(made.can_log_in, name), timeout=60)
        yield made
    finally:
        stop_all(processes)


def test_all_three_are_members_and_nobody_enters_without_a_password(
    replica_set: ReplicaSet,
) -> None:
    with replica_set.client(ADMIN) as admin:
        states = eventually(lambda: _states(admin))
        assert sorted(states) == ["PRIMARY", "SECONDARY", "SECONDARY"]
    with (
        Client(replica_set.hosts, replicaSet=servers.REPLICA_SET) as visitor,
        pytest.raises(OperationFailure, match="requires authentication"),
    ):
        visitor["members"]["members"].find_one()


def _states(admin: Client) -> list[str]:
    members = admin.admin.command("replSetGetStatus")["members"]
    found = [member["stateStr"] for member in members]
    return found if "STARTUP" not in "".join(found) else []


def test_a_client_writes_its_own_database_and_no_other(replica_set: ReplicaSet) -> None:
    with replica_set.client("members") as client:
        client["members"]["members"].insert_one({"_id": 1})
        client["members"]["members"].create_index("name")
        with client["members"].watch() as changes:
            client["members"]["members"].insert_one({"_id": 2})
            assert changes.next()["operationType"] == "insert"
        assert client["platform"]["clock"].find_one() is None
        for refused in ("proposals", "platform"):
            with pytest.raises(OperationFailure, match="not authorized"):
                client[refused]["things"].insert_one({})
        with pytest.raises(OperationFailure, match="not authorized"):
            client["proposals"]["things"].find_one()


def test_the_gateway_has_the_database_of_files(replica_set: ReplicaSet) -> None:
    with replica_set.client("gateway") as client:
        client["files"]["files"].insert_one({"_id": 1})


def test_backup_reads_all_at_one_moment_and_writes_nothing(
    replica_set: ReplicaSet, tmp_path: Path
) -> None:
    with replica_set.client("proposals") as client:
        client["proposals"].get_collection("proposals").insert_one({"_id": 1})
    with replica_set.client(BACKUP) as client:
        _, kept = dump(client, "", tmp_path)
        found = {(each.database, each.name) for each in kept}
        assert {("members", "members"), ("proposals", "proposals")} <= found
        with pytest.raises(OperationFailure, match="not authorized"):
            client["members"]["members"].delete_one({"_id": 1})


def test_a_new_password_holds_after_a_restart_of_the_setup(replica_set: ReplicaSet) -> None:
    (replica_set.passwords / "performance").write_text("another")
    assert not replica_set.can_log_in("performance")
    for setup in replica_set.setups:
        setup.terminate()
        assert setup.exit_code() == 0
        setup.launch()
    eventually(lambda: replica_set.can_log_in("performance"), timeout=30)
