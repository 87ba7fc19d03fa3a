"""Ballots of an appraisal and what they add up to.

A ballot holds a judgement of one case and nothing else: no voter, no time, no command (decision
29). Its id is random, so that neither ids nor the order of ids tell when it was cast.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from services.proposals.domain.evaluation import Grade
from shared.labels import Labelled

HIGHEST_SCORE = 100
HUNDREDTH = Decimal("0.01")


class RollState(Labelled):
    """投票登记。What the roll says of a voter."""

    INVITED = "INVITED", "待投票", "Has not voted yet"
    VOTED = "VOTED", "已投票", "Has voted"
    MISSED = "MISSED", "未投票", "Did not vote"  # the vote closed before


@dataclass(frozen=True)
class RollEntry:
    """`command` is a hash of the id of the command that voted: the same one may come again."""

    key: str
    state: RollState
    command: str | None = None


@dataclass(frozen=True)
class Line:
    """A voter's judgement of one case; `scores` in the order of the appraisal's items."""

    proposal_id: str
    grade: Grade
    scores: tuple[int, ...]


@dataclass(frozen=True)
class Ballot:
    """One line, cut off from the others of the same voter."""

    id: str
    appraisal_id: str
    line: Line


@dataclass(frozen=True)
class Result:
    """The figures of one case: counts, percent satisfied, average of each item."""

    proposal_id: str
    satisfied: int
    basic: int
    dissatisfied: int
    satisfied_share: float
    averages: tuple[float, ...]


def tally(proposal_id: str, lines: Sequence[Line]) -> Result:
    """What the lines about one case add up to; at least one line. Two decimals, half up."""
    counts = Counter(line.grade for line in lines)
    columns = zip(*(line.scores for line in lines), strict=True)
    return Result(
        proposal_id=proposal_id,
        satisfied=counts[Grade.SATISFIED],
        basic=counts[Grade.BASIC],
        dissatisfied=counts[Grade.DISSATISFIED],
        satisfied_share=_quotient(100 * counts[Grade.SATISFIED], len(lines)),
        averages=tuple(_quotient(sum(column), len(lines)) for column in columns),
    )


def digest(text: str) -> str:
    """What is kept in the place of a code or of a command's id; only for random texts."""
    return hashlib.sha256(text.encode()).hexdigest()


def _quotient(total: int, count: int) -> float:
    return float((Decimal(total) / count).quantize(HUNDREDTH, ROUND_HALF_UP))
