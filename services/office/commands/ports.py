"""What the use cases are given: storage, time, settings, keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from services.office.commands.paper_ports import Papers
from services.office.domain.answering import LeaveRules
from shared.calendar import WorkCalendar
from shared.clock import Now

if TYPE_CHECKING:
    from services.office.repository import (
        CheckIns,
        Feeds,
        MeetingRequests,
        Meetings,
        Members,
    )
    from shared.persistence import SettingsStore


class Seal(Protocol):
    """Signs a statement in this service's name."""

    def sign_statement(self, claims: Mapping[str, Any]) -> str: ...


@dataclass(frozen=True)
class Desk:
    """The dependencies of all use cases.

    read_statement: what this service has signed; raises Unauthenticated for anything else.
    """

    meetings: Meetings
    check_ins: CheckIns
    requests: MeetingRequests
    members: Members
    feeds: Feeds
    papers: Papers
    settings: SettingsStore
    calendar: WorkCalendar
    clock: Now
    seal: Seal
    read_statement: Callable[[str], dict[str, Any]]

    def setting(self, key: str) -> Any:
        return self.settings.get(key, self.clock.now())

    def leave_rules(self) -> LeaveRules:
        limits = {
            "PLENARY": self.setting("leave_days_plenary"),
            "STANDING_COMMITTEE": self.setting("leave_days_standing"),
        }
        return LeaveRules(limits, self.setting("leave_requests"))

    def answer_lead(self) -> timedelta:
        return timedelta(hours=self.setting("answer_hours"))

    def short_of(self, kind: str, held_at: datetime, at: datetime) -> int | None:
        """The notice period in working days that a notice sent now would not keep."""
        days: int = self.setting("notice_days_consultation") if kind == "CONSULTATION" else 0
        kept = self.calendar.add_working_days(at, days).date() <= held_at.date()
        return None if kept else days
