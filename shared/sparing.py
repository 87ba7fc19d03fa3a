"""Lines that say the same: one a second is enough.

A broker that dies is told by every consumer, relay and connection at once, and again at each try.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Hashable

import structlog
from structlog.types import EventDict

SECONDS = 1.0


class Sparing(logging.Filter):
    """Lets a line through once a second, for each of what it is about.

    Of our own lines warnings are spared, by module and event, and the next tells how many were;
    an error is a fact of its own and always stands. Of libraries' lines all are, by their text
    before it is filled in.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._seen: dict[Hashable, tuple[float, int]] = {}  # when last, how many since

    def __call__(self, _logger: object, method: str, event: EventDict) -> EventDict:
        """As a processor of structlog; raises DropEvent."""
        if method != "warning":
            return event
        spared = self._spared((event.get("module"), event["event"]))
        if spared is None:
            raise structlog.DropEvent
        return {**event, "repeated": spared} if spared else event

    def filter(self, record: logging.LogRecord) -> bool:
        """As a filter of a handler."""
        return self._spared((record.name, record.msg)) is not None

    def _spared(self, about: Hashable) -> int | None:
        """How many were spared since the last line that stands; None: this one is spared too."""
        last, spared = self._seen.get(about, (float("-inf"), 0))
        now = self._clock()
        if now - last < SECONDS:
            self._seen[about] = (last, spared + 1)
            return None
        self._seen[about] = (now, 0)
        return spared
