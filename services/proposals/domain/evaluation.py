"""Evaluation (委员评价) of a reply round: sealed until closing (V20, decision 21).

An evaluation is a document of its own, so that nothing that reads a proposal can show it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from services.proposals.domain import errors
from shared.aggregate import Aggregate
from shared.errors import DomainError, Refused
from shared.labels import Labelled


class Grade(Labelled):
    """评价等次。Grade of an evaluation."""

    SATISFIED = "SATISFIED", "满意", "Satisfied"
    BASIC = "BASIC", "基本满意", "Basically satisfied"
    DISSATISFIED = "DISSATISFIED", "不满意", "Dissatisfied"


class HeardBy(Labelled):
    """听取意见方式。How the proposer was heard."""

    VISIT = "VISIT", "走访", "Visit"
    PHONE = "PHONE", "电话", "Phone"
    OTHER = "OTHER", "其他", "Other"
    NOT_CONTACTED = "NOT_CONTACTED", "未联系", "Not contacted"


class Pertinence(Labelled):
    """答复针对性。Whether the reply is to the point."""

    YES = "YES", "有针对性", "To the point"
    BASICALLY = "BASICALLY", "基本有针对性", "Basically to the point"
    NO = "NO", "没有针对性", "Not to the point"


class CloseKind(Labelled):
    """办结方式。How it was closed."""

    NORMAL = "NORMAL", "正常办结", "Normal"
    NOT_EVALUATED = "NOT_EVALUATED", "未评价", "Not evaluated"
    WITH_RESERVATION = "WITH_RESERVATION", "保留意见", "With reservation"


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
    late_at: datetime | None = None  # said after DL7: a supplementary opinion (decision 63)

    def save(self, form: Form, at: datetime, account_id: str | None) -> None:
        if self.sent_at:
            raise errors.EvaluationSent
        self.form, self.saved_at, self.account_id = form, at, account_id

    def keep_late(self, form: Form, at: datetime, account_id: str | None) -> None:
        """Decision 63: no evaluation any more; EvaluationSent where there is one."""
        self.save(form, at, account_id)
        self.late_at = at

    def send(self, units: Collection[str], at: datetime, *, binding: bool) -> None:
        """Final (V20). Raises Refused with every reason at once."""
        if self.sent_at:
            raise errors.EvaluationSent
        if problems := list(self.form.problems(units)):
            raise Refused.of(problems)
        self.sent_at, self.binding = at, binding

    def disagrees(self, others: Iterable[Evaluation]) -> bool:
        """Whether its result and that of another differ, one of the two being the official one."""
        pairs = (each for each in others if each.id != self.id)
        return any(
            (self.binding or each.binding) and each.form.result is not self.form.result
            for each in pairs
        )


@dataclass
class Supplement:
    """A supplementary opinion that waits for the committee (decision 63); its text stays with the
    evaluation, out of every event. `outcome`: what the committee said of it."""

    no: int
    evaluator: str
    round: int
    received_at: datetime
    decide_by: datetime | None = None
    settled_at: datetime | None = None
    outcome: str | None = None

    @property
    def open(self) -> bool:
        return self.settled_at is None

    def settle(self, outcome: str, at: datetime) -> None:
        self.settled_at, self.outcome = at, outcome


def evaluation_id(proposal_id: str, round: int, evaluator: str) -> str:
    """One for each evaluator and round (V20)."""
    return f"{proposal_id}:{round}:{evaluator}"
