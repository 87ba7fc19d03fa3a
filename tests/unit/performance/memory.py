"""The ledger kept in dictionaries: the repository's promises, without a database."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services.performance.domain.ledger import Cancellation, Entry
from shared.call import Call


class MemoryLedger:
    """Insert once by id, keep the least event id, as the repository does.

    `events` are those recorded with the entries.
    """

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.events: list[tuple[str, dict[str, Any]]] = []
        self._cancellations: dict[tuple[str, int], Cancellation] = {}

    def post(self, call: Call, entry: Entry, event: tuple[str, dict[str, Any]]) -> None:
        known = self.entries.setdefault(entry.entry_id, entry)
        if known is entry:
            self.events.append(event)
        least = min(known.source_event_id, entry.source_event_id)
        self.entries[entry.entry_id] = replace(known, source_event_id=least)

    def cancel(self, cancellation: Cancellation) -> None:
        key = (cancellation.source_ref, cancellation.occurrence_no)
        known = self._cancellations.setdefault(key, cancellation)
        least = min(known.cause.source_event_id, cancellation.cause.source_event_id)
        cause = replace(known.cause, source_event_id=least)
        self._cancellations[key] = replace(known, cause=cause)

    def cancellation_of(self, source_ref: str, occurrence_no: int) -> Cancellation | None:
        return self._cancellations.get((source_ref, occurrence_no))

    def earned(self, source_ref: str, occurrence_no: int) -> list[Entry]:
        return [
            entry
            for entry in self.entries.values()
            if (entry.source_ref, entry.occurrence_no) == (source_ref, occurrence_no)
            and not entry.is_reversal
        ]
