"""The year's summary of outcomes, to the Party, the government and the next plenary (2.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.outcomes.domain import errors
from services.outcomes.domain.kinds import SummaryReader
from shared.aggregate import Aggregate
from shared.contracts import names


def summary_id(year: int) -> str:
    return f"summary-{year}"


@dataclass(frozen=True)
class SentSummary:
    """That one of those who are owed it has got it; document_no: under which number, if any."""

    to: SummaryReader
    sent_on: datetime
    document_no: str
    by: str


@dataclass
class Summary(Aggregate):
    """One for each year with outcomes; due_at: none until the year has ended."""

    id: str
    term: int
    year: int
    sent: tuple[SentSummary, ...] = ()
    due_at: datetime | None = None
    reminded: bool = True  # so that the timer finds those alone that wait

    @property
    def missing(self) -> list[SummaryReader]:
        had = {one.to for one in self.sent}
        return [reader for reader in SummaryReader if reader not in had]

    def header(self) -> dict[str, Any]:
        return {"summary_id": self.id, "year": self.year}

    def fall_due(self, due_at: datetime) -> bool:
        """The year is over: it is owed, unless all have it already. True if that is told now."""
        if self.due_at is not None or not self.missing:
            return False
        self.due_at, self.reminded = due_at, False
        self.tell(names.OUTCOME_SUMMARY_DUE, due_at=due_at)
        return True

    def remind(self) -> None:
        """Once, some days before its date."""
        self.reminded = True
        self.tell(names.OUTCOME_SUMMARY_REMINDER_DUE, due_at=self.due_at)

    def send(self, sent: SentSummary) -> None:
        """Raises SummarySent for whom it was sent to before."""
        if sent.to not in self.missing:
            raise errors.SummarySent(field="to")
        self.sent = (*self.sent, sent)
        self.reminded = self.reminded or not self.missing
        self.tell(
            names.OUTCOME_SUMMARY_SENT,
            to=sent.to.value,
            sent_on=sent.sent_on,
            document_no=sent.document_no,
            complete=not self.missing,
        )
