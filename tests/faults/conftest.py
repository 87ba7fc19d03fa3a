"""A platform of its own: its servers are killed, which no other test should meet. It ends with the
file, so that its processes take no time from those that follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from shared.actor import Actor
from shared.clock import SHANGHAI
from tests.faults.keeper import Keeper
from tests.faults.platform import Platform
from tests.stack import Servers, Stack
from tests.world import World

NOW = datetime(2017, 2, 6, 9, tzinfo=SHANGHAI)
NAMES = ("陆晓芸", "沈建国", "钱文娟", "周立新")


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory, memory: Path) -> Iterator[Platform]:
    servers = Servers(tmp_path_factory.mktemp("faults"), memory)
    keeper: Keeper | None = None
    try:
        servers.start()
        stack = Stack(servers)
        stack.start_all()
        stack.open_term()
        world = World(stack, term=15, session=1, now=NOW)
        world.open()
        members: list[Actor] = [
            world.member(name, number) for number, name in enumerate(NAMES, start=1)
        ]
        by_name = {process.name: process for process in servers.processes.values()}
        servers.processes = by_name  # the broker under its own name, as the keeper counts
        keeper = Keeper(by_name.values())
        keeper.start()
        yield Platform(servers, stack, members, keeper)
        stack.close()
    finally:
        if keeper:
            keeper.end()
        servers.end()
