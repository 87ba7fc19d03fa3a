"""A finding (问题): with its place, photos before and after, water values; claimed, verified.

What the unit says is a claim; the team that found it looks again (7.9).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from services.supervision.domain import errors
from services.supervision.domain.record import tell_files
from services.supervision.domain.sites import Point
from services.supervision.domain.states import (
    UNSETTLED,
    WITH_UNIT,
    FindingState,
    Severity,
)
from shared.aggregate import Aggregate
from shared.contracts import names

F = FindingState


@dataclass(frozen=True)
class Value:
    """A measured value, as `总磷 0.42 mg/L`, and the limit that it has to keep to."""

    indicator: str
    value: float
    unit: str
    limit: float | None = None

    @property
    def exceeded(self) -> bool | None:
        return None if self.limit is None else self.value > self.limit


@dataclass
class Pair:
    """A photo before, and the one after of the latest claim."""

    no: int
    before: str
    after: str | None = None


@dataclass(frozen=True)
class Claim:
    """称已整改: what the unit says; by: account."""

    no: int
    text: str
    values: tuple[Value, ...]
    at: datetime
    by: str


@dataclass(frozen=True)
class Check:
    """核实: what the team found."""

    verified: bool
    text: str
    values: tuple[Value, ...]
    at: datetime
    by: str


@dataclass
class Finding(Aggregate):
    """found_by: member id, or account of a supervisor who is none; units stand in `unit`."""

    id: str
    term: int
    year: int
    supervision_id: str
    title: str
    organiser: str
    site_id: str
    point: Point
    text: str
    severity: Severity
    found_at: datetime
    recorded_at: datetime
    recorded_by: str
    found_by: str | None = None  # member
    inspection_id: str | None = None
    values: tuple[Value, ...] = ()
    photos: list[Pair] = field(default_factory=list)
    state: FindingState = F.OPEN
    unit: str | None = None
    assigned_at: datetime | None = None
    due_at: datetime | None = None
    reminded: bool = False
    overdue: bool = False
    reason: str | None = None
    claims: list[Claim] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    files: tuple[str, ...] = ()
    files_told: tuple[str, ...] = ()

    def require(self, *states: FindingState) -> None:
        if self.state not in states:
            raise errors.WrongState.of(self.state)

    def header(self) -> dict[str, Any]:
        return {
            "finding_id": self.id,
            "supervision_id": self.supervision_id,
            "title": self.title,
            "organiser": self.organiser,
            "unit": self.unit,
            "found_by": self.found_by,
            "severity": self.severity.value,
            "due_at": self.due_at,
        }

    @property
    def reopened(self) -> int:
        return sum(not check.verified for check in self.checks)

    def tell_files(self) -> None:
        pairs = [f for p in self.photos for f in (p.before, p.after) if f]
        self.files = tuple(dict.fromkeys(pairs))
        tell_files(self, self.files)


def record(finding: Finding, photos: Sequence[str]) -> None:
    """Found on the spot, with the state before. Raises Unfit."""
    finding.values = measured(finding, finding.values)
    finding.photos = [Pair(no, file) for no, file in enumerate(dict.fromkeys(photos), 1)]
    finding.tell(names.FINDING_OPENED, site_id=finding.site_id)


def confirm(finding: Finding, confirmed: bool, reason: str | None) -> None:
    """By the team's leader or the committee: a problem, or none, with the reason."""
    finding.require(F.OPEN)
    if not confirmed and not reason:
        raise errors.Unfit("不予认定的请说明理由", field="reason")
    finding.state, finding.reason = (F.CONFIRMED if confirmed else F.DROPPED), reason
    finding.tell(names.FINDING_CONFIRMED if confirmed else names.FINDING_DROPPED, reason=reason)


def assign(finding: Finding, unit: str, due_at: datetime, at: datetime) -> None:
    """To the unit that is to rectify it. Raises Unfit for a date that is past."""
    finding.require(F.CONFIRMED)
    if due_at <= at:
        raise errors.Unfit("整改期限应晚于现在", field="dueAt")
    finding.state, finding.unit, finding.due_at, finding.assigned_at = F.ASSIGNED, unit, due_at, at
    finding.tell(names.FINDING_ASSIGNED)


