"""Who acts, when the session is, and what the proposer fills in beside the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services.proposals.domain.states import Category, Mark, Openness


@dataclass(frozen=True)
class By:
    """Who acts, as the history keeps it."""

    account_id: str | None
    role: str


DERIVED = By(None, "SYSTEM")  # who moves a proposal when another act, or the time, completes it


@dataclass(frozen=True)
class Session:
    """A session as proposals needs it (decision 12)."""

    term: int
    no: int
    opens_at: datetime
    cut_off_at: datetime
    plenary_from: datetime
    plenary_to: datetime

    def mark(self, at: datetime) -> Mark:
        """PLENARY within the window; REGULAR by itself after the cut-off (V12)."""
        return Mark.PLENARY if self.opens_at <= at <= self.cut_off_at else Mark.REGULAR

    def in_plenary(self, at: datetime) -> bool:
        return self.plenary_from <= at <= self.plenary_to


@dataclass(frozen=True)
class Details:
    """What the proposer fills in beside the text."""

    category: Category | None = None
    topics: tuple[str, ...] = ()  # free words
    topic_codes: tuple[str, ...] = ()  # of the taxonomy (decision 56)
    themes: tuple[str, ...] = ()  # of the year's work plan
    advised_units: tuple[str, ...] = ()
    openness: Openness = Openness.OPEN
    openness_reason: str | None = None
    needs_consult: bool = False
    contact_person: str | None = None
    contact_phone: str | None = None
    attachments: tuple[str, ...] = ()
    declared: bool = False  # V11: no state secrets, no personal data of others
    classified: bool = False  # V11: such matter is refused
    origin: Mapping[str, str] | None = None  # {"kind": "LEAD", "ref": its id}


@dataclass
class Merged:
    """Where a follower belongs; it shows the lead's case number beside its own serial number."""

    lead: str
    case_no: str
    case_title: str
    reason: str
    merged_at: datetime
