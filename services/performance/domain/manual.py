"""Points by hand, for what no event shows; always two people (section 3, separation of duties).

The ledger takes them as it takes every fact, from an event: that of the second person's consent.
"""

from __future__ import annotations

from datetime import datetime

from services.performance.domain.ledger import SHANGHAI, Cancellation, Cause, Entry, Fact, Key
from services.performance.domain.rules import RuleBook
from shared.contracts import names

REF = "manual/{request_id}"
POST, STRIKE = "POST", "STRIKE"
STRUCK = "entry/"


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
