"""What the invited answer: coming, not coming, asking for leave (2.10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class AnswerState(StrEnum):
    INVITED = "INVITED"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    LEAVE_ASKED = "LEAVE_ASKED"
    LEAVE_GRANTED = "LEAVE_GRANTED"
    LEAVE_REFUSED = "LEAVE_REFUSED"


class LeaveReason(StrEnum):
    """Private: shown to the member and to who decides or records, never in an event."""

    ILLNESS = "ILLNESS"
    MATERNITY = "MATERNITY"
    OFFICIAL_MISSION = "OFFICIAL_MISSION"
    WORK = "WORK"
    FAMILY = "FAMILY"
    OTHER = "OTHER"


# Section 4: these leave the points and the rates alone.
EXEMPTING = frozenset({LeaveReason.ILLNESS, LeaveReason.MATERNITY, LeaveReason.OFFICIAL_MISSION})


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
            }
        )
