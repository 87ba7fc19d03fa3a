"""`make status`: the process table, memory together, and the health of each service."""

from __future__ import annotations

import json
from typing import Any

import psutil

from deploy.local import health, plan, processes
from deploy.local.options import Options
from deploy.local.supervise import Supervisor

BUDGET_MB = 2560  # 2.5 GiB idle, everything together, with all services (decision 36)

UP = {"RUNNING", "STARTING"}  # supervisord says STARTING for the first seconds
ROW = "{:<16} {:<9} {:>8} {:>8}"


def show(settings: Options) -> int:
    """Print the state; 0 if all processes run and all services are ready, else 1."""
    supervisor = Supervisor(settings)
    found = processes.marked(settings.data_dir)
    if not supervisor.alive():
        print("Not running: make run" if not found else "Supervisor is gone: make run or make stop")
        return 1
    states = supervisor.states()
    print(table(states, {p.pid: _tree_mb(p) for p in found}, total_mb=_total_mb(found)))
    environment = json.loads(settings.environment.read_text())
    ready, report = health.readiness(plan.gateway_url(environment))
    print(f"\n{'All services are ready.' if ready else 'Not all services are ready:'}")
    print("\n".join(health_lines(report)))
    return 0 if ready and all(info["statename"] in UP for info in states.values()) else 1


def table(states: dict[str, dict[str, Any]], memory: dict[int, float], total_mb: float) -> str:
    """One line a program with its memory in MB, then everything together beside the budget."""
    rows = [
        ROW.format(name, info["statename"], info["pid"] or "-", f"{memory.get(info['pid'], 0):.1f}")
        for name, info in states.items()
    ]
    head = ROW.format("PROCESS", "STATE", "PID", "RSS MB")
    total = ROW.format("all together", "", "", f"{total_mb:.1f}") + f" of {BUDGET_MB}"
    return "\n".join([head, *rows, total])


def health_lines(report: Any) -> list[str]:
    """The gateway's report, one line a service."""
    if isinstance(report, dict) and isinstance(report.get("services"), dict):
        return [f"  {name}: {state}" for name, state in report["services"].items()]
    return [f"  {report}"]


def _total_mb(found: list[psutil.Process]) -> float:
    return sum(processes.rss_mb(process) for process in found)


def _tree_mb(process: psutil.Process) -> float:
    """A process with its children, as RabbitMQ has some."""
    try:
        children = process.children(recursive=True)
    except psutil.Error:
        children = []
    return sum(processes.rss_mb(p) for p in (process, *children))
