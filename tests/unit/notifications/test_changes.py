"""Whom a change of units and an objection tell, and which to-dos wait for whom."""

from __future__ import annotations

import pytest

from services.notifications.domain.changes import CHANGES
from tests.unit.notifications.test_handling import LEADER, SUPERVISING, ZJJ
from tests.unit.notifications.test_table import FIRST, STAFF, TITLE, closed, opened, told

SLJ = "role:UNIT_OFFICER@unit:unit-slj"
SLJ_LEADER = "role:UNIT_LEADER@unit:unit-slj"
CONSENT, OBJECTION = "SWAP_CONSENT:proposal-1", "OBJECTION_DECISION:proposal-1#1"
ROWS: dict[str, tuple[dict[str, str], set[str], set[str]]] = {
    "assignment_swap_proposed": (
        {ZJJ: f"提案{TITLE}拟互换主办、会办（以管网为主），请负责人答复。"},
        {f"{CONSENT}:{LEADER}"},
        set(),
    ),
    "assignment_swap_answered": ({}, set(), {f"{CONSENT}:{LEADER}"}),
    "assignment_parts_swapped": (
        {
            ZJJ: f"提案{TITLE}改由贵单位主办，请在2017年6月1日09:00前答复。",
            SLJ: f"提案{TITLE}改由贵单位会办，请在2017年4月1日09:00前提交会办意见。",
            FIRST: f"您提交的提案{TITLE}已互换主办、会办单位。",
            SUPERVISING: f"提案{TITLE}的主办、会办单位已互换。",
        },
        {f"REPLY:proposal-1:{ZJJ}", f"CO_OPINION:proposal-1:{SLJ}"},
        {f"CO_OPINION:proposal-1:{ZJJ}", f"REPLY:proposal-1:{SLJ}"},
    ),
    "assignment_objected": ({}, {f"{OBJECTION}:{SUPERVISING}"}, set()),
    "assignment_objection_answered": (
        {STAFF: f"督查部门已答复您对提案{TITLE}提出的异议：异议成立，第二条未答复。"},
        set(),
        {f"{OBJECTION}:*"},
    ),
}


def test_every_row_is_told_here() -> None:
    assert set(ROWS) == set(CHANGES)


@pytest.mark.parametrize("event", ROWS)
def test_messages_and_todos(event: str) -> None:
    messages, opens, closes = ROWS[event]
    assert dict(told("proposals", event)) == messages
    assert {key for key, _ in opened("proposals", event)} == opens
    assert closed("proposals", event) == closes


def test_a_refusal_spares_the_other_unit_its_answer() -> None:
    refused = {"agreed": False, "reason": "职责在我局"}
    assert closed("proposals", "assignment_swap_answered", **refused) == {
        f"{CONSENT}:{LEADER}",
        f"{CONSENT}:{SLJ_LEADER}",
    }
    text = f"有承办单位不同意互换提案{TITLE}的主办、会办：职责在我局。"
    assert told("proposals", "assignment_swap_answered", **refused) == [(SUPERVISING, text)]


def test_who_has_not_signed_yet_gets_the_work_with_the_signature() -> None:
    assert opened("proposals", "assignment_parts_swapped", signed_for=[]) == []
