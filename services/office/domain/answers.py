"""What the invited answer: coming, not coming, asking for leave (2.10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.labels import Labelled


class AnswerState(Labelled, name="MeetingAnswerState"):
    """对会议通知的答复。Answer to an invitation."""

    INVITED = "INVITED", "未答复", "Has not answered"
    ACCEPTED = "ACCEPTED", "参加", "Comes"
    DECLINED = "DECLINED", "不参加", "Does not come, where signing up is free"
    LEAVE_ASKED = "LEAVE_ASKED", "请假待审批", "Asks for leave"
    LEAVE_GRANTED = "LEAVE_GRANTED", "请假获准", "Leave granted"
    LEAVE_REFUSED = "LEAVE_REFUSED", "请假未准", "Leave refused"


class LeaveReason(Labelled):
    """请假事由。Why leave is asked for; private."""

    ILLNESS = "ILLNESS", "病假", "Illness; leaves points and rates alone"
    MATERNITY = "MATERNITY", "产假", "Maternity; leaves points and rates alone"
    OFFICIAL_MISSION = (
        "OFFICIAL_MISSION",
        "公务出差",
        "Official mission; leaves points and rates alone",
    )
    WORK = "WORK", "工作冲突", "Work"
    FAMILY = "FAMILY", "家庭事务", "Family"
    OTHER = "OTHER", "其他", "Other"


# Section 4: these leave the points and the rates alone.
EXEMPTING = frozenset({LeaveReason.ILLNESS, LeaveReason.MATERNITY, LeaveReason.OFFICIAL_MISSION})


@dataclass(frozen=True)
class Attendee:
    """Who comes in an organisation's name; private to it and to who runs the meeting."""

    name: str
    post: str


@dataclass
class Answer:
    """Of one invitee to the meeting as it was last announced; a new date makes it void.

    asked: leave requests so far; accepted_once: said to be coming, whatever was said later.
    """

    state: AnswerState = AnswerState.INVITED
    at: datetime | None = None
    accepted_once: bool = False
    asked: int = 0
    reason_kind: LeaveReason | None = None
    reason: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    opinion: str | None = None
    attendees: tuple[Attendee, ...] = ()  # of an organisation

    @property
    def exempt(self) -> bool:
        return self.state is AnswerState.LEAVE_GRANTED and self.reason_kind in EXEMPTING

    @classmethod
    def of_row(cls, row: dict[str, Any]) -> Answer:
        kind = row["reason_kind"]
        return cls(
            **{
                **row,
                "state": AnswerState(row["state"]),
                "reason_kind": LeaveReason(kind) if kind else None,
                "attendees": tuple(Attendee(**one) for one in row.get("attendees", ())),
            }
        )
