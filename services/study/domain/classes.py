"""Rotation classes (轮训班, 14.2): enrolment, waiting list, completion, certificates."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.study.domain import errors
from services.study.domain.sessions import meeting_plan
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.labels import Labelled
from shared.presence import Presence, Told, newest


class ClassState(Labelled, name="RotationClassState"):
    """轮训班状态。State of a rotation class."""

    OPEN = "OPEN", "报名中", "Open for enrolment"
    ENROL_CLOSED = "ENROL_CLOSED", "报名截止", "Enrolment closed; its meeting is planned"
    RUNNING = "RUNNING", "已通知开班", "Announced, under way"
    FINISHED = "FINISHED", "已结束", "Attendance is confirmed"
    CERTIFIED = "CERTIFIED", "已发证", "Certificates are issued"
    CANCELLED = "CANCELLED", "已取消", "Called off"


class EnrolmentState(Labelled):
    """报名状态。State of an enrolment."""

    ENROLLED = "ENROLLED", "已录取", "Has a place"
    WAITLISTED = "WAITLISTED", "候补", "Waits for a place"
    CANCELLED = "CANCELLED", "已取消", "Withdrew"
    COMPLETED = "COMPLETED", "已结业", "Completed"
    INCOMPLETE = "INCOMPLETE", "未结业", "Not completed"


S, E = ClassState, EnrolmentState
TAKES_PART = frozenset({E.ENROLLED, E.COMPLETED, E.INCOMPLETE})
OVER = frozenset({S.FINISHED, S.CERTIFIED})


@dataclass
class Enrolment:
    """completions: how often completion was told; certificate: number, once issued."""

    member_id: str
    sector: str
    state: EnrolmentState
    at: datetime
    completions: int = 0
    certificate: str | None = None
    code: str | None = None  # of the certificate, for who verifies it
    certified_at: datetime | None = None
    revoked_at: datetime | None = None


@dataclass
class RotationClass(Aggregate):
    """quota: places; sector_share: percent of them that one sector may take while others come.

    pass_percent: of the half-days that complete it; hours: 学时 that completion is worth.
    """

    id: str
    term: int
    year: int
    batch: int
    title: str
    organiser: str
    held_at: datetime
    ends_at: datetime | None
    place: str
    half_days: int
    hours: float
    quota: int
    sector_share: int
    enrol_by: datetime
    pass_percent: int
    created_by: str
    state: ClassState = S.OPEN
    reason: str | None = None
    topic_codes: tuple[str, ...] = ()  # of the taxonomy
    enrolments: list[Enrolment] = field(default_factory=list)
    presence: dict[str, Presence] = field(default_factory=dict)
    taken: tuple[str, ...] = ()
    followed: int = 0  # the version of its meeting that was told of last
    # The organiser's batch of a year, held once; none of what was called off, or opened before.
    slot: str | None = None

    mandatory: bool = True  # for the office's meeting: who is enrolled has to come

    @property
    def invited(self) -> list[str]:
        return [row.member_id for row in self.enrolments if row.state in TAKES_PART]

    def open(self, again: Sequence[str], at: datetime) -> None:
        """again: those who did not complete one, who are asked to this. Raises SessionUnfit."""
        if self.enrol_by <= at:
            raise errors.SessionUnfit("报名截止时间已过", field="enrolBy")
        if self.enrol_by >= self.held_at:
            raise errors.SessionUnfit("报名截止应早于开班时间", field="enrolBy")
        if self.ends_at is not None and self.ends_at <= self.held_at:
            raise errors.SessionUnfit("结束时间应晚于开始时间", field="endsAt")
        self.slot = f"{self.year}:{self.organiser}:{self.batch}"
        self.tell(names.STUDY_CLASS_OPENED, enrol_by=self.enrol_by, again=list(again))

    @property
    def standing(self) -> dict[str, Enrolment]:
        """member id → the enrolment that stands; a cancelled one is history."""
        return {row.member_id: row for row in self.enrolments if row.state is not E.CANCELLED}

    def enrolment(self, member_id: str) -> Enrolment | None:
        return self.standing.get(member_id)

    def enrol(self, member_id: str, sector: str, at: datetime) -> EnrolmentState:
        """A place where one is free for the sector, else the waiting list.

        Raises EnrolmentClosed, EnrolmentUnfit for who is enrolled.
        """
        if self.state is not S.OPEN or at > self.enrol_by:
            raise errors.EnrolmentClosed
        if self.enrolment(member_id) is not None:
            raise errors.EnrolmentUnfit("已经报名")
        state = E.ENROLLED if self._has_place(sector) else E.WAITLISTED
        self.enrolments = [*self.enrolments, Enrolment(member_id, sector, state, at)]
        return state

    def withdraw(self, member_id: str) -> None:
        """Give the place back; the first who waits and fits gets it. Raises EnrolmentUnfit."""
        if self.state not in (S.OPEN, S.ENROL_CLOSED):
            raise errors.EnrolmentClosed("开班后不能取消报名，请办理请假")
        row = self.enrolment(member_id)
        if row is None:
            raise errors.EnrolmentUnfit("尚未报名")
        self._give_back(row)

    def release(self, member_id: str) -> bool:
        """The place of somebody who has left the committee, also once the class is announced.

        Whether there was one.
        """
        row = self.enrolment(member_id)
        if self.state not in (S.OPEN, S.ENROL_CLOSED, S.RUNNING) or row is None:
            return False
        self._give_back(row)
        return True

    def _give_back(self, row: Enrolment) -> None:
        """Cancel it; whoever gets the place is invited to the meeting that was asked for."""
        had_place, row.state = row.state is E.ENROLLED, E.CANCELLED
        if not had_place:
            return
        before = set(self.invited)
        self._promote(balanced=self.state is S.OPEN)
        if self.state is not S.OPEN:
            promoted = [id for id in self.invited if id not in before]
            changes = {"invited": promoted, "withdrawn": [row.member_id]}
            self.tell(names.STUDY_CLASS_PLACES_CHANGED, **changes)

    def close_enrolment(self) -> None:
        """Free places go to who waits, sectors aside; the office is asked for the meeting."""
        if self.state is not S.OPEN:
            raise errors.EnrolmentClosed
        self._promote(balanced=False)
        if not self.invited:
            raise errors.EnrolmentUnfit("无人报名，不能开班")
        self.state = S.ENROL_CLOSED
        self.events.append(
            (names.STUDY_CLASS_PLANNED, meeting_plan(self, "TRAINING", self.half_days))
        )

    def cancel(self, reason: str) -> None:
        """Before its meeting is planned; afterwards the meeting is called off."""
        if self.state is not S.OPEN:
            raise errors.WrongState.of(self.state)
        self.state, self.reason, self.slot = S.CANCELLED, reason, None
        waiting = [row.member_id for row in self.enrolments if row.state is not E.CANCELLED]
        self.tell(names.STUDY_CLASS_CANCELLED, reason=reason, members=waiting)

    def follow(self, to: ClassState, held_at: datetime, reason: str | None, version: int) -> bool:
        """What the office tells of the meeting's `version`; late news change nothing."""
        if self.state not in (S.ENROL_CLOSED, S.RUNNING) or version < self.followed:
            return False
        self.followed = version
        if to is self.state and held_at == self.held_at:
            return False
        self.state, self.held_at, self.reason = to, held_at, reason
        self.slot = None if to is S.CANCELLED else self.slot
        return True

    def take_presence(self, fact: str, told: Sequence[Told], corrected: bool) -> bool:
        """The office's record, once for each fact: who has completed the class."""
        if fact in self.taken:
            return False
        self.taken = (*self.taken, fact)
        self.presence = newest(self.presence, told)
        for row in told:
            self._judge(row.member_id)
        if not corrected:
            self.state = S.FINISHED if self.state not in OVER else self.state
            completed = [row for row in self.enrolments if row.state is E.COMPLETED]
            self.tell(
                names.STUDY_CLASS_FINISHED, required=len(self.invited), completed=len(completed)
            )
            missed = [row.member_id for row in self.enrolments if row.state is E.INCOMPLETE]
            if missed:
                self.tell(names.STUDY_CLASS_MISSED, members=missed)
        return True

    def certify(self, numbers: Sequence[tuple[str, str]], at: datetime) -> None:
        """Give the completed who have none a certificate. numbers: (number, code) for each."""
        if self.state not in OVER:
            raise errors.WrongState.of(self.state)
        self.state = S.CERTIFIED
        for row, (number, code) in zip(self.uncertified, numbers, strict=True):
            row.certificate, row.code, row.certified_at, row.revoked_at = number, code, at, None
            told = {"member_id": row.member_id, "number": number}
            self.tell(names.STUDY_CERTIFICATE_ISSUED, **told)

    @property
    def uncertified(self) -> list[Enrolment]:
        return [
            row for row in self.enrolments if row.state is E.COMPLETED and row.certificate is None
        ]

    def revoke_lost(self, at: datetime) -> None:
        """A certificate of who has not completed the class after all holds no longer."""
        for row in self.enrolments:
            if row.certificate and row.revoked_at is None and row.state is E.INCOMPLETE:
                row.revoked_at = at
                told = {"member_id": row.member_id, "number": row.certificate}
                self.tell(names.STUDY_CERTIFICATE_REVOKED, **told)
            elif row.certificate and row.revoked_at and row.state is E.COMPLETED:
                row.revoked_at = None  # presence was confirmed after all: the number holds again

    def _has_place(self, sector: str) -> bool:
        taken = [row.sector for row in self.enrolments if row.state is E.ENROLLED]
        share = math.ceil(self.quota * self.sector_share / 100)
        return len(taken) < self.quota and Counter(taken)[sector] < share

    def _promote(self, balanced: bool) -> None:
        """Who waits gets what is free, in the order of the list."""
        for row in self.enrolments:
            taken = sum(other.state is E.ENROLLED for other in self.enrolments)
            if row.state is not E.WAITLISTED or taken >= self.quota:
                continue
            if not balanced or self._has_place(row.sector):
                row.state = E.ENROLLED
                self.tell(names.STUDY_PLACE_GIVEN, member_id=row.member_id)

    def _judge(self, member_id: str) -> None:
        """Completed at the share of half-days; those that do not count leave the sum (A1)."""
        row = self.enrolment(member_id)
        if row is None:
            return  # sat in: no place, no completion
        seen = self.presence[member_id]
        counted = self.half_days - seen.exempt
        passed = counted > 0 and seen.present * 100 >= counted * self.pass_percent
        if passed and row.state is not E.COMPLETED:
            row.completions += 1
            self._completion(names.STUDY_CLASS_COMPLETED, row)
        elif not passed and row.state is E.COMPLETED:
            self._completion(names.STUDY_COMPLETION_REVOKED, row)
        row.state = E.COMPLETED if passed else E.INCOMPLETE

    def _completion(self, event: str, row: Enrolment) -> None:
        told = {"class_id": self.id, "member_id": row.member_id}
        self.events.append((event, {**told, "occurrence_no": row.completions}))

    def header(self) -> dict[str, Any]:
        return {"class_id": self.id, "title": self.title}
