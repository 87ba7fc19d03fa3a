"""Notes that are shared and papers that are judged (3.2, E3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.study.domain import errors
from services.study.domain.materials import tell_files
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.labels import Labelled


class Kind(Labelled, name="StudyPaperKind"):
    """笔记或文章。Note or paper."""

    NOTE = "NOTE", "学习笔记", "Note, shared"  # shared at once, never judged
    PAPER = "PAPER", "学习文章", "Paper, judged"


class PaperState(Labelled, name="StudyPaperState"):
    """笔记或文章状态。State of a note or paper."""

    SHARED = "SHARED", "已分享", "Shared"
    SUBMITTED = "SUBMITTED", "待审定", "Handed in"
    ACCEPTED = "ACCEPTED", "已采用", "Accepted"
    DECLINED = "DECLINED", "未采用", "Declined"
    REVOKED = "REVOKED", "已撤销采用", "No longer accepted"


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
            raise errors.WrongState.of(self.state)
        self.state, self.opinion, self.decided_by, self.decided_at = S.REVOKED, opinion, by, at
        self.tell(names.STUDY_PAPER_REVOKED, occurrence_no=self.acceptances)

    def tell_files(self) -> None:
        tell_files(self, {"paper_id": self.id}, self.files)

    def header(self) -> dict[str, Any]:
        return {"paper_id": self.id, "authors": list(self.authors)}
