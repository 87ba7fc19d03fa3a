"""Long work of the one event loop, cut into slices.

Plain recursive code (a parser, a walk over a tree) runs in a greenlet: at points of its own choice
it pauses, and once a slice is used up the loop serves others before it goes on.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar, cast

from greenlet import getcurrent, greenlet

from gateway.budgets import Rest

SLICE_SECONDS = 0.002

T = TypeVar("T")
Pause = Callable[[], None]


async def in_slices(work: Callable[[Pause], T], rest: Rest) -> T:
    """What `work` returns or raises. It is given the pause that it makes as often as it can; `rest`
    is awaited between two slices."""
    loop = getcurrent()
    ends_at = 0.0

    def pause() -> None:
        if time.perf_counter() >= ends_at:
            loop.switch()

    worker = greenlet(lambda: work(pause))
    while True:
        ends_at = time.perf_counter() + SLICE_SECONDS
        found = worker.switch()
        if worker.dead:
            return cast(T, found)
        await rest()
