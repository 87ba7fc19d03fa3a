"""Ranks with ties, and averages."""

from __future__ import annotations

from decimal import Decimal

from services.performance.domain.members import Member
from services.performance.domain.ranking import average, ranked
from services.performance.domain.scoring import ScoreSheet, score
from tests.unit.performance.facts import BOOK, entry


def sheet(member_id: str, cosigned: int, *, not_scored: bool = False) -> ScoreSheet:
    """A score of 2 × `cosigned` (at most 6)."""
    entries = [entry("B3", n, member_id=member_id) for n in range(cosigned)]
    return score(entries, BOOK, 2017, Member(member_id, not_scored=not_scored))


def test_ties_share_a_rank_and_the_next_counts_them():
    standings = ranked([sheet("m-3", 1), sheet("m-2", 3), sheet("m-1", 3), sheet("m-4", 0)])
    assert [(s.rank, s.sheet.member_id) for s in standings] == [
        (1, "m-1"),
        (1, "m-2"),
        (3, "m-3"),
        (4, "m-4"),
    ]


def test_who_is_not_scored_is_listed_last_without_rank():
    standings = ranked([sheet("m-1", 3, not_scored=True), sheet("m-2", 1), sheet("m-3", 1)])
    assert [(s.rank, s.sheet.member_id) for s in standings] == [
        (1, "m-2"),
        (1, "m-3"),
        (None, "m-1"),
    ]


def test_nobody():
    assert ranked([]) == []
    assert average([]) is None


def test_the_average_is_of_those_who_are_scored():
    sheets = [sheet("m-1", 3), sheet("m-2", 1), sheet("m-3", 0), sheet("m-4", 3, not_scored=True)]
    assert average(sheets) == Decimal("2.7")  # (6 + 2 + 0) ÷ 3


def test_the_average_is_rounded_half_up():
    sheets = [sheet(f"m-{n}", cosigned) for n, cosigned in enumerate((1, 0, 0, 0, 0, 0, 0, 0))]
    assert average(sheets) == Decimal("0.3")  # 2 ÷ 8 = 0.25
