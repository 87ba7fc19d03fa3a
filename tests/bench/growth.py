"""Lists and figures of proposals with 100,000 in the database, against 1,000 (same process)."""

from __future__ import annotations

import copy
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any

import pymongo

from services.proposals.domain.assignments import AssignmentState
from services.proposals.domain.evaluation import CloseKind, Grade
from services.proposals.domain.kinds import ProposerType
from services.proposals.domain.labels import ProposalOrder, WorklistOrder
from services.proposals.domain.record import Proposal
from services.proposals.domain.replies import Commitment, CommitmentStatus
from services.proposals.domain.states import Category, Mark, State
from services.proposals.domain.tallying import Contribution, Grouping, contribution
from services.proposals.queries import proposals as queries
from services.proposals.queries import statistics, worklists
from services.proposals.repository import (
    INDEXES,
    OUTBOX,
    PROJECTIONS,
    Evaluations,
    Figures,
    Proposals,
    Worklists,
    to_document,
)
from services.proposals.repository.documents import unit_words
from services.proposals.repository.figures import figure_writes
from services.proposals.repository.worklists import rows_of
from services.proposals.schemas.proposals import ProposalFilter
from services.proposals.schemas.worklists import AssignmentFilter, CommitmentFilter
from shared import settings
from shared.actor import Actor, Role
from shared.call import Call
from shared.clock import SHANGHAI, FixedClock
from shared.persistence import Database, connect
from tests.bench.platform import Bench
from tests.bench.report import Figure, p50
from tests.unit.proposals.samples import filed, submitted
from tests.unit.proposals.test_handling import assigned
from tests.unit.proposals.test_judging import replied
from tests.unit.proposals.wujiang import closed, not_filed

FEW, MANY = 1_000, 100_000
ROUNDS, WARM = 15, 3
AGAIN = 4  # times that a question is tried at most
MEMBERS, SECTORS, UNITS, WORDS = 300, 34, 60, 3_000
ENDED = datetime(2018, 1, 5, 9, tzinfo=SHANGHAI)
YEARS = {FEW: 5, MANY: 20}  # so that a year of either has cases of each unit and sector
MEMBER = Actor("a", Role.MEMBER, {}, "p-7", "m-7")
STAFF = Actor("a", Role.PROPOSAL_STAFF)
OFFICER = Actor("a", Role.UNIT_OFFICER, {"unit": "unit-7"})
OFFICE = Actor("a", Role.SUPERVISING_OFFICE)
PUBLIC = Actor(None, Role.PUBLIC)
FILTERS: dict[str, ProposalFilter] = {
    "all": {},
    "waiting": {"states": [State.SUBMITTED]},
    "closed": {"states": [State.CLOSED]},
    "category": {"category": Category.SOCIAL},
    "kind": {"proposer_type": ProposerType.JOINT},
    "mark": {"session_mark": Mark.REGULAR},
    "session": {"term": 15, "session": 1},
    "sector": {"sector": "07"},
    "unit": {"unit_id": "unit-7"},
    "at work": {"unit_id": "unit-7", "assignment_states": [AssignmentState.PENDING]},
    "proposer": {"first_proposer": "m-8"},
    "serial": {"serial_no": "T15-1-0500"},
    "town": {"town": "town-3"},
    "committee": {"committee": "com-2"},
    "party": {"party": "04"},
    "due": {"due_before": ENDED},
    "reserved": {"close_kinds": [CloseKind.WITH_RESERVATION]},
    "words": {"text": "w12"},
}
# A unit works by these; what it has of one sector or proposer is no list of its work.
OF_PROPOSERS = {"sector", "proposer", "town", "committee", "party"}
UNITS_FILTERS = {k: v for k, v in FILTERS.items() if k not in OF_PROPOSERS}
OWN: dict[str, ProposalFilter] = {
    "mine": {"mine": True},
    "cosigned": {"cosigned": True},
    "invited": {"invited": True},
    "own": {"own": True},
    "awaiting": {"awaiting_evaluation": True},
}
JUDGED: dict[str, ProposalFilter] = {
    "result": {"result": Grade.DISSATISFIED},
    "disagreeing": {"disagreeing": True},
}
SHARES: dict[str, AssignmentFilter] = {
    "all": {},
    "late": {"late": True},
    "in time": {"late": False},
    "pending": {"states": [AssignmentState.PENDING]},
    "due": {"due_before": ENDED + timedelta(days=400)},
    "extension": {"extension_open": True},
    "return": {"return_open": True},
    "term": {"term": 15},
    "unit": {"unit_id": "unit-7"},
    "unit and term": {"unit_id": "unit-7", "term": 15},
}
PROMISES: dict[str, CommitmentFilter] = {
    "all": {},
    "open": {"status": CommitmentStatus.OPEN},
    "due": {"due_before": date(2019, 1, 1)},
    "unit": {"unit_id": "unit-7"},
}
FIELDS = ["title", "state", "case_no", "filed_at", "first_proposer", "category"]


