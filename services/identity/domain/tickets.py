"""What is proved when one of two steps of getting in is done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    PASSWORD = "PASSWORD"  # a one-time code was given: a password may be chosen, nothing else
    FACTOR = "FACTOR"  # the password was given: the second factor is waited for


@dataclass(frozen=True)
class Ticket:
    """For one account. grant_id, agent, known (the device): as the sign-in that waits was begun."""

    account_id: str
    purpose: Purpose
    grant_id: str | None = None
    agent: str = ""
    known: bool = False
