"""What goes off for a deadline: alarms and reminders, by the schedule of the settings (DL1–10)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from services.proposals.domain import decisions
from services.proposals.domain.assignments import Assignment
from services.proposals.domain.record import Proposal
from services.proposals.domain.review import ReturnTimes
from shared.contracts import names

Ring = Callable[[Proposal, datetime], object]


@dataclass(frozen=True)
class Schedule:
    """The settings behind the alarms; numbers of days.

    plenary_to: (term, session) → end of its plenary; second_reply: what a second reply has (DL8);
    report_by: (month, day), the latest on which a promise of the year is reported (DL9);
    returned: what an author has after a return, to sign with others and to submit again
    (decisions 22 and 41), `returned_warning` days before its end a warning.
    """

    before: tuple[int, ...] = (30, 15, 7, 1)
    every: int = 7
    notice: int = 15
    escalation: int = 30
    evaluation: tuple[int, ...] = (7, 14, 25)
    assignment: int = 30
    second_reply: int = 30
    returned: ReturnTimes = field(default_factory=lambda: ReturnTimes(7, 60))
    returned_warning: int = 15
    report_by: tuple[int, int] = (11, 30)
    plenary_to: Mapping[tuple[int, int], datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Alarm:
    """Goes off at `at`. A reminder gives way to a later one of the same `about`."""

    at: datetime
    key: str
    ring: Ring
    about: str | None = None


def key_of(name: str, share: Assignment) -> str:
    return f"{name}:{share.no}:{share.due_at:%Y%m%d}"


def told_of(share: Assignment) -> dict[str, Any]:
    return {"unit": share.unit, "assignment_no": share.no, "due_at": share.due_at}


def reminding(about: str, told: Mapping[str, Any], late: int = 0, *, held: bool = False) -> Ring:
    """`held`: what the reminder is about may wait for a decision, and who must decide hears too."""

    def ring(proposal: Proposal, _: datetime) -> None:
        row = {"unit": None, "evaluator": None, "commitment_no": None, **told}
        if held:
            row |= decisions.undecided(proposal, told.get("assignment_no"))
        proposal.tell(
            names.PROPOSAL_REMINDER_DUE, **row, about=about, round=proposal.round, days_late=late
        )

    return ring


def early_reminders(about: str, share: Assignment, schedule: Schedule) -> Iterator[Alarm]:
    for days in schedule.before:
        moment = share.due_at - timedelta(days=days)
        if moment > share.assigned_at:
            key = f"{key_of(about, share)}:-{days}"
            ring = reminding(about, told_of(share), held=True)
            yield Alarm(moment, key, ring, f"{about}:{share.no}")


def late_reminders(
    about: str,
    due: datetime,
    at: datetime,
    schedule: Schedule,
    told: Mapping[str, Any],
    since: datetime | None = None,
) -> Iterator[Alarm]:
    """From `since` (else from the due date on) every so many days, to the next after `at`."""
    moment = since or due
    while True:
        days = (moment.date() - due.date()).days
        ring = reminding(about, {"due_at": due, **told}, days, held=True)
        key = f"{about}:{told.get('unit', '')}:{due:%Y%m%d}:+{days}"
        yield Alarm(moment, key, ring, f"{about}:{told.get('assignment_no', '')}")
        if moment > at:
            return
        moment += timedelta(days=schedule.every)
