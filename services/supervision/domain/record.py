"""The record of a special supervision (专项民主监督); its chapters are modules of verbs on it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.supervision.domain import errors
from services.supervision.domain.states import (
    TRANSITIONS,
    Adoption,
    End,
    Form,
    Step,
    SupervisionState,
)
from shared.aggregate import Aggregate
from shared.contracts import names

S = SupervisionState


@dataclass(frozen=True)
class Expert:
    """专家: who is neither a member nor a supervisor."""

    name: str
    field: str = ""
    employer: str | None = None  # organisation


@dataclass(frozen=True)
class Team:
    """监督组; leader and members by member id, supervisors by the id of their appointment."""

    leader: str
    members: tuple[str, ...]
    supervisors: tuple[str, ...] = ()
    experts: tuple[Expert, ...] = ()
    supervisor_members: tuple[str, ...] = ()  # of the supervisors those who are members

    @property
    def people(self) -> tuple[str, ...]:
        """Member ids of all who are members."""
        return tuple(dict.fromkeys([self.leader, *self.members, *self.supervisor_members]))


@dataclass
class Item:
    """One opinion (5.7): problem, basis, measure, unit, due date; what the unit said to it."""

    no: int
    problem: str
    basis: str
    measure: str
    unit: str
    due_at: datetime
    findings: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    adoption: Adoption | None = None
    result: str = ""
    reason: str = ""
    fed_back_at: datetime | None = None
    verified_at: datetime | None = None


@dataclass
class Opinion:
    """监督意见; signed: by the Chairpersons' Council; no: of the office (decision 13)."""

    text: str
    items: list[Item]
    copy_to: tuple[str, ...] = ()
    sent_at: datetime | None = None
    returned: str | None = None
    signed_at: datetime | None = None
    signed_by: str | None = None
    no: str | None = None
    issued_at: datetime | None = None


@dataclass
class Answer:
    """A unit's plan of rectification, and its feedback, each round anew."""

    unit: str
    round: int
    plan: str = ""
    planned_at: datetime | None = None
    text: str = ""
    files: tuple[str, ...] = ()
    fed_back_at: datetime | None = None


@dataclass(frozen=True)
class Recheck:
    """回头看; by: account of the team's."""

    no: int
    passed: bool
    text: str
    at: datetime
    by: str
    files: tuple[str, ...] = ()


@dataclass
class Report:
    """监督报告, with its main authors (C2); occurrence_no counts acceptances."""

    title: str
    text: str
    main_authors: tuple[str, ...]
    files: tuple[str, ...] = ()
    submitted_at: datetime | None = None
    accepted_at: datetime | None = None
    opinion: str | None = None
    occurrence_no: int = 0


@dataclass
class PartyReport:
    """What is told to the Party committee when rectification has failed."""

    text: str
    main: tuple[str, ...]
    at: datetime
    no: str | None = None
    issued_at: datetime | None = None


@dataclass
class Supervision(Aggregate):
    """units: supervised organisations; waits_for, due_at: the step that is to be done by a date.

    round: of rectification, 1 until a re-check fails. rechecks_allowed: as set when approved.
    """

    id: str
    term: int
    year: int
    organiser: str
    title: str
    form: Form
    topic: str
    topic_codes: tuple[str, ...]
    units: tuple[str, ...]
    sites: tuple[str, ...]
    plan: str
    indicators: tuple[str, ...]
    checklist: tuple[str, ...]
    created_at: datetime
    created_by: str
    plan_basis: str = ""
    state: SupervisionState = S.DRAFT
    submitted_at: datetime | None = None
    decision: str | None = None  # the Chairpersons' words
    approved_at: datetime | None = None
    team: Team | None = None
    opinion: Opinion | None = None
    round: int = 1
    answers: list[Answer] = field(default_factory=list)
    rechecks: list[Recheck] = field(default_factory=list)
    rechecks_allowed: int = 2
    report: Report | None = None
    party_report: PartyReport | None = None
    end: End | None = None
    summary: str | None = None
    closed_at: datetime | None = None
    waits_for: Step | None = None
    due_at: datetime | None = None
    reminded: bool = False
    overdue: bool = False
    files: tuple[str, ...] = ()
    files_told: tuple[str, ...] = ()
    history: list[dict[str, Any]] = field(default_factory=list)  # {state, at}

    def require(self, *states: SupervisionState) -> None:
        """Raises WrongState."""
        if self.state not in states:
            raise errors.WrongState.of(self.state)

    def move(self, to: SupervisionState, at: datetime) -> None:
        """Raises WrongState for a move that is not in the table."""
        if to not in TRANSITIONS.get(self.state, ()):
            raise errors.WrongState.of(self.state)
        self.state = to
        self.history = [*self.history, {"state": to.value, "at": at}]

    def wait(self, step: Step | None, due_at: datetime | None = None) -> None:
        """A stored date never moves; the next step has its own (decision 41)."""
        self.waits_for, self.due_at = step, due_at
        self.reminded = self.overdue = False

    def in_team(self, members: Collection[str], supervisor: str | None = None) -> bool:
        """Whether one of these memberships, or this supervisor, is of the team."""
        if self.team is None:
            return False
        return bool(set(self.team.people) & set(members)) or supervisor in self.team.supervisors

    @property
    def missing(self) -> tuple[str, ...]:
        """Units that have not fed back in this round."""
        done = {a.unit for a in self.answers if a.round == self.round and a.fed_back_at}
        return tuple(unit for unit in self.asked if unit not in done)

    @property
    def asked(self) -> tuple[str, ...]:
        """Units that the opinion asks something of; in a later round those not verified."""
        if self.opinion is None:
            return ()
        items = (i for i in self.opinion.items if self.round == 1 or i.verified_at is None)
        return tuple(dict.fromkeys(item.unit for item in items))

    def header(self) -> dict[str, Any]:
        return {
            "supervision_id": self.id,
            "title": self.title,
            "organiser": self.organiser,
            "units": list(self.units),
            "team": list(self.team.people) if self.team else [],
            "topic": self.topic,
            "topic_codes": list(self.topic_codes),
        }

    def tell_files(self) -> None:
        """Which files came or went, for the gateway (decision 20)."""
        told = [f for a in self.answers for f in a.files] + [
            f for r in self.rechecks for f in r.files
        ]
        report = self.report.files if self.report else ()
        self.files = tuple(dict.fromkeys([*told, *report]))
        tell_files(self, self.files)

    def remind(self) -> None:
        self.reminded = True
        self._tell_date(names.SUPERVISION_REMINDER_DUE)

    def pass_due(self) -> None:
        """An undone step never stops being due: it is told once that it is late."""
        self.overdue = True
        self._tell_date(names.SUPERVISION_OVERDUE)

    def _tell_date(self, event: str) -> None:
        assert self.waits_for is not None
        missing = list(self.missing) if self.waits_for is Step.FEEDBACK else []
        self.tell(
            event, step=self.waits_for.value, round=self.round, due_at=self.due_at, missing=missing
        )


def tell_files(record: Any, files: Collection[str]) -> None:
    """The difference to what was told before, under the record's id."""
    held, known = set(files), set(record.files_told)
    if held != known:
        changes = {"attached": sorted(held - known), "detached": sorted(known - held)}
        record.events.append((names.SUPERVISION_FILES_CHANGED, {"record_id": record.id, **changes}))
        record.files_told = tuple(sorted(held))
