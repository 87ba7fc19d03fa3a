"""Sessions: a family of refresh tokens, of which only the newest is good."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.identity.domain.errors import SessionEnded


@dataclass(frozen=True)
class Session:
    """One sign-in on one device; all times real. `expires_at` is final, use does not move it.

    acted: the grants it acted in before `grant_id`; tokens of theirs may still hold. agent: what
    the client called itself. used_at: when it was last given tokens, in lists. strong: begun with
    a second factor.
    """

    id: str
    account_id: str
    grant_id: str
    created_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None
    acted: tuple[str, ...] = ()
    agent: str = ""
    used_at: datetime | None = None
    strong: bool = False

    def check_open(self, at: datetime) -> None:
        """Raises SessionEnded."""
        if self.ended_at is not None or self.expires_at <= at:
            raise SessionEnded

    def token_expiry(self, at: datetime, idle: timedelta) -> datetime:
        """A refresh token lives `idle` long without use, never longer than its session."""
        return min(at + idle, self.expires_at)


REPEATABLE = timedelta(seconds=30)  # a second tap, or the answer that a phone never got


@dataclass(frozen=True)
class RefreshToken:
    """What is stored of a token: `used` tells that a newer one took its place.

    used_at, salt: of one that was exchanged for the newer one, which it and the salt make.
    """

    session_id: str
    account_id: str
    expires_at: datetime
    used: bool
    used_at: datetime | None = None
    salt: str | None = None

    def repeats(self, at: datetime) -> bool:
        """Whether it is used again so soon that it may be the same exchange once more."""
        return self.used_at is not None and at - self.used_at <= REPEATABLE


def successor(secret: str, salt: str) -> str:
    """The token that this one is exchanged for: 256 bits, which neither what is stored nor the
    former token alone tells."""
    made = hmac.new(salt.encode(), secret.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()
