"""Whom the sending on of what is not filed tells, and which to-dos wait for whom."""

from __future__ import annotations

from typing import Any

import pytest

from services.notifications.domain.referral import REFERRAL
from tests.unit.notifications.test_handling import ZJJ
from tests.unit.notifications.test_table import FIRST, STAFF, TITLE, closed, opened, told

CONSENT, RECEIPT = "REFERRAL_CONSENT:proposal-1", "REFERRAL_RECEIPT:proposal-1"
BY = "2017年3月13日09:00"
ROWS: dict[str, tuple[dict[str, str], set[str], set[str]]] = {
    "proposal_referral_asked": (
        {
            FIRST: f"提案{TITLE}未予立案，拟送有关部门参阅；征得您同意后办理，请于{BY}前答复。",
        },
        {f"{CONSENT}:{FIRST}"},
        set(),
    ),
    "proposal_referral_refused": (
        {STAFF: f"提案人不同意将未立案的提案{TITLE}送有关部门参阅。"},
        set(),
        {f"{CONSENT}:*"},
    ),
    "proposal_referred": (
        {ZJJ: f"提案{TITLE}送贵单位参阅，请于{BY}前确认收到。"},
        {f"{RECEIPT}:{ZJJ}"},
        {f"{CONSENT}:*"},
    ),
    "proposal_referral_received": (
        {FIRST: f"您的提案{TITLE}已由送阅单位确认收到。"},
        set(),
        {f"{RECEIPT}:{ZJJ}"},
    ),
    "proposal_referral_ended": (
        {ZJJ: f"提案{TITLE}已重新审查，不再送阅。"},
        set(),
        {f"{CONSENT}:*", f"{RECEIPT}:*"},
    ),
}


def test_every_row_is_told_here() -> None:
    assert set(ROWS) == set(REFERRAL)


@pytest.mark.parametrize("event", ROWS)
def test_messages_and_todos(event: str) -> None:
    messages, opens, closes = ROWS[event]
    assert dict(told("proposals", event)) == messages
    assert {key for key, _ in opened("proposals", event)} == opens
    assert closed("proposals", event) == closes


def test_a_letter_is_nobodys_receipt_and_its_author_is_told() -> None:
    letter: dict[str, Any] = {"disposition": "TO_LETTER", "unit": None, "units": []}
    sent = dict(told("proposals", "proposal_referred", **letter))
    assert sent == {FIRST: f"您的提案{TITLE}已转政协办公室作委员来信办理，办结后答复您。"}
    assert opened("proposals", "proposal_referred", **letter) == []
