"""What the outcomes service stores."""

from __future__ import annotations

from services.outcomes.repository.graph import Graph
from services.outcomes.repository.indexes import INDEXES, OUTBOX, PROJECTIONS
from services.outcomes.repository.stores import Files, Items, Links, Summaries

__all__ = ["INDEXES", "OUTBOX", "PROJECTIONS", "Files", "Graph", "Items", "Links", "Summaries"]
