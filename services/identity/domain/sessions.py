"""Sessions: a family of refresh tokens, of which only the newest is good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.identity.domain.errors import SessionEnded


@dataclass(frozen=True)
class Session:
    """One sign-in on one device; all times real. `expires_at` is final, use does not move it.

    acted: the grants it acted in before `grant_id`; tokens of theirs may still hold.
    """

    id: str
    account_id: str
    grant_id: str
    created_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None
    acted: tuple[str, ...] = ()

    def check_open(self, at: datetime) -> None:
        """Raises SessionEnded."""
        if self.ended_at is not None or self.expires_at <= at:
            raise SessionEnded

    def token_expiry(self, at: datetime, idle: timedelta) -> datetime:
        """A refresh token lives `idle` long without use, never longer than its session."""
        return min(at + idle, self.expires_at)


@dataclass(frozen=True)
class RefreshToken:
    """What is stored of a token: `used` tells that a newer one took its place."""

    session_id: str
    account_id: str
    expires_at: datetime
    used: bool
