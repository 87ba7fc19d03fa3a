"""Democratic appraisal (民主评议): cases, the panel, one secret vote, its figures (2.2)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.proposals.domain import appraisal_errors as errors
from services.proposals.domain.appraisal_reports import UnitReport
from services.proposals.domain.ballots import HIGHEST_SCORE, Line, Result, tally
from services.proposals.domain.states import State
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.contracts.recipients import account_key, member_key
from shared.labels import Labelled


class AppraisalState(Labelled):
    """民主评议状态。State of an appraisal."""

    PLANNED = "PLANNED", "已安排", "Planned"
    OPEN = "OPEN", "投票中", "The vote is open"
    COUNTED = "COUNTED", "已计票", "Counted"
    PUBLISHED = "PUBLISHED", "已公布", "Published"
    CANCELLED = "CANCELLED", "已取消", "Cancelled"


A = AppraisalState

MOVES: Mapping[AppraisalState, Collection[AppraisalState]] = {
    A.PLANNED: {A.OPEN, A.CANCELLED},
    A.OPEN: {A.COUNTED},
    A.COUNTED: {A.PUBLISHED},
    A.PUBLISHED: {},
    A.CANCELLED: {},
}
UNDER_WAY = (A.PLANNED, A.OPEN, A.COUNTED)
# What was replied to at least once.
APPRAISABLE = frozenset(
    {State.REPLIED, State.EVALUATED, State.REHANDLING, State.SECOND_REPLIED, State.ESCALATED}
    | {State.CLOSED, State.TRACKING, State.ARCHIVED}
)
MEETING_KIND = "APPRAISAL"
ORGANISER = "com-proposals"  # the proposal committee


class VoterKind(Labelled):
    """评议人员类别。Kind of a panel's voter."""

    STANDING_MEMBER = "STANDING_MEMBER", "常委", "Standing member"
    PROPOSER = "PROPOSER", "提案人", "Proposer"
    COMMITTEE_MEMBER = "COMMITTEE_MEMBER", "专委会委员", "Member of a special committee"
    DISINTERESTED_MEMBER = "DISINTERESTED_MEMBER", "无利害关系委员", "Member without interest"
    CITY_MEMBER = "CITY_MEMBER", "市政协委员", "Member of the city's committee"
    EXPERT = "EXPERT", "专家", "Expert"
    RESIDENT = "RESIDENT", "居民代表", "Resident"
    ENTERPRISE = "ENTERPRISE", "企业代表", "Enterprise"


# Members of this committee are invited by their membership, the others never; a member of the
# city's committee may be either.
INSIDE = frozenset(
    {VoterKind.STANDING_MEMBER, VoterKind.PROPOSER}
    | {VoterKind.COMMITTEE_MEMBER, VoterKind.DISINTERESTED_MEMBER}
)
OUTSIDE = frozenset({VoterKind.EXPERT, VoterKind.RESIDENT, VoterKind.ENTERPRISE})
BY_CODE = "code"


@dataclass(frozen=True)
class Voter:
    """One of the panel. `key` is `member:…`, `account:…`, or `code:` and the code's hash.

    label: whom a code was given to; unit: where a person without an account says to work.
    """

    no: int
    kind: VoterKind
    key: str
    label: str = ""
    unit: str | None = None

    @property
    def has_account(self) -> bool:
        return not self.key.startswith(f"{BY_CODE}:")

    def check_kind(self) -> None:
        member = self.key.startswith(member_key(""))
        if (self.kind in INSIDE and not member) or (self.kind in OUTSIDE and member):
            raise errors.VoterUnfit


def voter_key(member_id: str | None, account_id: str | None, code_hash: str) -> str:
    """The key of a voter who is named in one of three ways."""
    if member_id:
        return member_key(member_id)
    return account_key(account_id) if account_id else f"{BY_CODE}:{code_hash}"


@dataclass(frozen=True)
class Subject:
    """A case on the list. `units` are appraised; nobody of any of `case_units` may vote."""

    proposal_id: str
    title: str
    units: tuple[str, ...]
    case_units: tuple[str, ...]


@dataclass(frozen=True)
class Rules:
    """The settings, as they were when the appraisal was planned."""

    items: tuple[str, ...]
    min_ballots: int


