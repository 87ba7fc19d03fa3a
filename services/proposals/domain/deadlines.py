"""Deadlines: what goes off when, once each (DL1–DL10).

Due dates are stored with what they are for. From them and the schedule of the settings, the
alarms of a proposal follow; `rung` keeps those that went off. So neither a restart nor a second
replica lets one go off twice, and after an outage all facts come in order, of reminders only the
latest (decision 19).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from services.proposals.domain.assignments import (
    AT_WORK,
    Assignment,
    AssignmentState,
    Lateness,
    Part,
)
from services.proposals.domain.extending import Extendable
from services.proposals.domain.handling import DERIVED
from services.proposals.domain.promises import report_day
from services.proposals.domain.replies import Commitment, CommitmentStatus
from services.proposals.domain.states import (
    AWAITING_EVALUATION,
    IN_HANDLING,
    IN_REVIEW,
    Mark,
    State,
)
from shared.contracts import names

A = AssignmentState
WATCHED = IN_REVIEW | IN_HANDLING | AWAITING_EVALUATION | {State.FILED, State.TRACKING}


@dataclass(frozen=True)
class Schedule:
    """The settings behind the alarms; numbers of days.

    plenary_to: (term, session) → end of its plenary; second_reply: what a second reply has (DL8);
    report_by: (month, day), the latest on which a promise of the year is reported (DL9);
    return_window: for co-signing after a return (decision 22).
    """

    before: tuple[int, ...] = (30, 15, 7, 1)
    every: int = 7
    notice: int = 15
    escalation: int = 30
    evaluation: tuple[int, ...] = (7, 14, 25)
    assignment: int = 30
    second_reply: int = 30
    return_window: int = 7
    report_by: tuple[int, int] = (11, 30)
    plenary_to: Mapping[tuple[int, int], datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Alarm:
    """Goes off at `at`. A reminder gives way to a later one of the same `about`."""

    at: datetime
    key: str
    ring: Callable[[datetime], object]
    about: str | None = None


class Timed(Extendable):
    """A proposal whose deadlines are watched."""

    # -- alarms ------------------------------------------------------------------------------

    def ring(self, at: datetime, schedule: Schedule) -> bool:
        """Let go off what is due. True if anything did.

        One pass is for one state: what an alarm changes is seen at the next look.
        """
        due = [alarm for alarm in self._alarms(at, schedule) if alarm.at <= at]
        last = {alarm.about: alarm.key for alarm in due if alarm.about}
        for alarm in due:
            if alarm.about is None or last[alarm.about] == alarm.key:
                alarm.ring(at)
        self.rung = (*self.rung, *(alarm.key for alarm in due))
        return bool(due)

    def next_alarm(self, at: datetime, schedule: Schedule) -> datetime | None:
        """When to look again; None if nothing is to come in this state."""
        return min((alarm.at for alarm in self._alarms(at, schedule)), default=None)

    def _alarms(self, at: datetime, schedule: Schedule) -> list[Alarm]:
        """All that have not gone off, as far as the next one after `at`; in order of time."""
        found = [
            *self._shortfall_alarms(schedule),
            *self._signing_alarms(),
            *self._review_alarms(at, schedule),
            *self._assignment_alarms(at, schedule),
            *self._share_alarms(at, schedule),
            *self._evaluation_alarms(schedule),
            *self._promise_alarms(schedule),
        ]
        left = [alarm for alarm in found if alarm.key not in self.rung]
        return sorted(left, key=lambda alarm: (alarm.at, alarm.key))

    def _shortfall_alarms(self, schedule: Schedule) -> Iterator[Alarm]:
        """Decision 22: what the first proposer does not decide in time is returned."""
        if self.state not in IN_REVIEW or self.shortfall is None:
            return
        window = timedelta(days=schedule.return_window)
        decide_by = self.shortfall.decide_by
        yield Alarm(
            decide_by,
            f"SHORTFALL:{decide_by:%Y%m%d%H%M%S}",
            lambda at: self.decide_shortfall(False, at, DERIVED, window),
        )

    def _signing_alarms(self) -> Iterator[Alarm]:
        """DL3, decision 25: not signed for in time is bound all the same."""
        for share in self.assignments:
            if share.state is A.PENDING:
                yield Alarm(share.sign_due_at, f"DEEMED:{share.no}", self.deem_received)

    def _review_alarms(self, at: datetime, schedule: Schedule) -> Iterator[Alarm]:
        """DL1."""
        if self.state in IN_REVIEW and self.review_due_at:
            yield from self._late_reminders("REVIEW", self.review_due_at, at, schedule, {})

    def _assignment_alarms(self, at: datetime, schedule: Schedule) -> Iterator[Alarm]:
        """DL2: the assignment meeting, after the plenary or, outside it, after filing."""
        if self.state is not State.FILED or self.filed_at is None:
            return
        plenary_to = schedule.plenary_to.get((self.term, self.session or 0))
        begins = self.filed_at
        if self.session_mark is Mark.PLENARY and plenary_to:
            begins = max(begins, plenary_to)
        due = begins + timedelta(days=schedule.assignment)
        yield from self._late_reminders("ASSIGNMENT", due, at, schedule, {})

    def _share_alarms(self, at: datetime, schedule: Schedule) -> Iterator[Alarm]:
        """DL4, DL5, DL8–DL10."""
        if self.state not in IN_HANDLING:
            return
        for share in self.assignments:
            if share.state not in AT_WORK | {A.PENDING} or share.open_extension:
                continue
            if share.part is Part.CO and self.round == 1:
                yield from self._co_alarms(share, schedule)
            elif share.unit in self.asked_units:
                yield from self._reply_alarms(share, at, schedule)

    def _co_alarms(self, share: Assignment, schedule: Schedule) -> Iterator[Alarm]:
        yield from self._early_reminders("CO_OPINION", share, schedule)
        yield Alarm(
            day_after(share.due_at),
            _key("CO_OVERDUE", share),
            lambda at: self._co_overdue(share, at),
        )

    def _reply_alarms(self, share: Assignment, at: datetime, schedule: Schedule) -> Iterator[Alarm]:
        about = "REPLY" if self.round == 1 else "SECOND_REPLY"
        late = day_after(share.due_at)
        yield from self._early_reminders(about, share, schedule)
        yield Alarm(late, _key("OVERDUE", share), lambda at: self._overdue(share, at))
        for event, lateness, days in (
            (names.PROPOSAL_SUPERVISION_NOTICE_ISSUED, Lateness.NOTICED, schedule.notice),
            (names.PROPOSAL_OVERDUE_ESCALATED, Lateness.ESCALATED, schedule.escalation),
        ):
            moment = late + timedelta(days=days - 1)
            ring = self._telling(event, share, lateness, days)
            yield Alarm(moment, _key(event, share), ring)
        told = _share_data(share)
        yield from self._late_reminders(
            about, share.due_at, at, schedule, told, since=late + timedelta(days=schedule.every - 1)
        )

    def _evaluation_alarms(self, schedule: Schedule) -> Iterator[Alarm]:
        """DL7: reminders, and T16 when the time is over."""
        begun = self.rounds[-1].replied_at if self.rounds else None
        if self.state not in AWAITING_EVALUATION or begun is None:
            return
        assert self.evaluate_by is not None
        yield Alarm(
            self.evaluate_by,
            f"EVALUATION:{self.round}",
            self.close_unevaluated,
            "EVALUATION",  # the end makes a reminder of the same look needless
        )
        told = {"evaluator": self.evaluator, "due_at": self.evaluate_by}
        for days in schedule.evaluation:
            key = f"EVALUATION:{self.round}:{days}"
            ring = self._reminding("EVALUATION", told)
            yield Alarm(begun + timedelta(days=days), key, ring, "EVALUATION")

    def _promise_alarms(self, schedule: Schedule) -> Iterator[Alarm]:
        """DL9: reminders before, and T22 on the day."""
        if self.state is not State.TRACKING:
            return
        for commitment in self.commitments:
            if commitment.status is not CommitmentStatus.OPEN or commitment.asked_round:
                continue
            due = _promise_due(commitment, schedule)
            told = {
                "unit": commitment.unit,
                "commitment_no": commitment.no,
                "due_at": due,
            }
            for days in schedule.before:
                moment = due - timedelta(days=days)
                if moment > commitment.made_at:
                    key = f"COMMITMENT:{commitment.no}:{days}"
                    ring = self._reminding("COMMITMENT", told)
                    yield Alarm(moment, key, ring, f"COMMITMENT:{commitment.no}")
            yield Alarm(
                due,
                f"COMMITMENT_DUE:{commitment.no}",
                lambda at: self._promises_due(at, schedule),
            )

    # -- what an alarm does ------------------------------------------------------------------

    def _co_overdue(self, share: Assignment, at: datetime) -> None:
        share.overdue_at, share.lateness = at, Lateness.OVERDUE
        mains = [a.unit for a in self.assignments if a.part is Part.MAIN and a.standing]
        told = {"due_at": share.due_at, "main_units": mains}
        self._record_assignment(names.ASSIGNMENT_CO_OVERDUE, share, told)

    def _overdue(self, share: Assignment, at: datetime) -> None:
        share.overdue_at, share.lateness = at, Lateness.OVERDUE
        self._record_assignment(names.PROPOSAL_OVERDUE, share, {"due_at": share.due_at})
        self.miss_commitments(share.unit, at)

    def _promises_due(self, at: datetime, schedule: Schedule) -> None:
        """All that are due by now together; the first alarm of them takes the others along."""
        if self.state is not State.TRACKING:
            return
        due = [
            commitment
            for commitment in self.commitments
            if commitment.status is CommitmentStatus.OPEN
            and commitment.asked_round is None
            and _promise_due(commitment, schedule) <= at
        ]
        self.ask_second_reply(due, at + timedelta(days=schedule.second_reply), at)

    def _telling(
        self, event: str, share: Assignment, lateness: Lateness, days: int
    ) -> Callable[[datetime], None]:
        def ring(_: datetime) -> None:
            share.lateness = lateness
            told = {"about": "REPLY", "due_at": share.due_at, "days_late": days}
            self._record_assignment(event, share, told)

        return ring

    def _reminding(
        self, about: str, told: Mapping[str, Any], late: int = 0
    ) -> Callable[[datetime], None]:
        def ring(_: datetime) -> None:
            row = {"unit": None, "evaluator": None, "commitment_no": None, **told}
            self._record(
                names.PROPOSAL_REMINDER_DUE,
                {**row, "about": about, "round": self.round, "days_late": late},
            )

        return ring

    def _early_reminders(
        self, about: str, share: Assignment, schedule: Schedule
    ) -> Iterator[Alarm]:
        for days in schedule.before:
            moment = share.due_at - timedelta(days=days)
            if moment > share.assigned_at:
                key = f"{_key(about, share)}:-{days}"
                ring = self._reminding(about, _share_data(share))
                yield Alarm(moment, key, ring, f"{about}:{share.no}")

    def _late_reminders(
        self,
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
            ring = self._reminding(about, {"due_at": due, **told}, days)
            key = f"{about}:{told.get('unit', '')}:{due:%Y%m%d}:+{days}"
            yield Alarm(moment, key, ring, f"{about}:{told.get('assignment_no', '')}")
            if moment > at:
                return
            moment += timedelta(days=schedule.every)


def day_after(due: datetime) -> datetime:
    """The midnight that ends the due day: from then on it is late."""
    return datetime.combine(due.date() + timedelta(days=1), time(), due.tzinfo)


def _promise_due(commitment: Commitment, schedule: Schedule) -> datetime:
    """The morning of the day on which it is reported."""
    day = report_day(commitment, schedule.report_by)
    return datetime.combine(day, time(), commitment.made_at.tzinfo)


def _share_data(share: Assignment) -> dict[str, Any]:
    return {"unit": share.unit, "assignment_no": share.no, "due_at": share.due_at}


def _key(name: str, share: Assignment) -> str:
    return f"{name}:{share.no}:{share.due_at:%Y%m%d}"
