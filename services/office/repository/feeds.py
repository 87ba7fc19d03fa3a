"""Calendar feeds; revoked ones stay, so that their addresses never work again."""

from __future__ import annotations

from services.office.domain.feeds import Feed
from services.office.repository.indexes import FEEDS
from shared.persistence.records import Records


class Feeds(Records[Feed], name=FEEDS):
    def current(self, member_id: str) -> Feed | None:
        """The member's feed that is not revoked."""
        found = self.find({"member_id": member_id, "revoked_at": None}, [("_id", 1)])
        return found[0] if found else None
