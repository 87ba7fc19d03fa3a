"""Due days and year ends in Shanghai (decision 66: a due day ends at its midnight)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
TRACKING_MONTH = 12  # from its first day on, a year without a tracking entry is an alarm


def day_of(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()


def year_of(at: datetime) -> int:
    return day_of(at).year


def end_of(day: date) -> datetime:
    """The midnight that ends the day: from then on it is late."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), SHANGHAI)


def until(named: datetime | None) -> datetime | None:
    """The midnight that ends the day of a date that people gave."""
    return None if named is None else end_of(day_of(named))


def due_in(at: datetime, days: int) -> datetime:
    return end_of(day_of(at) + timedelta(days=days))


def last_day(year: int) -> datetime:
    """When the 31 December of a year begins."""
    return datetime(year, 12, 31, tzinfo=SHANGHAI)


def tracking_alarm(year: int) -> datetime:
    return datetime(year, TRACKING_MONTH, 1, tzinfo=SHANGHAI)
