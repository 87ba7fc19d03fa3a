"""The platform that is measured: as in production, with members and filed proposals.

There the time is the machine's; elsewhere each write first reads how far the clock was moved.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from secrets import token_bytes

import psutil

from shared.actor import Actor
from shared.clock import SHANGHAI
from tests.stack import Servers, Stack
from tests.world import DIRECTOR, STAFF, World

MEMBERS, FILED = 40, 60
PRODUCTION = {
    "ENVIRONMENT": "production",
    "LOG_LEVEL": "INFO",
    "CLIENT_SHARE": "1000",  # counted as ever, and never spent
    "MEMBERS_DATA_KEY": b64encode(token_bytes(32)).decode(),
    "IDENTITY_DATA_KEY": b64encode(token_bytes(32)).decode(),
}


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
        stack.environment |= PRODUCTION
        stack.start_all()
        world = World(stack, term=15, session=1, now=datetime.now(SHANGHAI))
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

    def servers_processes(self) -> dict[str, psutil.Process]:
        """MongoDB and the broker: of each the largest process of those that it has started."""
        found = {}
        for name in ("mongod", "broker"):
            parent = psutil.Process(self.stack.pid(name) or 0)
            family = [parent, *parent.children(recursive=True)]
            found[name] = max(family, key=lambda process: process.memory_info().rss)
        return found
