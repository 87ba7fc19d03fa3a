"""What a `service.py` imports: its whole view of the messaging framework."""

from __future__ import annotations

import os
from collections.abc import Callable
from types import ModuleType
from typing import Any, TypeVar

from nameko.extensions import DependencyProvider
from nameko.timer import timer
from pymongo.errors import PyMongoError

from shared import settings
from shared.call import Call
from shared.contracts import names
from shared.errors import AppError
from shared.messaging.consumer import on_event
from shared.messaging.events import Event
from shared.messaging.platform import Platform, PlatformExtension
from shared.messaging.server import read, rpc, unlogged_rpc
from shared.operations import Offered, offered
from shared.persistence.aggregates import remind_deciders

__all__ = [
    "Event",
    "Platform",
    "Provide",
    "every",
    "listen",
    "offers",
    "on_event",
    "read",
    "rpc",
    "unlogged_rpc",
]

S = TypeVar("S", bound=type[Any])


class Provide(DependencyProvider):
    """`deps = Provide(build)`: `build(platform)` is called once; its result is `self.deps`."""

    platform = PlatformExtension()

    def __init__(self, build: Callable[[Platform], Any]) -> None:
        self.build = build

    def setup(self) -> None:
        self._built = self.build(self.platform.get())

    def get_dependency(self, worker_ctx: Any) -> Any:
        return self._built


def every(seconds: float | None = None) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run the method every `seconds` on every replica; it must claim its work conditionally.

    Without a number it looks for what is due: in days, so that seconds do not matter
    (`scan_seconds`).
    """
    interval = settings.read(os.environ).scan_seconds if seconds is None else seconds

    def decorate(fn: Callable[..., None]) -> Callable[..., None]:
        decorated: Callable[..., None] = timer(
            interval=interval, expected_exceptions=(AppError, PyMongoError)
        )(fn)
        return decorated

    return decorate


def offers(*modules: ModuleType) -> Callable[[S], S]:
    """The service answers every operation that these modules say, with its `deps`."""

    def decorate(service: S) -> S:
        table = offered(modules)
        service._ended_sessions = Provide(lambda platform: platform.ended_sessions)
        _hear(service, "identity", names.ACCOUNT_SESSION_ENDED, _note_ended)
        service._platform = Provide(lambda platform: platform)
        service.remind_deciders = every()(_deciders_reminder())
        loaders = {o.said.loads: o for o in table.values() if o.said.loads is not None}
        for operation in table.values():
            setattr(service, operation.name, _method(operation, loaders))
        return service

    return decorate


def listen(service: type[Any], source: str, event_type: str, react: Callable[..., None]) -> None:
    """`react(event, deps)` to each such event, under the frozen name `on_<source>_<type>`."""

    _hear(service, source, event_type, lambda self, event: react(event, self.deps))


def _hear(
    service: type[Any], source: str, event_type: str, react: Callable[[Any, Event], None]
) -> None:
    def handle(self: Any, event: Event) -> None:
        react(self, event)

    handle.__name__ = f"on_{source}_{event_type}"
    setattr(service, handle.__name__, on_event(source, event_type)(handle))


def _note_ended(self: Any, event: Event) -> None:
    self._ended_sessions.note(event.data["session_id"], event.occurred_on)


def _deciders_reminder() -> Callable[[Any], None]:
    """One for each service: a timer's method belongs to one class."""

    def remind(self: Any) -> None:
        platform: Platform = self._platform
        remind_deciders(Call.system(platform.service), platform.database, platform.clock.now())

    return remind


def _method(operation: Offered, loaders: dict[str, Offered]) -> Callable[..., Any]:
    def method(self: Any, call: Call, **payload: Any) -> Any:
        return operation.answer(call, self.deps, payload, loaders)

    method.__name__ = operation.name
    method.callers = operation.said.callers  # type: ignore[attr-defined]
    method.subject = operation.subject  # type: ignore[attr-defined]
    if operation.said.kind == "query":
        return read(method)
    return rpc(method) if operation.said.logged else unlogged_rpc(method)
