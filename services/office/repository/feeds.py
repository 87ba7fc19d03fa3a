"""Calendar feeds; revoked ones stay, so that their addresses never work again."""

from __future__ import annotations

from collections.abc import Collection

from services.office.domain.feeds import Feed
from services.office.repository.indexes import FEEDS
from shared.persistence.records import Records


class Feeds(Records[Feed], name=FEEDS):
    def current(self, memberships: Collection[str]) -> Feed | None:
        """The person's feed that is not revoked, whichever membership it was opened under."""
        named = {"$in": list(memberships)}
        found = self.find({"member_id": named, "revoked_at": None}, [("_id", 1)])
        return found[0] if found else None
