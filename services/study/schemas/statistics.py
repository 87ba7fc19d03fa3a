"""What the operations of study are given: statistics."""

from __future__ import annotations

from typing import Annotated

from services.study.domain import labels
from shared.operations import about
from shared.schemas import Choice

StatisticKind = Annotated[
    labels.StudyGroupKind, about(Choice(labels.StudyGroupKind), "组别。Kind of group.")
]
