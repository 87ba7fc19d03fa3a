"""Wujiang 2022 (2.2): 295 received, 245 filed; 190 of members, 55 collective; A 238, B 3, C 4."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

from services.proposals.domain import review
from services.proposals.domain.evaluation import Grade, Line
from services.proposals.domain.honour_records import KeyCase, KeyState, Leader, Rank
from services.proposals.domain.kinds import ProposerType
from services.proposals.domain.record import Proposal
from services.proposals.domain.refusal import Disposition, NotFiledReason
from services.proposals.domain.replies import Promise, ReplyClass
from services.proposals.domain.states import Category
from services.proposals.repository.documents import from_document, to_document
from tests.unit.proposals.samples import DIRECTOR, NOW, on, under_review
from tests.unit.proposals.test_handling import ZJJ
from tests.unit.proposals.test_judging import form, judge, replied

YEAR, TERM, SESSION = 2022, 16, 1
RECEIVED, FILED = 295, 245
CATEGORIES = {
    Category.ECONOMIC: 57,
    Category.SOCIAL: 80,
    Category.URBAN_RURAL: 77,
    Category.CULTURAL: 20,
    Category.POLITICAL_LEGAL: 11,
}
COLLECTIVE = 55
CLASSES = {ReplyClass.A: 238, ReplyClass.B: 3, ReplyClass.C: 4}
KEYS = {Rank.HEAD: 2, Rank.DEPUTY_HEAD: 7, Rank.CPPCC_LEADER: 6}


def closed(result_class: ReplyClass = ReplyClass.A, result: Grade = Grade.SATISFIED) -> Proposal:
    promises = (Promise("资金到位后实施", "2017-10-31"),) if result_class is ReplyClass.B else ()
    proposal = replied(result_class=result_class, reason="条件不具备", promises=promises)
    judge(proposal, form(Line(ZJJ, Grade.SATISFIED, result)))
    return proposal


def not_filed() -> Proposal:
    proposal = under_review()
    review.not_file(
        proposal,
        NotFiledReason.NF10,
        Disposition.TO_REFERENCE,
        "没有具体建议",
        on(2, 21),
        NOW,
        DIRECTOR,
        [ZJJ],
    )
    return proposal


@cache
def _document(kind: str) -> dict[str, Any]:
    made = not_filed() if kind == "NOT_FILED" else closed(ReplyClass(kind))
    row: dict[str, Any] = _moved(to_document(made, NOW))
    return row


def _moved(value: Any) -> Any:
    """The same five years later."""
    if isinstance(value, datetime):
        return value.replace(year=value.year + 5)
    if isinstance(value, dict):
        return {name: _moved(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_moved(inner) for inner in value]
    return value


def case(number: int, kind: str, **changes: Any) -> Proposal:
    """A proposal of 2022 in that state, which is `NOT_FILED` or the class of its reply."""
    row = copy.deepcopy(_document(kind))
    fields = {"_id": f"p-2022-{number:03d}", "term": TERM, "session": SESSION}
    serial = {"serial_no": f"T16-1-{number:04d}", "case_no": f"16-1-{number:03d}"}
    return from_document({**row, **fields, **serial, **changes})


def proposals() -> Iterator[Proposal]:
    categories = [c for c, count in CATEGORIES.items() for _ in range(count)]
    classes = [c for c, count in CLASSES.items() for _ in range(count)]
    ranks = [rank for rank, count in KEYS.items() for _ in range(count)]
    for number in range(1, RECEIVED + 1):
        category = categories[(number - 1) % FILED].value
        if number > FILED:
            yield case(number, "NOT_FILED", category=category, case_no=None)
            continue
        collective = {
            "proposer_type": ProposerType.PARTY.value,
            "organisation": {"kind": "party", "id": "04"},
            "first_proposer": None,
            "groups": {},
        }
        changes = collective if number <= COLLECTIVE else {}
        made = case(number, classes[number - 1].value, category=category, **changes)
        if number <= len(ranks):
            made.key = KeyCase(KeyState.LED, leader=Leader("领办领导", ranks[number - 1]))
        yield made
