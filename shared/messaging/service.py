"""What a `service.py` imports: its whole view of the messaging framework."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nameko.extensions import DependencyProvider
from nameko.timer import timer
from pymongo.errors import PyMongoError

from shared.errors import AppError
from shared.messaging.consumer import on_event
from shared.messaging.events import Event
from shared.messaging.platform import Platform, PlatformExtension
from shared.messaging.server import read, rpc, unlogged_rpc

__all__ = ["Event", "Platform", "Provide", "every", "on_event", "read", "rpc", "unlogged_rpc"]


class Provide(DependencyProvider):
    """`deps = Provide(build)`: `build(platform)` is called once; its result is `self.deps`."""

    platform = PlatformExtension()

    def __init__(self, build: Callable[[Platform], Any]) -> None:
        self.build = build

    def setup(self) -> None:
        self._built = self.build(self.platform.get())

    def get_dependency(self, worker_ctx: Any) -> Any:
        return self._built


def every(seconds: float) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run the method every `seconds` on every replica; it must claim its work conditionally."""

    def decorate(fn: Callable[..., None]) -> Callable[..., None]:
        decorated: Callable[..., None] = timer(
            interval=seconds, expected_exceptions=(AppError, PyMongoError)
        )(fn)
        return decorated

    return decorate
