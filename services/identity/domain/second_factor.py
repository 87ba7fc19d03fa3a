"""The second factor (RFC 6238): codes of an app, codes for recovery, who must have one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.identity.domain.roles import APPROVERS

CODE = re.compile(r"[0-9]{6}")
RECOVERY_CODES = 10
STEP = timedelta(seconds=30)
DRIFT = 1  # steps that the clock of a phone may be off, either way

# Setting `second_factor`: who must have one.
NOBODY, WHO_DECIDES, EVERYBODY = range(3)


@dataclass(frozen=True)
class SecondFactor:
    """secret: sealed; last_step: the newest step of which a code was taken, each is good once;
    recovery: keyed hashes of the codes that are left, each good once; since: real time."""

    secret: str
    since: datetime
    last_step: int
    recovery: tuple[str, ...]

    def take(self, step: int) -> SecondFactor | None:
        """After a code of this step; None if it, or a newer one, was taken before."""
        return replace(self, last_step=step) if step > self.last_step else None

    def recover(self, hashes: Collection[str]) -> SecondFactor | None:
        """After a recovery code, by any of its hashes; None if there is no such one left."""
        left = tuple(code for code in self.recovery if code not in hashes)
        return replace(self, recovery=left) if len(left) < len(self.recovery) else None

    def renewed(self, recovery: Iterable[str]) -> SecondFactor:
        """With these recovery codes and no others."""
        return replace(self, recovery=tuple(recovery))


def owed(roles: Iterable[str], whom: int) -> bool:
    """Whether who holds these roles must have a second factor."""
    return whom == EVERYBODY or (whom == WHO_DECIDES and not APPROVERS.keys().isdisjoint(roles))
