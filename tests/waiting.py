"""Waiting for what happens in another process; tests never sleep for a fixed time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def eventually(fn: Callable[[], T], timeout: float = 30) -> T:
    """The first truthy result of `fn`; AssertionError with the last one after `timeout` seconds.

    An assertion that fails inside `fn` counts as not yet true, and is shown in the end.
    """
    deadline = time.monotonic() + timeout
    while True:
        failure: AssertionError | None = None
        try:
            last = fn()
            if last:
                return last
            seen = f"last value: {last!r}"
        except AssertionError as error:
            failure, seen = error, f"last failure: {error}"
        if time.monotonic() > deadline:
            raise AssertionError(f"not true within {timeout} s; {seen}") from failure
        time.sleep(0.02)