@dataclass
class Appraisal(Aggregate):
    """`results` are shown to nobody before publication; `noted` counts the voters whose vote was
    told so far (always in groups of at least `min_ballots`); `report_due_at` and `remind_at` are of
    the units' reports, absent from what was planned before they were asked for."""

    id: str
    term: int
    title: str
    held_at: datetime
    place: str
    rules: Rules
    subjects: list[Subject]
    planned_at: datetime
    account_id: str | None
    state: AppraisalState = A.PLANNED
    panel: list[Voter] = field(default_factory=list)
    last_voter_no: int = 0
    opened_at: datetime | None = None
    counted_at: datetime | None = None
    published_at: datetime | None = None
    cancelled_at: datetime | None = None
    reason: str | None = None
    public: bool = False
    ballots: int | None = None
    results: list[Result] = field(default_factory=list)
    noted: int = 0
    report_due_at: datetime | None = None
    report_remind_at: datetime | None = None
    reports: list[UnitReport] = field(default_factory=list)
    reports_reminded: bool = False
    files_told: tuple[str, ...] = ()  # the files that events have named so far

    @property
    def case_units(self) -> list[str]:
        """Every unit that handles one of the cases."""
        return sorted({unit for subject in self.subjects for unit in subject.case_units})

    @property
    def appraised(self) -> list[str]:
        """Every unit under appraisal."""
        return sorted({unit for subject in self.subjects for unit in subject.units})

    @property
    def voters(self) -> list[str]:
        """The keys of those who have an inbox."""
        return [voter.key for voter in self.panel if voter.has_account]

    def plan(self) -> None:
        """Decision 30: the meeting is office's, under this id."""
        self.tell(
            names.APPRAISAL_PLANNED,
            meeting_id=self.id,
            kind=MEETING_KIND,
            organiser=ORGANISER,
            held_at=self.held_at,
            place=self.place,
            subjects=self._cases(),
            units=self.case_units,
            appraised=self.appraised,
            report_due_at=self.report_due_at,
        )

    def cancel(self, reason: str, at: datetime) -> None:
        self._move(A.CANCELLED)
        self.cancelled_at, self.reason = at, reason
        units, voters = self.case_units, self.voters
        self.tell(names.APPRAISAL_CANCELLED, reason=reason, units=units, voters=voters)

    # -- the panel -------------------------------------------------------------------------

    def invite(self, voters: Sequence[Voter]) -> None:
        """Raises VoterUnfit, VoterListed; conflicts of interest are checked before."""
        self.require(A.PLANNED)
        for voter in voters:
            voter.check_kind()
            if any(other.key == voter.key for other in self.panel):
                raise errors.VoterListed
            self.last_voter_no = voter.no
            self.panel.append(voter)
        if told := [voter.key for voter in voters if voter.has_account]:
            when, place = self.held_at, self.place
            self.tell(names.APPRAISAL_VOTERS_INVITED, voters=told, held_at=when, place=place)

    def remove_voter(self, no: int) -> None:
        self.require(A.PLANNED)
        left = [voter for voter in self.panel if voter.no != no]
        if len(left) == len(self.panel):
            raise errors.NoVoter
        self.panel = left

    # -- the vote --------------------------------------------------------------------------

    def open(self, at: datetime) -> None:
        """Everyone of the panel may vote from now on; PanelTooSmall below the minimum."""
        self.require(A.PLANNED)
        if len(self.panel) < self.rules.min_ballots:
            raise errors.PanelTooSmall(details={"min_ballots": self.rules.min_ballots})
        self._move(A.OPEN)
        self.opened_at = at
        self.tell(names.APPRAISAL_OPENED, voters=self.voters, held_at=self.held_at)

    def check_lines(self, lines: Sequence[Line]) -> None:
        """Raises VoteClosed, BallotIncomplete: each case once, each item scored."""
        if self.state is not A.OPEN:
            raise errors.VoteClosed
        wanted = sorted(subject.proposal_id for subject in self.subjects)
        if sorted(line.proposal_id for line in lines) != wanted:
            raise errors.BallotIncomplete(field="lines")
        for line in lines:
            fits = all(0 <= score <= HIGHEST_SCORE for score in line.scores)
            if len(line.scores) != len(self.rules.items) or not fits:
                raise errors.BallotIncomplete(field="lines")

    def note_votes(self, voters: Iterable[str]) -> bool:
        """Say that these have voted, to end their to-dos; False while they are too few.

        One voter alone is never told of: the fact's time would be that of the ballot.
        """
        keys = sorted(voters)
        if self.state is not A.OPEN or len(keys) < self.rules.min_ballots:
            return False
        self.noted += len(keys)
        self.tell(names.APPRAISAL_VOTES_NOTED, voters=keys)
        return True

    def count(self, lines: Sequence[Line], at: datetime) -> None:
        """Close the vote and add up; TooFewBallots leaves it open."""
        self.require(A.OPEN)
        cast = len(lines) // len(self.subjects)
        if cast < self.rules.min_ballots:
            raise errors.TooFewBallots(details={"min_ballots": self.rules.min_ballots})
        self._move(A.COUNTED)
        self.counted_at, self.ballots = at, cast
        self.results = [
            tally(key, [line for line in lines if line.proposal_id == key])
            for key in (subject.proposal_id for subject in self.subjects)
        ]
        self.tell(names.APPRAISAL_COUNTED, ballots=cast, invited=len(self.panel))

    def publish(self, at: datetime, *, public: bool) -> None:
        """The figures, for panel, units, chairpersons and supervising office; `public`: for all."""
        self._move(A.PUBLISHED)
        self.published_at, self.public = at, public
        figures = {result.proposal_id: result for result in self.results}
        subjects = [
            {**case, **self._figures(figures[case["proposal_id"]])} for case in self._cases()
        ]
        self.tell(
            names.APPRAISAL_PUBLISHED,
            ballots=self.ballots,
            invited=len(self.panel),
            public=public,
            voters=self.voters,
            units=self.case_units,
            subjects=subjects,
        )

    @property
    def takes_reports(self) -> bool:
        """Whether the units may still hand in what they report: until the vote opens."""
        return self.state is A.PLANNED

    def require_planned(self) -> None:
        self.require(A.PLANNED)

    def require(self, state: AppraisalState) -> None:
        if self.state is not state:
            raise errors.WrongAppraisalState.of(self.state)

    def _move(self, to: AppraisalState) -> None:
        if to not in MOVES[self.state]:
            raise errors.WrongAppraisalState.of(self.state)
        self.state = to

    def _cases(self) -> list[dict[str, Any]]:
        return [
            {"proposal_id": case.proposal_id, "title": case.title, "units": list(case.units)}
            for case in self.subjects
        ]

    def _figures(self, result: Result) -> dict[str, Any]:
        labelled = zip(self.rules.items, result.averages, strict=True)
        return {
            "satisfied": result.satisfied,
            "basic": result.basic,
            "dissatisfied": result.dissatisfied,
            "satisfied_share": result.satisfied_share,
            "scores": [{"item": item, "average": average} for item, average in labelled],
        }

    def header(self) -> dict[str, Any]:
        return {"appraisal_id": self.id, "title": self.title}
