"""What operators and the platform itself ask of every service: health and replay."""

from __future__ import annotations

import os
from typing import Any

from shared.actor import Role, allow
from shared.call import Call
from shared.kernel.desk import Desk
from shared.operations import command, query

REBUILDERS = (Role.SYSTEM, Role.SYSTEM_ADMIN)


@allow(*Role)
@query()
def health(call: Call, desk: Desk) -> dict[str, Any]:
    """{"ok", "service", "pid", "rss_mb"}: the broker brought the call, so it is there; the
    database is asked."""
    desk.database.db.command("ping")
    return {"ok": True, "service": desk.service, "pid": os.getpid(), "rss_mb": resident_mb()}


@allow(*REBUILDERS)
@command()
def start_replay(call: Call, desk: Desk) -> dict[str, Any]:
    """Begin to rebuild the service's projections: {"replay_id"}. [Decision 6]"""
    return {"replay_id": desk.replays.begin()}


@allow(*REBUILDERS)
@query()
def replay_state(call: Call, desk: Desk) -> dict[str, Any]:
    """{"state": IDLE | RUNNING | SWAPPING | DONE, "done", "expected", "silent"}."""
    return desk.replays.state()


def resident_mb() -> float:
    """Resident memory of this process, MB."""
    with open("/proc/self/statm") as file:
        pages = int(file.read().split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000, 1)
