"""What the office service stores."""

from __future__ import annotations

from services.office.repository.accounts import AccountFacts
from services.office.repository.feeds import Feeds
from services.office.repository.indexes import INDEXES, OUTBOX, PROJECTIONS
from services.office.repository.meetings import CheckIns, Meetings
from services.office.repository.migrations import MIGRATIONS
from services.office.repository.requests import MeetingRequests
from shared.persistence.roster import Members

__all__ = [
    "INDEXES",
    "MIGRATIONS",
    "OUTBOX",
    "PROJECTIONS",
    "AccountFacts",
    "CheckIns",
    "Feeds",
    "MeetingRequests",
    "Meetings",
    "Members",
]
