"""The debriefing exchange (述职交流): reports of both sides, questions, ratings (5.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.supervision.domain import errors
from services.supervision.domain.meetings import follow as follow_meeting
from services.supervision.domain.meetings import plan_of
from services.supervision.domain.record import tell_files
from services.supervision.domain.states import DebriefingState, Rating
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.presence import Presence, Told, attended, newest

D = DebriefingState
BEFORE = (D.PLANNED, D.REPORTS_IN)
UNIT, SUPERVISOR = "unit", "supervisor"


@dataclass(frozen=True)
class Paper:
    """述职报告 of a unit or a supervisor; by: account."""

    side: str
    of: str
    text: str
    files: tuple[str, ...]
    at: datetime
    by: str


@dataclass
class Question:
    no: int
    to_side: str
    to: str
    asked_by: str  # member, or supervisor
    text: str
    at: datetime
    answer: str | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Vote:
    """A rating of one report; rater: key of who rates, never shown."""

    side: str
    of: str
    rater: str
    rating: Rating
    note: str
    at: datetime


@dataclass
class Debriefing(Aggregate):
    """units and supervisors report; members are invited, ask and rate. report_by: when due."""

    id: str
    term: int
    year: int
    organiser: str
    title: str
    units: tuple[str, ...]
    supervisors: tuple[str, ...]
    supervisor_members: tuple[str, ...]
    members: tuple[str, ...]
    held_at: datetime
    ends_at: datetime | None
    place: str
    report_by: datetime
    supervision_id: str | None = None
    state: DebriefingState = D.PLANNED
    followed: int = 0
    presence: dict[str, Presence] = field(default_factory=dict)
    attended: tuple[str, ...] = ()
    papers: list[Paper] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)
    reminded: bool = False
    reason: str | None = None
    summary: str | None = None
    files: tuple[str, ...] = ()
    files_told: tuple[str, ...] = ()

    def require(self, *states: DebriefingState) -> None:
        if self.state not in states:
            raise errors.WrongState.of(self.state)

    @property
    def sides(self) -> set[tuple[str, str]]:
        """Whose reports are asked for."""
        return {(UNIT, u) for u in self.units} | {(SUPERVISOR, s) for s in self.supervisors}

    @property
    def expected(self) -> tuple[str, ...]:
        """The members whose presence the office records."""
        return tuple(dict.fromkeys([*self.members, *self.supervisor_members]))

    @property
    def missing(self) -> set[tuple[str, str]]:
        return self.sides - {(p.side, p.of) for p in self.papers}

    def header(self) -> dict[str, Any]:
        return {
            "debriefing_id": self.id,
            "title": self.title,
            "organiser": self.organiser,
            "units": list(self.units),
            "supervisors": list(self.supervisor_members),
        }

    def tell_files(self) -> None:
        self.files = tuple(dict.fromkeys(f for paper in self.papers for f in paper.files))
        tell_files(self, self.files)


def plan(debriefing: Debriefing) -> None:
    """Ask the office for the meeting, and both sides for their reports."""
    if not debriefing.units or not debriefing.supervisors:
        raise errors.Unfit("述职交流应有被监督单位和民主监督员双方", field="units")
    invited = debriefing.expected
    debriefing.tell(
        names.DEBRIEFING_PLANNED,
        report_by=debriefing.report_by,
        **plan_of(debriefing, "DEBRIEFING", invited, debriefing.units),
    )


def report(debriefing: Debriefing, paper: Paper) -> None:
    """A side's report, anew until the meeting."""
    debriefing.require(*BEFORE)
    key = (paper.side, paper.of)
    if key not in debriefing.sides:
        raise errors.Unfit("不是本次述职的一方", field="debriefingId")
    debriefing.papers = [p for p in debriefing.papers if (p.side, p.of) != key] + [paper]
    complete = not debriefing.missing
    if complete:
        debriefing.state = D.REPORTS_IN
    debriefing.tell(names.DEBRIEFING_REPORTED, side=paper.side, of=paper.of, complete=complete)


