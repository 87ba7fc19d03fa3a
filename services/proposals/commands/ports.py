"""What the use cases stand on, and the one way they run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from dateutil.relativedelta import relativedelta

from services.proposals.commands.checks import field_setting
from services.proposals.commands.knowledge import Directory, Taxonomy
from services.proposals.commands.visibility import own_side, visible_to
from services.proposals.domain import decisions, errors, sides
from services.proposals.domain.alarms import Schedule
from services.proposals.domain.answering import Terms
from services.proposals.domain.appraisal import Appraisal, Rules
from services.proposals.domain.appraisal_reports import ReportTimes
from services.proposals.domain.assignments import DueDates
from services.proposals.domain.ballots import Ballot, Line, RollEntry
from services.proposals.domain.contacts import Wanted
from services.proposals.domain.details import By
from services.proposals.domain.evaluation import Evaluation
from services.proposals.domain.guide import TopicGuide
from services.proposals.domain.inspection import Inspection
from services.proposals.domain.record import Proposal
from services.proposals.domain.review import ReturnTimes
from services.proposals.domain.states import Category
from services.proposals.domain.tallying import Audience, Grouping
from services.proposals.domain.text import Limits, Text
from shared.calendar import WorkCalendar
from shared.call import Call
from shared.clock import Now
from shared.persistence import Aggregates, Audit, SettingsStore, execute

Query = dict[str, Any]
Row = dict[str, Any]


class Store(Protocol):
    aggregates: Aggregates

    def get(self, proposal_id: str, query: Mapping[str, Any] | None = None) -> Proposal: ...
    def add(self, call: Call, proposal: Proposal, at: datetime) -> None: ...
    def save(self, call: Call, proposal: Proposal, at: datetime, session: Any = None) -> None: ...
    def in_transaction(self, work: Callable[[Any], Any]) -> Any: ...
    def next_number(self, session: Any, counter: str) -> int: ...
    def set_start(self, counter: str, first: int) -> bool: ...
    def text(self, proposal_id: str, no: int) -> Text | None: ...
    def claim_reply_number(self, session: Any, key: str, owner: str, doc_no: str) -> None: ...
    def note_judged(self, session: Any, proposal_id: str, *, disagreeing: bool) -> None: ...
    def watched(self, at: datetime) -> list[str]: ...
    def claim_look(self, proposal_id: str, at: datetime, until: datetime) -> bool: ...
    def look_again(self, proposal_id: str, version: int, at: datetime | None) -> None: ...
    def cases_of_unit(self, unit: str) -> list[str]: ...
    def states_of_cases(self, leads: Collection[str]) -> dict[str, list[str]]: ...
    def open_cases_of(self, member_id: str) -> list[str]: ...
    def signed_by(self, member_id: str) -> list[str]: ...
    def texts(self, proposal_id: str) -> list[Row]: ...
    def words(self, text: str) -> list[str]: ...
    def topics_within(self, code: str) -> list[str]: ...
    def similar(self, text: str, query: Query, limit: int) -> list[Row]: ...
    def rows(self, query: Query, fields: Iterable[str] | None = None) -> list[Row]: ...
    def held(self, file_ids: Collection[str]) -> set[str]: ...
    def count(self, query: Query) -> int: ...
    def page(
        self,
        query: Query,
        order_by: str,
        first: int,
        after: str | None,
        fields: Iterable[str] | None,
    ) -> Row: ...


class EvaluationStore(Protocol):
    aggregates: Aggregates

    def get(self, evaluation_id: str) -> Evaluation | None: ...
    def save(
        self, call: Call, evaluation: Evaluation, at: datetime, session: Any = None
    ) -> None: ...
    def sent(self, proposal_id: str, round: int, session: Any) -> list[Evaluation]: ...
    def rows(self, query: Mapping[str, Any]) -> list[Row]: ...


class AppraisalStore(Protocol):
    """Appraisals, voter rolls and ballots; `session` is that of a transaction."""

    aggregates: Aggregates

    def get(
        self, appraisal_id: str, query: Mapping[str, Any] | None = None, session: Any = None
    ) -> Appraisal: ...
    def add(self, call: Call, appraisal: Appraisal, at: datetime) -> None: ...
    def save(self, call: Call, appraisal: Appraisal, at: datetime, session: Any = None) -> None: ...
    def in_transaction(self, work: Callable[[Any], Any]) -> Any: ...
    def open_roll(self, appraisal: Appraisal, session: Any) -> None: ...
    def close_roll(self, appraisal_id: str, session: Any) -> None: ...
    def vote(
        self, appraisal_id: str, key: str, command: str | None, ballots: Sequence[Ballot]
    ) -> bool: ...
    def entry(self, appraisal_id: str, keys: Iterable[str]) -> RollEntry | None: ...
    def rolls(
        self, appraisal_ids: Collection[str], keys: Collection[str]
    ) -> dict[str, RollEntry]: ...
    def whole_rolls(self, appraisal_ids: Collection[str]) -> dict[str, list[RollEntry]]: ...
    def unnoted(self, appraisal_id: str, session: Any) -> list[str]: ...
    def note(self, appraisal_id: str, keys: Iterable[str], session: Any) -> None: ...
    def lines(self, appraisal_id: str, session: Any) -> list[Line]: ...
    def listed_elsewhere(self, proposal_ids: Collection[str]) -> bool: ...
    def listed(self) -> list[str]: ...
    def open_ids(self) -> list[str]: ...
    def reports_due(self, at: datetime) -> list[str]: ...
    def held(self, file_ids: Collection[str]) -> set[str]: ...
    def page(self, query: Query, first: int, after: str | None) -> Row: ...
    def count(self, query: Query) -> int: ...
    def rows(self, query: Query) -> list[Row]: ...


class Tallies(Protocol):
    """The figures, and what the timer does to keep them."""

    def begin(self, definitions: int) -> None: ...
    def tally(self) -> int: ...
    def serve(self) -> None: ...
    def rows(
        self, period: str, audience: Audience, by: Grouping, key: str | None = None
    ) -> list[Row]: ...


class Worklists(Protocol):
    """Shares and promises across cases: `name` is "shares" or "promises"."""

    def page(
        self, name: str, query: Query, order_by: str, first: int, after: str | None
    ) -> Row: ...
    def count(self, name: str, query: Query) -> int: ...
    def board(self, query: Query, today: datetime, until: datetime) -> dict[str, Row]: ...


class InspectionStore(Protocol):
    aggregates: Aggregates

    def get(self, inspection_id: str) -> Inspection: ...
    def add(self, call: Call, inspection: Inspection, at: datetime) -> None: ...
    def save(self, call: Call, inspection: Inspection, at: datetime) -> None: ...
    def page(self, query: Query, first: int, after: str | None) -> Row: ...
    def count(self, query: Query) -> int: ...
    def rows(self, query: Mapping[str, Any]) -> list[Row]: ...
    def held(self, file_ids: Collection[str]) -> set[str]: ...


class GuideStore(Protocol):
    aggregates: Aggregates

    def get(self, year: int) -> TopicGuide | None: ...
    def save(self, call: Call, guide: TopicGuide, at: datetime) -> None: ...


@dataclass(frozen=True)
class Desk:
    """The dependencies of all use cases.

    `active_members(call, ids, at)` asks the members service which of them are ACTIVE now (V5);
    it is one of the few synchronous calls that decision 9 allows. `conflicts(call, keys, units)`
    is another: which of the people (as recipient keys) work for one of the units.
    """

    proposals: Store
    evaluations: EvaluationStore
    directory: Directory
    active_members: Callable[[Call, Collection[str], datetime], Collection[str]]
    appraisals: AppraisalStore
    inspections: InspectionStore
    guides: GuideStore
    topics: Taxonomy
    conflicts: Callable[[Call, Collection[str], Collection[str]], Collection[str]]
    settings: SettingsStore
    calendar: WorkCalendar
    clock: Now
    audit: Audit
    tallies: Tallies
    worklists: Worklists

    def choose_themes(
        self, themes: Iterable[str], year: int, kept: Collection[str] = (), field: str = "themes"
    ) -> None:
        """Raises ThemeUnfit for one that is not of the year's plan; `kept` are left alone."""
        if unfit := sorted(set(themes) - set(kept) - self.directory.themes(year)):
            raise errors.ThemeUnfit(field=field, details={"themes": unfit})

    def limits(self, at: datetime) -> Limits:
        return Limits(
            body=self.settings.get("body_max", at),
            suggestions=self.settings.get("suggestions_max", at),
            title=(self.settings.get("title_least", at), self.settings.get("title_most", at)),
        )

    def reply_terms(self, at: datetime) -> Terms:
        """What a reply is measured by (V16, V17)."""
        wanted = Wanted(
            consult=self.settings.get("consult_contacts", at),
            attempts=self.settings.get("contact_attempts", at),
        )
        return Terms(wanted, self.settings.get("class_d", at))

    def review_due(self, at: datetime) -> datetime:
        """DL1."""
        return self.calendar.add_working_days(at, self.settings.get("review_days", at))

    def field_committees(self, category: Category | None, at: datetime) -> list[str]:
        """Decision 53: the committees in whose field proposals of the category lie."""
        if category is None:
            return []
        named = str(self.settings.get(field_setting(category), at)).split("、")
        return [committee.strip() for committee in named if committee.strip()]

    def decide_by(self, at: datetime) -> datetime:
        """Decision 22: the first proposer's time to decide a shortfall."""
        return self.calendar.add_working_days(at, self.settings.get("shortfall_days", at))

    def decision_by(self, at: datetime) -> datetime:
        """Decision 41: until when is decided what is asked for at `at`."""
        return self.calendar.add_working_days(at, self.settings.get("decision_days", at))

    def return_times(self, at: datetime) -> ReturnTimes:
        """Decisions 22, 41: what an author has after a return."""
        return ReturnTimes(
            cosign=self.settings.get("return_window_days", at),
            resubmit=self.settings.get("resubmission_days", at),
        )

    def appeal_by(self, at: datetime) -> datetime:
        """Decision 28: the author's time to appeal against not filing."""
        return at + timedelta(days=self.settings.get("appeal_days", at))

    def assignment_dues(self, at: datetime) -> DueDates:
        """DL3, DL4, DL5 of what is assigned now."""
        return DueDates(
            sign=at + timedelta(days=self.settings.get("sign_days", at)),
            opinion=at + relativedelta(months=self.settings.get("co_opinion_months", at)),
            reply=at + relativedelta(months=self.settings.get("reply_months", at)),
        )

    def evaluate_by(self, at: datetime) -> datetime:
        """DL7."""
        return at + timedelta(days=self.settings.get("evaluation_days", at))

    def longest(self, assigned_at: datetime, at: datetime) -> datetime:
        """DL6: the latest due date that an extension may reach."""
        return assigned_at + relativedelta(months=self.settings.get("longest_months", at))

    def second_reply_by(self, at: datetime) -> datetime:
        """DL8."""
        return at + timedelta(days=self.settings.get("second_reply_days", at))

    def schedule(self, at: datetime) -> Schedule:
        """DL1–DL10: when what goes off."""

        def value(key: str) -> Any:
            return self.settings.get(key, at)

        return Schedule(
            before=tuple(value("warning_days")),
            every=value("overdue_every_days"),
            notice=value("notice_days"),
            escalation=value("escalation_days"),
            evaluation=tuple(value("evaluation_reminders")),
            assignment=value("assignment_days"),
            second_reply=value("second_reply_days"),
            returned=self.return_times(at),
            returned_warning=value("resubmission_warning_days"),
            report_by=(value("report_month"), value("report_day")),
            plenary_to=self.directory.plenary_ends(),
        )

    def require_units(self, units: Collection[str], field: str) -> None:
        """Raises UnitMayNotHandle (decision 57), UnitUnknown for one that is not in being."""
        missing = set(units) - self.directory.active_units(units)
        if unfit := sorted(self.directory.may_not_handle(missing)):
            raise errors.UnitMayNotHandle(field=field, details={"units": unfit})
        if missing:
            raise errors.UnitUnknown(field=field, details={"units": sorted(missing)})

    def side_of(self, proposal: Proposal) -> str | None:
        """PARTY or GOVERNMENT, by its main unit; None before there is one."""
        return self.directory.side_of(proposal.main_unit) if proposal.main_unit else None

    def save(self, call: Call, proposal: Proposal, at: datetime, session: Any = None) -> None:
        """Write it; whatever asks for a decision has its day from now on (decision 41), and its
        facts tell whose case it is (decision 45)."""
        sides.tell(proposal, self.side_of(proposal))
        decisions.date(proposal, at, self.decision_by)
        self.proposals.save(call, proposal, at, session)

    def appraisal_rules(self, at: datetime) -> Rules:
        """What is scored, and how few ballots are too few."""
        named = str(self.settings.get("appraisal_items", at)).split("、")
        items = tuple(item.strip() for item in named if item.strip())
        return Rules(items, self.settings.get("appraisal_min_ballots", at))

    def report_times(self, at: datetime) -> ReportTimes:
        """When the report of a unit under appraisal is due, and reminded of."""
        named = ("appraisal_report_days", "appraisal_report_reminder")
        return ReportTimes(*(self.settings.get(name, at) for name in named))


