"""A backup with events in flight, restored into an empty platform: nothing lost, nothing twice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from deploy.backup import manifest
from deploy.backup.broker import CTL, ManagementApi
from deploy.backup.manifest import BackupError
from deploy.backup.restore import restore
from deploy.local.options import ROOT
from deploy.local.ports import free_ports
from deploy.local.servers import RABBITMQCTL
from shared import settings
from shared.clock import Clock
from shared.ids import new_id
from tests.e2e.files import LU, QIAN, SHEN, attached, download
from tests.e2e.story import Story
from tests.stack import Document, Servers, Stack
from tests.unit.gateway.files.samples import PDF
from tests.waiting import eventually

pytestmark = pytest.mark.timeout(300)

LATELY = timedelta(minutes=10)
REAL = datetime.now(UTC) - LATELY
Everything = dict[tuple[str, str], dict[str, Document]]
MANAGEMENT = "management.tcp.ip = 127.0.0.1\nmanagement.tcp.port = {port}\n"
# What a handler did again is noted again, and the kernel's own marks tell of its work.
MARKS = {"audit", "republication", "replay_progress", "replays"}
QUEUE = "performance.on_proposals_proposal_filed"


@pytest.fixture
def empty(tmp_path: Path, memory: Path) -> Iterator[tuple[Servers, str]]:
    """Further servers, empty, and the address of their broker's management API."""
    running = Servers(tmp_path, memory)
    [port] = free_ports(1)
    with (running.data / "rabbitmq" / "rabbitmq.conf").open("a") as config:
        config.write(MANAGEMENT.format(port=port))
    (running.data / "rabbitmq" / "enabled_plugins").write_text("[rabbitmq_management].\n")
    try:
        running.start()
        yield running, f"http://guest:guest@127.0.0.1:{port}"
    finally:
        running.end()


def everything(stack: Stack) -> Everything:
    """(database, collection) → id → document, of all databases."""
    names = sorted(set(stack.mongo.list_database_names()) - {"admin", "config", "local"})
    return {
        (name, collection): {str(row["_id"]): row for row in stack.mongo[name][collection].find()}
        for name in names
        for collection in stack.mongo[name].list_collection_names()
    }


def indexes(stack: Stack) -> dict[tuple[str, str], Document]:
    return {
        (name, collection): dict(stack.mongo[name][collection].index_information())
        for name, collection in everything(stack)
    }


def comparable(stack: Stack, since: datetime) -> Everything:
    """What the platform has come to, without the times of what was done after `since`.

    What a consumer makes of a fact gets a new event id each time it is made; the fact that it
    tells of stays the same. A to-do whose end is heard of before its beginning never opens, so
    what remains of a closed one depends on the order of delivery.
    """
    found = everything(stack)
    for (database, collection), rows in found.items():
        if collection == "event_log":
            found[database, collection] = {_fact(row): row["data"] for row in rows.values()}
    todos = found["notifications", "todos"]
    found["notifications", "todos"] = {
        id: {**row, "version": None} for id, row in todos.items() if row["open"]
    }
    return {
        key: {id: _timeless(row, since) for id, row in rows.items()}
        for key, rows in found.items()
        if rows and key[1] not in MARKS
    }


def _fact(event: Document) -> str:
    return f"{event['type']} {event['subject']} {event['aggregateversion']}"


def _timeless(value: Any, since: datetime) -> Any:
    """`value` without moments of the test's last minutes, of domain or of real time."""
    if isinstance(value, dict):
        return {name: _timeless(inner, since) for name, inner in value.items()}
    if isinstance(value, list):
        return [_timeless(inner, since) for inner in value]
    at = _moment(value)
    late = at is not None and (since <= at < since + LATELY or at > REAL)
    return "later" if late else value


def _moment(value: Any) -> datetime | None:
    try:
        if isinstance(value, str):
            at = datetime.fromisoformat(value)
            return at if at.tzinfo else None
        if isinstance(value, float):
            return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError):
        return None
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) else None


