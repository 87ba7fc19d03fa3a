"""课题调研: a team, its visits, what it found, the report and whether it is accepted (6.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from services.consultations.domain import errors
from services.consultations.domain.matters import Matter
from services.consultations.domain.states import Limit, ResearchState
from shared.contracts import names

R = ResearchState
ACCEPTANCE = "ACCEPTANCE"
MOST_AUTHORS = 3  # named main authors, as of collective proposals (B4)


@dataclass
class Visit:
    """members: who came, as whoever organised it confirms; occurrences: member → how often their
    part was told, so that each correction names its own (decision 31)."""

    no: int
    visited_on: datetime
    place: str
    units: tuple[str, ...]
    members: tuple[str, ...]
    notes: str
    files: tuple[str, ...] = ()
    occurrences: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    no: int
    text: str
    visit_no: int | None = None


@dataclass(frozen=True)
class ResearchReport:
    text: str
    main_authors: tuple[str, ...]
    files: tuple[str, ...]
    sent_at: datetime


@dataclass(kw_only=True)
class Research(Matter):
    """organiser: organisation that carries it; motion_id, consultation_id: what it is for."""

    organiser: str
    state: ResearchState = R.PLANNED
    outline: str = ""
    leader: str | None = None  # member id, of the team
    team: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    motion_id: str | None = None
    consultation_id: str | None = None
    visits: list[Visit] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()
    report: ResearchReport | None = None
    participants: tuple[str, ...] = ()

    def header(self) -> dict[str, Any]:
        return {
            "report_id": self.id,
            "title": self.title,
            "organisers": [self.organiser],
            "team": list(self.team),
            "topic_codes": list(self.topic_codes),
        }

    def require(self, *states: ResearchState) -> None:
        """Raises WrongState."""
        if self.state not in states:
            raise errors.WrongState.of(self.state)

    def move(self, to: ResearchState, at: datetime, reason: str = "") -> None:
        self.state = to
        self.note_state(to.value, at, reason)
        if reason:
            self.reason = reason

    def name_participants(self) -> None:
        leader = [self.leader] if self.leader else []
        authors = self.report.main_authors if self.report else ()
        came = [id for visit in self.visits for id in visit.members]
        self.participants = tuple(dict.fromkeys([*leader, *self.team, *authors, *came]))

    def held_files(self) -> list[str]:
        report = self.report.files if self.report else ()
        return [*(file for visit in self.visits for file in visit.files), *report]

    def ring_alarms(self, at: datetime) -> bool:
        gone = self.ring(at)
        for clock in gone:
            self.tell(
                names.RESEARCH_REMINDER_DUE,
                alarm=f"{clock.about.value}:{clock.due_at.isoformat()}:{clock.late}",
                due_at=clock.due_at,
                late=clock.late,
            )
        return bool(gone)


def begin(research: Research, at: datetime) -> None:
    research.note_state(R.PLANNED.value, at)
    research.name_participants()
    research.tell(names.RESEARCH_PLANNED)


def shape(research: Research, **said: Any) -> None:
    """Raises WrongState once the report is accepted or it was dropped."""
    research.require(R.PLANNED, R.RUNNING)
    for name, value in said.items():
        setattr(research, name, value)
    research.name_participants()


def visit(research: Research, at: datetime, **said: Any) -> None:
    """A visit that took place; whoever took part has done a duty (C1). Raises WrongState, Unfit."""
    research.require(R.PLANNED, R.RUNNING)
    if said["visited_on"] > at:
        raise errors.Unfit("调研日期不能晚于今天", field="visitedOn")
    if research.state is R.PLANNED:
        research.move(R.RUNNING, at)
    made = Visit(len(research.visits) + 1, **said)
    made.occurrences = dict.fromkeys(made.members, 1)
    research.visits.append(made)
    research.name_participants()
    rows = [_row(id, True, 1) for id in made.members]
    _tell_part(research, made, names.ACTIVITY_PARTICIPATION_CONFIRMED, rows)


def correct_visit(research: Research, no: int, members: Sequence[str], notes: str) -> None:
    """Put right who took part: what was told of the others is undone. Raises Unfit."""
    found = next((one for one in research.visits if one.no == no), None)
    if found is None:
        raise errors.Unfit("没有这次调研记录", field="no")
    before, after = set(found.members), set(members)
    rows = [_row(id, False, found.occurrences[id]) for id in sorted(before - after)]
    rows += [_row(id, True, found.occurrences.get(id, 1)) for id in sorted(after - before)]
    for row in rows:  # the record that it makes is the next one
        found.occurrences[row["member_id"]] = row["occurrence_no"] + 1
    found.members, found.notes = tuple(members), notes
    research.name_participants()
    _tell_part(research, found, names.ACTIVITY_PARTICIPATION_CORRECTED, rows)


def _row(member_id: str, took_part: bool, no: int) -> dict[str, Any]:
    return {"member_id": member_id, "took_part": took_part, "occurrence_no": no}


def _tell_part(research: Research, one: Visit, event: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        research.events.append(
            (
                event,
                {
                    "activity_id": f"{research.id}-visit-{one.no}",
                    "kind": "RESEARCH",
                    "held_on": one.visited_on,
                    "rows": rows,
                },
            )
        )


def write_findings(research: Research, findings: Sequence[Finding]) -> None:
    research.require(R.PLANNED, R.RUNNING)
    known = {one.no for one in research.visits}
    if any(one.visit_no is not None and one.visit_no not in known for one in findings):
        raise errors.Unfit("所指的调研记录不存在", field="findings")
    research.findings = tuple(replace(one, no=no) for no, one in enumerate(findings, 1))


def send_report(
    research: Research,
    text: str,
    main_authors: Sequence[str],
    files: Sequence[str],
    clock: Any,
    at: datetime,
) -> None:
    """Raises WrongState, Unfit."""
    research.require(R.PLANNED, R.RUNNING)
    authors = tuple(dict.fromkeys(main_authors))
    if not 1 <= len(authors) <= MOST_AUTHORS:
        raise errors.Unfit(f"执笔人为1至{MOST_AUTHORS}名委员", field="mainAuthors")
    research.report = ResearchReport(text, authors, tuple(files), at)
    research.move(R.REPORTED, at)
    research.watch(at, clock)
    research.name_participants()
    research.tell(
        names.RESEARCH_REPORTED, main_authors=list(authors), due_at=research.due(Limit.DECISION)
    )


def decide(research: Research, accepted: bool, reason: str, at: datetime) -> None:
    """Accepted, or returned with a reason. Raises WrongState, Incomplete."""
    research.require(R.REPORTED)
    if not accepted and not reason:
        raise errors.Incomplete("退回的请说明理由", field="reason")
    assert research.report is not None
    research.move(R.ACCEPTED if accepted else R.RUNNING, at, reason)
    research.stop(Limit.DECISION, at)
    authors = list(research.report.main_authors)
    if accepted:
        no = research.again(ACCEPTANCE)
        research.tell(names.REPORT_ACCEPTED, main_authors=authors, occurrence_no=no)
    else:
        research.tell(names.RESEARCH_RETURNED, main_authors=authors, reason=reason)


def revoke(research: Research, reason: str, at: datetime) -> None:
    """What was accepted counts no more; the report may be written anew. Raises WrongState."""
    research.require(R.ACCEPTED)
    assert research.report is not None
    research.move(R.RUNNING, at, reason)
    research.tell(
        names.REPORT_REVOKED,
        main_authors=list(research.report.main_authors),
        occurrence_no=research.counts[ACCEPTANCE],
        reason=reason,
    )


def drop(research: Research, reason: str, at: datetime) -> None:
    research.require(R.PLANNED, R.RUNNING, R.REPORTED)
    research.move(R.DROPPED, at, reason)
    research.give_up(at)
    research.tell(names.RESEARCH_DROPPED, reason=reason)
