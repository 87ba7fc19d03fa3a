"""Whom documents, affairs and the annual plan tell, and which to-dos they open and close."""

from __future__ import annotations

from typing import Any

import pytest

from services.notifications import reactions
from services.notifications.domain.documents import organisation
from services.notifications.domain.table import REACTIONS
from shared.contracts import sample_event

OFFICE, SUPERVISING = "role:OFFICE", "role:SUPERVISING_OFFICE"
CHAIR, SECRETARY = "role:CHAIR_COUNCIL", "role:SECRETARY_GENERAL"
LU, TWO = "member:m-15-0088", "member:m-15-0002"
ECONOMY = "organisation:com-economy"


def told(event_type: str, **changes: Any) -> list[tuple[str, str]]:
    event = sample_event("office", event_type, **changes)
    sent = reactions.messages(event, REACTIONS["office", event_type])
    return [(message.recipient, message.text) for message in sent]


def opened(event_type: str, **changes: Any) -> list[tuple[str, str]]:
    event = sample_event("office", event_type, **changes)
    found = reactions.openings(event, REACTIONS["office", event_type])
    return [(opening.key.kind.value, opening.key.assignee) for opening in found]


def closed(event_type: str, **changes: Any) -> set[tuple[str, str]]:
    event = sample_event("office", event_type, **changes)
    found = reactions.closings(event, REACTIONS["office", event_type])
    return {(closing.key.kind.value, closing.key.assignee) for closing in found}


@pytest.mark.parametrize(
    ("event_type", "opens", "closes"),
    [
        ("document_drafted", [("DOCUMENT_CHECK", OFFICE)], set()),
        (
            "document_checked",
            [("DOCUMENT_COUNTERSIGN", SECRETARY)],
            {("DOCUMENT_CHECK", "*")},
        ),
        (
            "document_countersigned",
            [("DOCUMENT_SIGN", CHAIR)],
            {("DOCUMENT_COUNTERSIGN", "*")},
        ),
        ("document_signed", [("DOCUMENT_ISSUE", OFFICE)], {("DOCUMENT_SIGN", "*")}),
        ("document_issued", [("DOCUMENT_RECEIPT", SUPERVISING)], {("DOCUMENT_ISSUE", "*")}),
        ("document_receipt_given", [], {("DOCUMENT_RECEIPT", SUPERVISING)}),
        ("document_signed_for", [("DOCUMENT_REGISTER", OFFICE)], set()),
        ("document_registered", [("DOCUMENT_ROUTE", SECRETARY)], {("DOCUMENT_REGISTER", "*")}),
        ("document_routed", [("DOCUMENT_INSTRUCT", CHAIR)], {("DOCUMENT_ROUTE", "*")}),
        ("document_instructed", [("DOCUMENT_DISTRIBUTE", OFFICE)], {("DOCUMENT_INSTRUCT", "*")}),
        (
            "document_circulated",
            [("DOCUMENT_READ", TWO)],
            {("DOCUMENT_DISTRIBUTE", "*"), ("DOCUMENT_ROUTE", "*")},
        ),
        ("document_read", [], {("DOCUMENT_READ", TWO)}),
        (
            "document_handling_started",
            [("DOCUMENT_HANDLE", ECONOMY)],
            {("DOCUMENT_DISTRIBUTE", "*")},
        ),
        ("document_noted", [], {("DOCUMENT_HANDLE", "*")}),
        ("affair_raised", [("AFFAIR", OFFICE)], set()),
        ("affair_handed_over", [("AFFAIR", OFFICE)], {("AFFAIR", ECONOMY)}),
        ("affair_done", [("AFFAIR_RATING", LU)], {("AFFAIR", "*")}),
        ("affair_rated", [], {("AFFAIR_RATING", "*")}),
    ],
)
def test_each_step_leaves_one_to_do(
    event_type: str, opens: list[tuple[str, str]], closes: set[tuple[str, str]]
) -> None:
    assert (opened(event_type), closed(event_type)) == (opens, closes)


def test_a_return_goes_back_to_the_drafter_and_to_the_check() -> None:
    assert told("document_returned") == [
        (OFFICE, "您拟稿的公文《关于完善企业诚信体系的建议案》已退回：请补充具体措施")
    ]
    assert (
        told("document_returned", drafted_by="account-economy")[0][0] == "account:account-economy"
    )
    assert opened("document_returned") == [("DOCUMENT_CHECK", OFFICE)]