def differences(one: Everything, other: Everything) -> list[str]:
    """Where two platforms differ, by collection and id."""
    return [
        f"{key}: {id}: {one.get(key, {}).get(id)} != {other.get(key, {}).get(id)}"
        for key in sorted({*one, *other})
        for id in sorted({*one.get(key, {}), *other.get(key, {})})
        if one.get(key, {}).get(id) != other.get(key, {}).get(id)
    ]


def same(one: Everything, other: Everything) -> bool:
    found = differences(one, other)
    assert not found, "\n".join([f"{len(found)} differences", *found[:20]])
    return True


def in_flight(stack: Stack) -> list[str]:
    """The facts of proposals that performance has not heard of, and events still to go out."""
    pending = [
        f"{name}.{collection} {row['_id']}"
        for name in stack.services
        for collection in stack.db(name).list_collection_names()
        for row in stack.db(name)[collection].find({"pending_events.0": {"$exists": True}})
    ]
    return pending if stack.queue_depth(QUEUE) == 0 else [*pending, QUEUE]


def backup(story: Story, running: Servers, parent: Path) -> Path:
    """What the CronJob runs."""
    environment = {
        **os.environ,
        **story.world.stack.environment,
        **running.broker.program.environment,
        CTL: str(RABBITMQCTL),
    }
    command = [sys.executable, "-m", "deploy.backup", str(parent)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    [folder] = parent.iterdir()
    assert done.stdout.startswith(f"{folder}: ")
    return folder


def still(story: Story, running: Servers, parent: Path) -> tuple[Path, Everything] | None:
    """A backup, and what it should hold; None if a timer wrote something in between."""
    before = everything(story.world.stack)
    folder = backup(story, running, parent)
    return None if differences(before, everything(story.world.stack)) else (folder, before)


def filed(story: Story) -> str:
    proposal = story.draft(LU)
    story.invite(LU, proposal, SHEN, QIAN)
    story.confirm(proposal, SHEN, QIAN)
    story.do(story.member(LU), "submitProposal", id=proposal)
    story.file(proposal)
    return proposal


def test_a_backup_with_events_in_flight_becomes_the_same_platform(
    story: Story, servers: Servers, empty: tuple[Servers, str], tmp_path: Path
) -> None:
    stack = story.world.stack
    done = filed(story)
    draft = story.draft(LU)
    file_id = story.upload(story.member(LU), "调研.pdf")
    attached(story, draft, file_id)
    eventually(lambda: not in_flight(stack))

    stack.stop("performance")
    queued = filed(story)  # published, and in a queue that is in no backup
    eventually(lambda: in_flight(stack) == [QUEUE])
    stack.stop("relay")
    waiting = filed(story)  # not published, in the outbox
    quiet = eventually(lambda: still(story, servers, tmp_path / new_id()), timeout=60)
    assert quiet is not None
    folder, before = quiet
    standing = indexes(stack)
    assert f"proposals.proposals {story.local(waiting)}" in in_flight(stack)
    since = Clock(stack.mongo, settings.read(stack.environment)).now()
    stack.start("relay")
    stack.start("performance")
    eventually(lambda: not in_flight(stack), timeout=30)
    for proposal in (queued, waiting):
        story.await_points(LU, proposal, story.points(LU, done))

    others, api = empty
    second = Stack(others)
    shutil.copytree(stack.keys, second.keys)
    process, way = settings.read(second.environment), ManagementApi(api)
    restored = restore(process, way, folder, days=3)
    assert restored == manifest.read(folder)
    after = everything(second)
    requests = {key: rows for key, rows in after.items() if key[1] == "republication"}
    producers = {name for name, collection in before if collection == "event_log"}
    assert {name for name, _ in requests} == producers >= set(stack.services)
    assert differences(before, {k: v for k, v in after.items() if k not in requests}) == []
    assert {k: v for k, v in indexes(second).items() if k not in requests} == standing
    with pytest.raises(BackupError, match=r"not empty, nothing was changed: databases .*files"):
        restore(process, way, folder, days=3)

    try:
        second.start_all()
        eventually(lambda: same(comparable(stack, since), comparable(second, since)), timeout=120)
        assert (
            download(Story(replace(story.world, stack=second)), story.member(LU), file_id).content
            == PDF
        )
        assert '"republished"' in second.logged("relay")
    finally:
        second.close()
