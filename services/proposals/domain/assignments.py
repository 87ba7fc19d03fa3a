"""Assignments (承办件): one for each unit that handles a proposal (T10, T11; decision 25)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from services.proposals.domain import errors
from shared.labels import Labelled


class Mode(Labelled, name="AssignmentMode"):
    """交办方式。How the units share the work."""

    SOLE = "SOLE", "独办", "One unit alone"
    MAIN_CO = "MAIN_CO", "主办会办", "A main unit with co-handling ones"
    SEPARATE = "SEPARATE", "分办", "Several units, each for itself"


class Part(Labelled, name="AssignmentPart"):
    """承办角色。What a unit does."""

    SOLE = "SOLE", "独办", "Alone"
    MAIN = "MAIN", "主办", "Main unit"
    CO = "CO", "会办", "Co-handling unit"
    SEPARATE = "SEPARATE", "分办", "For itself"


class Lateness(Labelled):
    """逾期程度。How far an overdue assignment has come."""

    OVERDUE = "OVERDUE", "逾期", "Overdue"
    NOTICED = "NOTICED", "已发督办通知", "A supervision notice was issued"
    ESCALATED = "ESCALATED", "已提请区领导并公布", "Before the district leader, on the public list"


class UrgingWay(Labelled):
    """催办方式。How a unit is urged (DL10)."""

    PHONE = "PHONE", "电话", "By phone"
    VISIT = "VISIT", "上门", "By a visit"
    DOCUMENT = "DOCUMENT", "发函", "By a document"
    MESSAGE = "MESSAGE", "系统消息", "By a message of the platform"


class AssignmentState(Labelled):
    """承办件状态。State of an assignment."""

    PENDING = "PENDING", "待签收", "To be signed for"
    RECEIVED = "RECEIVED", "已签收", "Signed for"
    WORKING = "WORKING", "办理中", "In work"
    CO_OPINION_GIVEN = "CO_OPINION_GIVEN", "已提交会办意见", "Co-handling opinion given"
    REPLY_IN_CHECK = "REPLY_IN_CHECK", "答复送审", "Reply in check"
    REPLY_REJECTED = "REPLY_REJECTED", "退回重拟", "Reply sent back"
    DELIVERED = "DELIVERED", "已送达", "Reply delivered"
    RETURN_REQUESTED = "RETURN_REQUESTED", "申请退办", "Asked to hand back"
    RETURN_ACCEPTED = "RETURN_ACCEPTED", "同意退办", "Handed back"
    RETURN_REFUSED = "RETURN_REFUSED", "驳回退办", "Not to be handed back"


A = AssignmentState

ASSIGNMENT_MOVES: dict[AssignmentState, frozenset[AssignmentState]] = {
    A.PENDING: frozenset({A.RECEIVED, A.RETURN_REQUESTED}),
    A.RECEIVED: frozenset({A.WORKING, A.RETURN_REQUESTED}),
    A.WORKING: frozenset({A.CO_OPINION_GIVEN, A.REPLY_IN_CHECK}),
    A.REPLY_IN_CHECK: frozenset({A.REPLY_REJECTED, A.DELIVERED}),
    A.REPLY_REJECTED: frozenset({A.REPLY_IN_CHECK}),
    A.DELIVERED: frozenset({A.WORKING}),  # the second round
    A.CO_OPINION_GIVEN: frozenset({A.WORKING}),
    A.RETURN_REQUESTED: frozenset({A.RETURN_ACCEPTED, A.RETURN_REFUSED}),
    A.RETURN_REFUSED: frozenset({A.RECEIVED}),
    A.RETURN_ACCEPTED: frozenset(),
}
# Parts of each mode with how many units may have them: (at least, at most).
MODE_PARTS: dict[Mode, dict[Part, tuple[int, int]]] = {
    Mode.SOLE: {Part.SOLE: (1, 1)},
    Mode.MAIN_CO: {Part.MAIN: (1, 1), Part.CO: (1, 19)},
    Mode.SEPARATE: {Part.SEPARATE: (2, 20)},
}
REPLYING = frozenset({Part.SOLE, Part.MAIN, Part.SEPARATE})
AT_WORK = frozenset({A.RECEIVED, A.WORKING, A.REPLY_IN_CHECK, A.REPLY_REJECTED})  # not done yet
NOT_DONE = AT_WORK | {A.PENDING, A.RETURN_REQUESTED}  # a request moves no due date (decision 41)
DISPUTED_FROM = 2  # requests to hand one share back: the second opens a dispute (decision 25)
IN_WORK = frozenset({A.RECEIVED, A.WORKING, A.REPLY_REJECTED})  # the unit may add to its case


@dataclass(frozen=True)
class Task:
    """One unit of a plan."""

    unit: str
    part: Part


@dataclass
class AssignmentPlan:
    """What the proposal committee proposes; the supervising office decides (T10).

    `refusal` is the reason why it was sent back; a new plan takes its place.
    """

    mode: Mode
    tasks: list[Task]
    note: str
    proposed_at: datetime
    account_id: str | None
    refusal: str | None = None
    decide_by: datetime | None = None  # decision 41


@dataclass(frozen=True)
class DueDates:
    """Of one assignment meeting: DL3, DL4, DL5."""

    sign: datetime
    opinion: datetime
    reply: datetime


@dataclass
class CoOpinion:
    """What a co-handling unit tells the main unit (DL4)."""

    text: str
    given_at: datetime
    account_id: str | None


@dataclass
class ReturnRequest:
    """A unit asks to hand its share back (退办); the supervising office decides."""

    reason: str
    requested_at: datetime
    account_id: str | None
    accepted: bool | None = None
    decision: str | None = None
    decided_at: datetime | None = None
    decide_by: datetime | None = None  # decision 41


@dataclass
class Dispute:
    """The second return: the unit's head states in writing, a district leader decides.

    `doc_no` and `decided_on` (ISO date) name that decision (decision 15).
    """

    opened_at: datetime
    statement: str | None = None
    signer: str | None = None
    stated_at: datetime | None = None
    doc_no: str | None = None
    decided_on: str | None = None


@dataclass
class Extension:
    """More time for a reply (DL6), asked for before the due date."""

    until: datetime
    reason: str
    requested_at: datetime
    account_id: str | None
    granted: bool | None = None
    decision: str | None = None
    decided_at: datetime | None = None
    decide_by: datetime | None = None  # decision 41


@dataclass(frozen=True)
class Urging:
    """One time that a unit was urged by hand (催办): when, how, what was said, by whom."""

    at: datetime
    way: UrgingWay
    text: str
    account_id: str | None
    role: str


@dataclass
class Consent:
    """One unit's word on a swap."""

    unit: str
    agreed: bool | None = None
    reason: str = ""
    decide_by: datetime | None = None  # decision 41


