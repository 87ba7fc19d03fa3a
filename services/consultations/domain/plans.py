"""年度协商计划: drafted, reviewed, decided by the Party committee, published (2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.consultations.domain import errors
from services.consultations.domain.matters import Matter
from services.consultations.domain.states import Limit, PlanState
from shared.contracts import names

P = PlanState


@dataclass(frozen=True)
class Decision:
    """Of the Party committee's standing meeting (decision 15): which document, when."""

    document_no: str
    decided_on: datetime
    topics: tuple[str, ...]


@dataclass(kw_only=True)
class Plan(Matter):
    """topics: consultations, in their order. decisions: the first, then those that add topics."""

    state: PlanState = P.DRAFT
    note: str = ""
    topics: tuple[str, ...] = ()
    decisions: list[Decision] = field(default_factory=list)
    published_at: datetime | None = None

    def header(self) -> dict[str, Any]:
        return {"plan_id": self.id, "plan_year": self.year, "title": self.title}

    def move(self, to: PlanState, at: datetime, reason: str = "") -> None:
        self.state = to
        self.reason = reason
        self.note_state(to.value, at, reason)

    def require(self, *states: PlanState) -> None:
        """Raises WrongState."""
        if self.state not in states:
            raise errors.WrongState.of(self.state)

    def ring_alarms(self, at: datetime) -> bool:
        gone = self.ring(at)
        for clock in gone:
            self.tell(
                names.CONSULTATION_PLAN_REMINDER_DUE,
                alarm=f"{clock.about.value}:{clock.due_at.isoformat()}:{clock.late}",
                due_at=clock.due_at,
                late=clock.late,
            )
        return bool(gone)


def plan_id(term: int, year: int) -> str:
    return f"plan-{term}-{year}"


def write(plan: Plan, title: str, note: str, topics: Sequence[str]) -> None:
    """Raises WrongState once it is before the Chairpersons' Council."""
    plan.require(P.DRAFT)
    plan.title, plan.note, plan.topics = title, note, tuple(dict.fromkeys(topics))


def send(plan: Plan, clock: Any, at: datetime) -> None:
    """To the Chairpersons' Council. Raises WrongState, Incomplete without a topic."""
    plan.require(P.DRAFT)
    if not plan.topics:
        raise errors.Incomplete("计划尚无议题", field="topics")
    plan.move(P.IN_REVIEW, at)
    plan.watch(at, clock)
    plan.tell(names.CONSULTATION_PLAN_SENT, due_at=plan.due(Limit.REVIEW))


def review(plan: Plan, passed: bool, reason: str, at: datetime) -> None:
    """To the Party committee, or returned with a reason. Raises WrongState, Incomplete."""
    plan.require(P.IN_REVIEW)
    _require_reason(passed, reason)
    plan.move(P.REVIEWED if passed else P.DRAFT, at, reason)
    plan.stop(Limit.REVIEW, at)
    plan.tell(names.CONSULTATION_PLAN_REVIEWED, passed=passed, reason=reason)


def send_back(plan: Plan, reason: str, at: datetime) -> None:
    """The Party committee wants it changed."""
    plan.require(P.REVIEWED)
    plan.move(P.DRAFT, at, reason)
    plan.tell(names.CONSULTATION_PLAN_DECIDED, approved=False, reason=reason)


def decide(plan: Plan, document_no: str, decided_on: datetime, at: datetime) -> None:
    """Decided as it stands."""
    plan.require(P.REVIEWED)
    plan.decisions.append(Decision(document_no, decided_on, plan.topics))
    plan.move(P.DECIDED, at)
    plan.tell(names.CONSULTATION_PLAN_DECIDED, approved=True, reason="")


def supplement(plan: Plan, topics: Sequence[str], document_no: str, decided_on: datetime) -> None:
    """Topics that the Party committee adds in the course of the year. Raises WrongState."""
    plan.require(P.DECIDED, P.PUBLISHED)
    added = tuple(id for id in dict.fromkeys(topics) if id not in plan.topics)
    plan.decisions.append(Decision(document_no, decided_on, added))
    plan.topics = (*plan.topics, *added)


def publish(plan: Plan, at: datetime) -> None:
    plan.require(P.DECIDED)
    plan.published_at = at
    plan.move(P.PUBLISHED, at)
    plan.tell(names.CONSULTATION_PLAN_PUBLISHED, topics=len(plan.topics))


def _require_reason(passed: bool, reason: str) -> None:
    if not passed and not reason:
        raise errors.Incomplete("退回的请说明理由", field="reason")
