"""Whom key and excellent proposals and plagiarism tell, and which to-dos wait for whom."""

from __future__ import annotations

import pytest

from services.notifications.domain.honours import HONOURS
from tests.unit.notifications.test_handling import SUPERVISING, ZJJ
from tests.unit.notifications.test_table import FIRST, INVITED, STAFF, TITLE, closed, opened, told

LEADERS = ("role:CHAIR_COUNCIL", "role:SECRETARY_GENERAL")
DIRECTOR, OFFICE = "role:PROPOSAL_DIRECTOR", "role:OFFICE"
DECISION = "PLAGIARISM_DECISION:proposal-1"
CONFIRMATION = "PLAGIARISM_CONFIRMATION:proposal-1"
ENDED = {f"{DECISION}:*", f"{CONFIRMATION}:*"}

ROWS: dict[str, tuple[dict[str, str], set[str], set[str]]] = {
    "proposal_key_nominated": (
        {},
        {f"KEY_SELECTION:proposal-1:{leader}" for leader in LEADERS},
        set(),
    ),
    "proposal_key_selected": (
        {
            FIRST: f"您提交的提案{TITLE}已列为重点提案。",
            INVITED: f"您联名的提案{TITLE}已列为重点提案。",
            SUPERVISING: f"提案{TITLE}已列为重点提案，请协调领办督办。",
        },
        {f"KEY_LEADER:proposal-1:{STAFF}"},
        {"KEY_SELECTION:proposal-1:*"},
    ),
    "proposal_key_deselected": (
        {
            FIRST: f"您提交的提案{TITLE}不再列为重点提案。",
            INVITED: f"您联名的提案{TITLE}不再列为重点提案。",
        },
        set(),
        {"KEY_LEADER:proposal-1:*"},
    ),
    "proposal_key_led": (
        {
            FIRST: f"重点提案{TITLE}已确定领办督办领导。",
            ZJJ: f"贵单位承办的重点提案{TITLE}已确定领办督办领导。",
        },
        set(),
        {"KEY_LEADER:proposal-1:*"},
    ),
    "proposal_key_meeting_held": (
        dict.fromkeys((FIRST, ZJJ), f"重点提案{TITLE}于2017年5月12日召开了督办会。"),
        set(),
        set(),
    ),
    "proposal_key_done": ({FIRST: f"您提交的重点提案{TITLE}已办结。"}, set(), set()),
    "proposal_excellent_awarded": (
        {
            FIRST: f"您提交的提案{TITLE}评为2017年度优秀提案。",
            INVITED: f"您联名的提案{TITLE}评为2017年度优秀提案。",
        },
        set(),
        set(),
    ),
    "proposal_award_revoked": (
        {
            FIRST: f"您提交的提案{TITLE}的2017年度优秀提案已撤销。",
            INVITED: f"您联名的提案{TITLE}的2017年度优秀提案已撤销。",
        },
        set(),
        set(),
    ),
    "proposal_plagiarism_reported": (
        {FIRST: f"有人反映您提交的提案{TITLE}抄袭，您可以陈述。"},
        {f"{DECISION}:{DIRECTOR}"},
        set(),
    ),
    "proposal_plagiarism_stated": ({}, {f"{DECISION}:{DIRECTOR}"}, set()),
    "proposal_plagiarism_decision_proposed": (
        {},
        {f"{CONFIRMATION}:{STAFF}", f"{CONFIRMATION}:{OFFICE}"},
        {f"{DECISION}:*"},
    ),
    "proposal_plagiarism_decision_returned": (
        {},
        {f"{DECISION}:{DIRECTOR}"},
        {f"{CONFIRMATION}:*"},
    ),
    "proposal_plagiarism_dismissed": (
        {FIRST: f"关于提案{TITLE}的抄袭反映，经核实不予认定。"},
        set(),
        ENDED,
    ),
    "proposal_plagiarism_confirmed": (
        {
            FIRST: f"您提交的提案{TITLE}认定抄袭，如有异议请在2017年8月1日09:00前申诉。",
            INVITED: f"您联名的提案{TITLE}认定抄袭，相应履职积分将冲销。",
        },
        set(),
        ENDED,
    ),
    "proposal_plagiarism_upheld": (
        {FIRST: f"关于提案{TITLE}的申诉，经复核维持原认定。"},
        set(),
        ENDED,
    ),
    "proposal_plagiarism_overturned": (
        {
            FIRST: f"提案{TITLE}的抄袭认定已撤销。",
            INVITED: f"您联名的提案{TITLE}的抄袭认定已撤销。",
        },
        set(),
        ENDED,
    ),
}


def test_every_row_is_told_here() -> None:
    assert set(ROWS) == set(HONOURS)


@pytest.mark.parametrize("event_type", ROWS)
def test_what_a_step_does(event_type: str) -> None:
    messages, opens, closes = ROWS[event_type]
    assert dict(told("proposals", event_type)) == messages
    assert {key for key, _ in opened("proposals", event_type)} == opens
    assert closed("proposals", event_type) == closes
