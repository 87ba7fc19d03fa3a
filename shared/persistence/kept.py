"""What was found in a projection that seldom changes, kept in memory for a moment."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")
KEPT_SECONDS = 5.0  # what another replica has heard is seen here so much later at most
MOST = 1_000  # answers


class Kept:
    """The answers about one projection: dropped when an event changes it here, and after
    KEPT_SECONDS. An event may be that late anyway."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._answers: dict[Hashable, tuple[float, Any]] = {}
        self._changes = 0

    def get(self, question: Hashable, find: Callable[[], T]) -> T:
        """The answer to `question`, as `find` gives it; whoever is handed it may not change it."""
        now, changes = self._now(), self._changes
        until, answer = self._answers.get(question, (0.0, None))
        if now < until:
            found: T = answer
            return found
        found = find()
        if changes == self._changes:  # else it may be of before the change
            if len(self._answers) >= MOST:
                self._answers.clear()
            self._answers[question] = now + KEPT_SECONDS, found
        return found

    def drop(self) -> None:
        """The projection has changed."""
        self._changes += 1
        self._answers.clear()
