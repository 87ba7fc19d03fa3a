"""The Job that migrates a service's database, and each service's data from every former state."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient

from deploy.local import programs
from deploy.local.options import ROOT
from deploy.local.ports import free_ports
from deploy.local.programs import Program
from services.identity.repository.migrations import parties_into_organisations
from services.members.repository import INDEXES as MEMBERS_INDEXES
from services.members.repository import OUTBOX as MEMBERS_OUTBOX
from services.members.repository import master_data
from services.proposals.domain.evaluation import evaluation_id
from services.proposals.repository import INDEXES, MIGRATIONS, OUTBOX, PROJECTIONS
from services.proposals.repository.documents import text_words
from services.proposals.repository.migrations import (
    FORMER_INDEXES,
    SESSION_INDEXES,
    STARTS,
    WHOLE_INDEXES,
)
from shared import settings
from shared.clock import SHANGHAI
from shared.ids import new_id
from shared.persistence import Database, connect
from shared.persistence.database import COUNTERS
from tests.metrics import Probed
from tests.processes import Process
from tests.waiting import eventually

Document = dict[str, Any]
COUNTS = {  # service → how many it has
    "consultations": 0,
    "identity": 2,
    "liaison": 0,
    "members": 5,
    "notifications": 0,
    "office": 1,
    "opinions": 0,
    "outcomes": 0,
    "performance": 2,
    "proposals": 12,
    "publicity": 0,
    "study": 0,
    "supervision": 0,
}
AT = datetime(2017, 2, 6, 9, tzinfo=SHANGHAI)
FORMER: Document = {
    "term": 15,
    "proposer_type": "INDIVIDUAL",
    "created_at": AT,
    "first_proposer": "m-15-0088",
    "title": "关于供水改造的建议",
    "situation": "",
    "analysis": "",
    "suggestions": [],
    "words": ["供水", "改造"],
    "assigned_units": ["unit-zjj"],
    "updated_at": AT,
    "version": 3,
}


@pytest.fixture
def prefix(mongo_uri: str) -> Iterator[str]:
    chosen = f"test-{new_id()[:8]}-"
    yield chosen
    with MongoClient[Any](mongo_uri) as client:
        for name in client.list_database_names():
            if name.startswith(chosen):
                client.drop_database(name)


@pytest.fixture
def mongo(mongo_uri: str) -> Iterator[MongoClient[Any]]:
    with connect(settings.read({"MONGO_URI": mongo_uri})) as opened:
        yield opened


def database(mongo: MongoClient[Any], prefix: str, service: str) -> Database:
    return Database(mongo, service, settings.read({"DB_PREFIX": prefix}))


DROPPED = [*FORMER_INDEXES, *WHOLE_INDEXES, *SESSION_INDEXES]


class TestProposals:
    """Former states: after no migration, after the first, after the second …"""

    @pytest.fixture(params=range(len(MIGRATIONS) + 1))
    def former(self, request: pytest.FixtureRequest, mongo: Any, prefix: str) -> Database:
        made = database(mongo, prefix, "proposals")
        proposals = made.collection("proposals")
        proposals.insert_many(
            [{"_id": "p-1", **FORMER}, {"_id": "p-2", **FORMER, "assigned_units": []}]
        )
        for name in (*FORMER_INDEXES, *SESSION_INDEXES):
            proposals.create_index(f"former {name}", name=name)
        made.collection(STARTS).insert_many(
            [{"_id": "15-1:SERIAL", "first": 315}, {"_id": "15-1:PLENARY", "first": 23}]
        )
        made.collection(COUNTERS).insert_one({"_id": "15-1:SERIAL", "value": 320})
        for number, change in MIGRATIONS[: request.param]:
            change(made)
            made.collection("migrations").insert_one({"_id": number, "state": "DONE"})
            if number == 2:  # what replaced the first; a collection holds 64 at most
                for name in WHOLE_INDEXES:
                    proposals.create_index(f"former {name}", name=name)
        return made

    def test_the_same_comes_of_every_former_state(self, former: Database) -> None:
        former.prepare(INDEXES, MIGRATIONS, PROJECTIONS, OUTBOX)
        proposals = former.collection("proposals")
        words = text_words(FORMER["title"])
        assert {"供水", "改造", "供"} <= set(words)  # single characters of titles since the sixth
        assert {row["_id"]: (row["words"], row["unit_words"]) for row in proposals.find()} == {
            "p-1": (words, [f"unit-zjj|{word}" for word in words]),
            "p-2": (words, []),
        }
        assert not set(DROPPED) & proposals.index_information().keys()
        assert list(former.collection(COUNTERS).find().sort("_id", 1)) == [
            {"_id": "15-1:PLENARY", "first": 23, "value": 22},
            {"_id": "15-1:SERIAL", "first": 315, "value": 320},
        ]
        assert STARTS not in former.db.list_collection_names()
        done = former.collection("migrations").find({"state": "DONE"}).sort("_id", 1)
        assert [row["_id"] for row in done] == [number for number, _ in MIGRATIONS]

    def test_what_a_party_wrote_under_its_code_is_its_organisations(
        self, mongo: Any, prefix: str
    ) -> None:
        made = database(mongo, prefix, "proposals")
        proposals, evaluations = made.collection("proposals"), made.collection("evaluations")
        written = {
            "organisation": {"kind": "party", "id": "04"},
            "seal": {"role": "ORG_HEAD", "scope": {"party": "04"}},
            "rounds": [{"no": 1, "evaluator": "party:04"}, {"no": 2, "evaluator": "m-15-0088"}],
        }
        proposals.insert_many(
            [
                {"_id": "p-1", **FORMER, **written, "version": 3},
                {"_id": "p-2", **FORMER, "organisation": {"kind": "town", "id": "04"}},
            ]
        )
        key = evaluation_id("p-1", 1, "party:04")
        evaluations.insert_one({"_id": key, "evaluator": "party:04", "proposal_id": "p-1"})
        change = dict(MIGRATIONS)[7]
        for _ in range(2):
            change(made)
        own = "organisation:org-minjian"
        row = proposals.find_one({"_id": "p-1"})
        assert row is not None
        assert row["organisation"] == {"kind": "organisation", "id": "org-minjian"}
        assert row["seal"]["scope"] == {"organisation": "org-minjian"}
        assert [one["evaluator"] for one in row["rounds"]] == [own, "m-15-0088"]
        [moved] = evaluations.find()
        assert (moved["_id"], moved["evaluator"]) == (evaluation_id("p-1", 1, own), own)
        other = proposals.find_one({"_id": "p-2"})
        assert other is not None and other["organisation"]["kind"] == "town"


class TestIdentity:
    def test_who_acted_for_a_party_by_its_code_acts_for_its_organisation(
        self, mongo: Any, prefix: str
    ) -> None:
        made = database(mongo, prefix, "identity")
        accounts = made.collection("accounts")
        grants = [
            {"role": "ORG_HEAD", "scope": {"party": "04"}},
            {"role": "OFFICE", "scope": {}},
        ]
        accounts.insert_one({"_id": "a-1", "version": 1, "grants": grants})
        for _ in range(2):
            parties_into_organisations(made)
        row = accounts.find_one({"_id": "a-1"})
        assert row is not None
        assert [grant["scope"] for grant in row["grants"]] == [{"organisation": "org-minjian"}, {}]


class TestMembers:
    MIGRATIONS = ((1, partial(master_data.load, at=AT)),)

    @pytest.mark.parametrize("missing", [0, 1, 40])
    def test_master_data_that_are_half_loaded_are_completed(
        self, mongo: Any, prefix: str, missing: int
    ) -> None:
        made = database(mongo, prefix, "members")
        made.prepare(MEMBERS_INDEXES, self.MIGRATIONS, outbox=MEMBERS_OUTBOX)
        organisations = made.collection("organisations")
        whole = {row["_id"]: row for row in organisations.find({}, {"name": 1, "version": 1})}
        lost = list(whole)[:missing]
        organisations.delete_many({"_id": {"$in": lost}})
        made.collection("migrations").update_one({"_id": 1}, {"$set": {"state": "RUNNING"}})
        made.prepare(MEMBERS_INDEXES, self.MIGRATIONS, outbox=MEMBERS_OUTBOX)
        found = {row["_id"]: row for row in organisations.find({}, {"name": 1, "version": 1})}
        assert found == whole


def wanted(mongo_uri: str, keys: Path, prefix: str) -> dict[str, str]:
    return {
        "MONGO_URI": mongo_uri,
        "DB_PREFIX": prefix,
        "KEYS_DIR": str(keys),
        "AMQP_URI": "amqp://127.0.0.1:1/",  # no broker is needed
        "ENVIRONMENT": "test",
    }


def migrate(mongo_uri: str, keys: Path, prefix: str, service: str) -> Any:
    environment = {**os.environ, **wanted(mongo_uri, keys, prefix)}
    command = [sys.executable, "-m", "deploy.migrate", service]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    command = [sys.executable, "-m", "shared.keys", "--dir", str(folder), *programs.services()]
    subprocess.run(command, cwd=ROOT, check=True)
    return folder


@pytest.mark.parametrize(
    ("service", "count"),
    list(COUNTS.items()),
)
def test_a_job_prepares_the_database_of_each_service(
    mongo_uri: str, mongo: MongoClient[Any], keys: Path, prefix: str, service: str, count: int
) -> None:
    for _ in range(2):  # once more changes nothing
        done = migrate(mongo_uri, keys, prefix, service)
        assert (done.returncode, done.stdout) == (0, f"{service}: {count} migrations are done\n")
    assert "event_log" in mongo[f"{prefix}{service}"].list_collection_names()


def test_a_service_that_waits_for_a_migration_is_alive_and_not_ready(
    mongo_uri: str, mongo: MongoClient[Any], keys: Path, prefix: str, tmp_path: Path
) -> None:
    held = {"_id": 1, "state": "RUNNING", "owner": "another", "until": time.time() + 3600}
    mongo[f"{prefix}members"]["migrations"].insert_one(held)
    [port] = free_ports(1)
    environment = {**wanted(mongo_uri, keys, prefix), "PROBE_PORT": str(port)}
    command = (sys.executable, "-m", "shared.messaging.runner", "members")
    probed = Probed(port)
    process = Process(
        Program("members", command, environment), tmp_path, lambda: probed.status("/healthz") == 200
    )
    try:
        process.start()
        not_yet = {"broker": False, "consumers": False, "database": True}
        eventually(lambda: probed.checks("/readyz") == not_yet)
        assert probed.status("/healthz") == 200
    finally:
        process.stop()


def test_every_service_is_in_the_list_above() -> None:
    assert programs.services() == list(COUNTS)


def test_a_job_that_cannot_do_it_says_why(
    mongo_uri: str, mongo: MongoClient[Any], keys: Path, prefix: str
) -> None:
    later = {"_id": 99, "state": "DONE", "contracts": True}
    mongo[f"{prefix}members"]["migrations"].insert_one(later)
    done = migrate(mongo_uri, keys, prefix, "members")
    assert done.returncode == 1
    assert "members is not migrated: migration 99 of members is of a later version" in done.stderr
    done = migrate(mongo_uri, keys, prefix, "nothing")
    assert (done.returncode, done.stderr) == (1, "there is no service nothing\n")
