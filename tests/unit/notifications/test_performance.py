"""Whom points by hand, rules, appeals and the year tell, and which to-dos wait for whom."""

from __future__ import annotations

import pytest

from services.notifications.domain.performance import PERFORMANCE
from tests.unit.notifications.test_table import FIRST, closed, opened, told

LEADERS, OFFICE = ("role:CHAIR_COUNCIL", "role:SECRETARY_GENERAL"), "role:OFFICE"
MEMBERS = [
    "role:MEMBER",
    "role:STANDING_MEMBER",
    "role:SECTOR_CONVENER",
    "role:CHAIR_COUNCIL",
    "role:SECRETARY_GENERAL",
]
INVITED = "member:m-15-0031"
LATE = "LATE_CHANGE:B3:proposal/proposal-1/filed:m-15-0031:1"

Row = tuple[str, dict[str, object], dict[str, str], set[str], set[str]]
ROWS: list[Row] = [
    (
        "manual_entry_requested",
        {},
        {},
        {f"POINTS_REQUEST:manual-1:{OFFICE}"},
        set(),
    ),
    ("manual_entry_decided", {}, {}, set(), {"POINTS_REQUEST:manual-1:*"}),
    (
        "manual_entry_decided",
        {"confirmed": False},
        {"account:account-1": "您申请的人工记分（2017年度，规则C1）未通过复核。"},
        set(),
        {"POINTS_REQUEST:manual-1:*"},
    ),
    ("rules_proposed", {}, {}, {f"RULES_DECISION:2:{leader}" for leader in LEADERS}, set()),
    (
        "rules_decided",
        {},
        dict.fromkeys((*MEMBERS, OFFICE), "新的履职积分办法（第2版）已审定，2018年1月1日起施行。"),
        set(),
        {"RULES_DECISION:2:*"},
    ),
    (
        "rules_decided",
        {"approved": False},
        {OFFICE: "提请审定的履职积分办法（第2版）未通过。"},
        set(),
        {"RULES_DECISION:2:*"},
    ),
    (
        "draft_published",
        {},
        dict.fromkeys(
            (*MEMBERS, OFFICE),
            "2017年度履职积分已公示，如有异议请在2018年1月31日00:00前提出申诉。",
        ),
        set(),
        set(),
    ),
    ("appeal_submitted", {}, {}, {f"POINTS_APPEAL:appeal-1:{OFFICE}"}, set()),
    ("appeal_withdrawn", {}, {}, set(), {"POINTS_APPEAL:appeal-1:*"}),
    (
        "appeal_decided",
        {},
        {FIRST: "您对2017年度积分的申诉成立，请查看答复。"},
        set(),
        {"POINTS_APPEAL:appeal-1:*"},
    ),
    (
        "appeal_decided",
        {"upheld": False},
        {FIRST: "您对2017年度积分的申诉未成立，请查看答复理由。"},
        set(),
        {"POINTS_APPEAL:appeal-1:*"},
    ),
    (
        "year_frozen",
        {},
        dict.fromkeys(
            (*MEMBERS, OFFICE),
            "2017年度履职积分已封存，共300人，此后变动须经主席会议审定。",
        ),
        set(),
        set(),
    ),
    (
        "talk_due",
        {},
        {FIRST: "您2017年度履职等次为待改进，将安排谈话，听取意见、帮助改进。"},
        {"TALK:2017:m-15-0088:role:SECTOR_CONVENER@sector_group:group-22"},
        set(),
    ),
    (
        "talk_due",
        {"by_leadership": True, "in_a_row": 2},
        {FIRST: "您2017年度履职等次为待改进，将安排谈话，听取意见、帮助改进。"},
        {f"TALK:2017:m-15-0088:{leader}" for leader in LEADERS},
        set(),
    ),
    (
        "talk_held",
        {},
        {FIRST: "关于您2017年度履职的谈话已记录，请查看。"},
        set(),
        {"TALK:2017:m-15-0088:*"},
    ),
    ("late_change_listed", {}, {}, {f"{LATE}:{leader}" for leader in LEADERS}, set()),
    (
        "late_change_decided",
        {},
        {INVITED: "您2017年度封存后的一笔积分变动准予计入。"},
        set(),
        {f"{LATE}:*"},
    ),
    (
        "late_change_decided",
        {"approved": False},
        {INVITED: "您2017年度封存后的一笔积分变动不予计入。"},
        set(),
        {f"{LATE}:*"},
    ),
]


@pytest.mark.parametrize(("name", "changes", "messages", "opens", "closes"), ROWS)
def test_row(name, changes, messages, opens, closes):
    fact = ("performance", f"performance_{name}")
    assert dict(told(*fact, **changes)) == messages
    assert {todo for todo, _ in opened(*fact, **changes)} == opens
    assert closed(*fact, **changes) == closes


def test_every_row_is_here():
    entries = {"performance_entry_posted", "performance_entry_reversed"}
    assert {f"performance_{row[0]}" for row in ROWS} == set(PERFORMANCE) - entries
