"""Backups on real servers: one moment for all databases, and what a restore refuses."""

from __future__ import annotations

import gzip
import json
import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from bson import decode_all
from pymongo import IndexModel, MongoClient, WriteConcern
from pymongo.collection import Collection

from deploy.backup import manifest, take
from deploy.backup.broker import CTL, TOPOLOGY, Rabbitmqctl, of
from deploy.backup.dump import connect, dump
from deploy.backup.manifest import BackupError, Manifest
from deploy.backup.restore import restore
from deploy.local.servers import RABBITMQCTL
from shared import settings
from shared.ids import new_id
from shared.messaging import republication
from shared.settings import Settings
from tests.stack import Servers
from tests.waiting import eventually

ROWS = [{"_id": number, "text": f"第{number}条", "n": number % 7} for number in range(1200)]


class NoBroker:
    """Definitions without a broker, for tests of the databases alone."""

    def __init__(self, *queues: str) -> None:
        self.taken = {"queues": [{"name": queue} for queue in queues], "users": [{"name": "guest"}]}
        self.given: dict[str, Any] = {}

    def export(self) -> dict[str, Any]:
        return self.taken

    def import_(self, definitions: dict[str, Any]) -> None:
        self.given = definitions


@pytest.fixture
def process(mongo_uri: str) -> Iterator[Settings]:
    """Settings with a prefix of its own, which is dropped afterwards with what it holds."""
    prefix = f"b{new_id()[:6]}-"
    yield settings.read({"MONGO_URI": mongo_uri, "DB_PREFIX": prefix})
    with MongoClient[Any](mongo_uri) as client:
        for name in client.list_database_names():
            if name.startswith(prefix):
                client.drop_database(name)


@pytest.fixture
def client(process: Settings) -> Iterator[MongoClient[Any]]:
    with connect(process) as opened:
        yield opened


def elsewhere(process: Settings) -> Settings:
    """The same server, empty as far as this prefix goes."""
    return replace(process, db_prefix=f"{process.db_prefix}2-")


def test_all_databases_are_of_one_moment(
    process: Settings, client: MongoClient[Any], tmp_path: Path
) -> None:
    majority = WriteConcern(w="majority")
    first, second = (
        client[f"{process.db_prefix}{name}"].get_collection("counts", write_concern=majority)
        for name in ("alpha", "beta")
    )
    first.insert_one({"_id": 1, "n": 0})
    second.insert_one({"_id": 1, "n": 0})
    stopping = threading.Event()

    def count() -> None:
        n = 0
        while not stopping.is_set():
            n += 1
            for target in (first, second):  # alpha is never behind, and ahead by one at most
                target.update_one({"_id": 1}, {"$set": {"n": n}})

    writer = threading.Thread(target=count)
    writer.start()
    try:
        for run in range(20):
            folder = tmp_path / str(run)
            folder.mkdir()
            reached = _count(second)
            eventually(partial(_passes, second, reached))
            moment, kept = dump(client, process.db_prefix, folder)
            assert [(k.database, k.name, k.count) for k in kept] == [
                ("alpha", "counts", 1),
                ("beta", "counts", 1),
            ]
            ahead, behind = (
                decode_all(gzip.decompress((folder / k.documents).read_bytes()))[0]["n"]
                for k in kept
            )
            assert ahead - behind in (0, 1)
            assert moment.time > 0
    finally:
        stopping.set()
        writer.join()


def test_documents_options_and_indexes_come_back(
    process: Settings, client: MongoClient[Any], tmp_path: Path
) -> None:
    database = client[f"{process.db_prefix}members"]
    database["people"].insert_many(ROWS)
    partial = {"n": {"$gt": 3}}
    database["people"].create_indexes(
        [
            IndexModel([("text", -1), ("n", 1)], unique=True, partialFilterExpression=partial),
            IndexModel([("n", 1)], name="soon", expireAfterSeconds=3600),
        ]
    )
    database.create_collection("ordered", collation={"locale": "zh"})
    database["event_log"].insert_one({"_id": "e", "type": "made", "logged_at": 1.0})
    folder = take.take(process, NoBroker("members.dead"), tmp_path)
    target, way = elsewhere(process), NoBroker()
    found = restore(target, way, folder, days=2)

    copy = client[f"{target.db_prefix}members"]
    assert list(copy["people"].find().sort("_id", 1)) == ROWS
    assert copy["people"].index_information() == database["people"].index_information()
    assert copy["ordered"].options() == database["ordered"].options()
    assert copy["ordered"].options()["collation"]["locale"] == "zh"
    assert way.given == {"queues": [{"name": "members.dead"}]}  # and no users
    wanted = copy[republication.COLLECTION].find_one(republication.REQUEST)
    assert wanted is not None and wanted["since"] == found.cluster_time[0] - 2 * 86400


