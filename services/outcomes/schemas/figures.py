"""What the operations of outcomes are given: figures."""

from __future__ import annotations

from typing import Annotated

from services.outcomes.domain import labels
from shared.operations import about
from shared.schemas import Choice

Grouping = Annotated[labels.Grouping, about(Choice(labels.Grouping), "分组。Grouping.")]
