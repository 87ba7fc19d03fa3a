"""A page of 20 proposals with their proposers: CPU of our processes against the bare finds."""

from __future__ import annotations

import threading
import time
from typing import Any

import httpx

from tests.bench.platform import Bench
from tests.bench.report import Figure

CLIENTS, REQUESTS, FINDS = 8, 1200, 400
QUERY = """
  query Page { proposals(first: 20, orderBy: FILED) {
    edges { node { id title state caseNo filedAt firstProposer { name memberNo } } }
  } }
"""


def measure(bench: Bench) -> list[Figure]:
    _ask(bench, CLIENTS * 20)  # warm
    before = _cpu(bench)
    began = time.perf_counter()
    _ask(bench, REQUESTS)
    seconds = time.perf_counter() - began
    after = _cpu(bench)
    used = {name: (after[name] - before[name]) * 1000 / REQUESTS for name in after}
    ours, limit = sum(used.values()), _finds(bench)
    parts = ", ".join(f"{n} {ms:.2f}" for n, ms in sorted(used.items()) if ms >= 0.01)
    behind = f"{ours:.2f} ms ({parts}) against {limit:.2f} ms; {REQUESTS / seconds:.0f} requests/s"
    return [Figure("w1_cpu_ratio", ours / limit, 3, at_most=True, behind=behind)]


def _ask(bench: Bench, requests: int) -> None:
    token = bench.stack.token(bench.members[0])
    headers = {"Authorization": f"Bearer {token}"}
    left = iter(range(requests))
    lock = threading.Lock()

    def client() -> None:
        with httpx.Client(base_url=bench.stack.url, headers=headers, timeout=30) as http:
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


def _cpu(bench: Bench) -> dict[str, float]:
    """Seconds of CPU so far, of each of our processes."""
    found = {}
    for name, process in bench.processes().items():
        times = process.cpu_times()
        found[name] = times.user + times.system
    return found


def _finds(bench: Bench) -> float:
    """Milliseconds of CPU for the same two finds with pymongo, in this process alone."""
    proposals = bench.stack.db("proposals")["proposals"]
    members = bench.stack.db("members")["members"]
    filed: dict[str, Any] = {"state": "FILED", "openness": "OPEN"}
    wanted = dict.fromkeys(("title", "state", "case_no", "filed_at", "first_proposer"), 1)
    names = dict.fromkeys(("name", "member_no"), 1)
    began = time.thread_time()
    for _ in range(FINDS):
        rows = list(proposals.find(filed, wanted).sort([("filed_at", -1), ("_id", 1)]).limit(20))
        ids = list({row["first_proposer"] for row in rows})
        assert len(list(members.find({"_id": {"$in": ids}}, names))) == len(ids)
    return (time.thread_time() - began) * 1000 / FINDS
