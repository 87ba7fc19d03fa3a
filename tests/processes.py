"""Child processes of the test session: started in a group of their own, logs in files."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

from deploy.local.programs import Program
from deploy.local.waiting import until


class Process:
    """One program that a test can stop, kill and start again.

    `healthy` tells whether it does its work; `start` waits for that.
    """

    def __init__(
        self,
        program: Program,
        folder: Path,
        healthy: Callable[[], bool] = lambda: True,
        seconds: float = 60,
    ) -> None:
        self.program = program
        self.name = program.name
        self.log = folder / f"{program.name}.log"
        self.healthy = healthy
        self._seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """None while it does not run."""
        return self._child.pid if self._child and self._child.poll() is None else None

    def launch(self) -> None:
        """Start it if it does not run; returns at once."""
        if self.pid:
            return
        with self.log.open("ab") as log:
            self._child = subprocess.Popen(
                self.program.command,
                cwd=self.program.directory,
                env={**os.environ, **self.program.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_healthy(self) -> None:
        """Raises RuntimeError with the end of the log if it dies or stays silent."""
        if not until(self.healthy, self._seconds, self._require_alive):
            raise RuntimeError(f"{self.name} is not healthy after {self._seconds} s\n{self.tail()}")
        self._require_alive()

    def start(self) -> None:
        self.launch()
        self.wait_until_healthy()

    def terminate(self) -> None:
        """Ask it to end; returns at once."""
        if self._child and self.pid:
            self._child.terminate()

    def exit_code(self) -> int:
        """The exit code, waited for no longer than the program may take to stop."""
        if self._child is None:
            raise RuntimeError(f"{self.name} has never run")
        return self._child.wait(self.program.stop_seconds)

    def stop(self) -> None:
        """SIGTERM, and wait; whatever is left of its group then gets SIGKILL."""
        self.terminate()
        if self._child:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._child.wait(self.program.stop_seconds)
        self.kill()

    def kill(self) -> None:
        """SIGKILL to the whole group, and wait."""
        if self._child is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._child.pid, signal.SIGKILL)
        self._child.wait()

    def tail(self, after: int = 0, lines: int = 40) -> str:
        """The last `lines` of the log, of what was written after the byte `after`."""
        if not self.log.exists():
            return ""
        text = self.log.read_bytes()[after:].decode(errors="replace")
        return "\n".join(text.splitlines()[-lines:])

    def _require_alive(self) -> None:
        if self._child is None or self._child.poll() is not None:
            code = self._child.returncode if self._child else None
            raise RuntimeError(f"{self.name} has ended (exit code {code})\n{self.tail()}")


def stop_all(processes: list[Process]) -> None:
    """Ask all to end at once, then wait for each."""
    for process in processes:
        process.terminate()
    for process in processes:
        process.stop()
