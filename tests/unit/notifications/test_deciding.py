"""To-dos of deciding show the day; who has them is reminded, in their words (decision 41)."""

from __future__ import annotations

from typing import Any

import pytest

from services.notifications.domain.table import REACTIONS
from services.notifications.reactions import messages, openings
from shared.contracts import base, names
from shared.contracts.deciding import DECISIONS
from tests.unit.notifications.test_table import told

LEADERS = ("role:CHAIR_COUNCIL", "role:SECRETARY_GENERAL")
BY = "期限为2017年2月13日09:00。"
ROWS: list[tuple[str, str, dict[str, str]]] = [
    ("performance", "POINTS_APPEAL", {"role:OFFICE": f"请答复2017年度积分申诉，{BY}"}),
    ("performance", "POINTS_REQUEST", {"role:OFFICE": f"请复核人工记分：2017年度，规则C1，{BY}"}),
    (
        "performance",
        "RULES_DECISION",
        dict.fromkeys(LEADERS, f"请审定积分办法第2版，2018年1月1日起施行，{BY}"),
    ),
    ("performance", "LATE_CHANGE", dict.fromkeys(LEADERS, f"请审定2017年度封存后的积分变动，{BY}")),
    (
        "study",
        "SETTING_APPROVAL",
        {"role:SECRETARY_GENERAL": f"请审批设置调整：答复期限（月），{BY}"},
    ),
]
EVERY = [(service, decision) for service, rows in DECISIONS.items() for decision in rows]


@pytest.mark.parametrize(("service", "about", "expected"), ROWS, ids=lambda each: str(each)[:30])
def test_who_must_decide_is_reminded(service: str, about: str, expected: dict[str, str]) -> None:
    assert dict(told(service, names.DECISION_REMINDER_DUE, about=about)) == expected


@pytest.mark.parametrize(
    ("service", "decision"), EVERY, ids=lambda each: getattr(each, "about", each)
)
def test_the_reminder_reaches_who_has_the_to_do_with_the_same_day(
    service: str, decision: Any
) -> None:
    asked = base.sample_event(service, decision.asked_by)
    opened = [
        todo
        for todo in openings(asked, REACTIONS[service, decision.asked_by])
        if todo.key.kind.value == decision.about
    ]
    assert opened
    assert {f"{todo.due_at:%Y-%m-%dT%H:%M}" for todo in opened} == {"2017-02-13T09:00"}
    data = {**asked.data, "about": decision.about}
    due = base.sample_event(service, names.DECISION_REMINDER_DUE, **data)
    sent = messages(due, REACTIONS[service, names.DECISION_REMINDER_DUE])
    assert {m.recipient for m in sent} == {todo.key.assignee for todo in opened}
    assert all("{" not in message.text for message in sent)
