"""Whom returns, deadlines, second replies and promises tell, and which to-dos wait for whom."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from services.notifications import reactions
from services.notifications.domain import tracking
from services.notifications.domain.table import REACTIONS
from services.notifications.domain.todos import TodoKind
from services.notifications.domain.tracking import TRACKING
from shared.contracts import sample_event
from tests.unit.notifications.test_handling import HYGS, LEADER, SUPERVISING, ZJJ
from tests.unit.notifications.test_table import FIRST, INVITED, STAFF, TITLE, closed, opened, told

SLJ = "role:UNIT_OFFICER@unit:unit-slj"
LEADERS, DIRECTOR = ("role:CHAIR_COUNCIL", "role:SECRETARY_GENERAL"), "role:PROPOSAL_DIRECTOR"
DUE = "2017年6月10日09:00"


def undecided(due: str, what: str) -> str:
    return f"提案{TITLE}{due}到期的事项仍待您决定：{what}。期限不因待决而顺延，请尽快办理。"


# Event → (message by recipient, to-dos opened, to-dos closed), of the contract's sample.
ROWS: dict[str, tuple[dict[str, str], set[str], set[str]]] = {
    "assignment_return_requested": (
        {},
        {f"RETURN_DECISION:proposal-1#unit-zjj:{SUPERVISING}"},
        {f"{kind}:proposal-1:{ZJJ}" for kind in ("RECEIVE", "REPLY", "CO_OPINION")},
    ),
    "assignment_dispute_opened": (
        {
            SUPERVISING: f"提案{TITLE}第二次申请退办，请组织三方面商，报区领导裁定。",
            STAFF: f"提案{TITLE}第二次申请退办，已提请区领导裁定。",
        },
        {f"DISPUTE_STATEMENT:proposal-1:{LEADER}"},
        set(),
    ),
    "assignment_dispute_stated": (
        {SUPERVISING: f"提案{TITLE}的承办单位已提交书面说明，请报区领导裁定。"},
        set(),
        {f"DISPUTE_STATEMENT:proposal-1:{LEADER}"},
    ),
    "assignment_return_decided": (
        {
            ZJJ: f"提案{TITLE}已改由其他单位办理。",
            SLJ: f"提案{TITLE}改由贵单位办理，请按期签收。",
        },
        {f"RECEIVE:proposal-1:{SLJ}"},
        {
            "RETURN_DECISION:proposal-1#unit-zjj:*",
            *(
                f"EXTENSION_DECISION:proposal-1#unit-zjj:{SUPERVISING}{side}"
                for side in ("", "@side:PARTY", "@side:GOVERNMENT")
            ),
            f"DISPUTE_STATEMENT:proposal-1:{LEADER}",
        },
    ),
    "assignment_unit_changed": (
        {ZJJ: f"提案{TITLE}的原承办单位已并入贵单位或已撤销，现由贵单位办理。"},
        {f"REPLY:proposal-1:{ZJJ}"},
        {
            f"{kind}:proposal-1:role:UNIT_OFFICER@unit:unit-old"
            for kind in ("RECEIVE", "REPLY", "CO_OPINION")
        }
        | {"REPLACE_UNIT:proposal-1:*"},
    ),
    "assignment_unit_dissolved": (
        dict.fromkeys((STAFF, SUPERVISING), f"提案{TITLE}的一家承办单位已撤销，请确定由谁承接。"),
        {f"REPLACE_UNIT:proposal-1:{to}" for to in (STAFF, SUPERVISING)},
        set(),
    ),
    "assignment_extension_requested": (
        {},
        {f"EXTENSION_DECISION:proposal-1#unit-zjj:{SUPERVISING}"},
        set(),
    ),
    "assignment_extension_refused": (
        {ZJJ: f"提案{TITLE}的延期申请未获同意，请按期答复。"},
        set(),
        {"EXTENSION_DECISION:proposal-1#unit-zjj:*"},
    ),
    "assignment_extended": (
        {
            ZJJ: f"提案{TITLE}的答复期限延至2017年7月10日09:00。",
            FIRST: f"经批准，您提交的提案{TITLE}的答复期限延至2017年7月10日09:00。",
        },
        {f"REPLY:proposal-1:{ZJJ}"},
        {"EXTENSION_DECISION:proposal-1#unit-zjj:*"},
    ),
    "assignment_co_overdue": (
        {
            HYGS: f"提案{TITLE}的会办意见应于2017年4月10日09:00前提交，现已逾期。",
            ZJJ: f"提案{TITLE}有会办单位逾期未提交会办意见。",
            SUPERVISING: undecided("2017年4月10日09:00", "决定退办申请"),
        },
        set(),
        set(),
    ),
    "proposal_reminder_due": (
        {
            ZJJ: f"请于{DUE}前答复提案{TITLE}。",
            SUPERVISING: undecided(DUE, "审批延期申请"),
        },
        set(),
        set(),
    ),
    "proposal_overdue": (
        {
            ZJJ: f"提案{TITLE}应于{DUE}前答复，现已逾期，请尽快答复。",
            SUPERVISING: undecided(DUE, "审批延期申请"),
            STAFF: f"提案{TITLE}逾期未答复，请督促。",
        },
        set(),
        set(),
    ),
    "proposal_supervision_notice_issued": (
        {
            **dict.fromkeys(
                (ZJJ, LEADER), f"提案{TITLE}逾期未答复或承诺未兑现，现予督办，请立即办理。"
            ),
            SUPERVISING: undecided(DUE, "审核答复"),
        },
        set(),
        set(),
    ),
    "proposal_overdue_escalated": (
        {
            LEADER: f"提案{TITLE}逾期30天未答复，已提请区领导并列入公布名单。",
            DIRECTOR: f"提案{TITLE}逾期30天未答复，请报区领导。",
            SUPERVISING: undecided(DUE, "审核答复"),
        },
        set(),
        set(),
    ),
    "proposal_second_reply_due": (
        {
            FIRST: f"您提交的提案{TITLE}已启动二次答复，承办单位将再次答复您。",
            ZJJ: f"请于2017年11月30日00:00前对提案{TITLE}作出二次答复。",
        },
        {f"REPLY:proposal-1:{ZJJ}"},
        set(),
    ),
    "proposal_reopened": (
        {
            FIRST: f"您提交的提案{TITLE}已重新启动办理。",
            ZJJ: f"请于2017年11月30日00:00前对提案{TITLE}作出二次答复。",
        },
        {f"REPLY:proposal-1:{ZJJ}"},
        set(),
    ),
    "proposal_second_replied": (
        {
            FIRST: f"提案{TITLE}已答复，请在2017年12月30日09:00前评价办理态度和办理结果。",
            INVITED: f"您联名的提案{TITLE}已答复，您也可以提交评价意见。",
        },
        {f"EVALUATE:proposal-1:{FIRST}"},
        set(),
    ),
    "proposal_escalated": (
        {
            FIRST: f"您提交的提案{TITLE}已提请督办，将由主席会议成员主持三方面商。",
            **dict.fromkeys(
                (ZJJ, SUPERVISING), f"提案{TITLE}已提请督办，请配合主席会议成员主持的三方面商。"
            ),
        },
        {f"MEDIATION:proposal-1:{leader}" for leader in LEADERS},
        {"EVALUATE:proposal-1:*"},
    ),
    "proposal_mediation_held": (
        dict.fromkeys((FIRST, ZJJ), f"提案{TITLE}于2017年12月20日召开了三方面商会。"),
        set(),
        set(),
    ),
    "commitment_missed": (
        {
            FIRST: f"承办单位就提案{TITLE}作出的承诺未按期兑现：完成20个小区改造。",
            ZJJ: f"贵单位就提案{TITLE}作出的承诺未按期兑现：完成20个小区改造。",
        },
        {f"COMMITMENT_DECISION:proposal-1#1:{DIRECTOR}"},
        {"COMMITMENT_CLAIM:proposal-1#1:*"},
    ),
    "commitment_changed": (
        {FIRST: f"承办单位就提案{TITLE}作出的承诺有变更：完成20个小区改造。"},
        {f"COMMITMENT_DECISION:proposal-1#1:{DIRECTOR}"},
        {"COMMITMENT_CLAIM:proposal-1#1:*"},
    ),
    "commitment_claimed": (
        {
            FIRST: f"承办单位报告就提案{TITLE}作出的承诺已兑现，尚待核实：完成20个小区改造。",
        },
        {f"COMMITMENT_CLAIM:proposal-1#1:{STAFF}"},
        set(),
    ),
    "commitment_met": (
        {FIRST: f"承办单位就提案{TITLE}作出的承诺已兑现：完成20个小区改造。"},
        set(),
        {"COMMITMENT_CLAIM:proposal-1#1:*"},
    ),
    "commitment_renewed": (
        dict.fromkeys(
            (FIRST, ZJJ), f"提案{TITLE}的承诺（完成20个小区改造）经批准改为2018年3月31日前完成。"
        ),
        set(),
        {"COMMITMENT_DECISION:proposal-1#1:*"},
    ),
    "commitment_released": (
        dict.fromkeys((FIRST, ZJJ), f"提案{TITLE}的承诺（完成20个小区改造）已说明理由了结。"),
        set(),
        {"COMMITMENT_DECISION:proposal-1#1:*"},
    ),
    "proposal_supplement_received": ({}, {f"SUPPLEMENT:proposal-1#1:{STAFF}"}, set()),
    "proposal_supplement_settled": (
        {
            FIRST: f"您对提案{TITLE}的补充意见已经研究，不再次办理：所提事项已列入明年计划。",
        },
        set(),
        {"SUPPLEMENT:proposal-1#1:*"},
    ),
    "proposal_class_recognised": (
        {FIRST: f"您提交的提案{TITLE}的办理结果认定为A类。"},
        set(),
        set(),
    ),
    "proposal_archived": ({FIRST: f"您提交的提案{TITLE}已归档。"}, set(), set()),
}


def test_every_row_is_told_here() -> None:
    assert set(ROWS) == set(TRACKING)


@pytest.mark.parametrize("event_type", ROWS)
def test_what_a_step_does(event_type: str) -> None:
    messages, opens, closes = ROWS[event_type]
    assert dict(told("proposals", event_type)) == messages
    assert {key for key, _ in opened("proposals", event_type)} == opens
    assert closed("proposals", event_type) == closes


REMINDERS: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({"about": "REVIEW", "unit": None}, {STAFF: f"提案{TITLE}应于{DUE}前完成审查。"}),
    (
        {"about": "ASSIGNMENT", "unit": None, "days_late": 7},
        dict.fromkeys((STAFF, SUPERVISING), f"提案{TITLE}应于{DUE}前交办。"),
    ),
    ({"about": "CO_OPINION"}, {ZJJ: f"请于{DUE}前提交提案{TITLE}的会办意见。"}),
    ({"about": "SECOND_REPLY"}, {ZJJ: f"请于{DUE}前答复提案{TITLE}。"}),
    (
        {"about": "REPLY", "days_late": 7},
        {ZJJ: f"提案{TITLE}的答复已逾期7天，请尽快答复。"},
    ),
    (
        {"about": "COMMITMENT", "commitment_no": 1},
        {ZJJ: f"贵单位就提案{TITLE}作出的承诺将于{DUE}到期，请做好二次答复准备。"},
    ),
    (
        {"about": "EVALUATION", "unit": None, "evaluator": "member-1"},
        {"member:member-1": f"提案{TITLE}的答复尚未评价，请于{DUE}前完成。"},
    ),
]


@pytest.mark.parametrize(("changes", "messages"), REMINDERS)
def test_a_reminder_reaches_who_has_to_act(
    changes: dict[str, Any], messages: dict[str, str]
) -> None:
    open_request = {"undecided": None, **changes}
    assert dict(told("proposals", "proposal_reminder_due", **open_request)) == messages


# Who must decide each (decision 41).
DECIDERS = {
    "SHORTFALL_DECISION": {FIRST},
    "FILING_DECISION": {DIRECTOR},
    "WITHDRAWAL_DECISION": {DIRECTOR},
    "APPEAL_DECISION": {DIRECTOR},
    "APPEAL_CONFIRMATION": {STAFF},
    "REFERRAL_CONSENT": {FIRST},
    "REFERRAL_RECEIPT": {ZJJ},
    "ASSIGNMENT_DECISION": {SUPERVISING},
    "RETURN_DECISION": {SUPERVISING},
    "EXTENSION_DECISION": {SUPERVISING},
    "SIGN_OFF": {LEADER},
    "REPLY_CHECK": {SUPERVISING},
    "SWAP_CONSENT": {LEADER},
    "OBJECTION_DECISION": {SUPERVISING},
    "OPENNESS_DECISION": {STAFF},
    "SUPPLEMENT": {STAFF},
    "COMMITMENT_CLAIM": {STAFF},
    "COMMITMENT_DECISION": {DIRECTOR},
    "PLAGIARISM_DECISION": {DIRECTOR},
    "PLAGIARISM_CONFIRMATION": {STAFF, "role:OFFICE"},
}


@pytest.mark.parametrize("decision", DECIDERS)
def test_a_decision_that_is_due_reminds_who_must_decide_and_nobody_else(decision: str) -> None:
    sent = dict(told("proposals", "proposal_reminder_due", about=decision, undecided=None))
    assert set(sent) == DECIDERS[decision]
    [text] = set(sent.values())
    what = TodoKind(decision).label
    assert text == f"提案{TITLE}有事项待您决定：{what}，请在{DUE}前办理。"


@pytest.mark.parametrize("decision", DECIDERS)
def test_an_alarm_reaches_who_must_decide_too(decision: str) -> None:
    sent = dict(told("proposals", "proposal_overdue", undecided=decision))
    what = TodoKind(decision).label
    assert {to for to, text in sent.items() if text == undecided(DUE, what)} == DECIDERS[decision]
    assert ZJJ in sent


def test_every_decision_with_a_day_has_its_decider_here() -> None:
    assert set(DECIDERS) == {kind.value for kind in tracking.DECIDERS}


def test_nobody_waited_for_is_told_nothing() -> None:
    sent = dict(told("proposals", "proposal_overdue", undecided=None))
    assert sent == {
        ZJJ: f"提案{TITLE}应于{DUE}前答复，现已逾期，请尽快答复。",
        SUPERVISING: f"提案{TITLE}逾期未答复，请督促。",
        STAFF: f"提案{TITLE}逾期未答复，请督促。",
    }


def test_an_author_is_warned_before_a_returned_proposal_lapses_and_told_then() -> None:
    """Decision 41."""
    row = {"about": "RESUBMISSION", "unit": None, "undecided": None}
    assert dict(told("proposals", "proposal_reminder_due", **row)) == {
        FIRST: f"您的提案{TITLE}退回后尚未重新提交，{DUE}前仍未提交的，系统将按撤案处理。"
    }
    lapsed = dict(told("proposals", "proposal_withdrawn", by_system=True, cosigners=[]))
    assert lapsed == {FIRST: f"您的提案{TITLE}退回后逾期未重新提交，系统已按撤案处理。"}


REQUESTS = {
    "assignment_extension_requested": ("EXTENSION_DECISION", "decide_by"),
    "assignment_return_requested": ("RETURN_DECISION", "decide_by"),
    "assignment_dispute_opened": ("DISPUTE_STATEMENT", "decide_by"),
    "assignment_sign_off_requested": ("SIGN_OFF", "decide_by"),
    "assignment_reply_signed": ("REPLY_CHECK", "decide_by"),
    "proposal_assignment_proposed": ("ASSIGNMENT_DECISION", "decide_by"),
    "proposal_withdrawal_requested": ("WITHDRAWAL_DECISION", "decide_by"),
    "proposal_referral_asked": ("REFERRAL_CONSENT", "decide_by"),
    "proposal_referred": ("REFERRAL_RECEIPT", "decide_by"),
    "proposal_appeal_requested": ("APPEAL_DECISION", "decide_by"),
    "proposal_appeal_decision_proposed": ("APPEAL_CONFIRMATION", "decide_by"),
    "proposal_appeal_decision_returned": ("APPEAL_DECISION", "decide_by"),
    "proposal_appeal_decided": ("FILING_DECISION", "review_due_at"),
    "proposal_review_started": ("FILING_DECISION", "review_due_at"),
    "proposal_filing_revoked": ("FILING_DECISION", "review_due_at"),
    "proposal_returned": ("RESUBMIT", "resubmit_by"),
    "proposal_plagiarism_reported": ("PLAGIARISM_DECISION", "decide_by"),
    "proposal_plagiarism_stated": ("PLAGIARISM_DECISION", "decide_by"),
    "proposal_plagiarism_decision_returned": ("PLAGIARISM_DECISION", "decide_by"),
    "proposal_plagiarism_decision_proposed": ("PLAGIARISM_CONFIRMATION", "decide_by"),
    "assignment_swap_proposed": ("SWAP_CONSENT", "decide_by"),
    "assignment_objected": ("OBJECTION_DECISION", "decide_by"),
    "proposal_supplement_received": ("SUPPLEMENT", "decide_by"),
    "commitment_claimed": ("COMMITMENT_CLAIM", "decide_by"),
    "commitment_missed": ("COMMITMENT_DECISION", "decide_by"),
    "commitment_changed": ("COMMITMENT_DECISION", "decide_by"),
}


@pytest.mark.parametrize("event_type", REQUESTS)
def test_a_to_do_has_the_day_that_the_request_tells(event_type: str) -> None:
    kind, field = REQUESTS[event_type]
    event = sample_event("proposals", event_type)
    found = reactions.openings(event, REACTIONS["proposals", event_type])
    dues = {o.due_at for o in found if o.key.kind == kind}
    assert dues == {datetime.fromisoformat(event.data[field])}
    old = sample_event("proposals", event_type)
    del old.data[field]  # told before there were days
    found = reactions.openings(old, REACTIONS["proposals", event_type])
    assert {o.due_at for o in found if o.key.kind == kind} == {None}


def test_whose_late_word_is_taken_up_hears_of_the_second_reply_alone() -> None:
    assert told("proposals", "proposal_supplement_settled", reopened=True) == []


def test_a_refused_return_leaves_the_case_where_it_is() -> None:
    kept = {"accepted": False, "new_unit": None, "new_assignment_no": None, "sign_due_at": None}
    sent = dict(told("proposals", "assignment_return_decided", **kept))
    assert sent == {ZJJ: f"提案{TITLE}的退办申请未获同意，请抓紧办理。"}
    assert opened("proposals", "assignment_return_decided", **kept) == []


@pytest.mark.parametrize(
    ("part", "state", "expected"),
    [
        ("SOLE", "PENDING", {"RECEIVE"}),
        ("SOLE", "RECEIVED", {"REPLY"}),
        ("CO", "WORKING", {"CO_OPINION"}),
        ("CO", "CO_OPINION_GIVEN", set()),
        ("MAIN", "DELIVERED", set()),
    ],
)
def test_an_heir_does_what_is_left_to_do(part: str, state: str, expected: set[str]) -> None:
    changes = {"part": part, "state": state}
    waiting = opened("proposals", "assignment_unit_changed", **changes)
    assert {key.split(":")[0] for key, _ in waiting} == expected
