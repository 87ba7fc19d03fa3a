"""The written reports of the units under appraisal (section 3, "Appraisal": UNT report)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from services.proposals.domain import appraisal_errors as errors
from shared.contracts import names
from shared.days import day_after

if TYPE_CHECKING:
    from services.proposals.domain.appraisal import Appraisal


@dataclass(frozen=True)
class UnitReport:
    """What a unit says of its handling. `late`: after the due day; `revision` counts from 1."""

    unit: str
    text: str
    files: tuple[str, ...]
    handed_in_at: datetime
    late: bool
    revision: int = 1


@dataclass(frozen=True)
class ReportTimes:
    """Settings: days before the appraisal that a report is due, and before that of a reminder."""

    due: int
    reminder: int


def due_at(held_at: datetime, times: ReportTimes, at: datetime) -> datetime:
    """The midnight that ends the due day; of what is planned later than that, the appraisal."""
    due = day_after(held_at - timedelta(days=times.due))
    return due if due > at else held_at


def hand_in(appraisal: Appraisal, unit: str, text: str, files: Sequence[str], at: datetime) -> None:
    """A report, or a new one in the place of the unit's former, until the vote opens.

    Raises WrongAppraisalState, ReportNotAsked.
    """
    appraisal.require_planned()
    if unit not in appraisal.appraised:
        raise errors.ReportNotAsked
    due = appraisal.report_due_at
    late = due is not None and at >= due
    former = next((report for report in appraisal.reports if report.unit == unit), None)
    revision = former.revision + 1 if former else 1
    others = [report for report in appraisal.reports if report.unit != unit]
    kept = tuple(dict.fromkeys(files))
    appraisal.reports = [*others, UnitReport(unit, text, kept, at, late, revision)]
    appraisal.tell(names.APPRAISAL_REPORT_HANDED_IN, unit=unit, late=late, revision=revision)


def missing(appraisal: Appraisal) -> list[str]:
    """The units that have not handed in a report."""
    return sorted(set(appraisal.appraised) - {report.unit for report in appraisal.reports})


def remind(appraisal: Appraisal) -> None:
    """Once, those who have not handed in yet, while they still may; nobody if all have.

    Of two timers that come at the same moment the second finds it done.
    """
    waits = appraisal.takes_reports and not appraisal.reports_reminded
    appraisal.reports_reminded = True
    if waits and (units := missing(appraisal)):
        due = appraisal.report_due_at
        appraisal.tell(names.APPRAISAL_REPORT_REMINDER_DUE, units=units, due_at=due)


def tell_files(appraisal: Appraisal) -> None:
    """As `Proposal.tell_files`: for the repository, before each write."""
    held = {file for report in appraisal.reports for file in report.files}
    told = set(appraisal.files_told)
    if told != held:
        changes = {"attached": sorted(held - told), "detached": sorted(told - held)}
        event = {"appraisal_id": appraisal.id, **changes}
        appraisal.events.append((names.APPRAISAL_FILES_CHANGED, event))
        appraisal.files_told = tuple(sorted(held))
