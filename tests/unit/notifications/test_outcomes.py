"""Who is told of outcomes, and which to-dos they open and end."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.notifications.test_table import closed, opened, told

LU, OFFICE, STAFF = "member:m-15-0088", "role:OFFICE", "role:PROPOSAL_STAFF"
UNIT = "role:UNIT_OFFICER@unit:unit-mzj"
SUPERVISING = "role:SUPERVISING_OFFICE@side:GOVERNMENT"
PROMISE = {"source": "COMMITMENT"}
SCPO = {"source": "SCPO"}
ITEM = "outcome-item-1"


@pytest.mark.parametrize(
    ("event_type", "changes", "expected"),
    [
        ("outcome_opened", {}, []),
        ("outcome_closed", {}, [LU]),
        ("outcome_closed", PROMISE, []),
        ("outcome_converted", {}, [LU]),
        ("outcome_instructed", {}, [LU]),
        ("outcome_instruction_revoked", {}, [LU]),
        ("outcome_item_sent", {}, [LU]),
        ("outcome_item_sent", PROMISE, []),
        ("outcome_item_referred", {}, [UNIT, LU]),
        ("outcome_item_referred", SCPO, []),
        ("outcome_item_adopted", {}, [LU]),
        ("outcome_item_adopted", SCPO, []),
        ("outcome_item_not_adopted", {}, [LU]),
        ("outcome_item_reason_decided", {}, [SUPERVISING]),
        ("outcome_item_reason_decided", {"accepted": True}, [LU]),
        ("outcome_item_progressed", {}, [OFFICE]),
        ("outcome_item_progressed", {"organiser": "com-social"}, ["organisation:com-social"]),
        ("outcome_item_verification_refused", {}, [UNIT]),
        ("outcome_item_verified", {}, [LU]),
        ("outcome_item_verified", PROMISE, []),
        ("outcome_item_reopened", {}, [UNIT, LU]),
        ("outcome_item_overdue", {}, [UNIT, SUPERVISING]),
        ("outcome_item_overdue", {"unit": None}, [SUPERVISING]),
        ("outcome_item_overdue", PROMISE, []),
        ("outcome_item_reminder_due", {}, [SUPERVISING]),
        ("outcome_item_reminder_due", {"state": "IMPLEMENTING"}, [UNIT]),
        ("outcome_item_reminder_due", {"state": "IMPLEMENTED"}, [OFFICE]),
        ("outcome_tracking_due", {}, []),
        ("outcome_summary_due", {}, []),
        ("outcome_summary_reminder_due", {}, [OFFICE]),
        ("outcome_summary_sent", {}, []),
        ("outcome_item_unit_changed", {}, [UNIT]),
    ],
)
def test_who_is_told(event_type: str, changes: dict[str, Any], expected: list[str]) -> None:
    assert [recipient for recipient, _ in told("outcomes", event_type, **changes)] == expected


def test_the_texts_name_what_matters() -> None:
    assert told("outcomes", "outcome_item_not_adopted") == [
        (LU, "您在“精准开展扶贫工作”中的意见未采纳，理由：与上位规划不符。")
    ]
    assert told("outcomes", "outcome_item_overdue")[0] == (
        UNIT,
        "“精准开展扶贫工作”的一条意见2017年4月8日00:00到期未办，列入2018年视察计划。",
    )


@pytest.mark.parametrize(
    ("event_type", "changes", "expected"),
    [
        ("outcome_opened", {}, [f"OUTCOME_ITEMS:outcome-1:{OFFICE}"]),
        ("outcome_opened", {"items": 1}, []),
        ("outcome_item_sent", {}, [f"OUTCOME_REFERRAL:{ITEM}:{SUPERVISING}"]),
        ("outcome_item_sent", SCPO, []),
        ("outcome_item_referred", {}, [f"OUTCOME_ANSWER:{ITEM}:{SUPERVISING}"]),
        ("outcome_item_adopted", {}, [f"OUTCOME_PROGRESS:{ITEM}:{UNIT}"]),
        ("outcome_item_not_adopted", {}, [f"OUTCOME_REASON:{ITEM}:{OFFICE}"]),
        ("outcome_item_reason_decided", {}, [f"OUTCOME_ANSWER:{ITEM}:{SUPERVISING}"]),
        ("outcome_item_reason_decided", {"accepted": True}, []),
        ("outcome_item_implemented", {}, [f"OUTCOME_VERIFICATION:{ITEM}:{OFFICE}"]),
        (
            "outcome_item_implemented",
            {"source": "KEY_PROPOSAL"},
            [f"OUTCOME_VERIFICATION:{ITEM}:{STAFF}"],
        ),
        ("outcome_item_verification_refused", {}, [f"OUTCOME_PROGRESS:{ITEM}:{UNIT}"]),
        ("outcome_item_verified", {}, [f"OUTCOME_CLOSING:{ITEM}:{OFFICE}"]),
        ("outcome_item_reopened", {}, [f"OUTCOME_PROGRESS:{ITEM}:{UNIT}"]),
        (
            "outcome_item_reopened",
            {"state": "REFERRED"},
            [f"OUTCOME_ANSWER:{ITEM}:{SUPERVISING}"],
        ),
        ("outcome_item_overdue", {}, [f"OUTCOME_INSPECTION:{ITEM}:{OFFICE}"]),
        ("outcome_tracking_due", {}, [f"OUTCOME_TRACKING:{ITEM}:{OFFICE}"]),
        ("outcome_summary_due", {}, [f"OUTCOME_SUMMARY:summary-2017:{OFFICE}"]),
        ("outcome_item_unit_changed", {}, [f"OUTCOME_PROGRESS:{ITEM}:{UNIT}"]),
        ("outcome_item_unit_changed", {"state": "REFERRED"}, []),
    ],
)
def test_what_is_to_be_done(event_type: str, changes: dict[str, Any], expected: list[str]) -> None:
    assert [id for id, _ in opened("outcomes", event_type, **changes)] == expected


@pytest.mark.parametrize(
    ("event_type", "kinds"),
    [
        ("outcome_item_adopted", {"OUTCOME_REFERRAL", "OUTCOME_ANSWER", "OUTCOME_INSPECTION"}),
        ("outcome_item_reason_decided", {"OUTCOME_REASON"}),
        ("outcome_item_progressed", {"OUTCOME_INSPECTION"}),
        ("outcome_item_implemented", {"OUTCOME_PROGRESS", "OUTCOME_INSPECTION"}),
        ("outcome_item_verification_refused", {"OUTCOME_VERIFICATION"}),
        ("outcome_item_reopened", {"OUTCOME_CLOSING", "OUTCOME_VERIFICATION"}),
        ("outcome_item_tracked", {"OUTCOME_TRACKING", "OUTCOME_INSPECTION"}),
    ],
)
def test_what_ends_it(event_type: str, kinds: set[str]) -> None:
    assert closed("outcomes", event_type) == {f"{kind}:{ITEM}:*" for kind in kinds}


def test_a_closed_item_leaves_nothing_to_do() -> None:
    every = {id.split(":")[0] for id in closed("outcomes", "outcome_item_closed")}
    assert every == {
        "OUTCOME_REFERRAL",
        "OUTCOME_ANSWER",
        "OUTCOME_REASON",
        "OUTCOME_PROGRESS",
        "OUTCOME_VERIFICATION",
        "OUTCOME_CLOSING",
        "OUTCOME_TRACKING",
        "OUTCOME_INSPECTION",
    }
    assert closed("outcomes", "outcome_item_sent") == {"OUTCOME_ITEMS:outcome-1:*"}


def test_the_summary_is_owed_until_all_have_it() -> None:
    assert closed("outcomes", "outcome_summary_sent") == set()
    whole = closed("outcomes", "outcome_summary_sent", complete=True)
    assert whole == {f"OUTCOME_SUMMARY:summary-2017:{OFFICE}"}
