"""The append-only audit of a service: refusals, grants and looks at private data (decision 18)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shared.call import Call
from shared.clock import SHANGHAI
from shared.persistence.database import Database


class Audit:
    """Writes only; nothing here can change or remove an entry."""

    def __init__(self, database: Database) -> None:
        self._entries = database.collection("audit")

    def record(
        self,
        call: Call,
        action: str,
        subject: str | None,
        outcome: str = "ALLOWED",  # ALLOWED | REFUSED
        code: str | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        """One entry, in real time: who, in which role, did or was refused what."""
        self._entries.insert_one(
            {
                "at": datetime.now(SHANGHAI),
                "account_id": call.actor.account_id,
                "role": call.actor.role.value,
                "action": action,
                "subject": subject,
                "outcome": outcome,
                "code": code,
                "details": dict(details or {}),
                "correlation_id": call.correlation_id,
            }
        )
