"""Working days of the Chinese calendar: holidays and make-up days from `chinesecalendar`."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import chinese_calendar


class WorkCalendar:
    """Working days; a year that the library lacks falls back to Monday–Friday (decision 10)."""

    def is_working_day(self, day: date) -> bool:
        """Whether people work on `day`; a make-up Saturday counts."""
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            return day.weekday() < 5

    def add_working_days(self, at: datetime, days: int) -> datetime:
        """The same time of day, `days` working days after `at`; `at`'s own day never counts."""
        moment = at
        left = days
        while left > 0:
            moment += timedelta(days=1)
            if self.is_working_day(moment.date()):
                left -= 1
        return moment

    def before_working_days(self, at: datetime, days: int) -> datetime:
        """The latest moment that lies `days` working days before `at`, of its own time of day."""
        moment = at
        left = days
        while left > 0:
            moment -= timedelta(days=1)
            if self.is_working_day(moment.date()):
                left -= 1
        return moment
