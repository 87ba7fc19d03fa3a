"""Points by hand, for what no event shows; always two people (section 3, separation of duties).

The ledger takes them as it takes every fact, from an event: that of the second person's consent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.performance.domain import errors
from services.performance.domain.claims import Basis
from services.performance.domain.ledger import SHANGHAI, Cancellation, Cause, Entry, Fact, Key
from services.performance.domain.rules import RuleBook
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.labels import Labelled

REF = "manual/{request_id}"
STRUCK = "entry/"


class RequestKind(Labelled, name="PointsRequestKind"):
    """人工记分的种类。What a request asks for."""

    POST = "POST", "补记", "Credit a fact"
    STRIKE = "STRIKE", "冲销", "Take an entry back"


class RequestState(Labelled, name="PointsRequestState"):
    """人工记分申请的状态。State of a request for points by hand."""

    REQUESTED = "REQUESTED", "待复核", "Waits for the second person"
    CONFIRMED = "CONFIRMED", "已确认", "Confirmed"
    REFUSED = "REFUSED", "未通过", "Refused"


POST, STRIKE = RequestKind.POST.value, RequestKind.STRIKE.value


@dataclass
class ManualRequest(Aggregate):
    """What one person asks for and another decides.

    POST credits `member_id` with a fact of `happened_on` under a rule; STRIKE takes the entry
    `entry_id` back, and repeats that entry's rule and share for the reader.
    """

    id: str
    kind: str
    member_id: str
    term: int
    rule_code: str
    variant: str
    quantity: int
    out_of: int
    happened_on: datetime
    entry_id: str | None
    reason: str
    requested_by: str  # account
    requested_at: datetime
    appeal_id: str | None = None
    appeal_year: int | None = None
    state: RequestState = RequestState.REQUESTED
    decided_by: str | None = None
    decided_at: datetime | None = None
    decision_reason: str | None = None

    def __post_init__(self) -> None:
        if not self.version:
            self.tell(names.PERFORMANCE_MANUAL_ENTRY_REQUESTED)

    @property
    def year(self) -> int:
        return self.happened_on.astimezone(SHANGHAI).year

    def decide(self, confirmed: bool, account: str, at: datetime, reason: str | None) -> None:
        """The second person's word. Raises AlreadyDecided, SamePerson."""
        if self.state is not RequestState.REQUESTED:
            raise errors.AlreadyDecided
        if account == self.requested_by:
            raise errors.SamePerson
        self.state = RequestState.CONFIRMED if confirmed else RequestState.REFUSED
        self.decided_by, self.decided_at, self.decision_reason = account, at, reason
        self.tell(names.PERFORMANCE_MANUAL_ENTRY_DECIDED, confirmed=confirmed)

    def header(self) -> dict[str, Any]:
        return {
            "request_id": self.id,
            "kind": self.kind,
            "member_id": self.member_id,
            "year": self.year,
            "rule_code": self.rule_code,
            "variant": self.variant,
            "quantity": self.quantity,
            "out_of": self.out_of,
            "happened_on": self.happened_on,
            "entry_id": self.entry_id,
            "requested_by": self.requested_by,
            "occurrence_no": 1,
        }


def check_credit(
    book: RuleBook,
    rule_code: str,
    variant: str,
    quantity: int,
    out_of: int,
    happened_on: datetime,
    at: datetime,
) -> None:
    """Whether a fact may be credited under a rule. Raises HappenedLater, RuleUnfit."""
    if happened_on > at:
        raise errors.HappenedLater(field="happenedOn")
    rules = book.at(happened_on.astimezone(SHANGHAI))
    rule = rules.rules.get(rule_code) if rules else None
    if rule is None:
        raise errors.RuleUnfit(field="ruleCode")
    if variant not in rule.points:
        said = "、".join(filter(None, rule.points))
        raise errors.RuleUnfit(f"情形应为：{said or '（空）'}", field="variant")
    if quantity > out_of or (out_of != 1 and rule.basis is not Basis.PLENARY):
        raise errors.RuleUnfit("仅全体会议按出席半天数计分", field="quantity")


def entry_by_hand(fact: Fact, book: RuleBook) -> Entry | None:
    """The entry of a confirmed request to credit a fact."""
    if not _confirmed(fact, POST):
        return None
    data, cause = fact.data, Cause.of(fact)
    happened = datetime.fromisoformat(data["happened_on"]).astimezone(SHANGHAI)
    rules = book.at(happened)
    if rules is None:
        return None
    source_ref = REF.format_map(data)
    return Entry(
        entry_id=f"{data['rule_code']}:{source_ref}:{data['member_id']}:{data['occurrence_no']}",
        member_id=data["member_id"],
        term=fact.term,
        year=happened.year,
        rule_code=data["rule_code"],
        rule_version=rules.version,
        variant=data["variant"],
        quantity=data["quantity"],
        out_of=data["out_of"],
        source_ref=source_ref,
        occurrence_no=data["occurrence_no"],
        source_event_id=cause.source_event_id,
        event_type=cause.event_type,
        occurred_on=happened,
        posted_at=cause.occurred_on,
        actor=cause.actor,
    )


def cancellation_by_hand(fact: Fact) -> Cancellation | None:
    """What a confirmed request takes back: one entry, named by its id."""
    if not _confirmed(fact, STRIKE):
        return None
    return Cancellation(strike_ref(fact.data["entry_id"]), 1, Cause.of(fact))


def strike_ref(entry_id: str) -> str:
    """The key under which the cancellation of a single entry is kept."""
    return f"{STRUCK}{entry_id}"


def cancelling_keys(entry: Entry) -> list[Key]:
    """The keys of the cancellations that undo an entry: its fact's occurrence, or itself struck."""
    return [(entry.source_ref, entry.occurrence_no), (strike_ref(entry.entry_id), 1)]


def struck_entry(source_ref: str) -> str | None:
    """The entry that a cancellation's key names; none for a fact's."""
    return source_ref.removeprefix(STRUCK) if source_ref.startswith(STRUCK) else None


def _confirmed(fact: Fact, kind: str) -> bool:
    decided = fact.type == names.PERFORMANCE_MANUAL_ENTRY_DECIDED
    return decided and fact.data["confirmed"] and fact.data["kind"] == kind
