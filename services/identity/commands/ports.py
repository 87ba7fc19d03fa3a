"""What the use cases are given: storage, time, hashing, signing."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from services.identity.domain.passwords import Guesses
from shared.actor import Actor, Role
from shared.call import Call
from shared.clock import Now

if TYPE_CHECKING:
    from services.identity.repository import (
        Accounts,
        AttemptCounter,
        Devices,
        Journal,
        Sessions,
        Tickets,
    )
    from shared.persistence import Audit, SettingsStore

SIGNED_IN = tuple(role for role in Role if role not in {Role.PUBLIC, Role.SYSTEM})
ANYONE = tuple(Role)


class Hasher(Protocol):
    """A slow password hash; `decoy` is a hash of nothing that anyone knows."""

    decoy: str

    def hash(self, secret: str) -> str: ...

    def verify(self, hashed: str, secret: str) -> bool: ...

    def outdated(self, hashed: str) -> bool: ...


class WechatLogin(Protocol):
    """Our official account; without one nothing is bound."""

    def address(self, state: str) -> str: ...

    def openid(self, code: str) -> str: ...


class Codes(Protocol):
    """Codes of authenticator apps (RFC 6238)."""

    def new_secret(self) -> str: ...

    def uri(self, secret: str, login: str) -> str: ...

    def matching_step(self, secret: str, code: str, at: datetime) -> int | None: ...


class Sealing(Protocol):
    """Seals a text for one owner; digests are keyed, one for each key that may be in use."""

    def seal(self, text: str, owner: str) -> str: ...

    def open(self, sealed: str, owner: str) -> str: ...

    def digest(self, text: str) -> str: ...

    def digests(self, text: str) -> list[str]: ...


@dataclass(frozen=True)
class Identity:
    """The dependencies of all use cases of this service.

    mint: signs an access token, answers it with its end; contacts: {"name", "phone"} of a
    member, fetched from the members service; secret and choose are sources of chance.
    """

    accounts: Accounts
    sessions: Sessions
    tickets: Tickets
    attempts: AttemptCounter
    devices: Devices
    journal: Journal
    audit: Audit
    settings: SettingsStore
    clock: Now
    hasher: Hasher
    guesses: Guesses
    codes: Codes
    sealing: Sealing
    mint: Callable[[Actor], tuple[str, datetime]]
    contacts: Callable[[Call, str], Mapping[str, Any] | None]
    public_keys: Callable[[], dict[str, Any]]
    production: bool
    wechat: WechatLogin | None = None
    secret: Callable[[], str] = secrets.token_urlsafe
    choose: Callable[[Sequence[str]], str] = secrets.choice

    def setting(self, key: str) -> int:
        """The value of a committee setting today."""
        return int(self.settings.get(key, self.clock.now()))

    def days(self, key: str) -> timedelta:
        return timedelta(days=self.setting(key))
