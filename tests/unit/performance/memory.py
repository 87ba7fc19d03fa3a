"""The ledger kept in dictionaries: the repository's promises, without a database."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from services.performance.domain.duties import LinkFact, Record
from services.performance.domain.ledger import Cancellation, Entry, Key
from shared.call import Call


class MemoryLedger:
    """Insert once by id, keep the earliest cause, as the repository does.

    `events` are those recorded with the entries.
    """

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.events: list[tuple[str, dict[str, Any]]] = []
        self._cancellations: dict[Key, Cancellation] = {}

    def post(self, call: Call, entry: Entry, event: tuple[str, dict[str, Any]]) -> None:
        known = self.entries.setdefault(entry.entry_id, entry)
        if known is entry:
            self.events.append(event)
        self.entries[entry.entry_id] = min(
            known, entry, key=lambda e: (e.posted_at, e.source_event_id)
        )

    def cancel(self, cancellation: Cancellation) -> None:
        key = (cancellation.source_ref, cancellation.occurrence_no)
        known = self._cancellations.setdefault(key, cancellation)
        self._cancellations[key] = min(
            known, cancellation, key=lambda c: (c.cause.occurred_on, c.cause.source_event_id)
        )

    def cancellations(self, keys: Collection[Key]) -> dict[Key, Cancellation]:
        return {key: self._cancellations[key] for key in keys if key in self._cancellations}

    def entry(self, entry_id: str) -> Entry | None:
        return self.entries.get(entry_id)

    def earned(self, source_ref: str, occurrence_no: int) -> list[Entry]:
        return [
            entry
            for entry in self.entries.values()
            if (entry.source_ref, entry.occurrence_no) == (source_ref, occurrence_no)
            and not entry.is_reversal
        ]


class MemoryDuties:
    """Duties kept in dictionaries, as the repository keeps them."""

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}
        self.undone: set[str] = set()
        self.links: dict[str, LinkFact] = {}
        self.years: dict[tuple[str, int], tuple[int, bool, bool]] = {}

    def record(self, records: Iterable[Record]) -> None:
        for one in records:
            self.records.setdefault(one.id, one)

    def undo(self, keys: Collection[Key]) -> None:
        for one in self.records.values():
            if (one.source_ref, one.occurrence_no) in keys:
                self.undone.add(one.id)

    def keep_link(self, link: LinkFact) -> None:
        known = self.links.get(link.link_id, link)
        self.links[link.link_id] = LinkFact(
            link.link_id,
            link.member_id,
            link.started_on or known.started_on,
            link.ended_on or known.ended_on,
        )

    def keep_year(
        self, organisation: str, year: int, version: int, *, planned: bool, summarised: bool
    ) -> None:
        known = self.years.get((organisation, year), (0, False, False))
        self.years[organisation, year] = max(known, (version, planned, summarised))

    def standing(self) -> list[Record]:
        return [self.records[id] for id in sorted(self.records.keys() - self.undone)]
