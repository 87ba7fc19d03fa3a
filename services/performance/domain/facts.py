"""Which events earn or undo points: the one table that ties events to rules.

Each earning event has a line per rule; each reversal undoes every entry of the fact's occurrence
whose `source_ref` it shares, whatever rules earned them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from services.performance.domain.ledger import Cancellation, Cause, Entry, Fact
from services.performance.domain.rules import RuleBook
from shared.contracts import names

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Claim:
    """A member's share in a fact, in the rule's own measure."""

    member_id: str
    variant: str = ""
    quantity: int = 1
    out_of: int = 1


@dataclass(frozen=True, slots=True)
class Earning:
    rule_code: str
    event_type: str
    source_ref: str  # a template over the event's data
    claims: Callable[[Payload], Iterable[Claim]]


@dataclass(frozen=True, slots=True)
class Undoing:
    event_type: str
    source_ref: str
    label: str  # why the points are gone, in an explanation
    applies: Callable[[Payload], bool] = lambda _: True
    occurrence: str = "occurrence_no"  # the event's field with the occurrence that it undoes


def first_proposer_of(proposer_type: str) -> Callable[[Payload], Iterable[Claim]]:
    """B1, B2: the first proposer of a proposal of this kind."""
    return lambda data: (
        [Claim(data["first_proposer"])] if data["proposer_type"] == proposer_type else []
    )


def cosigners_of(proposer_type: str) -> Callable[[Payload], Iterable[Claim]]:
    """B3: each confirmed co-signer of a proposal of this kind, once."""
    return lambda data: (
        [Claim(member) for member in dict.fromkeys(data["cosigners"])]
        if data["proposer_type"] == proposer_type
        else []
    )


def main_authors(data: Payload) -> Iterable[Claim]:
    """B4: the named main authors of a collective proposal."""
    return [Claim(member) for member in dict.fromkeys(data["authors"])]


def refused_first_proposer(data: Payload) -> Iterable[Claim]:
    """B5: the first proposer, unless it became a mere letter (decision 32)."""
    first, letter = data["first_proposer"], data["disposition"] == "TO_LETTER"
    return [Claim(first)] if first and not letter else []


def filed_on_appeal(data: Payload) -> bool:
    return bool(data.get("undoes_not_filed"))


def signers(data: Payload) -> Iterable[Claim]:
    """F1, F2: the first proposer and each confirmed co-signer."""
    first = data["first_proposer"]
    return [
        *([Claim(first, "FIRST")] if first else []),
        *(Claim(member, "COSIGNER") for member in dict.fromkeys(data["cosigners"])),
    ]


def first_proposer(data: Payload) -> Iterable[Claim]:
    """G4: the first proposer alone (decision 33)."""
    return [Claim(data["first_proposer"])] if data["first_proposer"] else []


def new_by_merging(claims: Callable[[Payload], Iterable[Claim]]) -> Callable[[Payload], Any]:
    """B1–B4 for what was merged from review; what was filed before has its points (T7)."""
    return lambda data: [] if data["was_filed"] else claims(data)


FILING = "proposal/{proposal_id}/filed"
REFUSAL = "proposal/{proposal_id}/not_filed"
KEY = "proposal/{proposal_id}/key"
EXCELLENT = "proposal/{proposal_id}/excellent"
PLAGIARISM = "proposal/{proposal_id}/plagiarism"
FILED_BY = (
    ("B1", first_proposer_of("INDIVIDUAL")),
    ("B2", first_proposer_of("JOINT")),
    ("B3", cosigners_of("JOINT")),
    ("B4", main_authors),
)

EARNINGS: tuple[Earning, ...] = (
    *(Earning(rule, names.PROPOSAL_FILED, FILING, claims) for rule, claims in FILED_BY),
    # What was wrongly found to be plagiarism counts as filed anew.
    *(Earning(rule, names.PROPOSAL_PLAGIARISM_OVERTURNED, FILING, c) for rule, c in FILED_BY),
    *(
        Earning(rule, names.PROPOSAL_MERGED, FILING, new_by_merging(claims))
        for rule, claims in FILED_BY
    ),
    Earning("B5", names.PROPOSAL_NOT_FILED, REFUSAL, refused_first_proposer),
    Earning("F1", names.PROPOSAL_KEY_SELECTED, KEY, signers),
    Earning("F2", names.PROPOSAL_EXCELLENT_AWARDED, EXCELLENT, signers),
    Earning("G4", names.PROPOSAL_PLAGIARISM_CONFIRMED, PLAGIARISM, first_proposer),
)

UNDOINGS: tuple[Undoing, ...] = (
    Undoing(names.PROPOSAL_WITHDRAWN, FILING, "提案撤案", lambda data: bool(data["was_filed"])),
    Undoing(names.PROPOSAL_FILING_REVOKED, FILING, "撤销立案"),
    Undoing(names.PROPOSAL_PLAGIARISM_CONFIRMED, FILING, "提案认定抄袭", occurrence="filing_no"),
    Undoing(names.PROPOSAL_KEY_DESELECTED, KEY, "取消重点提案"),
    Undoing(names.PROPOSAL_AWARD_REVOKED, EXCELLENT, "撤销优秀提案"),
    Undoing(
        names.PROPOSAL_PLAGIARISM_OVERTURNED,
        PLAGIARISM,
        "撤销抄袭认定",
        occurrence="plagiarism_no",
    ),
    Undoing(names.PROPOSAL_FILED, REFUSAL, "复议后立案", filed_on_appeal, "undoes_not_filed"),
    Undoing(names.PROPOSAL_MERGED, REFUSAL, "复议后并案", filed_on_appeal, "undoes_not_filed"),
)

UNDOING_LABELS = {undoing.event_type: undoing.label for undoing in UNDOINGS}


def earned(fact: Fact, book: RuleBook, earnings: Iterable[Earning] = EARNINGS) -> list[Entry]:
    """The entries that a fact earns by the rules in force when it occurred; none before them."""
    rules = book.at(fact.occurred_on)
    if rules is None:
        return []
    return [
        _entry(fact, earning, claim, rules.version)
        for earning in earnings
        if earning.event_type == fact.type
        for claim in earning.claims(fact.data)
    ]


def cancellations(fact: Fact, undoings: Iterable[Undoing] = UNDOINGS) -> list[Cancellation]:
    """The occurrences that a fact undoes."""
    return [
        Cancellation(
            source_ref=undoing.source_ref.format_map(fact.data),
            occurrence_no=fact.data[undoing.occurrence],
            cause=Cause.of(fact),
        )
        for undoing in undoings
        if undoing.event_type == fact.type and undoing.applies(fact.data)
    ]


def _entry(fact: Fact, earning: Earning, claim: Claim, rule_version: int) -> Entry:
    cause = Cause.of(fact)
    source_ref = earning.source_ref.format_map(fact.data)
    occurrence_no = fact.data["occurrence_no"]
    return Entry(
        entry_id=f"{earning.rule_code}:{source_ref}:{claim.member_id}:{occurrence_no}",
        member_id=claim.member_id,
        term=fact.term,
        year=cause.occurred_on.year,
        rule_code=earning.rule_code,
        rule_version=rule_version,
        variant=claim.variant,
        quantity=claim.quantity,
        out_of=claim.out_of,
        source_ref=source_ref,
        occurrence_no=occurrence_no,
        source_event_id=cause.source_event_id,
        event_type=cause.event_type,
        occurred_on=cause.occurred_on,
        posted_at=cause.occurred_on,
        actor=cause.actor,
    )


def announcement(entry: Entry, book: RuleBook) -> tuple[str, dict[str, Any]]:
    """The event that tells of a new entry; points are the base value, before limits and caps."""
    rule = book.rule(entry.rule_version, entry.rule_code)
    data = {
        "entry_id": entry.entry_id,
        "member_id": entry.member_id,
        "year": entry.year,
        "rule_code": entry.rule_code,
        "rule_version": entry.rule_version,
        "rule_label": rule.label,
        "points": float(rule.base(entry.variant, entry.quantity, entry.out_of)),
        "source_ref": entry.source_ref,
        "occurrence_no": entry.occurrence_no,
    }
    if entry.reverses_entry_id is None:
        return names.PERFORMANCE_ENTRY_POSTED, data
    return names.PERFORMANCE_ENTRY_REVERSED, {**data, "reverses_entry_id": entry.reverses_entry_id}
