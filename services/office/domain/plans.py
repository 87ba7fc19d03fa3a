"""The annual work plan (年度工作要点, 2.10, 0.1–0.8): decided, forwarded, carried out, reviewed.

Progress is counted from facts (`plan_facts`); no command sets it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.office.domain import document_errors as errors
from services.office.domain.outgoing import Step
from services.office.domain.plan_facts import Counts
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.contracts.functions import DutyFunction
from shared.labels import Labelled


class PlanState(Labelled, name="WorkPlanState"):
    """年度工作要点状态。State of an annual plan."""

    DRAFT = "DRAFT", "起草", "Draft"
    ADOPTED = "ADOPTED", "已通过", "Adopted by the Standing Committee"
    SENT_TO_PARTY = "SENT_TO_PARTY", "已报区委", "Sent to the district Party committee"
    FORWARDED = "FORWARDED", "已批转", "Forwarded by the Party committee"
    EXECUTING = "EXECUTING", "执行中", "Being carried out"
    REVIEWED = "REVIEWED", "已总结", "Reviewed"


S = PlanState

MOVES: Mapping[PlanState, Collection[PlanState]] = {
    S.DRAFT: {S.ADOPTED},
    S.ADOPTED: {S.SENT_TO_PARTY},
    S.SENT_TO_PARTY: {S.FORWARDED, S.DRAFT},  # returned, to be reworked
    S.FORWARDED: {S.EXECUTING},
    S.EXECUTING: {S.REVIEWED},
    S.REVIEWED: {},
}


@dataclass(frozen=True)
class Item:
    """One task; `point` is its row in the plan ("5.1"), `target` how many facts are wanted."""

    code: str
    point: str
    phrase: str
    target: int
    duty: DutyFunction
    counts: Counts
    topics: tuple[str, ...] = ()


@dataclass
class Plan(Aggregate):
    """One for each year. `told`: item → the count that `plan_progressed` last told."""

    id: str
    term: int
    year: int
    title: str
    themes: tuple[str, ...]
    items: tuple[Item, ...]
    created_by: str | None
    created_at: datetime
    state: PlanState = S.DRAFT
    adopted_by: str | None = None  # the meeting, as the text names it
    adopted_on: date | None = None
    sent_on: date | None = None
    forwarded_by: str | None = None
    forwarded_on: date | None = None
    printed_on: date | None = None
    notice_id: str | None = None  # the incoming cover notice
    review: str | None = None
    told: dict[str, int] = field(default_factory=dict)
    trail: tuple[Step, ...] = ()

    def draft(self, title: str, themes: Sequence[str], items: Sequence[Item]) -> None:
        """Written, or written again until it is adopted. Raises PlanUnfit."""
        if self.state is not S.DRAFT:
            raise errors.WrongPlanState.of(self.state)
        codes = [item.code for item in items]
        if not items or len(set(codes)) < len(codes):
            raise errors.PlanUnfit("工作要点须有任务，且编号不得重复", field="items")
        for item in items:
            item.counts.check()
        self.title, self.themes, self.items = title, tuple(themes), tuple(items)

    def adopt(self, meeting: str, on: date, by: str | None, at: datetime) -> None:
        """By the Standing Committee (0.1)."""
        self._dated(on, at)
        self._move(S.ADOPTED, by, at)
        self.adopted_by, self.adopted_on = meeting, on

    def send(self, on: date | None, by: str | None, at: datetime) -> None:
        """To the district Party committee (0.2); on a day that need not be known."""
        if on is not None:
            self._dated(on, at, self.adopted_on)
        self._move(S.SENT_TO_PARTY, by, at)
        self.sent_on = on

    def give_back(self, reason: str, on: date, by: str | None, at: datetime) -> None:
        """The Party committee returns it: a draft again, to be adopted and handed in anew."""
        self._dated(on, at, self.sent_on or self.adopted_on)
        self._move(S.DRAFT, by, at, reason)
        self.adopted_by = self.adopted_on = self.sent_on = None

    def forward(
        self,
        forwarded_by: str,
        forwarded_on: date,
        printed_on: date,
        notice_id: str | None,
        by: str | None,
        at: datetime,
    ) -> None:
        """批转: dated on one day, printed on another, both kept (0.8)."""
        self._dated(forwarded_on, at, self.sent_on or self.adopted_on)
        self._dated(printed_on, at, forwarded_on)
        self._move(S.FORWARDED, by, at)
        self.forwarded_by, self.forwarded_on = forwarded_by, forwarded_on
        self.printed_on, self.notice_id = printed_on, notice_id

    def execute(self, by: str | None, at: datetime) -> None:
        self._move(S.EXECUTING, by, at)

    def conclude(self, review: str, by: str | None, at: datetime) -> None:
        """The year's review; what comes later still counts where it belongs."""
        self._move(S.REVIEWED, by, at)
        self.review = review

    def progress(self, done: Mapping[str, int]) -> bool:
        """Tell what changed; done: item code → facts counted. True if anything did."""
        for item in self.items:
            count = done.get(item.code, 0)
            if count != self.told.get(item.code, 0):
                self.told = {**self.told, item.code: count}
                self.tell(names.PLAN_PROGRESSED, **self._progress_of(item, count))
        return bool(self.events)

    def _progress_of(self, item: Item, count: int) -> dict[str, Any]:
        return {
            "item": item.code,
            "phrase": item.phrase,
            "duty": item.duty.value,
            "target": item.target,
            "done": count,
        }

    def _dated(self, on: date, at: datetime, after: date | None = None) -> None:
        if on > at.date() or (after is not None and on < after):
            raise errors.PlanUnfit("日期不能晚于今天，也不能早于前一环节", field="on")

    def _move(self, to: PlanState, by: str | None, at: datetime, reason: str | None = None) -> None:
        if to not in MOVES[self.state]:
            raise errors.WrongPlanState.of(self.state)
        self.state = to
        self.trail = (*self.trail, Step(to.value, by, at, reason))
        themes = list(self.themes)
        self.tell(names.PLAN_STATE_CHANGED, state=to.value, reason=reason, themes=themes)

    def header(self) -> dict[str, Any]:
        return {"plan_id": self.id, "year": self.year, "title": self.title}
