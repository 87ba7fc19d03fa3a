"""What the use cases are given: storage, time, settings, who works where."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from services.supervision.domain import errors
from services.supervision.domain.interests import Standing, kin
from services.supervision.domain.record import Team
from services.supervision.domain.supervisors import Supervisor
from shared.calendar import WorkCalendar
from shared.call import Call
from shared.clock import Now

if TYPE_CHECKING:
    from services.supervision import repository
    from shared.persistence import SettingsStore
    from shared.persistence.directory import Directory
    from shared.persistence.roster import Members
    from shared.persistence.topics import Topics


@dataclass(frozen=True)
class Desk:
    """The dependencies of all use cases.

    employed_by(call, member ids, units): those who work for one of the units, asked of the
    members service at the moment it matters (decision 9).
    """

    supervisions: repository.Supervisions
    sites: repository.Sites
    findings: repository.Findings
    inspections: repository.Inspections
    supervisors: repository.Supervisors
    debriefings: repository.Debriefings
    checklists: repository.Checklists
    members: Members
    directory: Directory
    topics: Topics
    settings: SettingsStore
    clock: Now
    calendar: WorkCalendar
    employed_by: Callable[[Call, Collection[str], Collection[str]], Collection[str]]

    def setting(self, key: str) -> Any:
        return self.settings.get(key, self.clock.now())

    def due_in(self, at: datetime, key: str) -> datetime:
        """Days from now, by a setting; what is stored already never moves (decision 11)."""
        return at + timedelta(days=self.setting(key))

    def decide_by(self, at: datetime) -> datetime:
        return self.calendar.add_working_days(at, self.setting("decision_days"))

    def require_supervised(self, units: Collection[str], field: str = "units") -> None:
        """Raises UnitUnfit for one that is no more, or may not be supervised (decision 57)."""
        gone = set(units) - set(self.directory.kinds(units))
        if unfit := gone | self.directory.unfit(units, "may_be_supervised"):
            raise errors.UnitUnfit(field=field, details={"units": sorted(unfit)})

    def kin(self, units: Collection[str]) -> set[str]:
        """All organisations that count as one of these."""
        return kin(units, (Standing(*row) for row in self.directory.standings()))

    def require_impartial(
        self,
        call: Call,
        units: Collection[str],
        members: Collection[str],
        supervisors: Collection[Supervisor] = (),
        employers: Collection[str] = (),
        field: str = "team",
    ) -> None:
        """Nobody supervises an employer, its parent, or whom one is related to (2.6).

        Raises InterestConflict, with the reason and who it is.
        """
        close = self.kin(units)
        people = {*members, *(s.member_id for s in supervisors if s.member_id)}
        employed = set(self.employed_by(call, people, close)) if people else set()
        if employed:
            raise errors.InterestConflict(
                "本人任职单位是被监督单位或其上下级单位，应当回避",
                field=field,
                details={"members": sorted(employed)},
            )
        if close & set(employers) or any(s.employer in close for s in supervisors):
            raise errors.InterestConflict(
                "任职单位是被监督单位或其上下级单位，应当回避", field=field
            )
        for supervisor in supervisors:
            related = next((r for r in supervisor.relations if r.organisation in close), None)
            if related is not None:
                raise errors.InterestConflict(
                    f"与被监督单位有利害关系（{related.note}），应当回避",
                    field=field,
                    details={"supervisor": supervisor.id},
                )

    def conflicts(self, call: Call, supervisor: Supervisor) -> dict[str, str]:
        """The units that the supervisor may not stay assigned to, each with the reason."""
        found = {}
        for unit in supervisor.units:
            try:
                self.require_impartial(call, [unit], (), [supervisor])
            except errors.InterestConflict as refused:
                found[unit] = refused.message
        return found

    def require_team(self, call: Call, units: Collection[str], team: Team) -> None:
        """A team that may supervise these units. Raises InterestConflict, Unfit."""
        members = [team.leader, *team.members]
        if set(members) - self.members.in_office(members):
            raise errors.Unfit("请选择在任委员", field="members")
        posted = self.supervisors.in_office(team.supervisors, self.clock.now())
        if len(posted) < len(team.supervisors):
            raise errors.Unfit("请选择在聘的民主监督员", field="supervisors")
        employers = [expert.employer for expert in team.experts if expert.employer]
        self.require_impartial(call, units, members, posted, employers)
