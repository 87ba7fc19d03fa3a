"""Half-days: what attendance of a meeting is counted in (A1)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

NOON = 12
MORNING, AFTERNOON = time(9), time(14)
LENGTH = timedelta(hours=3)


def beginnings(held_at: datetime, count: int) -> list[datetime]:
    """When each half-day begins: the first with the meeting, then 14:00 and 9:00 in turn."""
    found = [held_at.astimezone(SHANGHAI)]
    while len(found) < count:
        last = found[-1]
        same_day = last.hour < NOON
        day = last.date() if same_day else last.date() + timedelta(days=1)
        begins = AFTERNOON if same_day else MORNING
        found.append(datetime.combine(day, begins, SHANGHAI))
    return found


def ending(held_at: datetime, count: int) -> datetime:
    """The end of a meeting whose plan names none."""
    return beginnings(held_at, count)[-1] + LENGTH
