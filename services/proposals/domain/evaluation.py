"""Evaluation (委员评价) of a reply round: sealed until closing (V20, decision 21).

An evaluation is a document of its own, so that nothing that reads a proposal can show it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.proposals.domain import errors
from shared.aggregate import Aggregate
from shared.errors import DomainError, Refused


class Grade(StrEnum):
    SATISFIED = "SATISFIED"
    BASIC = "BASIC"
    DISSATISFIED = "DISSATISFIED"


class HeardBy(StrEnum):
    """How the proposer was heard (听取意见方式)."""

    VISIT = "VISIT"
    PHONE = "PHONE"
    OTHER = "OTHER"
    NOT_CONTACTED = "NOT_CONTACTED"


class Pertinence(StrEnum):
    YES = "YES"
    BASICALLY = "BASICALLY"
    NO = "NO"


class CloseKind(StrEnum):
    NORMAL = "NORMAL"
    NOT_EVALUATED = "NOT_EVALUATED"
    WITH_RESERVATION = "WITH_RESERVATION"


WORST_FIRST = (Grade.DISSATISFIED, Grade.BASIC, Grade.SATISFIED)


def worst(grades: Iterable[Grade]) -> Grade:
    """Decision 21: with separate handling the result is the worst line."""
    return min(grades, key=WORST_FIRST.index)


@dataclass(frozen=True)
class Line:
    """One unit's share of the reply."""

    unit: str
    attitude: Grade
    result: Grade


@dataclass(frozen=True)
class Form:
    """What the evaluator fills in."""

    lines: tuple[Line, ...] = ()
    heard_by: HeardBy | None = None
    visited: bool | None = None
    pertinence: Pertinence | None = None
    leader_replied: bool | None = None
    comment: str = ""
    reason: str = ""

    @property
    def attitude(self) -> Grade:
        return worst(line.attitude for line in self.lines)

    @property
    def result(self) -> Grade:
        return worst(line.result for line in self.lines)

    def problems(self, units: Collection[str]) -> Iterator[DomainError]:
        """What keeps it from being sent; `units` are those whose replies it judges."""
        if sorted(line.unit for line in self.lines) != sorted(units):
            yield errors.EvaluationIncomplete("请对每个答复单位作出评价", field="lines")
        for name, (wire_name, label) in REQUIRED.items():
            if getattr(self, name) is None:
                yield errors.EvaluationIncomplete(f"请填写{label}", field=wire_name)
        grades = {grade for line in self.lines for grade in (line.attitude, line.result)}
        if Grade.DISSATISFIED in grades and not self.reason.strip():
            yield errors.EvaluationReasonMissing(field="reason")


REQUIRED = {
    "heard_by": ("heardBy", "听取意见方式"),
    "visited": ("visited", "走访情况"),
    "pertinence": ("pertinence", "答复针对性"),
    "leader_replied": ("leaderReplied", "分管领导是否答复"),
}


@dataclass
class Evaluation(Aggregate):
    """One evaluator's judgement of one reply round; final when sent.

    evaluator: member id, or `<kind>:<id>` of an organisation; binding: the official one.
    """

    id: str
    proposal_id: str
    term: int
    round: int
    evaluator: str
    binding: bool
    saved_at: datetime
    form: Form = field(default_factory=Form)
    sent_at: datetime | None = None
    account_id: str | None = None

    def save(self, form: Form, at: datetime, account_id: str | None) -> None:
        if self.sent_at:
            raise errors.EvaluationSent
        self.form, self.saved_at, self.account_id = form, at, account_id

    def send(self, units: Collection[str], at: datetime, *, binding: bool) -> None:
        """Final (V20). Raises Refused with every reason at once."""
        if self.sent_at:
            raise errors.EvaluationSent
        if problems := list(self.form.problems(units)):
            raise Refused.of(problems)
        self.sent_at, self.binding = at, binding


def evaluation_id(proposal_id: str, round: int, evaluator: str) -> str:
    """One for each evaluator and round (V20)."""
    return f"{proposal_id}:{round}:{evaluator}"
