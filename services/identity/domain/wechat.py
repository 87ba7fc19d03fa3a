"""A WeChat identity beside an account: where it is told things, never a way in (ADR 38)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from services.identity.domain.errors import WechatNotBound
from shared.contracts import names

if TYPE_CHECKING:
    from services.identity.domain.account import Account

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


def offer(account: Account, code: BindingCode) -> None:
    """What opens the way to one binding; a former one is void. Raises AccountDisabled."""
    account.check_enabled()
    account.wechat_code = code


def opens(account: Account, code_hash: str, at: datetime) -> bool:
    """Whether the code is the account's own and still good, in real time."""
    offered = account.wechat_code
    return offered is not None and offered.hash == code_hash and offered.expires_at > at


def bind(account: Account, openid: str, at: datetime) -> None:
    """Another of the person's takes the place of the former; what opened the way is used up.

    Raises AccountDisabled.
    """
    account.check_enabled()
    account.wechat_code = None
    if account.wechat is None or account.wechat.openid != openid:
        account.wechat = WechatBinding(openid, at)
        account.tell(names.ACCOUNT_WECHAT_BOUND)


def unbind(account: Account) -> None:
    """Raises WechatNotBound."""
    if account.wechat is None:
        raise WechatNotBound
    account.wechat = account.wechat_code = None
    account.tell(names.ACCOUNT_WECHAT_UNBOUND)


def new_code(choose: Callable[[Sequence[str]], str]) -> str:
    """Digits alone: people type it into a chat on a phone."""
    return "".join(choose("0123456789") for _ in range(CODE_DIGITS))


def hashed(secret: str) -> str:
    """It lives for minutes: a fast hash keeps it from whoever reads the database."""
    return hashlib.sha256(secret.encode()).hexdigest()
