"""What the opinions service stores."""

from __future__ import annotations

from services.opinions.repository.indexes import INDEXES, OUTBOX, PROJECTIONS
from services.opinions.repository.stores import Opinions

__all__ = ["INDEXES", "OUTBOX", "PROJECTIONS", "Opinions"]
