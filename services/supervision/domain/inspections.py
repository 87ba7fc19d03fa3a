"""Inspections of a supervision (监督检查): planned, held, their checklists filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.supervision.domain import errors
from services.supervision.domain.meetings import follow as follow_meeting
from services.supervision.domain.meetings import plan_of
from services.supervision.domain.states import CheckResult, InspectionState
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.presence import Presence, Told, attended, newest

I = InspectionState  # noqa: E741
BEFORE = (I.PLANNED, I.NOTIFIED)


@dataclass(frozen=True)
class Line:
    """One line of the supervision's checklist at one site."""

    no: int
    result: CheckResult
    note: str = ""


@dataclass(frozen=True)
class Sheet:
    site_id: str
    lines: tuple[Line, ...]
    at: datetime
    by: str


@dataclass
class Inspection(Aggregate):
    """Its id is the meeting's at the office."""

    id: str
    term: int
    supervision_id: str
    organiser: str
    title: str
    held_at: datetime
    ends_at: datetime | None
    place: str
    sites: tuple[str, ...]
    units: tuple[str, ...]
    invited: tuple[str, ...]
    state: InspectionState = I.PLANNED
    followed: int = 0
    presence: dict[str, Presence] = field(default_factory=dict)
    attended: tuple[str, ...] = ()
    reason: str | None = None
    sheets: list[Sheet] = field(default_factory=list)

    def header(self) -> dict[str, Any]:
        return {"supervision_id": self.supervision_id}


def plan(inspection: Inspection) -> None:
    if inspection.ends_at is not None and inspection.ends_at <= inspection.held_at:
        raise errors.Unfit("结束时间应晚于开始时间", field="endsAt")
    told = plan_of(inspection, "SUPERVISION", inspection.invited, inspection.units)
    inspection.tell(names.SUPERVISION_INSPECTION_PLANNED, **told)


def fill_in(
    inspection: Inspection, site_id: str, lines: Sequence[Line], wanted: int, by: str, at: datetime
) -> None:
    """A site's checklist, whole; again, it replaces the former. Raises Unfit."""
    if inspection.state is I.CANCELLED:
        raise errors.WrongState.of(inspection.state)
    if site_id not in inspection.sites:
        raise errors.Unfit("该点位不在本次检查范围", field="siteId")
    if sorted(line.no for line in lines) != list(range(1, wanted + 1)):
        raise errors.Unfit("请逐条填写检查清单", field="lines")
    inspection.sheets = [s for s in inspection.sheets if s.site_id != site_id]
    inspection.sheets.append(Sheet(site_id, tuple(lines), at, by))


def follow(
    inspection: Inspection, to: str, held_at: datetime, reason: str | None, version: int
) -> bool:
    """What the office tells of its meeting. Whether it is news."""
    state = inspection.state
    news = follow_meeting(inspection, held_at, version, state in BEFORE)
    if state in BEFORE and to == I.CANCELLED.value:
        inspection.state, inspection.reason = I.CANCELLED, reason
    elif state is I.PLANNED and to == I.NOTIFIED.value:
        inspection.state = I.NOTIFIED
    return news or inspection.state is not state


def take_presence(inspection: Inspection, told: Sequence[Told]) -> bool:
    """The office's record: it took place if anybody was there. Whether it is news."""
    before = (inspection.state, inspection.presence)
    inspection.presence = newest(inspection.presence, told)
    inspection.attended = attended(inspection.presence)
    if inspection.attended:
        inspection.state = I.HELD
    return (inspection.state, inspection.presence) != before
