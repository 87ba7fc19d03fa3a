"""What the study service stores."""

from __future__ import annotations

from services.study.repository.indexes import INDEXES, OUTBOX, PROJECTIONS
from services.study.repository.stores import (
    Answers,
    Classes,
    Materials,
    Papers,
    Plans,
    Questions,
    Quizzes,
    Reads,
    Sessions,
)

__all__ = [
    "INDEXES",
    "OUTBOX",
    "PROJECTIONS",
    "Answers",
    "Classes",
    "Materials",
    "Papers",
    "Plans",
    "Questions",
    "Quizzes",
    "Reads",
    "Sessions",
]
