"""Whom each step of the handling tells, and which to-dos wait for whom."""

from __future__ import annotations

from typing import Any

import pytest

from services.notifications.domain.handling import HANDLING
from tests.unit.notifications.test_table import FIRST, INVITED, STAFF, TITLE, closed, opened, told

ZJJ, HYGS = "role:UNIT_OFFICER@unit:unit-zjj", "role:UNIT_OFFICER@unit:unit-hygs"
LEADER = "role:UNIT_LEADER@unit:unit-zjj"
SUPERVISING = "role:SUPERVISING_OFFICE"
ORG = {"proposer_type": "PARTY", "first_proposer": None, "organisation": "org-minjian"}
ORG_KEYS = [f"role:{role}@organisation:org-minjian" for role in ("ORG_STAFF", "ORG_HEAD")]

# Event → (message by recipient, to-dos opened, to-dos closed), of the contract's sample.
ROWS: dict[str, tuple[dict[str, str], set[str], set[str]]] = {
    "proposal_assignment_proposed": (
        {},
        {f"ASSIGNMENT_DECISION:proposal-1:{SUPERVISING}"},
        {"ASSIGNMENT_PLAN:proposal-1:*"},
    ),
    "proposal_assignment_refused": (
        {STAFF: f"提案{TITLE}的交办方案已退回，请查看理由后重新提出。"},
        {f"ASSIGNMENT_PLAN:proposal-1:{STAFF}"},
        {"ASSIGNMENT_DECISION:proposal-1:*"},
    ),
    "proposal_assigned": (
        {
            FIRST: f"您提交的提案{TITLE}（15-1-023）已交承办单位办理，"
            "应于2017年6月10日09:00前答复。",
            INVITED: f"您联名的提案{TITLE}（15-1-023）已交承办单位办理。",
            ZJJ: f"提案{TITLE}（15-1-023，含并案2件）已交办贵单位，"
            "请在2017年3月20日09:00前一并签收。",
            HYGS: f"提案{TITLE}（15-1-023，含并案2件）已交办贵单位，"
            "请在2017年3月20日09:00前一并签收。",
            STAFF: f"提案{TITLE}（15-1-023）已交办，交办会调整了方案，请查看。",
        },
        {f"RECEIVE:proposal-1:{ZJJ}", f"RECEIVE:proposal-1:{HYGS}"},
        {"ASSIGNMENT_PLAN:proposal-1:*", "ASSIGNMENT_DECISION:proposal-1:*"},
    ),
    "assignment_added": (
        {
            "role:UNIT_OFFICER@unit:unit-slj": f"提案{TITLE}增加贵单位参与办理，"
            "请在2017年4月20日09:00前签收。",
            FIRST: f"您提交的提案{TITLE}增加了一家承办单位。",
        },
        {"RECEIVE:proposal-1:role:UNIT_OFFICER@unit:unit-slj"},
        set(),
    ),
    "assignment_urged": (
        dict.fromkeys(
            (ZJJ, LEADER),
            f"提案{TITLE}催办：距答复期限还有五天，请抓紧办理（期限2017年5月10日09:00）。",
        ),
        set(),
        set(),
    ),
    "assignment_received": (
        {},
        {f"REPLY:proposal-1:{ZJJ}"},
        {f"RECEIVE:proposal-1:{ZJJ}"},
    ),
    "proposal_handling_started": (
        {FIRST: f"您提交的提案{TITLE}已由承办单位签收办理。"},
        set(),
        set(),
    ),
    "assignment_co_opinion_given": (
        {ZJJ: f"提案{TITLE}的会办单位已提交会办意见。"},
        set(),
        {f"CO_OPINION:proposal-1:{HYGS}"},
    ),
    "proposal_contact_recorded": (
        {
            FIRST: f"承办单位就提案{TITLE}登记了2017年4月12日的联系情况，请确认；"
            "与实际不符的，可提出异议。"
        },
        set(),
        set(),
    ),
    "proposal_contact_disputed": (
        {ZJJ: f"提案人对提案{TITLE}2017年4月12日的联系记录有异议，请查看。"},
        set(),
        set(),
    ),
    "assignment_sign_off_requested": ({}, {f"SIGN_OFF:proposal-1:{LEADER}"}, set()),
    "assignment_sign_off_refused": (
        {ZJJ: f"提案{TITLE}的答复未获签发，请修改后再送签。"},
        set(),
        {f"SIGN_OFF:proposal-1:{LEADER}"},
    ),
    "assignment_reply_signed": (
        {},
        {f"REPLY_CHECK:proposal-1#unit-zjj:{SUPERVISING}"},
        {f"SIGN_OFF:proposal-1:{LEADER}"},
    ),
    "assignment_reply_rejected": (
        {ZJJ: f"提案{TITLE}的答复审核未通过，请查看意见后重新拟写。"},
        set(),
        {"REPLY_CHECK:proposal-1#unit-zjj:*", f"DELIVER:proposal-1:{ZJJ}"},
    ),
    "assignment_reply_checked": (
        {ZJJ: f"提案{TITLE}的答复已审核通过，请送达提案人。"},
        {f"DELIVER:proposal-1:{ZJJ}"},
        {"REPLY_CHECK:proposal-1#unit-zjj:*"},
    ),
    "assignment_delivered": (
        {},
        {f"OPENNESS_DECISION:proposal-1#1:{STAFF}"},
        {
            f"DELIVER:proposal-1:{ZJJ}",
            f"REPLY:proposal-1:{ZJJ}",
            "EXTENSION_DECISION:proposal-1#unit-zjj:*",
        },
    ),
    "reply_openness_decided": (
        {ZJJ: f"贵单位对提案{TITLE}的答复的公开方式为：摘要公开。"},
        set(),
        {"OPENNESS_DECISION:proposal-1#1:*"},
    ),
    "proposal_replied": (
        {
            FIRST: f"提案{TITLE}已答复，请在2017年7月1日09:00前评价办理态度和办理结果。",
            INVITED: f"您联名的提案{TITLE}已答复，您也可以提交评价意见。",
        },
        {f"EVALUATE:proposal-1:{FIRST}"},
        set(),
    ),
    "proposal_evaluated": ({}, set(), {"EVALUATE:proposal-1:*"}),
    "proposal_evaluator_changed": (
        {INVITED: f"您联名的提案{TITLE}改由您评价，请在2017年7月1日09:00前完成。"},
        {f"EVALUATE:proposal-1:{INVITED}"},
        {f"EVALUATE:proposal-1:{FIRST}"},
    ),
    "proposal_rehandling_requested": (
        {
            FIRST: f"您提交的提案{TITLE}将由承办单位重新办理。",
            ZJJ: f"提案{TITLE}需重新办理，请按期重新办理并再次答复。",
        },
        {f"REPLY:proposal-1:{ZJJ}"},
        set(),
    ),
    "proposal_closed": (
        {
            FIRST: f"您提交的提案{TITLE}已办结。",
            INVITED: f"您联名的提案{TITLE}已办结。",
            ZJJ: f"贵单位承办的提案{TITLE}已办结，有委员评价的可查看。",
        },
        set(),
        {"EVALUATE:proposal-1:*", "MEDIATION:proposal-1:*"},
    ),
}


