"""Members' Homes (13.4): sites with their wall, hours and rota; days on duty."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.liaison.domain import errors, participation
from services.liaison.domain.activities import HOME_DUTY, Point
from services.liaison.domain.participation import Part
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.labels import Labelled


class HomeState(Labelled, name="MembersHomeState"):
    """委员之家状态。State of a Members' Home."""

    PREPARING = "PREPARING", "筹备中", "Preparing"
    OPEN = "OPEN", "开放", "Open"
    SUSPENDED = "SUSPENDED", "暂停", "Suspended"
    CLOSED = "CLOSED", "关闭", "Closed"


H = HomeState
WALL = ("sign", "duties", "process", "rules")  # and the members, which the rota shows


@dataclass(frozen=True)
class Hours:
    """weekday: 1 Monday to 7 Sunday; opens, closes: "09:00"."""

    weekday: int
    opens: str
    closes: str


@dataclass
class Home(Aggregate):
    """What hangs on the wall: sign 标牌, members, duties 职责, process 流程, rules 制度."""

    id: str
    term: int
    name: str
    town: str
    address: str
    location: Point | None
    phone: str
    hours: tuple[Hours, ...]
    members: tuple[str, ...]
    sign: str
    duties: str
    process: str
    rules: str
    state: HomeState = H.PREPARING
    reason: str | None = None

    @property
    def organiser(self) -> str:
        return self.town

    def write(self, **written: Any) -> None:
        """Raises HomeUnfit for hours that end before they begin, WrongState once closed."""
        self._require({H.PREPARING, H.OPEN, H.SUSPENDED})
        for name, value in written.items():
            setattr(self, name, value)
        if any(hours.opens >= hours.closes for hours in self.hours):
            raise errors.HomeUnfit("开放时间应早于结束时间", field="hours")
        if self.state is H.OPEN:
            self._require_complete()

    def release(self, member_id: str) -> None:
        """Who has left the committee hangs on the wall no more."""
        self.members = tuple(id for id in self.members if id != member_id)

    def open(self) -> None:
        """First, or again. Raises HomeUnfit while the wall is incomplete."""
        self._require({H.PREPARING, H.SUSPENDED})
        self._require_complete()
        self._become(H.OPEN)

    def suspend(self, reason: str) -> None:
        self._require({H.OPEN})
        self._become(H.SUSPENDED, reason)

    def close(self, reason: str) -> None:
        self._require({H.PREPARING, H.OPEN, H.SUSPENDED})
        self._become(H.CLOSED, reason)

    def hours_on(self, day: date) -> tuple[Hours, ...]:
        """When it is open on a day; nothing while it is not open at all."""
        if self.state is not H.OPEN:
            return ()
        return tuple(hours for hours in self.hours if hours.weekday == day.isoweekday())

    def _require_complete(self) -> None:
        missing = [name for name in WALL if not getattr(self, name).strip()]
        if not self.hours:
            missing.append("hours")
        if not self.members:
            missing.append("members")
        if missing:
            raise errors.HomeUnfit("上墙内容或开放时间不完整", field=missing[0])

    def _become(self, state: HomeState, reason: str | None = None) -> None:
        self.state, self.reason = state, reason
        told = {"home_id": self.id, "home": self.name, "town": self.town, "state": state.value}
        self.tell(names.HOME_STATE_CHANGED, **told, reason=reason)

    def _require(self, states: Collection[HomeState]) -> None:
        if self.state not in states:
            raise errors.WrongState.of(self.state)


class DutyState(Labelled, name="HomeDutyState"):
    """值班状态。State of a day on duty."""

    PLANNED = "PLANNED", "已安排", "Planned"
    DONE = "DONE", "已到岗", "Done"
    MISSED = "MISSED", "未到岗", "Missed"
    CANCELLED = "CANCELLED", "已取消", "Cancelled"


D = DutyState


