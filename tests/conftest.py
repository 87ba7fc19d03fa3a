"""Fixtures of the session's servers and platform; process logs beside failures."""

from __future__ import annotations

import signal
from collections.abc import Generator, Iterator

import pytest

from deploy.local.servers import SERVERS as SERVER_PROGRAMS
from tests.stack import Servers, Stack

SERVERS = pytest.StashKey[Servers]()
LOG_SIZES = pytest.StashKey[dict[str, int]]()


def pytest_configure(config: pytest.Config) -> None:
    # A session that is told to end must end its child processes too, as on Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.fixture(scope="session")
def servers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Servers]:
    """RabbitMQ and MongoDB, not yet started."""
    running = Servers(tmp_path_factory.mktemp("platform"))
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
def stack(servers: Servers) -> Iterator[Stack]:
    """All services, the relay and the gateway, healthy; term 15 is open."""
    servers.start()
    platform = Stack(servers)
    try:
        platform.start_all()
        platform.open_term()
        yield platform
    finally:
        platform.close()


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
