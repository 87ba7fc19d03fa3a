"""The end of a due day: its midnight in Shanghai (decision 66)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def day_after(due: datetime) -> datetime:
    """The midnight that ends the due day: from then on it is late."""
    day = due.astimezone(SHANGHAI).date() + timedelta(days=1)
    return datetime.combine(day, time(), SHANGHAI)


def over(due: datetime, at: datetime) -> bool:
    """Whether the due day has ended: by the clock, whether or not an alarm has noticed."""
    return at >= day_after(due)


def day_of(at: datetime) -> datetime:
    """The midnight that its day begins with: what was due before it is late."""
    return datetime.combine(at.astimezone(SHANGHAI).date(), time(), SHANGHAI)
