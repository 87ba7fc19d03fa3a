"""Activities (2.9, 13.1, 13.3, 14.6): several organisers, applied for, published, confirmed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from services.liaison.domain import errors, participation
from services.liaison.domain.files import WithFiles
from services.liaison.domain.participation import Part
from shared.contracts import names
from shared.labels import Labelled

HOME_DUTY = "HOME_DUTY"  # confirmed by the home's rota alone
WEEK = timedelta(days=7)


class ActivityKind(Labelled):
    """活动种类。Kind of activity."""

    CONSULTATION = "CONSULTATION", "界别协商", "Sector consultation"
    INSPECTION = "INSPECTION", "视察", "Inspection"
    RESEARCH = "RESEARCH", "调研", "Research"
    STUDY_TOUR = "STUDY_TOUR", "考察", "Study tour"
    SURVEY = "SURVEY", "走访调查", "Survey"
    SUPERVISION = "SUPERVISION", "监督", "Supervision"
    THEMATIC_SUPERVISION = (
        "THEMATIC_SUPERVISION",
        "专题议事监督",
        "Thematic deliberation supervision",
    )
    ETHNIC_INSPECTION = (
        "ETHNIC_INSPECTION",
        "民族宗教视察",
        "Inspection on ethnic and religious matters",
    )
    SECTOR_ACTIVITY = "SECTOR_ACTIVITY", "界别活动", "Sector activity"
    TOWN_ACTIVITY = "TOWN_ACTIVITY", "镇（街道）活动", "Town activity"
    # told by events of its own: it earns F9 where others earn C1
    SOCIAL_SERVICE = "SOCIAL_SERVICE", "社会服务", "Social service"
    OTHER = "OTHER", "其他", "Other"


class ActivityState(Labelled):
    """活动状态。State of an activity."""

    APPLIED = "APPLIED", "待审核", "Applied"
    RETURNED = "RETURNED", "已退回", "Returned"
    PUBLISHED = "PUBLISHED", "已发布", "Published"
    RUNNING = "RUNNING", "进行中", "Running"
    CLOSED = "CLOSED", "已履职关闭", "Closed"
    CANCELLED = "CANCELLED", "已取消", "Called off"


S = ActivityState


@dataclass(frozen=True)
class Point:
    """A place on the map, in degrees (WGS 84)."""

    latitude: float
    longitude: float


def point(row: Mapping[str, Any] | None) -> Point | None:
    return None if row is None else Point(**row)


@dataclass(frozen=True)
class Help:
    """What a linked committee is asked for (2.9)."""

    no: int
    committee: str
    text: str
    asked_at: datetime
    answer: str | None = None
    answered_at: datetime | None = None


@dataclass
class Activity(WithFiles):
    """groups: keys of groups of members that may sign up, all where there are none.

    capacity: places, None for no limit; parts: member id → what stands of the participation;
    asked: whether its organisers were asked to complete it.
    """

    id: str
    term: int
    year: int
    kind: ActivityKind
    title: str
    topic: str
    organisers: tuple[str, ...]
    applied_by: str
    town: str | None
    home_id: str | None
    circle_id: str | None  # the topic group or association that holds it
    held_at: datetime
    ends_at: datetime | None
    place: str
    location: Point | None
    text: str
    capacity: int | None
    sign_up_by: datetime
    groups: tuple[str, ...]
    files: tuple[str, ...] = ()
    files_told: tuple[str, ...] = ()
    state: ActivityState = S.APPLIED
    opinion: str | None = None
    reason: str | None = None
    signed_up: tuple[str, ...] = ()
    helps: tuple[Help, ...] = ()
    parts: dict[str, Part] = field(default_factory=dict)
    took_part: tuple[str, ...] = ()
    confirmed_by: str | None = None
    confirmed_at: datetime | None = None
    corrections: list[dict[str, Any]] = field(default_factory=list)
    summary: str | None = None
    asked: bool = False
    topic_codes: tuple[str, ...] = ()  # of the taxonomy
    moves: int = 0  # how often it was moved

    @property
    def over_at(self) -> datetime:
        return self.ends_at or self.held_at

    def apply(self, at: datetime) -> None:
        """Ask for publication. Raises ActivityUnfit."""
        if len(set(self.organisers)) != len(self.organisers):
            raise errors.ActivityUnfit("主办单位重复", field="organisers")
        if self.sign_up_by <= at:
            raise errors.ActivityUnfit("报名截止时间已过", field="signUpBy")
        self._check_times()
        self.tell(names.ACTIVITY_APPLIED)

    def _check_times(self) -> None:
        if self.ends_at is not None and self.ends_at <= self.held_at:
            raise errors.ActivityUnfit("结束时间应晚于开始时间", field="endsAt")
        if self.sign_up_by > self.held_at:
            raise errors.ActivityUnfit("报名截止不应晚于活动开始", field="signUpBy")

    def rewrite(self, written: Mapping[str, Any], at: datetime) -> None:
        """Apply again with what is changed."""
        self._require({S.APPLIED, S.RETURNED})
        for name, value in written.items():
            setattr(self, name, value)
        self.state = S.APPLIED
        self.apply(at)

    def decide(self, published: bool, opinion: str | None, asked: Sequence[str]) -> None:
        """asked: the members of its groups, who are told of it; all are where it names none."""
        self._require({S.APPLIED})
        self.state, self.opinion = (S.PUBLISHED if published else S.RETURNED), opinion
        if published:
            open_for = {"groups": list(self.groups), "members": list(asked)}
            self.tell(names.ACTIVITY_PUBLISHED, sign_up_by=self.sign_up_by, **open_for)
        else:
            self.tell(names.ACTIVITY_RETURNED, opinion=opinion)

    def sign_up(self, member_id: str, groups: Collection[str], at: datetime) -> None:
        """Raises SignUpUnfit for who is late, signed up, not asked, or beyond the capacity."""
        self._require({S.PUBLISHED})
        if at > self.sign_up_by:
            raise errors.SignUpUnfit("报名已截止")
        if self.groups and not set(self.groups) & set(groups):
            raise errors.SignUpUnfit("该活动不面向您所在的组别")
        if member_id in self.signed_up:
            raise errors.SignUpUnfit("已经报名")
        if self.capacity is not None and len(self.signed_up) >= self.capacity:
            raise errors.SignUpUnfit("名额已满")
        self.signed_up = (*self.signed_up, member_id)

    def withdraw(self, member_id: str, at: datetime) -> None:
        self._require({S.PUBLISHED})
        if at > self.sign_up_by:
            raise errors.SignUpUnfit("报名已截止，不能取消")
        if member_id not in self.signed_up:
            raise errors.SignUpUnfit("尚未报名")
        self.signed_up = tuple(id for id in self.signed_up if id != member_id)

    def release(self, member_id: str) -> None:
        """The place of somebody who has left the committee is free again."""
        self.signed_up = tuple(id for id in self.signed_up if id != member_id)

    def move(
        self,
        held_at: datetime,
        ends_at: datetime | None,
        place: str | None,
        location: Point | None,
        sign_up_by: datetime | None,
        reason: str,
        at: datetime,
    ) -> None:
        """To another time or place, once it is published; who signed up stays and is told.

        Without more it takes as long as before, and signing up ends as long before it. Raises
        ActivityUnfit.
        """
        self._require({S.PUBLISHED})
        if held_at <= at:
            raise errors.ActivityUnfit("活动开始时间已过", field="heldAt")
        if (held_at, place or self.place) == (self.held_at, self.place):
            raise errors.ActivityUnfit("时间和地点均未改变", field="heldAt")
        moved_from, ahead = self.held_at, held_at - self.held_at
        later = self.ends_at + ahead if self.ends_at is not None else None
        self.held_at, self.ends_at = held_at, ends_at or later
        self.sign_up_by = sign_up_by or self.sign_up_by + ahead
        if place is not None and place != self.place:
            self.place, self.location = place, location
        self._check_times()
        self.reason, self.asked, self.moves = reason, False, self.moves + 1
        told = {"moved_from": moved_from, "place": self.place, "reason": reason}
        self.tell(names.ACTIVITY_MOVED, **told, members=self.signed_up)

    def start(self) -> None:
        self._require({S.PUBLISHED})
        self.state = S.RUNNING

    def ask_completion(self) -> None:
        """It is over: who took part, and how it went, is for its organisers to say."""
        self.asked = True
        self.tell(names.ACTIVITY_COMPLETION_DUE)

    def cancel(self, reason: str) -> None:
        """Unless somebody's participation is confirmed."""
        self._require({S.APPLIED, S.RETURNED, S.PUBLISHED, S.RUNNING})
        if self.confirmed_at is not None:
            raise errors.WrongState("参加情况已确认，不能取消")
        self.state, self.reason = S.CANCELLED, reason
        self.tell(names.ACTIVITY_CANCELLED, reason=reason, members=self.signed_up)

    def ask_help(self, committee: str, text: str, at: datetime) -> None:
        """Of the linked committee, a week ahead. Raises HelpTooLate, ActivityUnfit."""
        self._require({S.APPLIED, S.RETURNED, S.PUBLISHED})
        if self.held_at - at < WEEK:
            raise errors.HelpTooLate
        if any(row.committee == committee and row.answer is None for row in self.helps):
            raise errors.ActivityUnfit("已请求该专委会协助，等待答复", field="committee")
        asked = Help(len(self.helps) + 1, committee, text, at)
        self.helps = (*self.helps, asked)
        self.tell(names.ACTIVITY_HELP_ASKED, help_no=asked.no, committee=committee)

    def answer_help(self, no: int, answer: str, at: datetime) -> None:
        asked = self.help(no)
        if asked.answer is not None:
            raise errors.WrongState("该请求已答复")
        answered = Help(no, asked.committee, asked.text, asked.asked_at, answer, at)
        self.helps = tuple(answered if row.no == no else row for row in self.helps)
        self.tell(names.ACTIVITY_HELP_ANSWERED, help_no=no, committee=asked.committee)

    def help(self, no: int) -> Help:
        found = next((row for row in self.helps if row.no == no), None)
        if found is None:
            raise errors.LiaisonNotFound
        return found

    def confirm(
        self, members: Iterable[str], proof: Iterable[str], account: str, at: datetime
    ) -> None:
        """An organiser says who took part; social service needs its proof (14.6)."""
        self._require({S.RUNNING})
        if self.confirmed_at is not None:
            raise errors.WrongState("参加情况已确认，请更正")
        if at < self.held_at:
            raise errors.ParticipationUnfit("活动尚未开始，不能确认参加情况")
        shown = list(proof)
        if self.kind is ActivityKind.SOCIAL_SERVICE and not shown:
            raise errors.ParticipationUnfit("社会服务须附证明材料", field="proof")
        self.files = tuple(dict.fromkeys((*self.files, *shown)))
        self.parts, rows = participation.confirmed(members)
        self.took_part = participation.present(self.parts)
        self.confirmed_by, self.confirmed_at = account, at
        self._tell_rows(
            names.ACTIVITY_SERVICE_CONFIRMED
            if self.kind is ActivityKind.SOCIAL_SERVICE
            else names.ACTIVITY_PARTICIPATION_CONFIRMED,
            rows,
        )

    def correct(self, said: Mapping[str, bool], reason: str, account: str, at: datetime) -> None:
        """After the confirmation, also when it is closed."""
        self._require({S.RUNNING, S.CLOSED})
        if self.confirmed_at is None:
            raise errors.WrongState("参加情况尚未确认")
        self.parts, rows = participation.corrected(self.parts, said)
        self.took_part = participation.present(self.parts)
        self.corrections.append({"at": at, "by": account, "reason": reason, "rows": rows})
        self._tell_rows(
            names.ACTIVITY_SERVICE_CORRECTED
            if self.kind is ActivityKind.SOCIAL_SERVICE
            else names.ACTIVITY_PARTICIPATION_CORRECTED,
            rows,
        )

    def close(self, summary: str) -> None:
        """履职关闭: who took part is confirmed."""
        self._require({S.RUNNING})
        if self.confirmed_at is None:
            raise errors.WrongState("请先确认参加情况")
        self.state, self.summary = S.CLOSED, summary
        self.tell(names.ACTIVITY_CLOSED, year=self.year, took_part=len(self.took_part))

    def _tell_rows(self, event: str, rows: list[dict[str, Any]]) -> None:
        told = {"activity_id": self.id, "held_on": self.held_at, "rows": rows}
        kind = {} if self.kind is ActivityKind.SOCIAL_SERVICE else {"kind": self.kind.value}
        self.events.append((event, {**told, **kind}))

    def header(self) -> dict[str, Any]:
        return {
            "activity_id": self.id,
            "title": self.title,
            "kind": self.kind.value,
            "organisers": list(self.organisers),
            "held_at": self.held_at,
        }

    def _require(self, states: Collection[ActivityState]) -> None:
        if self.state not in states:
            raise errors.WrongState.of(self.state)
