"""Kinds of meetings, their states, and the moves that are allowed (2.10)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from shared.labels import Labelled


class MeetingKind(Labelled):
    """会议种类。Kind of meeting."""

    PLENARY = "PLENARY", "全体会议", "Plenary"
    STANDING_COMMITTEE = "STANDING_COMMITTEE", "常委会会议", "Standing Committee"
    CHAIR_COUNCIL = "CHAIR_COUNCIL", "主席会议", "Chairpersons' Council"
    SECRETARY_GENERAL = "SECRETARY_GENERAL", "秘书长会议", "Secretary-general's meeting"
    COMMITTEE = "COMMITTEE", "专委会会议", "Special committee"
    SECTOR = "SECTOR", "界别会议", "Sector"
    TOWN = "TOWN", "镇（街道）工委会议", "Town working committee"
    JOINT_CONFERENCE = "JOINT_CONFERENCE", "联席会议", "Joint conference"
    CONSULTATION = "CONSULTATION", "协商会议", "Consultation"
    APPRAISAL = "APPRAISAL", "民主评议", "Democratic appraisal"
    DEBRIEFING = "DEBRIEFING", "述职交流", "Debriefing exchange"
    INSPECTION = "INSPECTION", "视察", "Inspection"
    RESEARCH = "RESEARCH", "调研", "Research"
    SUPERVISION = "SUPERVISION", "民主监督", "Supervision"
    ACTIVITY = "ACTIVITY", "活动", "Activity"
    STUDY = "STUDY", "学习", "Study"
    TRAINING = "TRAINING", "培训", "Training"
    OTHER = "OTHER", "其他会议", "Other"


class MeetingState(Labelled):
    """会议状态。State of a meeting."""

    PLANNED = "PLANNED", "已安排", "Planned, nobody has been told"
    NOTIFIED = "NOTIFIED", "已通知", "Announced to all invited"
    RESCHEDULED = "RESCHEDULED", "已改期", "Announced anew; earlier answers are void"
    CHECK_IN = "CHECK_IN", "签到中", "Check-in is open"
    HELD = "HELD", "已召开", "Over; attendance is to be confirmed"
    ATTENDANCE_CONFIRMED = (
        "ATTENDANCE_CONFIRMED",
        "出席已确认",
        "The organiser has confirmed who came",
    )
    MINUTED = "MINUTED", "已形成纪要", "Minutes are written"
    CLOSED = "CLOSED", "已归档", "Closed"
    CANCELLED = "CANCELLED", "已取消", "Called off"


S = MeetingState

MOVES: Mapping[MeetingState, Collection[MeetingState]] = {
    S.PLANNED: {S.NOTIFIED, S.CANCELLED, S.HELD},  # held: recorded afterwards (decision 47)
    # Held without check-in: who came was entered where the meeting was planned.
    S.NOTIFIED: {S.RESCHEDULED, S.CHECK_IN, S.HELD, S.CANCELLED},
    S.RESCHEDULED: {S.RESCHEDULED, S.CHECK_IN, S.HELD, S.CANCELLED},
    # Again for each half-day; back if it was opened by mistake (decision 47).
    S.CHECK_IN: {S.CHECK_IN, S.HELD, S.NOTIFIED, S.CANCELLED},
    S.HELD: {S.ATTENDANCE_CONFIRMED},
    S.ATTENDANCE_CONFIRMED: {S.MINUTED},
    S.MINUTED: {S.CLOSED},
    S.CLOSED: {},
    S.CANCELLED: {},
}
ANNOUNCED = frozenset({S.NOTIFIED, S.RESCHEDULED})
TAKEN_PLACE = frozenset({S.HELD, S.ATTENDANCE_CONFIRMED, S.MINUTED, S.CLOSED})
COUNTED = frozenset({S.ATTENDANCE_CONFIRMED, S.MINUTED, S.CLOSED})