def claim(
    finding: Finding,
    text: str,
    after: Mapping[int, str],
    values: Sequence[Value],
    by: str,
    at: datetime,
) -> None:
    """The unit says that it is rectified.

    Raises PhotosMissing unless each photo before has one after, of its own; Unfit.
    """
    finding.require(*WITH_UNIT)
    if set(after) != {pair.no for pair in finding.photos}:
        raise errors.PhotosMissing(field="photos", details={"no": [p.no for p in finding.photos]})
    shown = set(after.values())
    if len(shown) < len(after) or shown & {pair.before for pair in finding.photos}:
        raise errors.PhotosMissing("整改后照片应逐张另拍，不能与整改前照片相同", field="photos")
    said = measured(finding, values)
    wanted = {value.indicator for value in finding.values}
    if missing := wanted - {value.indicator for value in said}:
        named = "、".join(sorted(missing))
        raise errors.Unfit(f"请填写整改后的数值：{named}", field="values")
    for pair in finding.photos:
        pair.after = after[pair.no]
    finding.claims.append(Claim(len(finding.claims) + 1, text, said, at, by))
    finding.state = F.RECTIFIED
    finding.tell(names.FINDING_RECTIFIED, claim_no=len(finding.claims))


def judge(
    finding: Finding,
    verified: bool,
    text: str,
    values: Sequence[Value],
    due_at: datetime,
    by: str,
    at: datetime,
) -> None:
    """By the same team: verified, or to be rectified again until a new date.

    What the team has not measured itself counts as the unit claimed it. Raises NotVerified while
    any value is beyond its limit, Unfit.
    """
    finding.require(F.RECTIFIED)
    said = measured(finding, values)
    newest = {value.indicator: value for value in (*finding.claims[-1].values, *said)}
    exceeded = [value.indicator for value in newest.values() if value.exceeded]
    if verified and exceeded:
        named = "、".join(exceeded)
        raise errors.NotVerified(f"数值仍超过限值：{named}", field="values")
    if not verified and due_at <= at:
        raise errors.Unfit("整改期限应晚于现在", field="dueAt")
    finding.checks.append(Check(verified, text, said, at, by))
    if not verified:
        _reopen(finding, text, due_at)
        return
    finding.state = F.VERIFIED
    finding.tell(names.FINDING_VERIFIED, occurrence_no=len(finding.checks))


def measured(finding: Finding, values: Sequence[Value]) -> tuple[Value, ...]:
    """The values with the limits that the finding set, whatever their sender typed.

    Raises Unfit for an indicator that is given twice, or in another unit than it was found in.
    """
    kept = {value.indicator: value for value in finding.values}
    given = {value.indicator: value for value in values}
    if len(given) < len(values):
        raise errors.Unfit("同一指标只填一个数值", field="values")
    for value in values:
        before = kept.get(value.indicator)
        if before is not None and before.unit != value.unit:
            raise errors.Unfit(f"{value.indicator}的单位应为{before.unit}", field="values")
    return tuple(
        replace(value, limit=kept[value.indicator].limit) if value.indicator in kept else value
        for value in values
    )


def reopen(finding: Finding, text: str, due_at: datetime, by: str, at: datetime) -> None:
    """What was verified is found again at a re-check."""
    finding.require(F.VERIFIED)
    if due_at <= at:
        raise errors.Unfit("整改期限应晚于现在", field="dueAt")
    finding.checks.append(Check(False, text, (), at, by))
    _reopen(finding, text, due_at)


def replace_unit(finding: Finding, heir: str) -> None:
    """A merged unit's findings are its heir's, in their state and time."""
    former, finding.unit = finding.unit, heir
    finding.tell(names.FINDING_UNIT_CHANGED, former=former)


def remind(finding: Finding) -> None:
    finding.reminded = True
    finding.tell(names.FINDING_REMINDER_DUE)


def pass_due(finding: Finding) -> None:
    finding.overdue = True
    finding.tell(names.FINDING_OVERDUE)


def unsettled() -> list[str]:
    """States in which a re-check cannot be passed."""
    return sorted(state.value for state in UNSETTLED)


def _reopen(finding: Finding, reason: str, due_at: datetime) -> None:
    finding.state, finding.due_at = F.REOPENED, due_at
    finding.reminded = finding.overdue = False
    finding.tell(names.FINDING_REOPENED, reason=reason, occurrence_no=len(finding.checks))
