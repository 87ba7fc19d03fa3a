"""What the service keeps in MongoDB."""

from __future__ import annotations

from services.performance.repository.duties import Duties
from services.performance.repository.indexes import INDEXES, MIGRATIONS, OUTBOX, PROJECTIONS
from services.performance.repository.ledger import LedgerRepository
from services.performance.repository.members import MemberRepository
from services.performance.repository.requests import Appeals, ManualRequests
from services.performance.repository.rules import RuleSets, rule_book
from services.performance.repository.years import LateChanges, Snapshots, Talks, Years

__all__ = [
    "INDEXES",
    "MIGRATIONS",
    "OUTBOX",
    "PROJECTIONS",
    "Appeals",
    "Duties",
    "LateChanges",
    "LedgerRepository",
    "ManualRequests",
    "MemberRepository",
    "RuleSets",
    "Snapshots",
    "Talks",
    "Years",
    "rule_book",
]
