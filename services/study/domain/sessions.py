"""Study sessions (3.4, 3.5): joined to a meeting of the office under the same id."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.study.domain import errors
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.labels import Labelled
from shared.presence import Presence, Told, attended, newest


class SessionState(Labelled, name="StudySessionState"):
    """学习活动状态。State of a study session."""

    PLANNED = "PLANNED", "已安排", "Planned; its meeting waits for the notice"
    NOTIFIED = "NOTIFIED", "已通知", "Announced"
    HELD = "HELD", "已举行", "Attendance is confirmed"
    CLOSED = "CLOSED", "已小结", "Closed with its summary"
    CANCELLED = "CANCELLED", "已取消", "Called off"


class Form(Labelled, name="StudyForm"):
    """七种学习形式。The seven study forms."""

    CHAIR_COUNCIL = "CHAIR_COUNCIL", "主席会议学习", "Chairpersons' Council"
    STANDING_COMMITTEE = "STANDING_COMMITTEE", "常委会议学习", "Standing Committee"
    COMMITTEE = "COMMITTEE", "专委会学习", "Special committee"
    TOWN = "TOWN", "镇（街道）工委学习", "Town working committee"
    SECTOR_GROUP = "SECTOR_GROUP", "界别活动小组学习", "Sector group"
    OFFICE_MEETING = "OFFICE_MEETING", "机关例会学习", "Office regular meeting"
    DUTY_TRAINING = "DUTY_TRAINING", "委员履职培训", "Duty training"


class Method(Labelled, name="StudyMethod"):
    """学习方法。How it is done."""

    LECTURE = "LECTURE", "专题讲座", "Lecture"
    SITE_VISIT = "SITE_VISIT", "现场教学", "Site visit"
    SALON = "SALON", "学习沙龙", "Salon"
    ONLINE_CLASS = "ONLINE_CLASS", "网络课堂", "Online class"
    READING_GROUP = "READING_GROUP", "读书小组", "Reading group"


class Track(Labelled, name="CourseTrack"):
    """课程方向。Course track."""

    KNOW_CPPCC = "KNOW_CPPCC", "懂政协", "Know the CPPCC"
    CONSULT_WELL = "CONSULT_WELL", "会协商", "Consult well"
    DELIBERATE_WELL = "DELIBERATE_WELL", "善议政", "Deliberate well"


# Form → the kind of organisation that studies so, beside the office (decision 65): the meetings
# whose study it is are the office's, or those of that organisation. No entry: any organiser.
HELD_BY: Mapping[Form, str | None] = {
    Form.CHAIR_COUNCIL: None,
    Form.STANDING_COMMITTEE: None,
    Form.OFFICE_MEETING: None,
    Form.COMMITTEE: "committee",
    Form.TOWN: "town",
    Form.SECTOR_GROUP: "sector_group",
}

S = SessionState
ORDER = (S.PLANNED, S.NOTIFIED, S.HELD, S.CLOSED)


@dataclass
class Session(Aggregate):
    """hours: 学时 that presence is worth; invited: member ids; presence: member id → record.

    required: members in the office's record; taken: the office's facts that were taken in;
    followed: the version of its meeting that was told of last.
    """

    id: str
    term: int
    year: int
    title: str
    themes: tuple[str, ...]
    form: Form
    way: Method
    track: Track | None
    organiser: str
    speaker: str
    held_at: datetime
    ends_at: datetime | None
    place: str
    mandatory: bool
    hours: float
    invited: tuple[str, ...]
    materials: tuple[str, ...] = ()
    topic_codes: tuple[str, ...] = ()  # of the taxonomy
    state: SessionState = S.PLANNED
    reason: str | None = None
    presence: dict[str, Presence] = field(default_factory=dict)
    attended: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    followed: int = 0
    summary: str | None = None

    def plan(self, known: Collection[str] | None) -> None:
        """Ask the office for the meeting. known: themes of the year's plan, once approved.

        Raises SessionUnfit.
        """
        if known is None:
            raise errors.SessionUnfit("年度学习计划尚未审定", field="themes")
        if set(self.themes) - set(known):
            raise errors.SessionUnfit("学习主题不在年度计划内", field="themes")
        if self.ends_at is not None and self.ends_at <= self.held_at:
            raise errors.SessionUnfit("结束时间应晚于开始时间", field="endsAt")
        self.tell(names.STUDY_SESSION_PLANNED, **meeting_plan(self, "STUDY", 1))

    def follow(self, to: SessionState, held_at: datetime, reason: str | None, version: int) -> bool:
        """What the office tells of the meeting's `version`; late news change nothing."""
        if self.state in (S.CANCELLED, S.CLOSED) or version < self.followed:
            return False
        self.followed = version
        ahead = to is S.CANCELLED or ORDER.index(to) > ORDER.index(self.state)
        moved = self.state in (S.PLANNED, S.NOTIFIED) and held_at != self.held_at
        if not (ahead or moved):
            return False
        if ahead:
            self.state, self.reason = to, reason
        self.held_at = held_at
        return True

    def take_presence(self, fact: str, told: Sequence[Told], corrected: bool) -> bool:
        """The office's record, once for each fact; E1 is told with the same numbers."""
        if fact in self.taken:
            return False
        self.taken = (*self.taken, fact)
        self.presence = newest(self.presence, told)
        self.attended = attended(self.presence)
        if self.state in (S.PLANNED, S.NOTIFIED):
            self.state = S.HELD
        self._tell_presence(told, corrected)
        return True

    def release(self, member_id: str) -> bool:
        """Who has left the committee is expected no more. Whether he was."""
        if self.state not in (S.PLANNED, S.NOTIFIED) or member_id not in self.invited:
            return False
        self.invited = tuple(id for id in self.invited if id != member_id)
        return True

    def close(self, summary: str) -> None:
        """With the organiser's summary (学习小结)."""
        if self.state is not S.HELD:
            raise errors.WrongState.of(self.state)
        self.state, self.summary = S.CLOSED, summary
        told = {"session_id": self.id, "title": self.title, "organiser": self.organiser}
        self.tell(names.STUDY_SESSION_CLOSED, **told, attended=len(self.attended))

    def set_materials(self, materials: Iterable[str]) -> None:
        if self.state is S.CANCELLED:
            raise errors.WrongState.of(self.state)
        self.materials = tuple(dict.fromkeys(materials))

    def _tell_presence(self, told: Sequence[Told], corrected: bool) -> None:
        """A confirmation names who took part; a correction whose record it replaces."""
        if corrected:
            event = names.STUDY_ATTENDANCE_CORRECTED
            rows = [_row(row.member_id, row.replaces or 1, row.present > 0) for row in told]
        else:
            event = names.STUDY_ATTENDANCE_CONFIRMED
            rows = [_row(row.member_id, row.no, True) for row in told if row.present]
        if rows:
            data = {"session_id": self.id, "form": self.way.value, "held_on": self.held_at}
            self.tell(event, **data, rows=rows)


def meeting_plan(planned: Any, kind: str, half_days: int) -> dict[str, Any]:
    """The office's contract (decision 30), of a session or a class."""
    ends = {"ends_at": planned.ends_at} if planned.ends_at else {}
    return {
        "meeting_id": planned.id,
        "kind": kind,
        "organiser": planned.organiser,
        "title": planned.title,
        "held_at": planned.held_at,
        **ends,
        "place": planned.place,
        "mandatory": planned.mandatory,
        "half_days": half_days,
        "invited": [{"member_id": id, "role": "PARTICIPANT"} for id in planned.invited],
    }


def _row(member_id: str, no: int, took_part: bool) -> Mapping[str, Any]:
    return {"member_id": member_id, "occurrence_no": no, "took_part": took_part}
