"""What the use cases are given: storage, time, settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from services.outcomes.domain import days, errors
from services.outcomes.domain.settling import Clocks
from shared.calendar import WorkCalendar
from shared.clock import Now

if TYPE_CHECKING:
    from services.outcomes.repository import Files, Graph, Items, Links, Summaries
    from shared.persistence import SettingsStore
    from shared.persistence.directory import Directory
    from shared.persistence.roster import Members
    from shared.persistence.topics import Topics


@dataclass(frozen=True)
class Desk:
    """The dependencies of all use cases."""

    files: Files
    items: Items
    links: Links
    summaries: Summaries
    graph: Graph
    members: Members
    directory: Directory
    topics: Topics
    settings: SettingsStore
    clock: Now
    calendar: WorkCalendar

    def setting(self, key: str) -> Any:
        return self.settings.get(key, self.clock.now())

    def clocks(self, at: datetime) -> Clocks:
        """Due dates from now; what is stored already never moves (decision 11)."""
        decision = self.calendar.add_working_days(at, self.setting("decision_days"))
        return Clocks(
            feedback=days.due_in(at, self.setting("feedback_days")),
            implementation=days.due_in(at, self.setting("implementation_days")),
            decision=days.end_of(days.day_of(decision)),
            verification=days.due_in(at, self.setting("verification_days")),
        )

    def unit(self, unit: str, field: str = "unit") -> str | None:
        """The side of an organisation in being. Raises UnitUnfit."""
        if unit not in self.directory.kinds([unit]):
            raise errors.UnitUnfit(field=field)
        return self.directory.side(unit)
