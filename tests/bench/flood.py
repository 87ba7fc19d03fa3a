"""A member's list while a visitor floods the gateway, against the same while nobody does."""

from __future__ import annotations

import subprocess
import sys
import time

import httpx

from deploy.local.ports import free_ports
from tests.bench.listing import QUERY
from tests.bench.platform import Bench
from tests.bench.report import Figure, p99

ROUNDS, SECONDS = 4, 8.0


def measure(bench: Bench) -> list[Figure]:
    """On a gateway of its own, with the limits that it has in production."""
    [port] = free_ports(1)
    url = f"http://127.0.0.1:{port}"
    limits = {"GATEWAY_PORT": str(port), "CLIENT_SHARE": "0.25"}
    process = bench.stack.run(
        "gateway-flooded",
        "gateway.app",
        healthy=lambda: is_ready(url),
        more=limits,
    )
    process.start()
    idle: list[float] = []
    flooded: list[float] = []
    told = ""
    try:
        for _ in range(ROUNDS):
            idle += _seconds(bench, url)
            flooder = subprocess.Popen(
                [sys.executable, "-m", "tests.bench.flooder", url, str(SECONDS + 1)],
                stdout=subprocess.PIPE,
                text=True,
            )
            flooded += _seconds(bench, url)
            told = flooder.communicate()[0].strip()
    finally:
        process.stop()
    behind = f"{p99(idle) * 1e3:.1f} ms against {p99(flooded) * 1e3:.1f} ms; statuses {told}"
    return [Figure("flood_p99_ratio", p99(flooded) / p99(idle), 3, at_most=True, behind=behind)]


def is_ready(url: str) -> bool:
    """Whether a gateway serves there."""
    try:
        return httpx.get(f"{url}/readyz").status_code == 200
    except httpx.TransportError:
        return False


def _seconds(bench: Bench, url: str) -> list[float]:
    """Each request of a member who asks about twenty-five times a second."""
    found = []
    token = bench.stack.token(bench.members[0])
    until = time.monotonic() + SECONDS
    with httpx.Client(base_url=url, headers={"authorization": f"Bearer {token}"}) as client:
        while time.monotonic() < until:
            began = time.perf_counter()
            answer = client.post("/graphql", json={"query": QUERY})
            found.append(time.perf_counter() - began)
            assert answer.status_code == 200 and "errors" not in answer.json(), answer.text
            time.sleep(0.03)
    return found
