"""Greenlets that run one job after the other: a new one for each call costs its stack's pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eventlet import hubs
from eventlet.event import Event as Signal
from eventlet.support.greenlets import getcurrent, greenlet

from shared.logging import get_logger

MOST_IDLE = 32  # kept for the next jobs
log = get_logger(__name__)


class Workers:
    """Runs any number of jobs side by side; whoever hands one over does not wait.

    No job sees what another has set in a context variable.
    """

    def __init__(self) -> None:
        self._idle: list[greenlet] = []
        self._busy = 0
        self._none_busy: Signal | None = None  # for all who wait for that

    def run(self, job: Callable[..., None], *args: Any) -> None:
        """Begin `job(*args)` at the hub's next turn."""
        self._busy += 1
        hub = hubs.get_hub()
        worker = self._idle.pop() if self._idle else greenlet(self._work, hub.greenlet)
        hub.schedule_call_global(0, worker.switch, (job, args))

    def waitall(self) -> None:
        """Until no job is under way."""
        if self._busy:
            self._none_busy = self._none_busy or Signal()
            self._none_busy.wait()

    def _work(self, given: tuple[Callable[..., None], tuple[Any, ...]]) -> None:
        own = getcurrent()
        while True:
            job, args = given
            try:
                job(*args)
            except Exception as error:
                log.error("job_failed", exc_info=error)
            finally:
                self._done()
            if len(self._idle) >= MOST_IDLE:
                return
            del given, job, args  # an idle one keeps nothing alive
            own.gr_context = None
            self._idle.append(own)
            given = hubs.get_hub().switch()

    def _done(self) -> None:
        self._busy -= 1
        if self._none_busy is not None and not self._busy:
            ready, self._none_busy = self._none_busy, None
            ready.send(None)
