"""What every aggregate carries: version, commands and events (standard library only)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(kw_only=True)
class Aggregate:
    """A record that is one document, one write (decision 2).

    version: guards the write; commands: the kernel's, carried along; events: the facts of this
    change, for the outbox.
    """

    version: int = 0
    commands: list[dict[str, Any]] = field(default_factory=list)
    events: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def tell(self, event: str, /, **data: Any) -> None:
        """Record a fact that has happened, under the header of this kind of record."""
        self.events.append((event, {**self.header(), **data}))

    def header(self) -> dict[str, Any]:
        """What each of its facts says."""
        return {}
