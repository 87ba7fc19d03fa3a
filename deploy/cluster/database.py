"""`python -m deploy.entry database-setup USERS PASSWORDS ME HOST:PORT…`: a replica set's beginning.

Runs beside the mongod ME, one of the hosts, until SIGTERM: MongoDB lets only somebody on its own
machine begin a replica set that asks for passwords. The first of the hosts begins it; whichever
is primary sees to the users: USERS is deploy/k8s/components/mongodb/users.json, as mounted, and
PASSWORDS a folder with a file for each of them and for `admin`.
"""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from deploy.cluster.table import ADMIN
from shared.logging import configure, get_logger

REPLICA_SET = "rs0"
LOOK_SECONDS = 3.0
UNAUTHORIZED, UNKNOWN_USER = 13, 11
Document = dict[str, Any]
Users = Mapping[str, list[Document]]
log = get_logger(__name__)


class Setup:
    """What one member does for its set. `hosts` are all members, in the order of their pods."""

    def __init__(self, hosts: list[str], me: str, passwords: Path, users: Users) -> None:
        self._hosts = hosts
        self._first = me == hosts[0]
        self._port = int(me.rpartition(":")[2])
        self._passwords = passwords
        self._users = users
        self._done: set[str] = set()

    def converge(self) -> None:
        """Do what is missing and can be done here. Raises PyMongoError, OSError."""
        with self._client() as local:
            hello = local.admin.command("hello")
            if "setName" not in hello:
                if self._first:
                    self._begin(local)
                return
            if not hello["isWritablePrimary"] or self._done == self._users.keys():
                return
            self._make_admin(local)
        with self._client(username=ADMIN, password=self._password(ADMIN)) as admin:
            for name in self._users.keys() - self._done:
                self._make(admin, name)
                self._done.add(name)

    def _begin(self, local: MongoClient[Document]) -> None:
        members = [{"_id": number, "host": host} for number, host in enumerate(self._hosts)]
        local.admin.command("replSetInitiate", {"_id": REPLICA_SET, "members": members})
        log.info("replica_set_begun", members=self._hosts)

    def _make_admin(self, local: MongoClient[Document]) -> None:
        try:
            local.admin.command("createUser", ADMIN, pwd=self._password(ADMIN), roles=["root"])
            log.info("user_made", user=ADMIN)
        except OperationFailure as error:
            if error.code != UNAUTHORIZED:  # there are users already: that is how it should be
                raise

    def _make(self, admin: MongoClient[Document], name: str) -> None:
        wanted: Document = {"pwd": self._password(name), "roles": self._users[name]}
        try:
            admin.admin.command("updateUser", name, **wanted)
        except OperationFailure as error:
            if error.code != UNKNOWN_USER:
                raise
            admin.admin.command("createUser", name, **wanted)
            log.info("user_made", user=name)

    def _password(self, name: str) -> str:
        return (self._passwords / name).read_text().strip()

    def _client(self, **login: Any) -> MongoClient[Document]:
        return MongoClient(
            "127.0.0.1",
            self._port,
            directConnection=True,
            serverSelectionTimeoutMS=5_000,
            timeoutMS=20_000,
            **login,
        )


def main(arguments: list[str]) -> int:
    if len(arguments) < 4:
        print(__doc__, file=sys.stderr)
        return 2
    users, passwords, me, *hosts = arguments
    configure("database-setup")
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    setup = Setup(hosts, me, Path(passwords), json.loads(Path(users).read_text()))
    while not stopping.wait(LOOK_SECONDS):
        try:
            setup.converge()
        except (PyMongoError, OSError) as error:
            log.warning("database_not_ready", error=error)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