@dataclass(frozen=True)
class Asked:
    name: str
    ask: Callable[[Database], Any]


def lists() -> list[Asked]:
    viewers: dict[str, tuple[Actor, dict[str, ProposalFilter]]] = {
        "member": (MEMBER, {**FILTERS, **OWN}),
        "staff": (STAFF, {**FILTERS, **JUDGED}),
        "unit": (OFFICER, UNITS_FILTERS),
        "office": (OFFICE, FILTERS),
        "public": (PUBLIC, FILTERS),
    }
    return [
        _list(f"{who} {what} {order}", actor, chosen, order)
        for who, (actor, filters) in viewers.items()
        for what, chosen in filters.items()
        for order in ProposalOrder
    ]


def _list(name: str, actor: Actor, chosen: ProposalFilter, order: ProposalOrder) -> Asked:
    def ask(database: Database) -> Any:
        call, stores = Call(actor, "bench"), (Proposals(database), Evaluations(database))
        return queries.list_proposals(
            call, *stores, filter=chosen, order_by=order, first=20, after=None, fields=FIELDS
        )

    return Asked(name, ask)


class Desk:
    """As much of the service's as lists of work need."""

    clock = FixedClock(ENDED)

    def __init__(self, database: Database) -> None:
        self.worklists, self.tallies = Worklists(database), Figures(database)


def work() -> list[Asked]:
    return [
        Asked(f"{who} {read.__name__} {what} {order}", _work(actor, read, chosen, order))
        for who, actor in {"office": OFFICE, "unit": OFFICER}.items()
        for read, filters in (
            (worklists.list_assignments, SHARES),
            (worklists.list_commitments, PROMISES),
        )
        for what, chosen in filters.items()
        for order in WorklistOrder
    ] + [Asked(f"board of {actor.role}", partial(_board, actor)) for actor in (OFFICE, OFFICER)]


def _work(actor: Actor, read: Any, chosen: Any, order: WorklistOrder) -> Callable[[Database], Any]:
    return lambda database: read(
        Call(actor, "bench"), Desk(database), filter=chosen, order_by=order, first=20, after=None
    )


def _board(actor: Actor, database: Database) -> Any:
    desk: Any = Desk(database)
    return worklists.unit_board(Call(actor, "bench"), desk, days=15, term=15)


PERIOD = ("year", "term", "session")


def figures() -> list[Asked]:
    periods = {"year": (2017, None, None), "term": (None, 15, None), "session": (None, 15, 1)}

    def asked(by: Grouping, period: tuple[int | None, int | None, int | None]) -> Any:
        return lambda database: statistics.proposal_statistics(
            Call(STAFF, "bench"), Figures(database), by=by, **dict(zip(PERIOD, period, strict=True))
        )

    return [
        Asked(f"{by.value} {name}", asked(by, period))
        for by in Grouping
        for name, period in periods.items()
    ]


def measure(bench: Bench) -> list[Figure]:
    few, many = (_database(bench, count) for count in (FEW, MANY))
    try:
        for database, count in ((few, FEW), (many, MANY)):
            seed(database, count)
        return [
            growth("proposal_list_growth", lists(), few, many),
            growth("proposal_work_growth", work(), few, many),
            growth("proposal_statistics_growth", figures(), few, many),
        ]
    finally:
        for database in (few, many):
            database.client.drop_database(database.db.name)
            database.client.close()


def growth(
    name: str, asked: list[Asked], few: Database, many: Database, most: float = 1.5
) -> Figure:
    """The worst ratio, with what it is of.

    Of hundreds of questions the machine always disturbs some: what is over is asked again, and
    counts by the least of its ratios, for growth shows every time.
    """
    found = []
    for one in asked:
        tries: list[tuple[float, str, float, float]] = []
        while len(tries) < AGAIN and (not tries or min(tries)[0] > most):
            small, large = _seconds(one, few, many)
            tries.append((large / small, one.name, small, large))
        found.append(min(tries))
    ratio, which, small, large = max(found)
    median = p50([ratio for ratio, *_ in found])
    behind = (
        f"{which}: {large * 1000:.2f} ms against {small * 1000:.2f} ms; "
        f"median of {len(found)}: {median:.2f}"
    )
    return Figure(name, ratio, most, at_most=True, behind=behind)


