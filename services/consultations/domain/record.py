"""The record of a consultation. Chapters: topics, meeting, speaking, reporting."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.consultations.domain import errors
from services.consultations.domain.matters import Feedback, Instruction, Matter
from services.consultations.domain.states import (
    MOVES,
    ConsultationForm,
    ConsultationState,
    OpinionKind,
    SpeechForm,
)
from shared.contracts import names
from shared.presence import Presence

S = ConsultationState
OFFICE = "office-general"


@dataclass
class Speaker:
    """On the list, in its order: a member, or who speaks for an organisation."""

    no: int
    member_id: str | None
    organisation: str | None
    topic: str
    form: SpeechForm
    spoken_at: datetime | None = None
    passed: str = ""  # why the turn went to the next


@dataclass
class Statement:
    """书面意见. speaker_no: the turn that it was made in."""

    no: int
    member_id: str | None
    organisation: str | None
    text: str
    at: datetime
    files: tuple[str, ...] = ()
    speaker_no: int | None = None


@dataclass(frozen=True)
class Invited:
    member_id: str
    role: str = "PARTICIPANT"


@dataclass(frozen=True)
class Meeting:
    """The sitting that the office holds, under `id`: the consultation's own, of a later sitting
    with its number. closes_at: of a written one, which is no meeting of the office's."""

    id: str
    held_at: datetime
    ends_at: datetime
    place: str = ""
    half_days: int = 1
    invited: tuple[Invited, ...] = ()
    written: bool = False
    moved: int = 0  # its version, at its latest move
    held_on: datetime | None = None  # as its confirmation said, also if nobody was there


@dataclass(frozen=True)
class Dissent:
    """不同意见, in the words of whose it is."""

    member_id: str | None
    organisation: str | None
    text: str


@dataclass(frozen=True)
class Minutes:
    text: str
    dissents: tuple[Dissent, ...]
    files: tuple[str, ...]
    by: str
    at: datetime


@dataclass(frozen=True)
class OpinionItem:
    """One opinion of a report or a motion: what is handed to the outcomes service."""

    no: int
    text: str
    kind: OpinionKind | None = None
    unit: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """协商专报. no: of the year's own series, without gaps."""

    year: int
    no: int
    title: str
    text: str
    items: tuple[OpinionItem, ...]
    signer: str
    reported_at: datetime
    files: tuple[str, ...] = ()


@dataclass(kw_only=True)
class Consultation(Matter):
    """proposer: member id; proposed_for: the organisation in whose name it was proposed.
    present: the members whose presence the organiser has confirmed."""

    form: ConsultationForm
    background: str = ""
    state: ConsultationState = S.PROPOSED
    proposer: str | None = None
    proposed_for: str | None = None
    writer: str | None = None  # account
    organisers: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    leader: str = ""  # of the district, who attends
    month: int | None = None
    plan_id: str | None = None
    public: bool = False  # the plan that it stands in is published
    sittings: int = 0
    meeting: Meeting | None = None
    moves: list[dict[str, Any]] = field(default_factory=list)  # {from, to, reason}
    papers: tuple[str, ...] = ()
    papers_sent_at: datetime | None = None
    views_until: datetime | None = None
    speakers: list[Speaker] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    presence: dict[str, Presence] = field(default_factory=dict)
    present: tuple[str, ...] = ()
    held_on: datetime | None = None
    minutes: Minutes | None = None
    report: Report | None = None
    instructions: list[Instruction] = field(default_factory=list)
    feedback: Feedback | None = None
    participants: tuple[str, ...] = ()  # all members who have a part in it, for lists

    def header(self) -> dict[str, Any]:
        return {
            "consultation_id": self.id,
            "title": self.title,
            "form": self.form.value,
            "organisers": list(self.organisers),
            "proposer": self.proposer,
            "proposed_for": self.proposed_for,
            "account": self.writer if not self.proposer and not self.proposed_for else None,
            "topic_codes": list(self.topic_codes),
        }

    def require(self, states: Collection[ConsultationState]) -> None:
        """Raises WrongState."""
        if self.state not in states:
            raise errors.WrongState.of(self.state)

    def move(self, to: ConsultationState, at: datetime, reason: str = "") -> None:
        """Raises WrongState for a move that is not in the table."""
        if to not in MOVES.get(self.state, ()):
            raise errors.WrongState.of(self.state)
        self.state = to
        self.note_state(to.value, at, reason)
        if reason:
            self.reason = reason

    def name_participants(self) -> None:
        """Whoever is invited, speaks, states or came."""
        invited = [one.member_id for one in self.meeting.invited] if self.meeting else []
        spoke = [one.member_id for one in self.speakers if one.member_id]
        spoke += [one.member_id for one in self.statements if one.member_id]
        found = [*invited, *spoke, *self.present]
        self.participants = tuple(dict.fromkeys(found))

    def ring_alarms(self, at: datetime) -> bool:
        """True if anything went off."""
        gone = self.ring(at)
        for clock in gone:
            name = names.CONSULTATION_OVERDUE if clock.late else names.CONSULTATION_REMINDER_DUE
            self.tell(
                name,
                about=clock.about.value,
                alarm=f"{clock.about.value}:{clock.due_at.isoformat()}",
                due_at=clock.due_at,
            )
        return bool(gone)

    def held_files(self) -> list[str]:
        parts = [
            self.papers,
            *(one.files for one in self.statements),
            self.minutes.files if self.minutes else (),
            self.report.files if self.report else (),
            self.feedback.files if self.feedback else (),
        ]
        return [file for files in parts for file in files]
