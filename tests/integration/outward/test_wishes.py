"""Preferences, quiet hours and the digest; and what the office sees of a broadcast."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from typing import Any

import pytest

from shared.actor import Actor, Role
from tests.integration.outward.world import NOON, OFFICE, World
from tests.waiting import eventually

SET = """mutation ($input: SetNotificationPreferencesInput!) {
  setNotificationPreferences(input: $input) {
    preferences { outlets muted quietFrom quietUntil digest } errors { code field message } } }"""
OWN = """{ viewer { notificationPreferences {
  outlets muted quietFrom quietUntil digest } } }"""
BROADCASTS = """{ broadcasts(first: 50) { totalCount edges { node { id title persons outlets {
  outlet outletLabel total reached delivered waiting unreachable failed
  reasons { reason reasonLabel count } } } } } }"""
NODE = "query ($id: ID!) { node(id: $id) { ... on Broadcast { title persons } } }"
RESEND = """mutation ($id: ID!) { resendFailedMessages(input: {broadcastId: $id}) {
  waiting errors { code } } }"""
USUAL = {
    "outlets": ["WECHAT", "SMS"],
    "muted": [],
    "quietFrom": "22:00",
    "quietUntil": "07:00",
    "digest": False,
}
NIGHT = datetime.fromisoformat("2017-02-07T23:30:00+08:00")
EIGHT = datetime.fromisoformat("2017-02-08T08:00:00+08:00")


def owner(account: str) -> Actor:
    return Actor(account, Role.PROPOSAL_STAFF)


def wish(world: World, account: str, **changes: Any) -> dict[str, Any]:
    answer = world.graphql(SET, owner(account), input={**USUAL, **changes})
    found: dict[str, Any] = answer["setNotificationPreferences"]
    return found


def test_preferences_are_ones_own(world: World) -> None:
    account = world.account()
    assert world.graphql(OWN, owner(account))["viewer"]["notificationPreferences"] == USUAL
    wanted = {"outlets": ["SMS"], "muted": ["MEETING"], "quietFrom": "12:30", "digest": True}
    for _ in range(2):
        assert wish(world, account, **wanted)["preferences"] == {**USUAL, **wanted}
    own = world.graphql(OWN, owner(account))["viewer"]["notificationPreferences"]
    assert own == {**USUAL, **wanted}
    [error] = wish(world, account, quietFrom="25:00")["errors"]
    assert (error["code"], error["field"], error["message"]) == (
        "INVALID_INPUT",
        "quietFrom",
        "时间格式应为 22:00",
    )
    other = world.account()
    assert world.graphql(OWN, owner(other))["viewer"]["notificationPreferences"] == USUAL


def test_an_outlet_that_is_off_gets_nothing(world: World) -> None:
    account = world.account("13900000021", "openid-21")
    wish(world, account, outlets=["WECHAT"])
    world.tell(account)
    world.reaches(account, "WECHAT", "SENT")
    assert world.deliveries(account, outlet="SMS") == []


def test_at_night_only_what_is_urgent_leaves(world: World) -> None:
    account = world.account("13900000022", "openid-22")
    world.stack.move_clock(NIGHT)
    world.tell(account, "account_signed_out_everywhere", version=60)
    world.tell(account, version=61)
    eventually(lambda: world.chats("openid-22") == ["密码已重设"])
    eventually(
        lambda: (
            [row["title"] for row in world.deliveries(account, state="WAITING")]
            == ["已退出全部登录"]
        )
    )
    assert world.texts("13900000022") == ["密码已重设"]
    world.stack.move_clock(EIGHT)
    eventually(lambda: world.chats("openid-22") == ["密码已重设", "已退出全部登录"])


def test_a_day_is_summed_up_at_six(world: World) -> None:
    account = world.account(openid="openid-23")
    wish(world, account, digest=True)
    for version in (70, 71, 72):
        world.tell(account, "account_signed_out_everywhere", version=version)
    eventually(lambda: len(world.deliveries(account, state="GATHERED")) == 3)
    assert world.chats("openid-23") == []
    world.stack.move_clock(NOON.replace(hour=18, minute=1))
    eventually(lambda: world.chats("openid-23") == ["今日消息汇总"])
    [sent] = [each for each in world.wechat.sent if each.openid == "openid-23"]
    assert sent.values["thing4"] == "3条消息待您查看"
    eventually(lambda: len(world.deliveries(account, state="SENT")) == 4)


def test_the_office_sees_whom_a_broadcast_reached_and_sends_again(world: World) -> None:
    world.stack.move_clock(NOON + timedelta(days=3))  # the newest are listed first
    reached = world.account("13900000031", "openid-31")
    bare = world.account("13900000032")
    world.sms.codes["13900000032"] = "isv.SMS_SIGNATURE_ILLEGAL"
    for account in (reached, bare):
        world.tell(account, version=80)
    world.reaches(reached, "SMS", "SENT")
    world.reaches(bare, "SMS", "FAILED", "REFUSED")
    world.reaches(bare, "WECHAT", "UNREACHABLE", "NOT_BOUND")
    fact = f"account_password_reset:{bare}:80"
    found = world.graphql(BROADCASTS, OFFICE)["broadcasts"]
    assert found["totalCount"] >= 2
    rows = [edge["node"] for edge in found["edges"]]
    [row] = [each for each in rows if _is(world, each["id"], fact)]
    none = {"reached": 0, "delivered": 0, "waiting": 0, "unreachable": 0, "failed": 0}
    assert (row["title"], row["persons"]) == ("密码已重设", 1)
    assert row["outlets"] == [
        {
            "outlet": "WECHAT",
            "outletLabel": "微信",
            "total": 1,
            **none,
            "unreachable": 1,
            "reasons": [{"reason": "NOT_BOUND", "reasonLabel": "未绑定微信", "count": 1}],
        },
        {
            "outlet": "SMS",
            "outletLabel": "短信",
            "total": 1,
            **none,
            "failed": 1,
            "reasons": [{"reason": "REFUSED", "reasonLabel": "服务商拒绝", "count": 1}],
        },
    ]
    assert world.graphql(NODE, OFFICE, id=row["id"])["node"]["title"] == "密码已重设"
    world.sms.codes.clear()
    for expected in (1, 0):
        answer = world.graphql(RESEND, OFFICE, id=row["id"])["resendFailedMessages"]
        assert (answer["waiting"], answer["errors"]) == (expected, [])
    world.reaches(bare, "SMS", "SENT")
    assert world.texts("13900000032") == ["密码已重设"]
    assert world.outcome(bare, "WECHAT") == ("UNREACHABLE", "NOT_BOUND")


@pytest.mark.parametrize("role", [Role.MEMBER, Role.PROPOSAL_STAFF, Role.SYSTEM_ADMIN])
def test_nobody_else_sees_them(world: World, role: Role) -> None:
    assert world.code_of(BROADCASTS, Actor("account-x", role)) == "FORBIDDEN"
    assert world.code_of(BROADCASTS, None) == "UNAUTHENTICATED"


def _is(world: World, global_id: str, fact: str) -> bool:
    return base64.b64decode(global_id).decode().endswith(fact)
