"""The yearly study plan (3.1): themes, which of them are required (1.1), approval, summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.study.domain import errors
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.labels import Labelled


class PlanState(Labelled, name="StudyPlanState"):
    """学习计划状态。State of a study plan."""

    DRAFT = "DRAFT", "草拟", "Draft"
    APPROVED = "APPROVED", "已审定", "Approved by the Chairpersons' Council"
    RUNNING = (
        "RUNNING",
        "执行中",
        "Its first session was held",
    )  # from the first session that was held
    SUMMARISED = "SUMMARISED", "已总结", "Summarised"


S = PlanState


@dataclass(frozen=True)
class Theme:
    """code: within the plan, "T1"; required: everybody is to study it once in the year."""

    code: str
    title: str
    required: bool


@dataclass
class Plan(Aggregate):
    """One for each year; proposed: waits for the Chairpersons' Council."""

    id: str
    term: int
    year: int
    title: str
    text: str
    themes: list[Theme]
    drafted_by: str
    state: PlanState = S.DRAFT
    proposed: bool = False
    decided_by: str | None = None
    decided_at: datetime | None = None
    opinion: str | None = None
    summary: str | None = None

    @property
    def required(self) -> list[str]:
        return [theme.code for theme in self.themes if theme.required]

    def write(self, title: str, text: str, themes: Sequence[Theme]) -> None:
        """Raises PlanUnfit, and WrongState once it is approved."""
        self._require(S.DRAFT)
        codes = [theme.code for theme in themes]
        if len(set(codes)) < len(codes):
            raise errors.PlanUnfit("学习主题编号重复", field="themes")
        if not any(theme.required for theme in themes):
            raise errors.PlanUnfit("至少应有一个必学专题", field="themes")
        self.title, self.text, self.themes, self.proposed = title, text, list(themes), False

    def propose(self) -> None:
        self._require(S.DRAFT)
        if self.proposed:
            raise errors.WrongState("计划已提请审定")
        self.proposed = True
        self.tell(names.STUDY_PLAN_PROPOSED)

    def decide(self, approved: bool, opinion: str | None, by: str, at: datetime) -> None:
        """Not approved, it goes back to its drafters."""
        self._require(S.DRAFT)
        if not self.proposed:
            raise errors.WrongState("计划尚未提请审定")
        self.proposed = False
        self.decided_by, self.decided_at, self.opinion = by, at, opinion
        if approved:
            self.state = S.APPROVED
        self.tell(names.STUDY_PLAN_DECIDED, approved=approved)

    def run(self) -> bool:
        """A session was held; False if that is known."""
        if self.state is not S.APPROVED:
            return False
        self.state = S.RUNNING
        return True

    def summarise(self, summary: str) -> None:
        self._require(S.RUNNING)
        self.state, self.summary = S.SUMMARISED, summary

    def _require(self, state: PlanState) -> None:
        if self.state is not state:
            raise errors.WrongState.of(self.state)

    def header(self) -> dict[str, Any]:
        return {"plan_id": self.id, "year": self.year}
