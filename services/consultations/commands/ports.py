"""What the use cases are given: storage, time, settings, calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.consultations.domain.limits import Limits
from shared.calendar import WorkCalendar
from shared.clock import Now

if TYPE_CHECKING:
    from services.consultations.repository import Consultations, Motions, Plans, Projects, Views
    from shared.persistence import SettingsStore
    from shared.persistence.directory import Directory
    from shared.persistence.roster import Members
    from shared.persistence.topics import Topics
    from shared.persistence.visits import Visits


@dataclass(frozen=True)
class Desk:
    """The dependencies of all use cases."""

    consultations: Consultations
    plans: Plans
    projects: Projects
    motions: Motions
    views: Views
    visits: Visits
    members: Members
    directory: Directory
    topics: Topics
    settings: SettingsStore
    clock: Now
    calendar: WorkCalendar

    def setting(self, key: str) -> Any:
        return self.settings.get(key, self.clock.now())

    @property
    def limits(self) -> Limits:
        return Limits(self.calendar, self.setting)
