"""What one proposal adds to the figures: a pure function of its present state.

Everything that is counted can be read off the proposal at any later time, so a tally may be taken
twice, late or anew and is the same. What a year has reported stays: the reply figures look at the
first round only, whatever is taken up again afterwards (2.2, "Second reply").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.proposals.domain.assignments import Assignment
from services.proposals.domain.evaluation import CloseKind, Grade, Line
from services.proposals.domain.groups import Group, groups_of
from services.proposals.domain.honour_records import KeyState
from services.proposals.domain.kinds import COLLECTIVES
from services.proposals.domain.record import Proposal
from services.proposals.domain.replies import Adoption, Commitment, CommitmentStatus, Reply
from services.proposals.domain.rounds import Round
from services.proposals.domain.states import PUBLISHED, Mark, Openness, State
from shared.days import day_after
from shared.labels import Labelled

Counts = Counter[str]
TOTAL = "TOTAL"  # the key of the only row of that grouping


class Grouping(Labelled, name="StatisticsGrouping"):
    """统计分组。Grouping of the figures."""

    TOTAL = "TOTAL", "合计", "All together"
    CATEGORY = "CATEGORY", "类别", "By category"
    SECTOR = "SECTOR", "界别", "By sector of the first proposer"
    KIND = "KIND", "提案者类型", "By kind of proposer"
    UNIT = "UNIT", "承办单位", "By handling unit, its own shares"
    TOWN = "TOWN", "镇（街道）工委", "By town: its members' and its own"
    COMMITTEE = "COMMITTEE", "专委会", "By committee: its members' and its own"
    PARTY = "PARTY", "党派", "By party: its members' and its own"


class Audience(StrEnum):
    """ALL: every submitted proposal. OPEN: filed and open ones, which visitors may count."""

    ALL = "ALL"
    OPEN = "OPEN"


GROUPED = {
    Grouping.SECTOR: Group.SECTOR,
    Grouping.TOWN: Group.TOWN,
    Grouping.COMMITTEE: Group.COMMITTEE,
    Grouping.PARTY: Group.PARTY,
}
OPEN_GROUPINGS = frozenset({Grouping.TOTAL, Grouping.CATEGORY})


@dataclass(frozen=True)
class Bucket:
    """One row of figures. period: `year:2022`, `term:16` or `session:16-1`."""

    period: str
    audience: Audience
    by: Grouping
    key: str


def year_of(year: int) -> str:
    return f"year:{year}"


def term_of(term: int, session: int | None = None) -> str:
    return f"term:{term}" if session is None else f"session:{term}-{session}"


Contribution = dict[Bucket, Counts]


def contribution(proposal: Proposal, lines: Mapping[str, Line] | None = None) -> Contribution:
    """What the proposal adds to which buckets; nothing before its first submission.

    lines: of the official evaluation of its last closed round, where each unit has its own.
    What concerns the submission counts in that year, what concerns the handling in the year of
    the assignment; in the figures of a term or session both are together.
    """
    submitted = first_submitted_at(proposal)
    if submitted is None:
        return {}
    found: Contribution = {}
    parts = [(submitted, _row_keys(proposal), _submission(proposal))]
    if proposal.assigned_at:
        parts.append((proposal.assigned_at, _row_keys(proposal), _handling(proposal)))
        for unit, counts in _unit_rows(proposal, lines or {}):
            parts.append((proposal.assigned_at, [(Grouping.UNIT, unit)], counts))
    for at, keys, counts in parts:
        for bucket in _buckets(proposal, at, keys):
            found.setdefault(bucket, Counter()).update(counts)
    whole = {bucket: _numbers(counts) for bucket, counts in found.items()}
    return {bucket: counts for bucket, counts in whole.items() if counts}


def difference(now: Contribution, before: Contribution) -> Contribution:
    """What must be added so that `now` stands in the place of `before`."""
    changed: Contribution = {}
    for bucket in {**before, **now}:
        counts = Counter(now.get(bucket, {}))
        counts.subtract(before.get(bucket, {}))
        if moved := Counter({name: n for name, n in counts.items() if n}):
            changed[bucket] = moved
    return changed


def first_submitted_at(proposal: Proposal) -> datetime | None:
    """A proposal that was returned and sent in again was received the first time."""
    if proposal.serial_no is None:
        return None
    moves = (move["at"] for move in proposal.history if move["to"] == State.SUBMITTED.value)
    return min(moves, default=proposal.submitted_at)


def _numbers(counts: Counts) -> Counts:
    """Without noughts; a truth counts as one, which a database does not know."""
    return Counter({name: int(number) for name, number in counts.items() if number})


def _buckets(
    proposal: Proposal, at: datetime, keys: Sequence[tuple[Grouping, str]]
) -> Iterator[Bucket]:
    periods = [year_of(at.year), term_of(proposal.term)]
    if proposal.session is not None:
        periods.append(term_of(proposal.term, proposal.session))
    shown = proposal.state in PUBLISHED and proposal.details.openness is Openness.OPEN
    for period in periods:
        for by, key in keys:
            yield Bucket(period, Audience.ALL, by, key)
            if shown and by in OPEN_GROUPINGS:
                yield Bucket(period, Audience.OPEN, by, key)


def _row_keys(proposal: Proposal) -> list[tuple[Grouping, str]]:
    keys = [(Grouping.TOTAL, TOTAL), (Grouping.KIND, proposal.proposer_type.value)]
    if category := proposal.details.category:
        keys.append((Grouping.CATEGORY, category.value))
    groups = groups_of(proposal)
    return keys + [(by, key) for by, group in GROUPED.items() for key in groups[group]]


# -- submission ------------------------------------------------------------------------------


def _submission(proposal: Proposal) -> Counts:
    filed = proposal.state in PUBLISHED
    collective = proposal.proposer_type in COLLECTIVES
    counts = Counter(
        received=1,
        plenary=proposal.session_mark is Mark.PLENARY,
        regular=proposal.session_mark is Mark.REGULAR,
        filed=filed,
        filed_member=filed and not collective,
        filed_collective=filed and collective,
        merged=proposal.merged is not None,
        not_filed=proposal.state is State.NOT_FILED,
        withdrawn=proposal.state is State.WITHDRAWN,
    )
    if proposal.key and proposal.key.state is not KeyState.CANDIDATE:
        counts["key"] += 1
        if leader := proposal.key.leader:
            counts[f"key_{leader.rank.lower()}"] += 1
    return counts


# -- handling --------------------------------------------------------------------------------


def _handling(proposal: Proposal) -> Counts:
    standing = [a for a in proposal.assignments if a.standing and a.replies]
    replied = proposal.replied_at
    counts = Counter(assigned=1, returns=sum(_returns(proposal).values()))
    counts["overdue"] += replied is None and any(share.overdue_at for share in standing)
    if replied:
        due = proposal.due_at
        counts.update(
            replied=1,
            on_time=due is None or replied < day_after(due),
            contacted=_contacted(proposal, {a.unit for a in standing}),
        )
        counts.update(_class(proposal, proposal.replies))
        counts.update(_suggestions(proposal))
    counts.update(_promises(proposal.commitments))
    counts["second_replied"] += any(r.replied_at for r in proposal.rounds if r.no > 1)
    counts["escalated"] += any(m["to"] == State.ESCALATED.value for m in proposal.history)
    counts.update(_judged(last_closed(proposal), None))
    return counts


def _unit_rows(proposal: Proposal, lines: Mapping[str, Line]) -> Iterator[tuple[str, Counts]]:
    """For each unit that ever had a share: what it returned, and its own share of the rest."""
    returns = _returns(proposal)
    standing = {a.unit: a for a in proposal.assignments if a.standing}
    for unit in {**returns, **standing}:
        counts = Counter(returns=returns.get(unit, 0))
        if share := standing.get(unit):
            counts.update(_share(proposal, share, lines))
        yield unit, counts


def _share(proposal: Proposal, share: Assignment, lines: Mapping[str, Line]) -> Counts:
    if not share.replies:
        return Counter(co_handled=1, co_opinions=share.opinion is not None)
    replies = [r for r in _first_replies(proposal) if r.unit == share.unit]
    counts = Counter(assigned=1, overdue=not replies and share.overdue_at is not None)
    if delivered := min((r.delivered_at for r in replies if r.delivered_at), default=None):
        due = share.reply_due_at or share.due_at
        counts.update(
            replied=1,
            on_time=delivered < day_after(due),
            contacted=_contacted(proposal, {share.unit}),
        )
        counts.update(_class(proposal, replies))
    counts.update(_answers(replies))
    counts.update(_promises([c for c in proposal.commitments if c.unit == share.unit]))
    counts["second_replied"] += any(
        r.unit == share.unit and r.round > 1 and r.delivered_at for r in proposal.replies
    )
    counts.update(_judged(last_closed(proposal), lines.get(share.unit)))
    return counts


def _first_replies(proposal: Proposal) -> list[Reply]:
    return [r for r in proposal.replies if r.round == 1 and r.delivered_at]


def _returns(proposal: Proposal) -> Counter[str]:
    """Requests to hand back by unit. A share carries on the count of the one it replaces."""
    carried = {a.no: a.hop_count for a in proposal.assignments}
    asked: Counter[str] = Counter()
    for share in proposal.assignments:
        asked[share.unit] += share.hop_count - carried.get(share.replaces or 0, 0)
    return +asked


def _contacted(proposal: Proposal, units: set[str]) -> bool:
    """V16: a contact that a unit wrote in the first round, and that came about."""
    first = (c for c in proposal.contacts if c.round == 1 and not c.after_reply)
    return any(contact.reached and contact.unit in units for contact in first)


def _class(proposal: Proposal, replies: Iterable[Reply]) -> Counts:
    """As the committee recognised it in the first round, else as the units gave it."""
    first = proposal.rounds[0] if proposal.rounds else None
    given = [r.content.result_class for r in replies if r.round == 1 and r.content.result_class]
    found = (first and first.recognised_class) or max(given, default=None)
    return Counter({f"class_{found.lower()}": 1} if found else {})


ANSWERED = {Adoption.ADOPTED: "adopted", Adoption.PARTLY: "partly", Adoption.NOT: "not_adopted"}


BEST_FIRST = (Adoption.ADOPTED, Adoption.PARTLY, Adoption.NOT)


def _suggestions(proposal: Proposal) -> Counts:
    """Decision 44: every suggestion of a replied proposal once, with its better answer where two
    units gave one."""
    given: dict[int, list[Adoption]] = {}
    for reply in _first_replies(proposal):
        for answer in reply.content.answers:
            given.setdefault(answer.suggestion, []).append(answer.adoption)
    best = (min(answers, key=BEST_FIRST.index) for answers in given.values())
    whole = Counter(answers=len(proposal.text.suggestions))
    return Counter(ANSWERED[adoption] for adoption in best) + whole


def _answers(replies: Iterable[Reply]) -> Counts:
    """A unit's own answers."""
    answers = [answer for reply in replies for answer in reply.content.answers]
    return Counter(ANSWERED[answer.adoption] for answer in answers) + Counter(answers=len(answers))


