"""Half-days: what attendance of a meeting is counted in (A1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

NOON = 12


@dataclass(frozen=True)
class Hours:
    """When half-days begin, in full hours, and how many minutes one takes."""

    morning: int = 9
    afternoon: int = 14
    minutes: int = 180


def beginnings(held_at: datetime, count: int, hours: Hours) -> list[datetime]:
    """When each half-day begins: the first with the meeting, then afternoon and morning in turn."""
    found = [held_at.astimezone(SHANGHAI)]
    while len(found) < count:
        last = found[-1]
        same_day = last.hour < NOON
        day = last.date() if same_day else last.date() + timedelta(days=1)
        begins = hours.afternoon if same_day else hours.morning
        found.append(datetime.combine(day, time(begins), SHANGHAI))
    return found


def ending(held_at: datetime, count: int, hours: Hours) -> datetime:
    """The end of a meeting whose plan names none."""
    return beginnings(held_at, count, hours)[-1] + timedelta(minutes=hours.minutes)
