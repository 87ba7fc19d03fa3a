"""Failed sign-ins: what they are counted by, and how long each count then keeps out.

The device cookies of OWASP ("Slow Down Online Guessing Attacks with Device Cookies"): a device
that the account knows has a count of its own, so whoever guesses elsewhere keeps out strangers
only (docs/adr/0018).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from services.identity.domain.errors import AccountLocked


class Counted(StrEnum):
    """What a failure counts against; KNOWN and FACTOR are of those known to the account."""

    KNOWN = "KNOWN"  # one device or session of the account: it alone
    PAIR = "PAIR"  # the account, tried from one address
    ACCOUNT = "ACCOUNT"  # the account, from wherever: slows down many addresses together
    FACTOR = "FACTOR"  # codes of the second factor: who tries them has the password already
    ADDRESS = "ADDRESS"  # one address, whatever accounts it tries


# One's own success proves nothing of others who share an account's or an address's count: with an
# account of one's own the guesses at all others would start anew.
ONES_OWN = frozenset({Counted.KNOWN, Counted.PAIR, Counted.FACTOR})


@dataclass(frozen=True)
class Counter:
    """`who`: the account, or the name for one that does not exist; of ADDRESS the address."""

    kind: Counted
    who: str
    part: str = ""

    @property
    def id(self) -> str:
        return f"{self.kind}:{self.who}:{self.part}"


@dataclass(frozen=True)
class Limit:
    """So many failures within `window` are answered, then nothing is for `first`.

    Each further time it is twice as long, up to `longest`, until a window passes without.
    """

    failures: int
    window: timedelta
    first: timedelta
    longest: timedelta

    def wait(self, locks: int) -> timedelta:
        """After `locks` others."""
        return min(self.longest, self.first * 2 ** min(locks, 20))


def limits(setting: Callable[[str], int]) -> Mapping[Counted, Limit]:
    """As the committee has set them."""
    lock = timedelta(minutes=setting("login_lock_minutes"))
    own = Limit(setting("login_failures"), timedelta(days=1), lock, lock)
    hour, minute = timedelta(hours=1), timedelta(minutes=1)
    return {
        Counted.KNOWN: own,
        Counted.PAIR: own,
        Counted.FACTOR: own,
        Counted.ACCOUNT: Limit(setting("login_failures_account"), hour, minute, lock),
        Counted.ADDRESS: Limit(setting("login_failures_address"), hour, minute, lock),
    }


@dataclass(frozen=True)
class Attempts:
    """Failures since `since`; `locked_until` in real time; `locks`: how many came before."""

    failures: int = 0
    since: datetime | None = None
    locked_until: datetime | None = None
    locks: int = 0


def settle(before: Attempts, fits: bool, at: datetime, limit: Limit) -> Attempts:
    """The count after an attempt that was just checked; raises AccountLocked.

    A lock that fell while the password was being checked refuses the right one too: however many
    attempts run at once, at most `limit` of them are ever answered by their merit.
    """
    check_lock(before, at)
    if fits:
        return Attempts()
    served = before.locked_until is not None
    if served or before.since is None or at - before.since >= limit.window:
        before = Attempts(0, at, None, before.locks if served else 0)
    failures = before.failures + 1
    if failures < limit.failures:
        return Attempts(failures, before.since, None, before.locks)
    return Attempts(failures, before.since, at + limit.wait(before.locks), before.locks + 1)


def check_lock(attempts: Attempts, at: datetime) -> None:
    """Raises AccountLocked."""
    if attempts.locked_until is not None and attempts.locked_until > at:
        raise locked(attempts.locked_until)


def locked(until: datetime) -> AccountLocked:
    """The refusal, with the end of the lock."""
    return AccountLocked(f"登录失败次数过多，请在{until:%H:%M}后再试", details={"until": until})
