"""When what is due: from the committee's settings and the working calendar (2.3, 2.4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from services.consultations.domain.matters import Clock
from services.consultations.domain.states import Limit
from shared.days import day_after


class Calendar(Protocol):
    def add_working_days(self, at: datetime, days: int) -> datetime: ...

    def before_working_days(self, at: datetime, days: int) -> datetime: ...


@dataclass(frozen=True)
class Limits:
    """`setting` reads one of the service's settings as it is valid now."""

    calendar: Calendar
    setting: Callable[[str], Any]

    def before_meeting(self, held_at: datetime, at: datetime) -> list[Clock]:
        """The notice 15 working days before, the papers 10; what is past already is not watched,
        for the office asks for the reason of a shorter notice."""
        days = {Limit.NOTICE: "notice_days", Limit.PAPERS: "papers_days"}
        found = []
        for about, key in days.items():
            due_at = self.calendar.before_working_days(held_at, self.setting(key))
            if due_at > at:
                found.append(self._until(about, due_at, at))
        return found

    def report(self, held_on: datetime, at: datetime) -> Clock:
        due_at = self.calendar.add_working_days(held_on, self.setting("report_days"))
        return self._until(Limit.REPORT, due_at, at)

    def feedback(self, at: datetime) -> Clock:
        due_at = at + timedelta(days=self.setting("feedback_days"))
        return self._until(Limit.FEEDBACK, due_at, at, "feedback_reminder_days")

    def review(self, at: datetime) -> Clock:
        return self._working(Limit.REVIEW, "decision_days", at)

    def decision(self, at: datetime) -> Clock:
        return self._working(Limit.DECISION, "decision_days", at)

    def closing(self, closes_at: datetime, at: datetime) -> Clock:
        """Of a written consultation: to the minute, with a reminder a day before."""
        remind_at = closes_at - timedelta(days=1)
        return Clock(
            Limit.STATEMENTS, closes_at, closes_at, remind_at if remind_at > at else closes_at
        )

    def _working(self, about: Limit, key: str, at: datetime) -> Clock:
        return self._until(about, self.calendar.add_working_days(at, self.setting(key)), at)

    def _until(
        self, about: Limit, due_at: datetime, at: datetime, key: str = "reminder_days"
    ) -> Clock:
        """To the end of a day, with a reminder some days before."""
        late_at = day_after(due_at)
        remind_at = due_at - timedelta(days=self.setting(key))
        return Clock(about, due_at, late_at, remind_at if remind_at > at else late_at)
