"""What the publicity service stores."""

from __future__ import annotations

from services.publicity.repository.indexes import INDEXES, OUTBOX, PROJECTIONS
from services.publicity.repository.stores import Contents, Interviews

__all__ = ["INDEXES", "OUTBOX", "PROJECTIONS", "Contents", "Interviews"]
