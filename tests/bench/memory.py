"""Resident memory after the load of the other measures."""

from __future__ import annotations

from tests.bench.platform import Bench
from tests.bench.report import Figure

MB = 1024 * 1024


def measure(bench: Bench) -> list[Figure]:
    used = {name: p.memory_info().rss / MB for name, p in bench.processes().items()}
    behind = ", ".join(f"{name} {size:.0f}" for name, size in sorted(used.items()))
    largest = max(used[name] for name in bench.stack.services)
    return [
        Figure("rss_service_mb", largest, 90, at_most=True, behind=behind),
        Figure("rss_gateway_mb", used["gateway"]),
        Figure("rss_total_mb", sum(used.values())),
    ]
