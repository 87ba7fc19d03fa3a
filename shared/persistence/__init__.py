"""Persistence base: one database per service, one aggregate per document, events in the write."""

from __future__ import annotations

from shared.persistence.aggregates import Aggregates, execute
from shared.persistence.audit import Audit
from shared.persistence.database import Database, connect
from shared.persistence.ended_sessions import EndedSessions
from shared.persistence.paging import page
from shared.persistence.records import Records
from shared.persistence.settings import Setting, SettingsStore

__all__ = [
    "Aggregates",
    "Audit",
    "Database",
    "EndedSessions",
    "Records",
    "Setting",
    "SettingsStore",
    "connect",
    "execute",
    "page",
]
