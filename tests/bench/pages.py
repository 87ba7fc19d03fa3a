"""The leanest page of 20 proposals with their proposers (tests.bench.bare): its CPU against that of
the bare finds. The platform's own page is in tests.bench.race."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping

import httpx
import psutil

from deploy.local.ports import Ports
from tests.bench import bare
from tests.bench.platform import Bench
from tests.bench.report import Figure
from tests.waiting import eventually

CLIENTS, REQUESTS, FINDS = 8, 1200, 400
QUERY = """
  query Page { proposals(first: 20, orderBy: FILED) {
    edges { node { id title state caseNo filedAt firstProposer { name memberNo } } }
  } }
"""


def measure(bench: Bench) -> list[Figure]:
    limit, shape = _finds(bench), _bare(bench)
    behind = f"{shape:.2f} ms against {limit:.2f} ms: what the shape costs"
    return [Figure("w1_bare_ratio", shape / limit, behind=behind)]


def _bare(bench: Bench) -> float:
    """Milliseconds of CPU for the leanest page."""
    stack, port = bench.stack, Ports.free().gateway
    url = f"http://127.0.0.1:{port}"
    roles = {name: bench.servers.mongo_uri for name in bare.FINDS} | {"app": str(port)}
    run = {
        role: stack.run(
            f"bare-{role}", "tests.bench.bare", role, stack.amqp_uri, where, healthy=lambda: True
        )
        for role, where in roles.items()
    }
    for process in run.values():
        process.start()
    eventually(lambda: _answers(url))
    pids = {role: stack.pid(f"bare-{role}") for role in run}
    processes = {role: psutil.Process(pid) for role, pid in pids.items() if pid}
    used = _used(bench, url, processes)
    for process in run.values():
        process.stop()
    return sum(used.values())


def _answers(url: str) -> bool:
    try:
        return httpx.post(url, json={}).status_code == 200
    except httpx.TransportError:
        return False


def _used(bench: Bench, url: str, processes: Mapping[str, psutil.Process]) -> dict[str, float]:
    """Milliseconds of CPU a request of each process."""
    _ask(bench, url, CLIENTS * 20)  # warm
    before = _cpu(processes)
    _ask(bench, url, REQUESTS)
    after = _cpu(processes)
    return {name: (after[name] - before[name]) * 1000 / REQUESTS for name in after}


def _ask(bench: Bench, url: str, requests: int) -> None:
    token = bench.stack.token(bench.members[0])
    headers = {"Authorization": f"Bearer {token}"}
    left = iter(range(requests))
    lock = threading.Lock()

    def client() -> None:
        with httpx.Client(base_url=url, headers=headers, timeout=30) as http:
            while True:
                with lock:
                    if next(left, None) is None:
                        return
                answer = http.post("/graphql", json={"query": QUERY}).json()
                assert len(answer["data"]["proposals"]["edges"]) == 20, answer

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _cpu(processes: Mapping[str, psutil.Process]) -> dict[str, float]:
    """Seconds of CPU so far, of each process."""
    found = {}
    for name, process in processes.items():
        times = process.cpu_times()
        found[name] = times.user + times.system
    return found


def _finds(bench: Bench) -> float:
    """Milliseconds of CPU for the same two finds with pymongo, in this process alone."""
    proposals, members = bench.stack.db("proposals"), bench.stack.db("members")
    began = time.thread_time()
    for _ in range(FINDS):
        ids = list({row["first_proposer"] for row in bare.page(proposals)})
        assert len(bare.people(members, ids)) == len(ids)
    return (time.thread_time() - began) * 1000 / FINDS
