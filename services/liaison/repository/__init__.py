"""What the liaison service stores."""

from __future__ import annotations

from services.liaison.repository.indexes import INDEXES, OUTBOX, PROJECTIONS
from services.liaison.repository.people import Members, NormFacts
from services.liaison.repository.stores import (
    Activities,
    Bookings,
    Briefings,
    Circles,
    Conferences,
    Contacts,
    Duties,
    Exchanges,
    Homes,
    Items,
    Leads,
    Links,
    Orphans,
    Plans,
    Posts,
    Receptions,
    Representatives,
    Workspaces,
)

__all__ = [
    "INDEXES",
    "OUTBOX",
    "PROJECTIONS",
    "Activities",
    "Bookings",
    "Briefings",
    "Circles",
    "Conferences",
    "Contacts",
    "Duties",
    "Exchanges",
    "Homes",
    "Items",
    "Leads",
    "Links",
    "Members",
    "NormFacts",
    "Orphans",
    "Plans",
    "Posts",
    "Receptions",
    "Representatives",
    "Workspaces",
]
