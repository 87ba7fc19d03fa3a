"""What stands before the decision: the first review, committees' comments (decision 53)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.proposals.domain.states import Category
from shared.labels import Labelled


class Verdict(Labelled, name="ReviewVerdict"):
    """审查结论。What the review comes to."""

    FILE = "FILE", "立案", "File it"
    NOT_FILE = "NOT_FILE", "不予立案", "Do not file it"
    MERGE = "MERGE", "并案", "Merge it into another case"


@dataclass
class FirstReview:
    """What the committee's staff propose; units and category for filing.

    decided: what the director decided then; against: the director's reason, where that differs.
    """

    verdict: Verdict
    opinion: str
    proposed_at: datetime
    account_id: str | None
    category: Category | None = None
    units: tuple[str, ...] = ()
    decided: Verdict | None = None
    against: str = ""


@dataclass
class CommitteeComment:
    """What a special committee says about a proposal of its field."""

    committee: str
    text: str
    given_at: datetime
    account_id: str | None