def by(call: Call) -> By:
    return By(call.actor.account_id, call.actor.role.value)


def change(
    call: Call,
    desk: Desk,
    proposal_id: str,
    query: Query,
    act: Callable[[Proposal, datetime], object],
) -> str:
    """Load what `query` lets the actor reach, act on it, save; again on a lost race.

    Raises NotFound for a proposal outside the query, and what the aggregate refuses.
    """

    def use_case() -> str:
        at = desk.clock.now()
        proposal = desk.proposals.get(proposal_id, query)
        sides.require(desk.side_of(proposal), own_side(call.actor))
        act(proposal, at)
        desk.save(call, proposal, at)
        return proposal.id

    return execute(call, desk.proposals.aggregates, use_case, look_first=False)


def change_seen(
    call: Call, desk: Desk, proposal_id: str, act: Callable[[Proposal, datetime], object]
) -> str:
    """As `change`, on whatever the actor may read."""
    return change(call, desk, proposal_id, visible_to(call.actor), act)


def change_case(
    call: Call,
    desk: Desk,
    proposal_id: str,
    query: Query,
    act: Callable[[Proposal, datetime], None],
    follow: Callable[[Proposal, Proposal, datetime], None] | None = None,
) -> str:
    """As `change`, for what a lead and those merged into it have in common (decision 24).

    Each follower is changed in the same way, or by `follow(follower, lead, at)`; all or none.
    Raises FollowsLead for a follower.
    """

    def use_case() -> str:
        at = desk.clock.now()
        lead = desk.proposals.get(proposal_id, query)
        sides.require(desk.side_of(lead), own_side(call.actor))
        if lead.merged:
            raise errors.FollowsLead(details={"lead": lead.merged.lead})
        followers = [desk.proposals.get(key) for key in lead.followers]
        act(lead, at)
        for follower in followers:
            if follow:
                follow(follower, lead, at)
            else:
                act(follower, at)
        _save_together(call, desk, lead, followers, at)
        return lead.id

    return execute(call, desk.proposals.aggregates, use_case, look_first=False)