@dataclass
class Swap:
    """Main and co-handling unit are to change places, if both consent (decision 54).

    done_at: when they did, or one refused.
    """

    main: str
    co: str
    reason: str
    asked_at: datetime
    consents: list[Consent]
    done_at: datetime | None = None

    @property
    def open(self) -> list[Consent]:
        return [] if self.done_at else [c for c in self.consents if c.agreed is None]


class ObjectionAbout(Labelled):
    """异议所对的决定。What the proposal committee objects to."""

    RETURN = "RETURN", "退办决定", "How a request to hand back was decided"
    REPLY = "REPLY", "审核通过的答复", "A reply that has passed the check"


@dataclass
class Objection:
    """Of the proposal committee to what the supervising office decided, once (decision 54)."""

    no: int
    about: ObjectionAbout
    unit: str
    assignment_no: int
    round: int
    reason: str
    raised_at: datetime
    account_id: str | None
    upheld: bool | None = None
    answer: str = ""
    answered_at: datetime | None = None
    decide_by: datetime | None = None  # decision 41

    def settle(self, upheld: bool, answer: str, at: datetime) -> None:
        self.upheld, self.answer, self.answered_at = upheld, answer, at


@dataclass
class Assignment:
    """One unit's share; `no` counts the assignments of this proposal from 1.

    `hop_count` counts the requests to hand it back, those of the shares that it `replaces`
    included; a `bound` unit cannot ask any more.
    """

    no: int
    unit: str
    part: Part
    state: AssignmentState
    assigned_at: datetime
    sign_due_at: datetime  # DL3
    due_at: datetime  # DL4 for a co-handling unit, else DL5
    reply_due_at: datetime | None = None  # DL5 as it was, once a second reply is due
    received_at: datetime | None = None
    deemed: bool = False  # not signed for by DL3, bound all the same (decision 25)
    hop_count: int = 0
    bound: bool = False
    replaces: int | None = None
    former_units: tuple[str, ...] = ()  # that were merged into this one
    return_request: ReturnRequest | None = None
    dispute: Dispute | None = None
    extensions: list[Extension] = field(default_factory=list)
    overdue_at: datetime | None = None  # when it was found late
    lateness: Lateness | None = None
    opinion: CoOpinion | None = None
    urgings: list[Urging] = field(default_factory=list)

    @property
    def replies(self) -> bool:
        return self.part in REPLYING

    @property
    def standing(self) -> bool:
        """Not handed back."""
        return self.state is not A.RETURN_ACCEPTED

    @property
    def return_open(self) -> bool:
        """Asked to be handed back, and nothing decided."""
        return self.state is A.RETURN_REQUESTED

    @property
    def open_extension(self) -> Extension | None:
        return next((e for e in self.extensions if e.granted is None), None)

    def move(self, to: AssignmentState) -> None:
        if to not in ASSIGNMENT_MOVES[self.state]:
            raise errors.WrongAssignmentState.of(self.state)
        self.state = to

    def work(self) -> None:
        """The first piece of work binds the unit; WrongAssignmentState where none may be done."""
        if self.state not in IN_WORK:
            raise errors.WrongAssignmentState.of(self.state)
        if self.state is A.RECEIVED:
            self.move(A.WORKING)


def check_plan(mode: Mode, tasks: Sequence[Task]) -> None:
    """Raises PlanUnfit where the units do not fit the mode."""
    if len({task.unit for task in tasks}) < len(tasks):
        raise errors.PlanUnfit("同一承办单位不能重复", field="units")
    found = Counter(task.part for task in tasks)
    wanted = MODE_PARTS[mode]
    fits = all(low <= found[part] <= high for part, (low, high) in wanted.items())
    if not fits or set(found) - set(wanted):
        raise errors.PlanUnfit(field="units")