def ask(debriefing: Debriefing, side: str, of: str, by: str, text: str, at: datetime) -> None:
    debriefing.require(*BEFORE, D.HELD)
    if (side, of) not in debriefing.sides:
        raise errors.Unfit("不是本次述职的一方", field="of")
    no = len(debriefing.questions) + 1
    debriefing.questions.append(Question(no, side, of, by, text, at))
    debriefing.tell(
        names.DEBRIEFING_ASKED, question_no=no, side=side, of=of, unit=of if side == UNIT else None
    )


def answer(debriefing: Debriefing, no: int, side: str, of: str, text: str, at: datetime) -> None:
    debriefing.require(*BEFORE, D.HELD)
    found = next((q for q in debriefing.questions if q.no == no), None)
    if found is None or (found.to_side, found.to) != (side, of):
        raise errors.Unfit("没有向本方提出的该问题", field="no")
    if found.answer is not None:
        raise errors.Repeated("该问题已答复", field="no")
    found.answer, found.answered_at = text, at
    asked_by = found.asked_by
    debriefing.tell(names.DEBRIEFING_ANSWERED, question_no=no, side=side, of=of, asked_by=asked_by)


def rate(
    debriefing: Debriefing,
    rater: str,
    given: Mapping[tuple[str, str], tuple[Rating, str]],
    at: datetime,
) -> None:
    """Of those who were there, each report once; nobody one's own. Raises Repeated."""
    debriefing.require(D.HELD)
    if set(given) - {(p.side, p.of) for p in debriefing.papers}:
        raise errors.Unfit("只能评价已提交的述职报告", field="ratings")
    if any(v.rater == rater for v in debriefing.votes):
        raise errors.Repeated("已评价，不能重复评价")
    debriefing.votes += [
        Vote(side, of, rater, rating, note, at) for (side, of), (rating, note) in given.items()
    ]


def settle(debriefing: Debriefing) -> None:
    """The ratings are over: the result is told to both sides."""
    debriefing.require(D.HELD)
    if not debriefing.votes:
        raise errors.WrongState("尚无评价")
    debriefing.state = D.RATED
    debriefing.tell(names.DEBRIEFING_RATED, ratings=tallied(debriefing))


def close(debriefing: Debriefing, summary: str) -> None:
    debriefing.require(D.RATED)
    debriefing.state, debriefing.summary = D.CLOSED, summary
    debriefing.tell(names.DEBRIEFING_CLOSED)


def tallied(debriefing: Debriefing) -> list[dict[str, Any]]:
    """Counts for each report, never who rated how."""
    rows = []
    for side, of in sorted({(v.side, v.of) for v in debriefing.votes}):
        own = [v.rating for v in debriefing.votes if (v.side, v.of) == (side, of)]
        counts = {rating.value.lower(): own.count(rating) for rating in Rating}
        rows.append({"side": side, "of": of, **counts})
    return rows


def follow(
    debriefing: Debriefing, to: str, held_at: datetime, reason: str | None, version: int
) -> bool:
    """What the office tells of its meeting. Whether it is news."""
    news = follow_meeting(debriefing, held_at, version, debriefing.state in BEFORE)
    if to == D.CANCELLED.value and debriefing.state in BEFORE:
        debriefing.state, debriefing.reason = D.CANCELLED, reason
        return True
    return news


def take_presence(debriefing: Debriefing, told: Sequence[Told]) -> bool:
    """The office's record: it took place if anybody was there. Whether it is news."""
    before = (debriefing.state, debriefing.presence)
    debriefing.presence = newest(debriefing.presence, told)
    debriefing.attended = attended(debriefing.presence)
    if debriefing.state in BEFORE and (debriefing.attended or not debriefing.expected):
        debriefing.state = D.HELD
        debriefing.tell(names.DEBRIEFING_HELD)
    return (debriefing.state, debriefing.presence) != before


def remind(debriefing: Debriefing) -> None:
    """Those whose reports are missing."""
    debriefing.reminded = True
    missing = [{"side": side, "of": of} for side, of in sorted(debriefing.missing)]
    units = [row["of"] for row in missing if row["side"] == UNIT]
    debriefing.tell(names.DEBRIEFING_REMINDER_DUE, due_at=debriefing.report_by, missing_units=units)
