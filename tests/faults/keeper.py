"""What supervisord does in `make run`: starts again whatever dies, and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from tests.processes import Process

LOOK_SECONDS = 0.2


class Keeper(threading.Thread):
    """`deaths` counts by name how often a process had died."""

    def __init__(self, processes: Iterable[Process]) -> None:
        super().__init__(name="keeper", daemon=True)
        self._processes = list(processes)
        self._ending = threading.Event()
        self.deaths: dict[str, int] = {process.name: 0 for process in self._processes}

    def run(self) -> None:
        while not self._ending.wait(LOOK_SECONDS):
            for process in self._processes:
                if process.pid is None:
                    self.deaths[process.name] += 1
                    process.launch()

    def end(self) -> None:
        self._ending.set()
        self.join()
