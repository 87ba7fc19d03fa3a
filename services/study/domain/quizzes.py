"""Quizzes: feedback on what was understood (3.7); they earn nothing, and nobody is ranked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.study.domain import errors
from shared.aggregate import Aggregate
from shared.labels import Labelled


class QuizState(Labelled):
    """测验状态。State of a quiz."""

    OPEN = "OPEN", "进行中", "Open"
    CLOSED = "CLOSED", "已结束", "Closed"


@dataclass(frozen=True)
class Question:
    """right: positions of the right options."""

    text: str
    options: tuple[str, ...]
    right: tuple[int, ...]


@dataclass
class Quiz(Aggregate):
    """subject: the session or material that it is about."""

    id: str
    term: int
    title: str
    organiser: str
    subject: str | None
    questions: list[Question]
    created_by: str
    created_at: datetime
    state: QuizState = QuizState.OPEN

    def check(self) -> None:
        """Raises QuizUnfit."""
        for number, question in enumerate(self.questions):
            right = set(question.right)
            if not right or right - set(range(len(question.options))):
                raise errors.QuizUnfit("正确选项不在选项之中", field=f"questions.{number}.right")

    def take(self, choices: Sequence[Sequence[int]]) -> list[bool]:
        """Which questions were answered rightly. Raises QuizUnfit, WrongState."""
        if self.state is not QuizState.OPEN:
            raise errors.WrongState("测验已结束")
        if len(choices) != len(self.questions):
            raise errors.QuizUnfit("应回答每一题", field="choices")
        return [
            set(chosen) == set(question.right)
            for chosen, question in zip(choices, self.questions, strict=True)
        ]

    def close(self) -> None:
        if self.state is not QuizState.OPEN:
            raise errors.WrongState("测验已结束")
        self.state = QuizState.CLOSED


def right_shares(answers: Iterable[Sequence[bool]], count: int) -> list[float | None]:
    """Percent of those who answered each question rightly, for all together."""
    taken = list(answers)
    if not taken:
        return [None] * count
    return [round(100 * sum(row[n] for row in taken) / len(taken), 1) for n in range(count)]
