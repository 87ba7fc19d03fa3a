"""argon2id at the edge: its cost is a setting of the process, its work leaves the service loop."""

from __future__ import annotations

import ctypes
import os
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from shared.errors import Unavailable
from shared.settings import SettingsError

# OWASP's password storage cheat sheet: 19 MiB, two passes, one lane.
MEMORY_KIB, TIME_COST, PARALLELISM = 19_456, 2, 1
READ_CHARACTERS = 72  # of a password, to estimate it: a longer one takes too long to read
M_MMAP_THRESHOLD, GIVEN_BACK_FROM = -3, 8 * 1024 * 1024  # bytes


class Argon2:
    """Hashes and verifies; `run` says where (inline, or a thread pool)."""

    def __init__(
        self,
        memory_kib: int = MEMORY_KIB,
        time_cost: int = TIME_COST,
        parallelism: int = PARALLELISM,
        run: Callable[..., Any] = lambda work, *arguments: work(*arguments),
    ) -> None:
        _give_memory_back()
        self._argon = PasswordHasher(time_cost, memory_kib, parallelism)
        self._run = run
        self.decoy = self._argon.hash(os.urandom(32))

    def hash(self, secret: str) -> str:
        """An argon2id string with its parameters and salt; é is one letter, however typed."""
        return str(self._run(self._argon.hash, unicodedata.normalize("NFC", secret)))

    def verify(self, hashed: str, secret: str) -> bool:
        """Whether `secret` was hashed to `hashed`."""
        return bool(self._run(self._verify, hashed, secret))

    def outdated(self, hashed: str) -> bool:
        """Whether `hashed` was made with other parameters than today's."""
        return self._argon.check_needs_rehash(hashed)

    def _verify(self, hashed: str, secret: str) -> bool:
        """As typed too, where that differs: so older hashes were made."""
        for spelling in dict.fromkeys((unicodedata.normalize("NFC", secret), secret)):
            try:
                return self._argon.verify(hashed, spelling)
            except (VerificationError, InvalidHashError):
                continue
        return False


class TooBusy(Unavailable):
    """Too many passwords are being checked."""

    message = "登录人数较多，请稍后再试"


class Queue:
    """At most `most` computations run or wait at once; a further one is refused at once.

    So a flood of sign-ins ends here, and neither the workers of the service nor its memory are
    taken up by attempts that wait. run: where they run, and how many at once.
    """

    def __init__(self, run: Callable[..., Any], most: int) -> None:
        self._run = run
        self._most = most
        self._present = 0

    def __call__(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """What `work` answers; raises TooBusy."""
        if self._present >= self._most:
            raise TooBusy
        self._present += 1
        try:
            return self._run(work, *arguments)
        finally:
            self._present -= 1


def guesses(password: str, words: Sequence[str]) -> float:
    """How many guesses find it, by zxcvbn: lists, keyboards, sequences, dates, repetitions.

    words: what is tried first of all.
    """
    from zxcvbn import zxcvbn  # 14 MB of lists, for whoever chooses a password

    return float(zxcvbn(password[:READ_CHARACTERS], user_inputs=list(words))["guesses"])


def from_environment(environ: Mapping[str, str], run: Callable[..., Any] | None = None) -> Argon2:
    """ARGON2_MEMORY_KIB, ARGON2_TIME_COST and ARGON2_PARALLELISM; tests may set them low.

    Raises SettingsError for a value that is no cost.
    """
    cost = (
        _cost(environ, "ARGON2_MEMORY_KIB", MEMORY_KIB),
        _cost(environ, "ARGON2_TIME_COST", TIME_COST),
        _cost(environ, "ARGON2_PARALLELISM", PARALLELISM),
    )
    return Argon2(*cost, run=run) if run else Argon2(*cost)


def _give_memory_back() -> None:
    """What a hash needs goes back to the system with its end.

    glibc keeps freed blocks of up to 32 MiB for the next one, for each thread: 38 MiB that lie
    idle between two sign-ins. A threshold that is set does not move.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(M_MMAP_THRESHOLD, GIVEN_BACK_FROM)


def _cost(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, str(default))
    if not text.isdecimal() or int(text) < 1:
        raise SettingsError(name, text, "a whole number from 1 on is wanted")
    return int(text)
