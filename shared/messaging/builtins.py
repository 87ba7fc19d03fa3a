"""The operations that every service offers, bound to its process (shared/kernel)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from shared.kernel import OPERATIONS
from shared.kernel.changes import SettingChanges
from shared.kernel.desk import Desk
from shared.messaging import replays
from shared.messaging.platform import Platform

COMMANDS = frozenset(n for n, o in OPERATIONS.items() if o.said.kind == "command")
SUBJECTS = {name: operation.subject for name, operation in OPERATIONS.items()}


def methods(platform: Platform, container: Any) -> dict[str, Callable[..., Any]]:
    """By name: `method(call, **payload)`."""
    desk = Desk(
        service=platform.service,
        database=platform.database,
        clock=platform.clock,
        settings=platform.settings,
        changes=SettingChanges(platform.database),
        audit=platform.audit,
        replays=replays.of(container),
    )
    loaders = {o.said.loads: o for o in OPERATIONS.values() if o.said.loads is not None}

    def method(name: str, call: Any, **payload: Any) -> Any:
        return OPERATIONS[name].answer(call, desk, payload, loaders)

    return {name: partial(method, name) for name in OPERATIONS}
