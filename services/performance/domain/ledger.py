"""Ledger entries: what a fact earned, and the entries of opposite sign that undo it.

An entry holds the rule, its version, the fact and the base quantity; first/further, yearly
limits and caps are decided on reading (decision 31), so that the order of delivery is of no
consequence. Ids derive from the fact: the same fact again has no second effect (decision 3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")  # years turn at midnight there
UNDO = "undo"


Key = tuple[str, int]  # source_ref, occurrence_no


class Fact(Protocol):
    """An event, as far as the ledger looks at it. `occurred_on` is domain time."""

    @property
    def id(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def data(self) -> Mapping[str, Any]: ...
    @property
    def actor(self) -> Mapping[str, Any]: ...
    @property
    def term(self) -> int: ...
    @property
    def occurred_on(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Cause:
    """The event that made an entry or a cancellation, as it is stored with it."""

    source_event_id: str
    event_type: str
    occurred_on: datetime
    actor: Mapping[str, Any]

    @classmethod
    def of(cls, fact: Fact) -> Cause:
        at = fact.occurred_on.astimezone(SHANGHAI)
        return cls(fact.id, fact.type, at, dict(fact.actor))


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger, never changed and never deleted.

    quantity/out_of is the base quantity (half-days present of all, else 1 of 1), negative in a
    reversal. `occurred_on` decides the year; a reversal has its original's. `posted_at` is the
    domain time of the event that posted the entry, so that a replay gives the same ledger.
    """

    entry_id: str
    member_id: str
    term: int
    year: int
    rule_code: str
    rule_version: int
    variant: str
    quantity: int
    out_of: int
    source_ref: str  # names the fact (decision 32): "proposal/<id>/filed"
    occurrence_no: int
    source_event_id: str
    event_type: str
    occurred_on: datetime
    posted_at: datetime
    actor: Mapping[str, Any]
    reverses_entry_id: str | None = None
    remote: bool = False  # there by video only

    @property
    def is_reversal(self) -> bool:
        return self.reverses_entry_id is not None

    def undone_by(self, cancellation: Cancellation) -> Entry:
        """The entry of opposite sign; it counts in the year of its original (decision 31)."""
        cause = cancellation.cause
        return replace(
            self,
            entry_id=f"{self.entry_id}:{UNDO}",
            quantity=-self.quantity,
            source_event_id=cause.source_event_id,
            event_type=cause.event_type,
            posted_at=cause.occurred_on,
            actor=cause.actor,
            reverses_entry_id=self.entry_id,
        )


@dataclass(frozen=True, slots=True)
class Cancellation:
    """A fact's occurrence is undone; kept, so that an original that comes later is undone too."""

    source_ref: str
    occurrence_no: int
    cause: Cause

    @property
    def key(self) -> Key:
        return self.source_ref, self.occurrence_no
