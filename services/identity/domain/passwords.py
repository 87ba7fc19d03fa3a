"""Passwords, one-time codes and the count of failed attempts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.identity.domain.errors import (
    AccountLocked,
    PasswordNamesAccount,
    PasswordTooCommon,
    PasswordTooShort,
)

MOST_CHARACTERS = 128
# Without 0, O, 1, I: codes are read out on the telephone. 12 of 32 letters are 60 bits.
CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_SHAPE = re.compile(rf"[{CODE_LETTERS}]{{4}}(-[{CODE_LETTERS}]{{4}}){{2}}")
COMMON = ("password", "qwerty", "123456", "abc123", "admin", "woaini", "5201314", "zhengxie")


@dataclass(frozen=True)
class OneTimeCode:
    """A temporary password: good for choosing a new one until `expires_at` (real time)."""

    hash: str
    expires_at: datetime
    issued_by: str | None


@dataclass(frozen=True)
class Attempts:
    """Failed attempts since the last success; `locked_until` in real time."""

    failures: int = 0
    locked_until: datetime | None = None


def settle(before: Attempts, fits: bool, at: datetime, limit: int, lock: timedelta) -> Attempts:
    """The count after an attempt that was just checked; raises AccountLocked.

    A lock that fell while the password was being checked refuses the right one too: however many
    attempts run at once, at most `limit` of them are ever answered by their merit.
    """
    check_lock(before, at)
    if fits:
        return Attempts()
    served = before.locked_until is not None
    failures = (0 if served else before.failures) + 1
    return Attempts(failures, at + lock if failures >= limit else None)


def check_lock(attempts: Attempts, at: datetime) -> None:
    """Raises AccountLocked."""
    if attempts.locked_until is not None and attempts.locked_until > at:
        raise locked(attempts.locked_until)


def locked(until: datetime) -> AccountLocked:
    """The refusal of a locked account, with the end of the lock."""
    return AccountLocked(
        f"登录失败次数过多，账号已锁定至{until:%H:%M}，请稍后再试", details={"until": until}
    )


def new_code(choose: Callable[[Sequence[str]], str]) -> str:
    """A code like `K7QX-2MWP-9HTD`; `choose` picks a letter unpredictably."""
    groups = ("".join(choose(CODE_LETTERS) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


def as_code(text: str) -> str:
    """`text` in the shape of a code, however it was typed."""
    letters = re.sub(r"[\s-]", "", text).upper()
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def looks_like_code(text: str) -> bool:
    """Whether `text` is meant as a one-time code; no password may look like one."""
    return CODE_SHAPE.fullmatch(text.strip().upper()) is not None


def check_password(password: str, names: Iterable[str | None], minimum: int) -> None:
    """Raises PasswordTooShort, PasswordNamesAccount or PasswordTooCommon.

    names: login, member number and phone of the account; minimum: characters (setting).
    """
    if len(password) < minimum:
        raise PasswordTooShort(f"密码至少需要{minimum}个字符", field="newPassword")
    folded = password.casefold()
    if any(name and name.casefold() in folded for name in names):
        raise PasswordNamesAccount(field="newPassword")
    if len(set(folded)) < 5 or _common(folded) or looks_like_code(password):
        raise PasswordTooCommon(field="newPassword")


def _common(folded: str) -> bool:
    """A common word with little beside it."""
    return any(word in folded and len(folded) - len(word) < 5 for word in COMMON)
