"""What identity has told of members' accounts: whether they are in use, and what they hold."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from services.office.repository.indexes import ACCOUNT_FACTS
from shared.messaging.events import Event
from shared.persistence.database import Database

STATE = "state"


class AccountFacts:
    """One row for an account's state and one for each role it was given; the newest word stays."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, event: Event, holds: bool) -> None:
        """Store the fact unless a newer one stands; one write decides and stores."""
        data = event.data
        row: dict[str, Any] = {
            "version": event.version,
            "member_id": data["member_id"],
            "kind": "GRANT" if "grant_id" in data else "STATE",
            "holds": holds,
        }
        newer = {"$lt": [{"$ifNull": ["$version", 0]}, event.version]}
        fresh = {"$mergeObjects": ["$$ROOT", {"$literal": row}]}
        self._database.projection(ACCOUNT_FACTS).update_one(
            {"_id": f"{data['account_id']}:{data.get('grant_id', STATE)}"},
            [{"$replaceWith": {"$cond": [newer, fresh, "$$ROOT"]}}],
            upsert=True,
        )

    def may_act(self, memberships: Collection[str]) -> bool:
        """Whether the person's account is in use and holds a role; one that is unknown may.

        memberships: the person's, for each fact names the one of its time.
        """
        named = {"member_id": {"$in": list(memberships)}}
        rows = list(self._database.projection(ACCOUNT_FACTS).find(named))
        grants = [row["holds"] for row in rows if row["kind"] == "GRANT"]
        in_use = all(row["holds"] for row in rows if row["kind"] == "STATE")
        return in_use and (any(grants) or not grants)
