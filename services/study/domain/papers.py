"""Notes that are shared and papers that are judged (3.2, E3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from services.study.domain import errors
from services.study.domain.materials import tell_files
from shared.aggregate import Aggregate
from shared.contracts import names


class Kind(StrEnum):
    NOTE = "NOTE"  # shared at once, never judged
    PAPER = "PAPER"


class PaperState(StrEnum):
    SHARED = "SHARED"
    SUBMITTED = "SUBMITTED"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    REVOKED = "REVOKED"


S = PaperState


@dataclass
class Paper(Aggregate):
    """authors: member ids, the first has written it in; acceptances: how often accepted."""

    id: str
    term: int
    year: int
    kind: Kind
    title: str
    text: str
    authors: tuple[str, ...]
    session_id: str | None
    submitted_at: datetime
    files: tuple[str, ...] = ()
    state: PaperState = S.SUBMITTED
    hours: float = 0
    decided_by: str | None = None
    decided_at: datetime | None = None
    opinion: str | None = None
    acceptances: int = 0
    files_told: tuple[str, ...] = ()

    def submit(self) -> None:
        if self.kind is Kind.NOTE:
            self.state = S.SHARED
        else:
            self.tell(names.STUDY_PAPER_SUBMITTED, title=self.title)

    def decide(
        self, accepted: bool, hours: float, opinion: str | None, by: str, at: datetime
    ) -> None:
        """Accepted, it earns E3 and its hours of study. Raises PaperDecided."""
        if self.state is not S.SUBMITTED:
            raise errors.PaperDecided
        self.decided_by, self.decided_at, self.opinion = by, at, opinion
        if accepted:
            self.state, self.hours, self.acceptances = S.ACCEPTED, hours, self.acceptances + 1
            self.tell(names.STUDY_PAPER_ACCEPTED, occurrence_no=self.acceptances)
        else:
            self.state = S.DECLINED
            self.tell(names.STUDY_PAPER_DECLINED, title=self.title)

    def revoke(self, opinion: str, by: str, at: datetime) -> None:
        """What it earned is undone."""
        if self.state is not S.ACCEPTED:
            raise errors.WrongState(details={"state": self.state.value})
        self.state, self.opinion, self.decided_by, self.decided_at = S.REVOKED, opinion, by, at
        self.tell(names.STUDY_PAPER_REVOKED, occurrence_no=self.acceptances)

    def tell_files(self) -> None:
        tell_files(self, {"paper_id": self.id}, self.files)

    def header(self) -> dict[str, Any]:
        return {"paper_id": self.id, "authors": list(self.authors)}