def _seconds(one: Asked, few: Database, many: Database) -> tuple[float, float]:
    """Medians, taken in turn, so that what disturbs the machine disturbs both."""
    taken: dict[str, list[float]] = {few.db.name: [], many.db.name: []}
    for turn in range(WARM + ROUNDS):
        for database in (few, many):
            began = time.perf_counter()
            one.ask(database)
            if turn >= WARM:
                taken[database.db.name].append(time.perf_counter() - began)
    return p50(taken[few.db.name]), p50(taken[many.db.name])


# -- seeding ---------------------------------------------------------------------------------


def seed(database: Database, count: int) -> None:
    """Documents of a few templates over the years; figures by the same pure function, in sums.

    Indexes come last: they are built at once in a third of the time.
    """
    sums: Contribution = {}
    collection = database.collection("proposals")
    made = _proposals(count)
    while some := list(islice(made, 2_000)):
        collection.insert_many([_document(proposal) for proposal in some], ordered=False)
        rows = [rows_of(proposal) for proposal in some]
        for name in ("shares", "promises"):
            if found := [row for each in rows for row in each[name]]:
                database.collection(name).insert_many(found, ordered=False)
        for proposal in some:
            for bucket, counts in contribution(proposal).items():
                sums.setdefault(bucket, Counter()).update(counts)
    with pymongo.timeout(900):  # what takes longer than any operation of a service may
        database.prepare(INDEXES, projections=PROJECTIONS, outbox=OUTBOX)
    state = {"generation": 1, "served": 1}
    database.collection("figures").bulk_write(figure_writes(sums, state), ordered=False)


def _proposals(count: int) -> Iterator[Proposal]:
    """Most are old and closed; the last term's are in all states."""
    over, going = [closed()], [submitted(), not_filed(), filed(), assigned(), replied()]
    rolled = random.Random(7)
    for number in range(count):
        recent = number >= count - 300
        template = rolled.choice(going) if recent else over[0]
        at = ENDED - timedelta(days=365 * YEARS[count]) * (1 - number / count)
        yield _varied(template, number, at, rolled)


def _varied(template: Proposal, number: int, at: datetime, rolled: random.Random) -> Proposal:
    made = copy.copy(template)
    made.id, made.version = f"p-{number:06d}", 1
    made.term, made.session = 15 - (2021 - at.year) // 5, (at.year - 2017) % 5 + 1
    made.serial_no = f"T{made.term}-{made.session}-{number:06d}"
    made.case_no = template.case_no and f"{made.term}-{made.session}-{number:06d}"
    made.first_proposer = f"m-{rolled.randrange(MEMBERS)}"
    made.groups = {
        "sector": f"{rolled.randrange(SECTORS):02d}",
        "town": f"town-{rolled.randrange(8)}",
        "committees": [f"com-{rolled.randrange(7)}"],
        "party": f"{rolled.randrange(2, 10):02d}",
    }
    made.details = copy.copy(template.details)
    object.__setattr__(made.details, "category", rolled.choice(list(Category)))
    made.proposer_type = rolled.choice([ProposerType.INDIVIDUAL, ProposerType.JOINT])
    made.session_mark = rolled.choice([Mark.PLENARY, Mark.PLENARY, Mark.PLENARY, Mark.REGULAR])
    made.cosignatures = [copy.copy(s) for s in template.cosignatures]
    for signature in made.cosignatures:
        signature.member_id = f"m-{rolled.randrange(MEMBERS)}"
    made.history = [{**move, "at": at} for move in template.history]
    made.submitted_at = at
    made.filed_at = template.filed_at and at
    made.assigned_at = template.assigned_at and at
    unit = f"unit-{rolled.randrange(UNITS)}"
    made.assignments = [copy.copy(a) for a in template.assignments]
    for share in made.assignments:
        share.unit = unit
        share.due_at = at + timedelta(days=90)
    made.commitments = []
    if made.assignments and number % 3 == 0:
        made.commitments = [_promise(number, unit, at)]
    return made


def _promise(number: int, unit: str, at: datetime) -> Commitment:
    """Most of them were kept; those of the last are open."""
    due = f"{at + timedelta(days=200):%Y-%m-%d}"
    made = Commitment(1, unit, 1, "按期完工", due, CommitmentStatus.OPEN, at)
    if at < ENDED - timedelta(days=90):
        made.status, made.settled_at = CommitmentStatus.MET, at
    return made


def _document(proposal: Proposal) -> dict[str, Any]:
    assert proposal.submitted_at is not None
    row = to_document(proposal, proposal.submitted_at)
    number = int(proposal.id[2:])
    words = sorted({f"w{number * step % WORDS}" for step in range(1, 13)})
    found = unit_words(row["assigned_units"], words)
    return {**row, "words": words, "unit_words": found, "untallied": False}


def _database(bench: Bench, count: int) -> Database:
    process = settings.read({**bench.stack.environment, "DB_PREFIX": f"bench-{count}-"})
    return Database(connect(process), "proposals", process)
