"""Passwords and one-time codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.identity.domain.errors import (
    PasswordNamesAccount,
    PasswordTooCommon,
    PasswordTooShort,
)

MOST_CHARACTERS = 128
Guesses = Callable[[str, Sequence[str]], float]  # a password, words to be tried first → how many
# Without 0, O, 1, I: codes are read out on the telephone. 12 of 32 letters are 60 bits.
CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_SHAPE = re.compile(rf"[{CODE_LETTERS}]{{4}}(-[{CODE_LETTERS}]{{4}}){{2}}")
# With the limits of failed sign-ins, guessing takes longer than a password lives.
FEWEST_GUESSES = 10**8
# What people here take for a password, and no list of the world's common ones has at its top.
LOCAL_WORDS = (
    "zhengxie",
    "zhihuizhengxie",
    "cppcc",
    "wujiang",
    "suzhou",
    "jiangsu",
    "weiyuan",
    "tian",
    "woaini",
    "woaizhongguo",
    "mima",
    "5201314",
    "1314520",
    "1314521",
    "admin",
)


@dataclass(frozen=True)
class OneTimeCode:
    """A temporary password: good for choosing a new one until `expires_at` (real time).

    issued_by: the account; None on the server itself.
    """

    hash: str
    expires_at: datetime
    issued_by: str | None


@dataclass(frozen=True)
class ResetRequest:
    """A reset that waits for a second person; a later one takes its place."""

    requested_by: str
    requested_by_person: str | None
    requested_at: datetime
    reason: str
    without_factor: bool = False  # the second factor is dropped with it


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


def check_password(
    password: str, names: Iterable[str | None], minimum: int, guesses: Guesses
) -> None:
    """Raises PasswordTooShort, PasswordNamesAccount or PasswordTooCommon.

    names: login, member number and phone of the account; minimum: characters (setting).
    """
    if len(password) < minimum:
        raise PasswordTooShort(f"密码至少需要{minimum}个字符", field="newPassword")
    folded = password.casefold()
    own = [name.casefold() for name in names if name]
    if any(name in folded for name in own):
        raise PasswordNamesAccount(field="newPassword")
    if looks_like_code(password) or guesses(password, [*LOCAL_WORDS, *own]) < FEWEST_GUESSES:
        raise PasswordTooCommon(field="newPassword")
