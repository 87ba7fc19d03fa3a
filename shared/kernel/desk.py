"""What the kernel's use cases are given, in whichever service they run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from shared.clock import Now

if TYPE_CHECKING:
    from shared.kernel.changes import SettingChanges
    from shared.persistence import Audit, Database, SettingsStore


class Replays(Protocol):
    """The rebuilding of the service's projections (decision 6)."""

    def begin(self) -> str: ...

    def state(self) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Desk:
    service: str
    database: Database
    clock: Now
    settings: SettingsStore
    changes: SettingChanges
    audit: Audit
    replays: Replays
