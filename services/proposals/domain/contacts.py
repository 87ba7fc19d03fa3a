"""Contact records (面商记录) between a unit and the proposers (V16, decision 27)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

TARGET = 2  # contacts asked for in a round: at the start and in the middle
ATTEMPTS = 2  # dated attempts that, with consent, stand for a contact


class ContactWay(StrEnum):
    VISIT = "VISIT"
    PHONE = "PHONE"
    MEETING = "MEETING"


@dataclass
class Contact:
    """One contact; `unit` is None where the proposer wrote it, which does not count for V16.

    `held_on` is an ISO date; `reached` is false for an attempt without an answer.
    """

    no: int
    round: int
    unit: str | None
    way: ContactWay
    held_on: str
    reached: bool
    people: str
    content: str
    recorded_at: datetime
    account_id: str | None
    confirmed_at: datetime | None = None
    disputed_at: datetime | None = None
    dispute: str | None = None


def satisfied(contacts: Iterable[Contact], unit: str, round: int) -> bool:
    """V16 by a contact that the unit wrote; a disputed one counts too, and the check shows it."""
    return any(c.reached for c in _written(contacts, unit, round))


def attempted(contacts: Iterable[Contact], unit: str, round: int) -> bool:
    """Decision 27: attempts on two days; they need the supervising office's consent."""
    days = {date.fromisoformat(c.held_on) for c in _written(contacts, unit, round)}
    return len(days) >= ATTEMPTS


def _written(contacts: Iterable[Contact], unit: str, round: int) -> list[Contact]:
    return [c for c in contacts if c.unit == unit and c.round == round]
