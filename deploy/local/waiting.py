"""Waiting on a condition."""

from __future__ import annotations

import time
from collections.abc import Callable


def until(
    probe: Callable[[], bool], seconds: float, check: Callable[[], None] = lambda: None
) -> bool:
    """Whether `probe` came true within `seconds`; `check` may raise to end the wait early."""
    deadline = time.monotonic() + seconds
    while not probe():
        check()
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
