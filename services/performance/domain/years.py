"""The year of points: open, a draft open to appeal, frozen in a signed snapshot (section 4).

What comes after the freeze stands in the ledger, but counts only when the Chairpersons' Council
has approved it: then as an amendment beside the snapshot, which is never changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from services.performance.domain import errors
from services.performance.domain.ledger import SHANGHAI
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.days import day_after
from shared.labels import Labelled

FREEZE_DAYS = "freeze_days_after_year"
APPEAL_DAYS = "appeal_days"


class YearState(Labelled, name="PointsYearState"):
    """年度积分的状态。State of a year of points."""

    DRAFT = "DRAFT", "公示", "Draft, open to appeal"
    FROZEN = "FROZEN", "已封存", "Frozen"


@dataclass
class Year(Aggregate):
    """An open year has no document. `digest` and `signature` come with the freeze."""

    year: int
    term: int
    draft_at: datetime
    appeal_until: datetime
    state: YearState = YearState.DRAFT
    frozen_at: datetime | None = None
    members: int = 0
    entries: int = 0  # of the ledger, counted or undone, in the snapshot
    digest: str | None = None
    signature: str | None = None
    amendments: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def publish(cls, year: int, term: int, at: datetime, days: int) -> Year:
        """The draft, open to appeal for `days`, of which the last ends at its midnight.

        Raises YearNotOver.
        """
        if at < ends(year):
            raise errors.YearNotOver(field="year")
        until = day_after(at + timedelta(days=days, microseconds=-1))
        found = cls(year, term, at, until)
        found.tell(names.PERFORMANCE_DRAFT_PUBLISHED, year=year, appeal_until=until)
        return found

    @property
    def id(self) -> str:
        return year_id(self.year)

    def require_appealable(self, at: datetime) -> None:
        """Raises AppealClosed."""
        if self.state is not YearState.DRAFT or at >= self.appeal_until:
            raise errors.AppealClosed

    def require_freezable(self, at: datetime, unsettled: bool) -> None:
        """`unsettled`: an appeal, or a correction that follows from one, is undecided.

        Raises YearStateUnfit, AppealsOpen.
        """
        if self.state is not YearState.DRAFT:
            raise errors.YearStateUnfit.of(self.state)
        if at < self.appeal_until or unsettled:
            raise errors.AppealsOpen

    def freeze(
        self, at: datetime, digests: Mapping[str, str], entries: int, signature: str
    ) -> None:
        """`digests`: member → digest of the sheet; `signature` signs `digest_of(digests)`."""
        self.state, self.frozen_at, self.entries = YearState.FROZEN, at, entries
        self.members, self.digest = len(digests), digest_of(digests)
        self.signature = signature
        self.tell(
            names.PERFORMANCE_YEAR_FROZEN, year=self.year, members=self.members, digest=self.digest
        )


def year_id(year: int) -> str:
    return f"year-{year}"


def ends(year: int) -> datetime:
    """The first moment after it."""
    return datetime(year + 1, 1, 1, tzinfo=SHANGHAI)


def draft_due(year: int, freeze_days: int, appeal_days: int) -> datetime:
    """When the draft is published by itself, so that the freeze falls on its day."""
    return ends(year) + timedelta(days=max(0, freeze_days - appeal_days))


def freeze_due(year: Year, freeze_days: int) -> datetime:
    return max(year.appeal_until, ends(year.year) + timedelta(days=freeze_days))


def digest_of(digests: Mapping[str, str]) -> str:
    """SHA-256 in hex over the members' digests in the order of their ids."""
    lines = "".join(f"{member} {digests[member]}\n" for member in sorted(digests))
    return hashlib.sha256(lines.encode()).hexdigest()


class LateState(Labelled, name="LateChangeState"):
    """封存后变动的状态。State of a change after the freeze."""

    LISTED = "LISTED", "待审定", "Waits for the Chairpersons' Council"
    APPROVED = "APPROVED", "准予计入", "Counts, by an amendment"
    REFUSED = "REFUSED", "不予计入", "Does not count"


@dataclass
class LateChange(Aggregate):
    """An entry that came to a frozen year; its id is the entry's."""

    entry_id: str
    member_id: str
    term: int
    year: int
    listed_at: datetime
    state: LateState = LateState.LISTED
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        if not self.version:
            self.tell(names.PERFORMANCE_LATE_CHANGE_LISTED)

    def decide(self, approved: bool, reason: str, account: str, at: datetime) -> None:
        """Raises AlreadyDecided."""
        if self.state is not LateState.LISTED:
            raise errors.AlreadyDecided
        self.state = LateState.APPROVED if approved else LateState.REFUSED
        self.decided_by, self.decided_at, self.reason = account, at, reason
        self.tell(names.PERFORMANCE_LATE_CHANGE_DECIDED, approved=approved)

    def header(self) -> dict[str, Any]:
        return {"entry_id": self.entry_id, "member_id": self.member_id, "year": self.year}


def late(
    entry_ids: Iterable[tuple[str, str]], counted: Mapping[str, frozenset[str]]
) -> list[tuple[str, str]]:
    """Those of (member, entry) that no snapshot of the member holds."""
    return [(m, e) for m, e in entry_ids if e not in counted.get(m, frozenset())]