@dataclass
class Duty(Aggregate):
    """One member's day at a home. Its id is that of home and day: one on duty each day.

    on: "2017-03-15"; parts: member id → what stands, of all who were ever on duty that day;
    asked: whether the town was asked to confirm it.
    """

    id: str
    term: int
    year: int
    home_id: str
    home_name: str
    town: str
    on: str
    starts_at: datetime
    member_id: str
    state: DutyState = D.PLANNED
    reminded: bool = False
    asked: bool = False
    parts: dict[str, Part] = field(default_factory=dict)
    took_part: tuple[str, ...] = ()
    confirmed_by: str | None = None
    corrections: list[dict[str, Any]] = field(default_factory=list)

    @property
    def organiser(self) -> str:
        return self.town

    def plan(self) -> None:
        self._tell(names.HOME_DUTY_SET, self.member_id)

    def give_to(self, member_id: str) -> None:
        """Somebody else, while the day is to come."""
        self._require({D.PLANNED, D.CANCELLED})
        if member_id == self.member_id and self.state is D.PLANNED:
            return
        if self.state is D.PLANNED:
            self._tell(names.HOME_DUTY_CANCELLED, self.member_id)
        self.member_id, self.state, self.reminded = member_id, D.PLANNED, False
        self._tell(names.HOME_DUTY_SET, member_id)

    def cancel(self) -> None:
        self._require({D.PLANNED})
        self.state = D.CANCELLED
        self._tell(names.HOME_DUTY_CANCELLED, self.member_id)

    def vacate(self) -> None:
        """Who was to be on duty has left the committee: the town finds somebody else."""
        self._require({D.PLANNED})
        self.state = D.CANCELLED
        self._tell(names.HOME_DUTY_VACATED, self.member_id, town=self.town)

    def ask_confirmation(self) -> None:
        """The day is over: whether the member was there is for the town to say."""
        self.asked = True
        self._tell(names.HOME_DUTY_CONFIRMATION_DUE, self.member_id, town=self.town)

    def remind(self) -> None:
        self.reminded = True
        self._tell(names.HOME_DUTY_REMINDER_DUE, self.member_id)

    def confirm(self, took_part: bool, account: str, at: datetime) -> None:
        """The town's word, on the day or later: one participation for the day."""
        self._require({D.PLANNED})
        if at < self.starts_at:
            raise errors.DutyUnfit("值班日期未到，不能确认")
        self.confirmed_by = account
        self._tell(names.HOME_DUTY_CONFIRMED, self.member_id, took_part=took_part)
        if not took_part:
            self.state = D.MISSED
            return
        self.state = D.DONE
        self.parts, rows = participation.confirmed([self.member_id])
        self._tell_rows(names.ACTIVITY_PARTICIPATION_CONFIRMED, rows)

    def correct(self, took_part: bool, reason: str, account: str, at: datetime) -> None:
        self._require({D.DONE, D.MISSED})
        self.parts, rows = participation.corrected(self.parts, {self.member_id: took_part})
        self.state = D.DONE if took_part else D.MISSED
        self.corrections.append({"at": at, "by": account, "reason": reason, "rows": rows})
        self._tell_rows(names.ACTIVITY_PARTICIPATION_CORRECTED, rows)

    def _tell_rows(self, event: str, rows: list[dict[str, Any]]) -> None:
        self.took_part = participation.present(self.parts)
        told = {"activity_id": self.id, "kind": HOME_DUTY, "held_on": self.starts_at}
        self.tell(event, **told, rows=rows)

    def _tell(self, event: str, member_id: str, **more: Any) -> None:
        told = {"duty_id": self.id, "home_id": self.home_id, "home": self.home_name}
        day = {"member_id": member_id, "held_at": self.starts_at}
        self.tell(event, **told, **day, **more)

    def _require(self, states: Collection[DutyState]) -> None:
        if self.state not in states:
            raise errors.WrongState.of(self.state)