def test_each_recipient_of_an_issued_document_hears_once() -> None:
    rows = [
        {"organisation": "sup-qwb", "kind": "SUPERVISING_OFFICE"},
        {"organisation": "sup-qzfb", "kind": "SUPERVISING_OFFICE"},
        {"organisation": "unit-slj", "kind": "HANDLING_UNIT"},
    ]
    text = "吴政协建〔2017〕1号《关于完善企业诚信体系的建议案》已印发贵单位，请阅收并回执。"
    sent = told("document_issued", recipients=rows)
    assert sent[:2] == [(SUPERVISING, text), ("organisation:unit-slj", text)]
    assert sent[2][0] == OFFICE


def test_urging_and_reminders_name_how_often_and_how_late() -> None:
    title = "《关于批转《政协苏州市吴江区委员会2017年工作要点》的通知》"
    assert told("document_urged") == [
        (TWO, f"来文{title}催办第1次，请尽快阅办。"),
        (ECONOMY, f"来文{title}催办第1次，请尽快阅办。"),
    ]
    soon = f"来文{title}应于2017年2月20日18:00前办结，请抓紧阅办。"
    assert told("document_reminder_due") == [(TWO, soon), (ECONOMY, soon)]
    late = f"来文{title}已逾期4天，请立即阅办。"
    assert told("document_reminder_due", days_late=4, readers=[]) == [(ECONOMY, late)]


def test_an_affair_that_a_fact_raised_is_rated_by_nobody() -> None:
    assert told("affair_done", raised_key=None) == []
    assert opened("affair_done", raised_key=None) == []


def test_progress_tells_the_chairs_and_says_when_a_target_is_reached() -> None:
    progressed = "2017年度任务“报送两件建议案”已完成1项，目标2项。"
    assert told("plan_progressed") == [(CHAIR, progressed), (SECRETARY, progressed)]
    assert told("plan_progressed", done=2) == [
        (leader, "2017年度任务“报送两件建议案”已完成2项，达到目标2项。")
        for leader in (CHAIR, SECRETARY)
    ]
    assert told("plan_state_changed", state="ADOPTED", reason=None) == []
    assert [key for key, _ in told("plan_state_changed", state="EXECUTING")] == [CHAIR, SECRETARY]


def test_an_organisation_is_reached_where_its_people_act() -> None:
    assert organisation("sup-qwb", "SUPERVISING_OFFICE") == SUPERVISING
    assert organisation("office-general", "CPPCC_OFFICE") == OFFICE
    assert organisation("office-research", "CPPCC_OFFICE") == "role:INFO_EDITOR"
    assert organisation("com-proposals", "COMMITTEE") == "role:PROPOSAL_STAFF"
    assert organisation("town-lili", "TOWN_COMMITTEE") == "organisation:town-lili"


def test_a_document_that_is_handed_on_leaves_one_list_for_another() -> None:
    on: dict[str, Any] = {
        "handler": "com-urban",
        "handler_kind": "COMMITTEE",
        "former": "com-economy",
        "former_kind": "COMMITTEE",
    }
    urban = "organisation:com-urban"
    assert opened("document_handling_started", **on) == [("DOCUMENT_HANDLE", urban)]
    assert closed("document_handling_started", **on) == {
        ("DOCUMENT_DISTRIBUTE", "*"),
        ("DOCUMENT_HANDLE", ECONOMY),
    }
    assert [to for to, _ in told("document_handling_started", **on)] == [urban, ECONOMY]


def test_a_returned_plan_waits_for_the_office() -> None:
    back = {"state": "DRAFT", "reason": "请补充民主监督内容"}
    assert opened("plan_state_changed", **back) == [("PLAN_REWORK", OFFICE)]
    texts = dict(told("plan_state_changed", **back))
    assert set(texts) == {CHAIR, SECRETARY, OFFICE}
    assert "请补充民主监督内容" in texts[OFFICE]
    assert closed("plan_state_changed", state="SENT_TO_PARTY") == {("PLAN_REWORK", OFFICE)}
