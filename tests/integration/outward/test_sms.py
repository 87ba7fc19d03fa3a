"""Text messages: one for one fact, refusals, a try that was taken and not answered, reports."""

from __future__ import annotations

import json

from tests.integration.outward.world import SMS_KEY, World
from tests.waiting import eventually


def test_one_fact_is_one_text_message(world: World) -> None:
    account = world.account("13900000001")
    world.tell(account)
    world.tell(account)  # the same fact under another event id
    world.reaches(account, "SMS", "SENT")
    [sms] = [each for each in world.sms.sent if each.phone == "13900000001"]
    assert sms.values["title"] == "密码已重设"
    assert sms.values["text"].startswith("您的账号已凭一次性验证码重设密码")
    assert "13900000001" not in world.stack.logged("notifications")
    assert "13900000001" not in str(world.deliveries(account))


def test_whoever_has_no_number_or_a_wrong_one_is_not_tried_again(world: World) -> None:
    nobody, wrong = world.account(), world.account("13900000002")
    world.sms.codes["13900000002"] = "isv.MOBILE_NUMBER_ILLEGAL"
    world.tell(nobody)
    world.tell(wrong)
    world.reaches(nobody, "SMS", "UNREACHABLE", "NO_PHONE")
    world.reaches(wrong, "SMS", "UNREACHABLE", "ILLEGAL_NUMBER")
    assert [row["attempts"] for row in world.deliveries(wrong, outlet="SMS")] == [1]


def test_a_limit_makes_one_wait_and_no_other(world: World) -> None:
    limited, free = world.account("13900000003"), world.account("13900000004")
    world.sms.codes["13900000003"] = "isv.BUSINESS_LIMIT_CONTROL"
    world.tell(limited)
    world.tell(free)
    world.reaches(free, "SMS", "SENT")
    eventually(
        lambda: (
            [row.get("code") for row in world.deliveries(limited, outlet="SMS")]
            == ["isv.BUSINESS_LIMIT_CONTROL"]
        )
    )
    [row] = world.deliveries(limited, outlet="SMS")
    assert (row["state"], row["attempts"]) == ("WAITING", 0)


def test_what_was_taken_and_not_answered_is_not_sent_again(world: World) -> None:
    account = world.account("13900000005")
    world.sms.cut_after = 1
    world.tell(account)
    world.reaches(account, "SMS", "SENT")
    assert world.texts("13900000005") == ["密码已重设"]
    assert [row["attempts"] for row in world.deliveries(account, outlet="SMS")] == [2]


def test_reports_come_with_the_key_alone(world: World) -> None:
    account, other = world.account("13900000006"), world.account("13900000007")
    for each in (account, other):
        world.tell(each)
        world.reaches(each, "SMS", "SENT")
    reports = [
        {
            "phone_number": sms.phone,
            "success": sms.phone == "13900000006",
            "err_code": "DELIVERED" if sms.phone == "13900000006" else "MOBILE_NOT_ON_SERVICE",
            "biz_id": sms.biz_id,
            "out_id": sms.out_id,
        }
        for sms in world.sms.sent
        if sms.phone in ("13900000006", "13900000007")
    ]
    refused = world.stack.http.post("/callbacks/sms?key=guess", content=json.dumps(reports))
    assert refused.status_code == 403
    taken = world.stack.http.post(f"/callbacks/sms?key={SMS_KEY}", content=json.dumps(reports))
    assert (taken.status_code, taken.json()["code"]) == (200, 0)
    assert world.outcome(account, "SMS") == ("DELIVERED", None)
    assert world.outcome(other, "SMS") == ("FAILED", "NOT_DELIVERED")
    assert world.stack.http.get("/callbacks/sms").status_code == 405
    large = world.stack.http.post(f"/callbacks/sms?key={SMS_KEY}", content=b"[" * 70_000)
    assert large.status_code == 413
