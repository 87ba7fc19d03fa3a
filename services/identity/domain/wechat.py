"""A WeChat identity beside an account: where it is told things, never a way in (ADR 38)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

CODE_DIGITS = 8
CODE_LIFE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class WechatBinding:
    """openid: of the person at our official account, known from WeChat alone."""

    openid: str = field(repr=False)
    bound_at: datetime


@dataclass(frozen=True, slots=True)
class BindingCode:
    """What opens the way to one binding, hashed; until then, in real time."""

    hash: str
    expires_at: datetime


def new_code(choose: Callable[[Sequence[str]], str]) -> str:
    """Digits alone: people type it into a chat on a phone."""
    return "".join(choose("0123456789") for _ in range(CODE_DIGITS))


def hashed(secret: str) -> str:
    """It lives for minutes: a fast hash keeps it from whoever reads the database."""
    return hashlib.sha256(secret.encode()).hexdigest()
