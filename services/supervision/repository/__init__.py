"""What the supervision service stores."""

from __future__ import annotations

from services.supervision.repository.indexes import INDEXES, OUTBOX, PROJECTIONS
from services.supervision.repository.stores import (
    Checklists,
    Debriefings,
    Findings,
    Inspections,
    Sites,
    Supervisions,
    Supervisors,
)

__all__ = [
    "INDEXES",
    "OUTBOX",
    "PROJECTIONS",
    "Checklists",
    "Debriefings",
    "Findings",
    "Inspections",
    "Sites",
    "Supervisions",
    "Supervisors",
]
