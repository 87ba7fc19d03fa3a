"""Text messages: one SMS for one fact, its refusals, and a try that was taken and not answered."""

from __future__ import annotations

from tests.integration.outward.world import World
from tests.waiting import eventually


def test_one_fact_is_one_text_message(world: World) -> None:
    account = world.account("13900000001")
    world.tell(account)
    world.tell(account)  # the same fact under another event id
    eventually(lambda: world.outcome(account, "SMS") == ("SENT", None))
    [sms] = [each for each in world.sms.sent if each.phone == "13900000001"]
    assert sms.values["title"] == "密码已重设"
    assert sms.values["text"].startswith("您的账号已凭一次性验证码重设密码")
    assert "13900000001" not in world.stack.logged("notifications")
    assert "13900000001" not in str(world.deliveries(account))
