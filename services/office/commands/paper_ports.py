"""What the use cases of documents, affairs, plans, rules and training are given."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.office.domain import document_errors as errors
from services.office.domain.incoming import ReminderPlan
from services.office.domain.numbers import Series, word_setting
from shared.clock import Now

if TYPE_CHECKING:
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


@dataclass(frozen=True)
class Papers:
    """The dependencies of these use cases. current_term: the term that work of today belongs to."""

    outgoing: OutgoingDocuments
    incoming: IncomingDocuments
    affairs: Affairs
    plans: Plans
    facts: PlanFacts
    rules: Rules
    trainings: Trainings
    directory: Directory
    current_term: Callable[[], int]
    settings: SettingsStore
    clock: Now

    def setting(self, key: str) -> Any:
        return self.settings.get(key, self.clock.now())

    def word(self, series: Series) -> str:
        return str(self.setting(word_setting(series)))

    def reminders(self) -> ReminderPlan:
        before = tuple(self.setting("document_reminder_days"))
        return ReminderPlan(before, self.setting("document_overdue_every_days"))

    def kinds(self, ids: Collection[str], field: str) -> dict[str, str]:
        """Organisation id → kind; raises RecipientsUnfit for one that is not in being."""
        found = self.directory.kinds(ids)
        if set(ids) - set(found):
            raise errors.RecipientsUnfit(field=field)
        return found
