"""What the platform takes while nobody asks anything: percent of a core."""

from __future__ import annotations

import time

from tests.bench.platform import Bench
from tests.bench.report import Figure

SETTLE_SECONDS, SECONDS = 5.0, 30.0


def measure(bench: Bench) -> list[Figure]:
    time.sleep(SETTLE_SECONDS)  # what was begun before ends
    processes = {**bench.processes(), **bench.servers_processes()}
    before = {name: process.cpu_times() for name, process in processes.items()}
    time.sleep(SECONDS)
    used = {}
    for name, process in processes.items():
        now, then = process.cpu_times(), before[name]
        used[name] = (now.user + now.system - then.user - then.system) / SECONDS * 100
    own = {name: used[name] for name in bench.processes()}
    behind = ", ".join(f"{name} {share:.2f}" for name, share in sorted(used.items()))
    return [
        Figure("idle_percent", sum(own.values()), 4, at_most=True, behind=behind),
        Figure("idle_relay_percent", own["relay"], 0.5, at_most=True),
    ]
