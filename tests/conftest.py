"""Fixtures of the session's servers and platform; process logs beside failures."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling, Scheduling

from deploy.local import ports
from deploy.local.servers import SERVERS as SERVER_PROGRAMS
from tests.stack import Servers, Stack

SERVERS = pytest.StashKey[Servers]()
STACK = pytest.StashKey[Stack]()
MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3  # bytes; a platform's servers write about 0.3 GB
SHARED = ("tests/demo/", "tests/integration/outward/")
LOG_SIZES = pytest.StashKey[dict[str, int]]()


def pytest_configure(config: pytest.Config) -> None:
    # A session that is told to end must end its child processes too, as on Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        # Each worker chooses among ports of its own: a port that one has chosen, and does not
        # listen on yet, is free to the eyes of the other.
        number, workers = worker.removeprefix("gw"), os.environ["PYTEST_XDIST_WORKER_COUNT"]
        ports.CHOICE = ports.CHOICE[int(number) :: int(workers)]


class ByPlatform(LoadFileScheduling):
    """A file is run by one worker; a folder whose files share a platform of their own is, too."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return next((folder for folder in SHARED if file.startswith(folder)), file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling | None:
    return ByPlatform(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.fixture(scope="session")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for the servers' files, in memory if there is room. On a disk most of a story's time
    is waiting for what is synced. Tests kill processes, not the machine: what they wrote stays."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    where = MEMORY if roomy else tmp_path_factory.getbasetemp()
    with tempfile.TemporaryDirectory(
        prefix="smart-cppcc-", dir=where, ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def servers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, memory: Path
) -> Iterator[Servers]:
    """RabbitMQ and MongoDB, not yet started."""
    running = Servers(tmp_path_factory.mktemp("platform"), memory)
    request.config.stash[SERVERS] = running
    try:
        yield running
    finally:
        running.end()


@pytest.fixture(scope="session")
def broker(servers: Servers) -> str:
    """The address of a running RabbitMQ."""
    return servers.start_broker()


@pytest.fixture(scope="session")
def mongo_uri(servers: Servers) -> str:
    """The address of a running one-node replica set."""
    return servers.start_mongod()


@pytest.fixture(scope="session")
def stack(request: pytest.FixtureRequest, servers: Servers) -> Iterator[Stack]:
    """All services, the relay and the gateway, healthy; term 15 is open."""
    servers.start()
    platform = Stack(servers)
    try:
        platform.start_all()
        platform.open_term()
        request.config.stash[STACK] = platform
        yield platform
    finally:
        platform.close()


@pytest.fixture(scope="module", autouse=True)
def well(request: pytest.FixtureRequest) -> None:
    """A file finds the platform well, whatever the one before it has stopped."""
    if (platform := request.config.stash.get(STACK, None)) is not None:
        platform.wait_until_well()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, object, object]:
    running = item.config.stash.get(SERVERS, None)
    sizes = {
        name: process.log.stat().st_size
        for name, process in (running.processes.items() if running else ())
        if process.log.exists()
    }
    item.stash[LOG_SIZES] = sizes
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what each process logged during a failed test."""
    report = yield
    running = item.config.stash.get(SERVERS, None)
    if report.failed and running:
        for name, process in running.processes.items():
            lines = 10 if process.name in SERVER_PROGRAMS else 40
            text = process.tail(after=item.stash[LOG_SIZES].get(name, 0), lines=lines)
            if text:
                report.sections.append((f"log of {name}", text))
    return report
