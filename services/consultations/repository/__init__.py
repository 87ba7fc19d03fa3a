"""What the consultations service stores."""

from __future__ import annotations

from services.consultations.repository.indexes import INDEXES, OUTBOX, PROJECTIONS
from services.consultations.repository.stores import (
    Consultations,
    Motions,
    Plans,
    Projects,
    Views,
)

__all__ = [
    "INDEXES",
    "OUTBOX",
    "PROJECTIONS",
    "Consultations",
    "Motions",
    "Plans",
    "Projects",
    "Views",
]
