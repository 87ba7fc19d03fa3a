"""A member's calendar feed: an address that can be revoked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.aggregate import Aggregate
from shared.errors import NotFound

USE = "calendar"


class FeedNotFound(NotFound):
    message = "未找到日历订阅，或地址已失效"


@dataclass
class Feed(Aggregate):
    """The address is a statement that names the feed, signed by this service: nobody can guess
    it, and it need not be stored."""

    id: str
    member_id: str
    term: int
    created_at: datetime
    revoked_at: datetime | None = None

    def revoke(self, at: datetime) -> None:
        self.revoked_at = self.revoked_at or at


def feed_named(claims: Mapping[str, Any]) -> str:
    """The feed that an address names; raises FeedNotFound for another kind of statement."""
    if claims.get("use") != USE:
        raise FeedNotFound
    return str(claims["feed"])
