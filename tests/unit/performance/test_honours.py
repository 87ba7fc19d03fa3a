"""F1, F2 and G4: key and excellent proposals, and plagiarism that undoes them (decision 33)."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from services.performance.domain.facts import UNDOINGS, cancellations, earned
from services.performance.domain.scoring import score
from services.performance.reactions import post_points
from shared.contracts import names, sample_event
from shared.messaging.events import Event
from tests.unit.performance.facts import BOOK, LU, MEMBER, filed
from tests.unit.performance.memory import MemoryLedger

FIRST, COSIGNER = "m-15-0088", "m-15-0031"


def entries(event_type: str, **data: Any) -> list[tuple[str, str, str, int]]:
    fact = sample_event("proposals", event_type, **data)
    return [(e.rule_code, e.member_id, e.variant, e.occurrence_no) for e in earned(fact, BOOK)]


def undone(event_type: str, **data: Any) -> list[tuple[str, int]]:
    fact = sample_event("proposals", event_type, **data)
    return [(c.source_ref, c.occurrence_no) for c in cancellations(fact)]


@pytest.mark.parametrize(
    ("event_type", "rule"),
    [(names.PROPOSAL_KEY_SELECTED, "F1"), (names.PROPOSAL_EXCELLENT_AWARDED, "F2")],
)
def test_first_proposer_and_cosigners_are_honoured(event_type: str, rule: str) -> None:
    assert entries(event_type) == [(rule, FIRST, "FIRST", 1), (rule, COSIGNER, "COSIGNER", 1)]


@pytest.mark.parametrize(
    ("event_type", "source"),
    [
        (names.PROPOSAL_KEY_DESELECTED, "proposal/proposal-1/key"),
        (names.PROPOSAL_AWARD_REVOKED, "proposal/proposal-1/excellent"),
    ],
)
def test_each_honour_is_undone_by_its_number(event_type: str, source: str) -> None:
    assert undone(event_type, occurrence_no=3) == [(source, 3)]


def test_plagiarism_costs_the_first_proposer_and_undoes_the_filing_for_all() -> None:
    assert entries(names.PROPOSAL_PLAGIARISM_CONFIRMED) == [("G4", FIRST, "", 1)]
    assert undone(names.PROPOSAL_PLAGIARISM_CONFIRMED, filing_no=2) == [
        ("proposal/proposal-1/filed", 2)
    ]


def test_overturned_the_filing_is_earned_anew_and_the_deduction_gone() -> None:
    assert entries(names.PROPOSAL_PLAGIARISM_OVERTURNED) == [
        ("B2", FIRST, "", 2),
        ("B3", COSIGNER, "", 2),
    ]
    assert undone(names.PROPOSAL_PLAGIARISM_OVERTURNED) == [("proposal/proposal-1/plagiarism", 1)]


@pytest.mark.parametrize(
    ("was_filed", "expected"),
    [
        (False, [("B2", FIRST), ("B3", COSIGNER), ("B3", "m-15-0140")]),
        (True, []),
    ],
)
def test_what_is_merged_from_review_has_its_points(was_filed: bool, expected: list[Any]) -> None:
    """B1–B4 "filed (or merged)", never twice."""
    found = entries(names.PROPOSAL_MERGED, was_filed=was_filed)
    assert [(rule, member) for rule, member, _, _ in found] == expected


def test_a_merger_after_an_appeal_undoes_the_points_of_the_refusal() -> None:
    assert undone(names.PROPOSAL_MERGED, undoes_not_filed=1) == [
        ("proposal/proposal-1/not_filed", 1)
    ]
    assert undone(names.PROPOSAL_MERGED) == []


CASE = {"proposal_id": "p1", "proposer_type": "INDIVIDUAL", "first_proposer": LU, "cosigners": []}


def of_case(event_type: str, **data: Any) -> Event:
    return sample_event("proposals", event_type, id=event_type, subject="p1", **CASE, **data)


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_key_then_plagiarised_in_whatever_order_it_arrives(order: tuple[int, ...]) -> None:
    """Decision 33 (b): B1 and F1 undone, G4 for the first proposer; a total is never below 0."""
    events = [
        filed("p1"),
        of_case(names.PROPOSAL_KEY_SELECTED),
        of_case(names.PROPOSAL_KEY_DESELECTED),
        of_case(names.PROPOSAL_PLAGIARISM_CONFIRMED),
    ]
    ledger = MemoryLedger()
    for position in order:
        post_points(events[position], ledger, BOOK)
    found = score(ledger.entries.values(), BOOK, 2017, MEMBER)
    assert {c.code: float(c.points) for c in found.categories if c.points} == {"G": -10.0}
    assert float(found.total) == 0


def test_every_undoing_says_why() -> None:
    assert all(undoing.label for undoing in UNDOINGS)