def test_every_row_is_told_here() -> None:
    assert set(ROWS) == set(HANDLING)


@pytest.mark.parametrize("event_type", ROWS)
def test_what_a_step_does(event_type: str) -> None:
    messages, opens, closes = ROWS[event_type]
    assert dict(told("proposals", event_type)) == messages
    assert {key for key, _ in opened("proposals", event_type)} == opens
    assert closed("proposals", event_type) == closes


def test_what_is_merged_into_a_case_is_signed_for_with_it_by_one_todo() -> None:
    [first, _] = opened("proposals", "proposal_assigned")
    assert first == (f"RECEIVE:proposal-1:{ZJJ}", f"请签收承办件：{TITLE}（含并案2件）")
    alone = opened("proposals", "proposal_assigned", followers=0)
    assert [text for _, text in alone] == [f"请签收承办件：{TITLE}"] * 2
    assert (ZJJ, f"提案{TITLE}（15-1-023）交由贵单位办理，请在2017年3月20日09:00前签收。") in told(
        "proposals", "proposal_assigned", followers=0
    )
    follower = {"lead": "proposal-0", "followers": 0}
    assert opened("proposals", "proposal_assigned", **follower) == []
    reached = {key for key, _ in told("proposals", "proposal_assigned", **follower)}
    assert reached & {ZJJ, HYGS} == set() and FIRST in reached  # its proposers are told
    opinion = {"unit": "unit-hygs", "part": "CO", "lead": "proposal-0"}
    assert opened("proposals", "assignment_received", **opinion) == []
    [reply] = opened("proposals", "assignment_received", lead="proposal-0")
    assert reply[0] == f"REPLY:proposal-1:{ZJJ}"  # each proposer has a reply of the own


def test_a_co_handling_unit_owes_an_opinion_and_no_reply() -> None:
    share = {"unit": "unit-hygs", "part": "CO"}
    expected = [(f"CO_OPINION:proposal-1:{HYGS}", f"请向主办单位提交会办意见：{TITLE}")]
    assert opened("proposals", "assignment_received", **share) == expected


def test_who_signs_too_late_is_told_that_it_counts_as_signed() -> None:
    sent = told("proposals", "assignment_received", deemed=True)
    assert sent == [(ZJJ, f"提案{TITLE}逾期未签收，已视同签收，请抓紧办理。")]


def test_with_separate_handling_each_reply_is_news() -> None:
    sent = told("proposals", "assignment_delivered", part="SEPARATE")
    text = f"您提交的提案{TITLE}收到一家承办单位的答复（吴住建提复〔2017〕5号）。"
    assert sent == [(FIRST, text)]


def test_what_a_proposer_records_asks_nobody_to_confirm() -> None:
    assert told("proposals", "proposal_contact_recorded", unit=None) == []


def test_a_collective_proposal_is_evaluated_by_those_who_work_on_it() -> None:
    changes: dict[str, Any] = {**ORG, "evaluator": "organisation:org-minjian", "cosigners": []}
    keys = {key for key, _ in opened("proposals", "proposal_replied", **changes)}
    assert keys == {f"EVALUATE:proposal-1:{key}" for key in ORG_KEYS}


@pytest.mark.parametrize(
    ("event_type", "changes"),
    [
        ("proposal_replied", {"evaluator": None, "cosigners": []}),
        ("proposal_evaluator_changed", {"member_id": None}),
    ],
)
def test_where_nobody_is_left_to_evaluate_nobody_is_asked(
    event_type: str, changes: dict[str, Any]
) -> None:
    assert told("proposals", event_type, **changes) == []
    assert opened("proposals", event_type, **changes) == []


def test_a_plan_that_stands_is_told_to_units_and_proposers_alone() -> None:
    assert STAFF not in dict(told("proposals", "proposal_assigned", plan_changed=False))
