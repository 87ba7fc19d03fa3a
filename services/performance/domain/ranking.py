"""Standings of a year: ranks with ties (1, 1, 3) and group averages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from services.performance.domain.rules import to_tenth
from services.performance.domain.scoring import ScoreSheet


@dataclass(frozen=True, slots=True)
class Standing:
    """`rank` is none for those who are not scored; they are listed after the others."""

    rank: int | None
    sheet: ScoreSheet


def ranked(sheets: Iterable[ScoreSheet]) -> list[Standing]:
    """Best first; equal totals share a rank and the next rank counts them all."""
    by_place = sorted(sheets, key=lambda s: (s.not_scored, -s.total, s.member_id))
    standings: list[Standing] = []
    for (not_scored, _), equals in groupby(by_place, key=lambda s: (s.not_scored, s.total)):
        rank = None if not_scored else len(standings) + 1
        standings.extend(Standing(rank, sheet) for sheet in equals)
    return standings


def average(sheets: Sequence[ScoreSheet]) -> Decimal | None:
    """The mean total of those who are scored, to 0.1 half up; none if there is nobody."""
    totals = [sheet.total for sheet in sheets if not sheet.not_scored]
    return to_tenth(sum(totals, Decimal(0)) / len(totals)) if totals else None
