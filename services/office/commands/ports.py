"""What the use cases are given: storage, time, settings, keys."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from services.office.domain import document_errors as errors
from services.office.domain.answering import LeaveRules
from services.office.domain.attendance import Known
from services.office.domain.half_days import Hours
from services.office.domain.holders import GENERAL_OFFICE
from services.office.domain.incoming import ReminderPlan
from services.office.domain.meetings import Meeting
from services.office.domain.numbers import Series, word_setting
from shared.calendar import WorkCalendar
from shared.clock import Now
from shared.contracts.groups import own_groups

if TYPE_CHECKING:
    from services.office.repository import (
        AccountFacts,
        CheckIns,
        Feeds,
        MeetingRequests,
        Meetings,
        Members,
    )
    from services.office.repository.papers import (
        Affairs,
        IncomingDocuments,
        OutgoingDocuments,
        Plans,
        Rules,
        Trainings,
    )
    from services.office.repository.plan_facts import PlanFacts
    from shared.persistence import SettingsStore
    from shared.persistence.directory import Directory


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
    accounts: AccountFacts
    feeds: Feeds
    outgoing: OutgoingDocuments
    incoming: IncomingDocuments
    affairs: Affairs
    plans: Plans
    facts: PlanFacts
    rules: Rules
    trainings: Trainings
    directory: Directory
    settings: SettingsStore
    calendar: WorkCalendar
    clock: Now
    seal: Seal
    read_statement: Callable[[str], dict[str, Any]]

    def setting(self, key: str) -> Any:
        return self.settings.get(key, self.clock.now())

    # -- meetings ----------------------------------------------------------------------------

    def leave_rules(self) -> LeaveRules:
        limits = {
            "PLENARY": self.setting("leave_days_plenary"),
            "STANDING_COMMITTEE": self.setting("leave_days_standing"),
        }
        return LeaveRules(limits, self.setting("leave_requests"))

    def half_day_hours(self) -> Hours:
        names = ("morning", "afternoon", "minutes")
        return Hours(**{name: self.setting(f"half_day_{name}") for name in names})

    def answer_lead(self) -> timedelta:
        return timedelta(hours=self.setting("answer_hours"))

    def known(self, meeting: Meeting, more: Collection[str] = ()) -> Known:
        """What the roster says of the invited and of `more` members."""
        ids = [*meeting.member_ids, *more]
        return Known(
            standing=frozenset(self.members.standing(ids)),
            left=frozenset(self.members.left(ids, meeting.held_at)),
        )

    def own_groups(self, organiser: str) -> frozenset[str]:
        """The groups whose members an organiser may require to come; none of the office's."""
        if organiser == GENERAL_OFFICE:
            return frozenset()
        return own_groups(organiser, self.directory.code(organiser))

    def welcome(self, meeting: Meeting) -> bool:
        """Tell guests from the organiser's own people, by what the roster says now."""
        return meeting.welcome(self.members.groups_of(meeting.member_ids))

    def short_of(self, kind: str, held_at: datetime, at: datetime) -> int | None:
        """The notice period in working days that a notice sent now would not keep."""
        days: int = self.setting("notice_days_consultation") if kind == "CONSULTATION" else 0
        kept = self.calendar.add_working_days(at, days).date() <= held_at.date()
        return None if kept else days

    # -- documents ---------------------------------------------------------------------------

    def word(self, series: Series) -> str:
        return str(self.setting(word_setting(series)))

    def reminders(self) -> ReminderPlan:
        before = tuple(self.setting("document_reminder_days"))
        return ReminderPlan(before, self.setting("document_overdue_every_days"))

    def kinds(self, ids: Collection[str], field: str) -> dict[str, str]:
        """Organisation id → kind; raises RecipientsUnfit for one that is not in being, or that
        documents may not be sent to (decision 57)."""
        found = self.directory.kinds(ids)
        if set(ids) - set(found):
            raise errors.RecipientsUnfit(field=field)
        if self.directory.unfit(ids, "may_be_addressed"):
            raise errors.RecipientsUnfit("该组织机构不能作为收文单位", field=field)
        return found
