"""Proposal interviews (提案访谈) with the two stations and the paper (8.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.publicity.domain import errors
from services.publicity.domain.states import InterviewState, Medium
from shared.aggregate import Aggregate
from shared.contracts import names

I = InterviewState  # noqa: E741


@dataclass
class Interview(Aggregate):
    """guests: members who speak. station: its name. aired_at, url: when and where it was."""

    id: str
    proposal: str
    title: str
    medium: Medium
    station: str
    planned_at: datetime
    created_at: datetime
    created_by: str
    guests: tuple[str, ...] = ()
    state: InterviewState = I.PLANNED
    recorded_at: datetime | None = None
    notes: str = ""
    aired_at: datetime | None = None
    url: str | None = None

    def header(self) -> dict[str, Any]:
        return {
            "interview_id": self.id,
            "proposal_id": self.proposal,
            "title": self.title,
            "medium": self.medium.value,
            "station": self.station,
            "guests": list(self.guests),
        }

    def require(self, state: InterviewState) -> None:
        if self.state is not state:
            raise errors.WrongState.of(self.state)


def plan(interview: Interview) -> None:
    interview.tell(names.INTERVIEW_PLANNED, planned_at=interview.planned_at)


def record(interview: Interview, recorded_at: datetime, notes: str, at: datetime) -> None:
    interview.require(I.PLANNED)
    if recorded_at > at:
        raise errors.Unfit("录制时间不能晚于现在", field="recordedAt")
    interview.state, interview.recorded_at, interview.notes = I.RECORDED, recorded_at, notes
    interview.tell(names.INTERVIEW_RECORDED)


def air(interview: Interview, aired_at: datetime, url: str | None, at: datetime) -> None:
    interview.require(I.RECORDED)
    if aired_at > at or (interview.recorded_at and aired_at < interview.recorded_at):
        raise errors.Unfit("播出时间应在录制之后，且不晚于现在", field="airedAt")
    interview.state, interview.aired_at, interview.url = I.AIRED, aired_at, url
    interview.tell(names.INTERVIEW_AIRED, aired_at=aired_at, url=url)