PROMISED = {
    CommitmentStatus.MET: "promises_met",
    CommitmentStatus.MISSED: "promises_missed",
    CommitmentStatus.CHANGED: "promises_changed",
    CommitmentStatus.CLAIMED: "promises_claimed",
}


def _promises(commitments: Sequence[Commitment]) -> Counts:
    settled = Counter(PROMISED[c.status] for c in commitments if c.status in PROMISED)
    return settled + Counter(promises=len(commitments))


def last_closed(proposal: Proposal) -> Round | None:
    """The last round that ended. V20: only its grades are unsealed, those of others never count."""
    return next((r for r in reversed(proposal.rounds) if r.closed_at), None)


def _judged(ended: Round | None, line: Line | None) -> Counts:
    """The grades of a closed case, in a unit's row those of its own line."""
    if ended is None:
        return Counter()
    counts = Counter(closed=1, not_evaluated=ended.close_kind is CloseKind.NOT_EVALUATED)
    grades: dict[str, Grade | None] = {"attitude": ended.attitude, "result": ended.result}
    if line:
        grades = {"attitude": line.attitude, "result": line.result}
    if ended.attitude:
        counts["evaluated"] += 1
        counts.update(f"{name}_{grade.lower()}" for name, grade in grades.items() if grade)
    return counts
