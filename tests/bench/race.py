"""The platform beside a peer on Node that does the same work (tests/bench/peer), in turns.

A page of 20 proposals with their proposers, and a small durable write with its event, its to-do and
its message; requests a second and the processor time of all that takes part, MongoDB and RabbitMQ
included. A write counts when its to-do stands: the time until then, and what it costs, is its own.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import httpx
import orjson
import psutil

from deploy.local.options import ROOT
from deploy.local.ports import free_ports
from deploy.local.programs import Program
from tests.bench.pages import QUERY
from tests.bench.platform import Bench
from tests.bench.report import Figure
from tests.waiting import eventually

HERE = Path(__file__).parent / "peer"
ROLES = ("proposals", "members", "office", "notifications", "gateway")
CLIENTS = (1, 8, 32)
ROUNDS, SECONDS = (
    int(os.environ.get("RACE_ROUNDS", "3")),
    float(os.environ.get("RACE_SECONDS", "4")),
)
GOALS = {"page": 1.0, "write": 0.6}  # at 8 and 32 clients
RAISE = """
  mutation ($input: RaiseAffairInput!) { raiseAffair(input: $input) { affair { id state } } }
"""
ASKED = {
    "kind": "REPAIR",
    "title": "维修会议室的灯",
    "content": "二楼会议室的灯不亮",
    "commandId": "@",
}
WORK = {
    "page": orjson.dumps({"query": QUERY}).decode(),
    "write": orjson.dumps({"query": RAISE, "variables": {"input": ASKED}}).decode(),
}


@dataclass
class Side:
    """Who races: where, with what, and how many to-dos its writes have left so far."""

    port: int
    headers: dict[str, str]
    processes: dict[str, psutil.Process]
    todos: Callable[[], int]
    speeds: dict[str, list[float]] = field(default_factory=dict)
    costs: dict[str, list[dict[str, float]]] = field(default_factory=dict)

    def run(self, work: str, clients: int, seconds: float) -> None:
        """One slot: requests a second, and milliseconds of each process a request."""
        key, before, stood = f"{work}_{clients}", _cpu(self.processes), self.todos()
        began = time.monotonic()
        asked = {
            "port": self.port,
            "headers": self.headers,
            "body": WORK[work],
            "clients": clients,
            "seconds": seconds,
        }
        told = _ask(asked)
        answer = orjson.loads(told["answer"])
        assert "errors" not in answer, answer
        if work == "write":
            eventually(lambda: self.todos() - stood >= told["requests"], timeout=60)
            speed = told["requests"] / (time.monotonic() - began)
        else:
            assert len(answer["data"]["proposals"]["edges"]) == 20, answer
            speed = told["requests"] / told["seconds"]
        after = _cpu(self.processes)
        cost = {name: (after[name] - before[name]) * 1000 / told["requests"] for name in after}
        self.speeds.setdefault(key, []).append(speed)
        self.costs.setdefault(key, []).append(cost)

    def speed(self, key: str) -> float:
        return median(self.speeds[key])

    def cost(self, key: str) -> str:
        """Milliseconds a request, those of the largest parts named."""
        parts = {
            name: median(cost[name] for cost in self.costs[key]) for name in self.costs[key][0]
        }
        named = [f"{n} {ms:.2f}" for n, ms in sorted(parts.items()) if ms >= 0.1]
        return f"{sum(parts.values()):.2f} ms ({', '.join(named)})"


def measure(bench: Bench) -> list[Figure]:
    with _peer(bench) as peer:
        sides = [_ours(bench), peer]
        for side in sides:
            for work in WORK:
                side.run(work, 8, 2)  # warm
            side.speeds.clear()
            side.costs.clear()
        for number in range(ROUNDS):
            for work in WORK:
                for clients in CLIENTS:
                    for side in sides if number % 2 else reversed(sides):
                        side.run(work, clients, SECONDS)
        ours, _ = sides
        return [_figure(work, clients, ours, peer) for work in WORK for clients in CLIENTS]


def _figure(work: str, clients: int, ours: Side, peer: Side) -> Figure:
    key = f"{work}_{clients}"
    told = [f"{side.speed(key):.0f}/s, {side.cost(key)}" for side in (ours, peer)]
    rounds = zip(ours.speeds[key], peer.speeds[key], strict=True)
    ratio = median(own / other for own, other in rounds)
    goal = GOALS[work] if clients > 1 else None
    return Figure(f"race_{key}", ratio, goal, behind=f"{told[0]}\n#   peer {told[1]}")


def _ours(bench: Bench) -> Side:
    token = bench.stack.token(bench.members[0])
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    todos = bench.stack.db("notifications")["todos"]
    port = int(bench.stack.url.rpartition(":")[2])
    own = bench.processes()
    return Side(
        port,
        headers,
        {**own, **bench.servers_processes()},
        lambda: todos.count_documents({"kind": "AFFAIR"}),
    )


@contextlib.contextmanager
def _peer(bench: Bench) -> Iterator[Side]:
    """The peer's processes, ended in the end; its packages are installed as the lock file says."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise SystemExit("the race needs node and npm")
    command = [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    subprocess.run(command, cwd=HERE, check=True, capture_output=True)
    [port] = free_ports(1)
    uris = (bench.stack.amqp_uri, bench.servers.mongo_uri)
    processes = {}
    for role in ROLES:
        arguments = (node, str(HERE / "peer.mjs"), role, *uris, str(port))
        program = Program(f"peer-{role}", arguments, {**os.environ}, directory=ROOT)
        processes[role] = bench.servers.add(program)
        processes[role].start()
    url = f"http://127.0.0.1:{port}/graphql"
    try:
        eventually(lambda: _answers(url), timeout=30)
        found = {role: psutil.Process(p.pid) for role, p in processes.items() if p.pid}
        todos = bench.stack.mongo["peer"]["todos"]
        yield Side(
            port,
            {"Content-Type": "application/json"},
            {**found, **bench.servers_processes()},
            lambda: todos.count_documents({}),
        )
    finally:
        for process in processes.values():
            process.stop()


def _answers(url: str) -> bool:
    try:
        found = httpx.post(url, json={"query": QUERY})
        return bool(found.json()["data"]["proposals"]["edges"])
    except (httpx.TransportError, KeyError, TypeError):
        return False


def _ask(asked: dict[str, Any]) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.asker"]
    done = subprocess.run(
        command, input=orjson.dumps(asked), cwd=ROOT, stdout=-1, check=True, timeout=120
    )
    told: dict[str, Any] = orjson.loads(done.stdout)
    return told


def _cpu(processes: dict[str, psutil.Process]) -> dict[str, float]:
    times = {name: process.cpu_times() for name, process in processes.items()}
    return {name: found.user + found.system for name, found in times.items()}
