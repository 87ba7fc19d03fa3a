"""When what is due: from the committee's settings and the working calendar (2.7, 10.3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from services.opinions.domain.clocks import Clock, Limit
from services.opinions.domain.states import Urgency
from shared.days import day_after


class Calendar(Protocol):
    def add_working_days(self, at: datetime, days: int) -> datetime: ...


@dataclass(frozen=True)
class Limits:
    """`setting` reads one of the service's settings as it is valid now."""

    calendar: Calendar
    setting: Callable[[str], Any]

    def submitted(self, urgency: Urgency, at: datetime) -> list[Clock]:
        """Edited, delivered, and its author told what becomes of it."""
        if urgency is Urgency.URGENT:
            edited = self._hours(Limit.EDIT, "urgent_edit_hours", at)
            today = day_after(at)
            # What comes in late at night has at least the time that editing has.
            late_at = max(today, edited.late_at)
            due_at = max(today - timedelta(minutes=1), edited.due_at)
            ahead = timedelta(hours=self.setting("urgent_reminder_hours"))
            remind_at = _reminder(late_at - ahead, late_at, at)
            delivered = Clock(Limit.DELIVER, due_at, late_at, remind_at)
        else:
            edited = self._days(Limit.EDIT, "normal_days", at)
            delivered = self._days(Limit.DELIVER, "normal_days", at)
        return [edited, delivered, self._days(Limit.INFORM, "inform_days", at)]

    def signing(self, urgency: Urgency, at: datetime) -> Clock:
        if urgency is Urgency.URGENT:
            return self._hours(Limit.SIGN, "urgent_sign_hours", at)
        return self._days(Limit.SIGN, "sign_days", at)

    def revision(self, at: datetime) -> Clock:
        return self._days(Limit.RESUBMIT, "revision_days", at)

    def good(self, at: datetime) -> Clock:
        return self._days(Limit.GOOD, "decision_days", at)

    def follow(self, at: datetime) -> Clock:
        return self._until(Limit.FOLLOW, at + timedelta(days=self.setting("follow_days")), at)

    def result(self, due_on: datetime | None, no: int, at: datetime) -> Clock:
        """By the day that was named, else by the setting."""
        due_at = due_on or at + timedelta(days=self.setting("referral_days"))
        return self._until(Limit.RESULT, due_at, at, no, "referral_reminder_days")

    def _hours(self, about: Limit, key: str, at: datetime) -> Clock:
        due_at = at + timedelta(hours=self.setting(key))
        ahead = timedelta(hours=self.setting("urgent_reminder_hours"))
        return Clock(about, due_at, due_at, _reminder(due_at - ahead, due_at, at))

    def _days(self, about: Limit, key: str, at: datetime) -> Clock:
        return self._until(about, self.calendar.add_working_days(at, self.setting(key)), at)

    def _until(
        self, about: Limit, due_at: datetime, at: datetime, no: int = 0, key: str = "reminder_days"
    ) -> Clock:
        """To the end of a day, with a reminder some days before."""
        late_at, ahead = day_after(due_at), timedelta(days=self.setting(key))
        return Clock(about, due_at, late_at, _reminder(due_at - ahead, late_at, at), no)


def _reminder(remind_at: datetime, late_at: datetime, at: datetime) -> datetime:
    """Nobody is reminded of what has just begun: then the alarm is all there is."""
    return remind_at if remind_at > at else late_at
