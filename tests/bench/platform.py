"""The platform that is measured: as in `make run`, with members and filed proposals."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

import psutil

from shared.actor import Actor
from shared.clock import SHANGHAI
from tests.stack import Servers, Stack
from tests.world import DIRECTOR, STAFF, World

NOW = datetime(2017, 2, 6, 9, tzinfo=SHANGHAI)
MEMBERS, FILED = 40, 60


@dataclass
class Bench:
    servers: Servers
    stack: Stack
    world: World
    members: list[Actor]

    @classmethod
    def start(cls, servers: Servers, tell: Callable[[str], None]) -> Bench:
        tell("starting the platform …")
        servers.start()
        stack = Stack(servers)
        stack.environment["LOG_LEVEL"] = "INFO"
        stack.start_all()
        stack.open_term()
        world = World(stack, term=15, session=1, now=NOW)
        world.open()
        tell(f"{MEMBERS} members, {FILED} filed proposals …")
        members = [
            world.member(f"委员{n:03d}", n, f"{n % 34 + 1:02d}") for n in range(1, MEMBERS + 1)
        ]
        bench = cls(servers, stack, world, members)
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(bench.file_one, range(FILED)))
        return bench

    def file_one(self, number: int) -> str:
        key = self.reviewed(number)
        self.world.call(
            "file_proposal", DIRECTOR, proposal_id=key, review_units=["unit-zjj"], one_matter=True
        )
        return key

    def reviewed(self, number: int) -> str:
        """An individual proposal under review."""
        author = self.members[number % len(self.members)]
        key = str(self.world.draft(author)["id"])
        self.world.call("submit_proposal", author, proposal_id=key)
        self.world.call("start_review", STAFF, proposal_id=key)
        return key

    def processes(self) -> dict[str, psutil.Process]:
        """Our processes by name, without the servers."""
        names = [*self.stack.services, "relay", "gateway"]
        pids = {name: self.stack.pid(name) for name in names}
        return {name: psutil.Process(pid) for name, pid in pids.items() if pid}
