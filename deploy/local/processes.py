"""Every process of one platform carries its data folder as a mark in the environment.

So the platform can be found, measured and ended as a whole, even after its supervisor was killed,
and nothing else can be hit.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterable
from pathlib import Path

import psutil

MARK = "SMART_CPPCC_PLATFORM"


def marked(data_dir: Path) -> list[psutil.Process]:
    """The running processes of the platform in `data_dir`."""
    return [process for process in psutil.process_iter() if _is_marked(process, str(data_dir))]


def end_all(data_dir: Path) -> None:
    """End the platform in `data_dir`, with what its processes start while they are ending.

    RabbitMQ, for one, starts Erlang's `epmd` again if that went first.
    """
    while left := marked(data_dir):
        end(left)


def end(processes: Iterable[psutil.Process], patience: float = 20) -> None:
    """SIGTERM to all at once, SIGKILL to those still there after `patience` seconds."""
    left = list(processes)
    for kind in (signal.SIGTERM, signal.SIGKILL):
        for process in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(kind)
        _, left = psutil.wait_procs(left, timeout=patience)


def rss_mb(process: psutil.Process) -> float:
    """Resident memory in MiB; 0 for a process that has just gone."""
    try:
        return process.memory_info().rss / 2**20
    except psutil.Error:
        return 0.0


def _is_marked(process: psutil.Process, mark: str) -> bool:
    try:
        return process.pid != os.getpid() and process.environ().get(MARK) == mark
    except (psutil.Error, OSError):
        return False  # another user's, or just gone