@pytest.mark.parametrize("what", ["people.bson.gz", "people.metadata.json.gz"])
def test_a_damaged_backup_changes_nothing(
    process: Settings, client: MongoClient[Any], tmp_path: Path, what: str
) -> None:
    client[f"{process.db_prefix}members"]["people"].insert_many(ROWS[:3])
    folder = take.take(process, NoBroker(), tmp_path)
    damaged = folder / "members" / what
    damaged.write_bytes(damaged.read_bytes() + b"x")
    target, way = elsewhere(process), NoBroker()
    with pytest.raises(BackupError, match=rf"members/{what} in .* is damaged"):
        restore(target, way, folder, days=3)
    damaged.unlink()
    with pytest.raises(BackupError, match=f"members/{what} is missing"):
        restore(target, way, folder, days=3)
    assert way.given == {}
    assert not [n for n in client.list_database_names() if n.startswith(target.db_prefix)]


def test_only_an_empty_platform_is_filled(
    process: Settings, client: MongoClient[Any], tmp_path: Path
) -> None:
    client[f"{process.db_prefix}members"]["people"].insert_many(ROWS[:3])
    folder = take.take(process, NoBroker(), tmp_path)
    with pytest.raises(BackupError, match=f"not empty.*{process.db_prefix}members"):
        restore(process, NoBroker(), folder, days=3)
    with pytest.raises(BackupError, match=r"not empty.*queues members\.dead"):
        restore(elsewhere(process), NoBroker("retry.1000", "members.dead"), folder, days=3)
    assert restore(elsewhere(process), NoBroker("retry.1000"), folder, days=3).collections


def test_an_unfinished_backup_is_none(process: Settings, tmp_path: Path) -> None:
    broken = Rabbitmqctl("false")
    with pytest.raises(BackupError, match="false --silent export_definitions - failed"):
        take.take(process, broken, tmp_path)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(BackupError, match="is no backup"):
        manifest.read(tmp_path)


def test_a_backup_of_another_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / manifest.BROKER).write_text("{}")
    digest = manifest.digest(tmp_path / manifest.BROKER)
    written = Manifest("2017-02-06T09:00:00+08:00", (1486342800, 7), (), digest)
    written.write(tmp_path)
    assert manifest.read(tmp_path) == written
    given = json.loads((tmp_path / manifest.NAME).read_text())
    (tmp_path / manifest.NAME).write_text(json.dumps({**given, "format": 2}))
    with pytest.raises(BackupError, match="another format than 1"):
        manifest.read(tmp_path)


def test_rabbitmqctl_gives_the_definitions(servers: Servers, broker: str) -> None:
    environment = {**os.environ, **servers.broker.program.environment}
    way = of({CTL: f"/usr/bin/env {_assigned(environment)} {RABBITMQCTL}"})
    definitions = way.export()
    assert {user["name"] for user in definitions["users"]} == {"guest"}
    assert set(TOPOLOGY) <= set(definitions)


def test_there_must_be_a_way_to_the_broker() -> None:
    with pytest.raises(BackupError, match="give RABBITMQ_API or RABBITMQCTL"):
        of({})


def _count(counts: Collection[Any]) -> int:
    row = counts.find_one({"_id": 1})
    assert row is not None
    return int(row["n"])


def _passes(counts: Collection[Any], reached: int) -> bool:
    return _count(counts) > reached


def _assigned(environment: dict[str, str]) -> str:
    names = ("HOME", "LANG", "ERL_INETRC", "ERL_EPMD_PORT", "RABBITMQ_NODENAME")
    return " ".join(f"{name}={environment[name]}" for name in names)