def _save_together(
    call: Call, desk: Desk, lead: Proposal, followers: list[Proposal], at: datetime
) -> None:
    if not followers:
        desk.save(call, lead, at)
        return

    def write(transaction: Any) -> None:
        desk.save(call, lead, at, transaction)
        for follower in followers:  # the command's first result is the lead
            desk.save(replace(call, command=None), follower, at, transaction)

    desk.proposals.in_transaction(write)


def change_appraisal(
    call: Call,
    desk: Desk,
    appraisal_id: str,
    act: Callable[[Appraisal, datetime], None],
    query: Query | None = None,
) -> str:
    """As `change`, of an appraisal, if `query` (what the actor may see) lets it."""

    def use_case() -> str:
        at = desk.clock.now()
        appraisal = desk.appraisals.get(appraisal_id, query)
        act(appraisal, at)
        desk.appraisals.save(call, appraisal, at)
        return appraisal.id

    return execute(call, desk.appraisals.aggregates, use_case)


def carry_on(call: Call, desk: Desk, proposal: Proposal) -> None:
    """What was never submitted is new: a draft that waited for a later term goes on under the
    author's membership of this term (decision 40)."""
    mine = call.actor.member_id
    if mine and proposal.serial_no is None and proposal.first_proposer in call.actor.earlier:
        proposal.first_proposer, proposal.groups = mine, desk.directory.groups(mine)


class _Nothing(Exception):
    """The verb changed nothing."""


def change_if(
    call: Call, desk: Desk, proposal_id: str, verb: Callable[[Proposal, datetime], bool]
) -> bool:
    """Save what `verb` changed, if it says that it changed anything.

    For timers and repeated events: looked at again on the loaded document and guarded by its
    version, so that two replicas, or a person at the same moment, never both take effect.
    """

    def act(proposal: Proposal, at: datetime) -> None:
        if not verb(proposal, at):
            raise _Nothing

    try:
        change(call, desk, proposal_id, {}, act)
    except _Nothing:
        return False
    return True
