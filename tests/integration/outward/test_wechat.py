"""WeChat: binding by code and by redirect, template messages, receipts, and how it ends."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from shared.actor import Actor, Role
from tests.integration.outward.world import World
from tests.providers import wechat as chat
from tests.waiting import eventually

BEGIN = """mutation { beginWechatBinding(input: {}) {
  code url expiresAt errors { code } } }"""
BIND = """mutation ($code: String!, $state: String!) {
  bindWechat(input: {code: $code, state: $state}) {
    wechat { available bound boundAt } errors { code message } } }"""
UNBIND = "mutation { unbindWechat(input: {}) { wechat { bound } errors { code } } }"
OWN = "{ viewer { wechat { available bound boundAt } } }"


def owner(account: str) -> Actor:
    return Actor(account, Role.PROPOSAL_STAFF)


def test_bound_by_a_code_that_is_written_to_the_official_account(world: World) -> None:
    account = world.account()
    assert world.bind(account, "openid-code") == "绑定成功，今后的履职消息会发到这里。"
    world.tell(account)
    world.reaches(account, "WECHAT", "SENT")
    assert world.chats("openid-code") == ["密码已重设"]
    assert "openid-code" not in world.stack.logged("notifications")
    assert "openid-code" not in str(world.deliveries(account))
    own = world.graphql(OWN, owner(account))["viewer"]["wechat"]
    assert (own["available"], own["bound"]) == (True, True)


def test_a_code_is_good_once_and_a_guess_is_not(world: World) -> None:
    account = world.account()
    begun = world.graphql(BEGIN, owner(account))["beginWechatBinding"]
    assert len(begun["code"]) == 8
    assert world.write("openid-guess", "00000000") == "绑定码不正确或已过期，请重新获取"
    assert world.write("openid-mine", begun["code"]).startswith("绑定成功")
    assert world.write("openid-late", begun["code"]) == "绑定码不正确或已过期，请重新获取"
    assert world.write("openid-mine", "在吗") == ""
    said = [world.write("openid-thief", f"1111111{n}") for n in range(7)]
    assert said[-1].startswith("登录失败次数过多")


def test_bound_by_the_redirect_and_one_identity_is_one_account(world: World) -> None:
    account, other = world.account(), world.account()
    begun = world.graphql(BEGIN, owner(account))["beginWechatBinding"]
    address = urlsplit(begun["url"])
    asked = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert (asked["appid"], asked["scope"]) == (chat.APP_ID, "snsapi_base")
    assert address.fragment == "wechat_redirect"
    world.wechat.people = {"oauth-1": "openid-web", "oauth-2": "openid-web"}

    # Another's state binds nothing: nobody's WeChat is lured to a stranger's account.
    lured = world.graphql(BIND, owner(other), code="oauth-1", state=asked["state"])
    assert [e["code"] for e in lured["bindWechat"]["errors"]] == ["BINDING_CODE_INVALID"]
    unknown = world.graphql(BIND, owner(account), code="oauth-9", state=asked["state"])
    assert [e["code"] for e in unknown["bindWechat"]["errors"]] == ["WECHAT_REFUSED"]

    bound = world.graphql(BIND, owner(account), code="oauth-1", state=asked["state"])
    assert bound["bindWechat"]["wechat"]["bound"] is True
    again = world.graphql(BEGIN, owner(other))["beginWechatBinding"]
    taken = world.graphql(BIND, owner(other), code="oauth-2", state=again["code"])
    assert [e["code"] for e in taken["bindWechat"]["errors"]] == ["WECHAT_TAKEN"]

    world.tell(account)
    eventually(lambda: world.chats("openid-web") == ["密码已重设"])


def test_unbound_nothing_is_sent_there_any_more(world: World) -> None:
    account = world.account(openid="openid-left")
    assert world.graphql(UNBIND, owner(account))["unbindWechat"]["wechat"] == {"bound": False}
    again = world.graphql(UNBIND, owner(account))["unbindWechat"]
    assert [e["code"] for e in again["errors"]] == ["WECHAT_NOT_BOUND"]
    world.tell(account)
    world.reaches(account, "WECHAT", "UNREACHABLE", "NOT_BOUND")
    assert world.chats("openid-left") == []


def test_receipts_of_wechat_early_late_and_forged(world: World) -> None:
    account, blocked = world.account(openid="openid-r1"), world.account(openid="openid-r2")
    for each in (account, blocked):
        world.tell(each)
        world.reaches(each, "WECHAT", "SENT")
    ids = {sent.openid: sent.msgid for sent in world.wechat.sent}
    forged = world.push(chat.receipt("openid-r1", ids["openid-r1"]), token="guessed")
    assert forged.status_code == 403
    assert world.outcome(account, "WECHAT") == ("SENT", None)
    for _ in range(2):
        assert world.push(chat.receipt("openid-r1", ids["openid-r1"])).text == "success"
    world.push(chat.receipt("openid-r2", ids["openid-r2"], "failed:user block"))
    assert world.outcome(account, "WECHAT") == ("DELIVERED", None)
    assert world.outcome(blocked, "WECHAT") == ("UNREACHABLE", "NOT_SUBSCRIBED")


def test_a_token_that_is_refused_is_renewed_and_no_message_is_lost(world: World) -> None:
    account = world.account(openid="openid-token")
    world.wechat.expire_token()
    world.tell(account)
    world.reaches(account, "WECHAT", "SENT")
    assert [row["attempts"] for row in world.deliveries(account, outlet="WECHAT")] == [1]


def test_whoever_does_not_follow_us_is_not_tried_again(world: World) -> None:
    account = world.account(openid="openid-gone")
    world.wechat.errcodes["openid-gone"] = 43004
    world.tell(account)
    world.reaches(account, "WECHAT", "UNREACHABLE", "NOT_SUBSCRIBED")
    assert [row["attempts"] for row in world.deliveries(account, outlet="WECHAT")] == [1]


def test_wechat_asks_whether_the_address_is_ours(world: World) -> None:
    query, _ = chat.pushed("")
    asked = f"/callbacks/wechat?{query}&echostr=4812"
    assert world.stack.http.get(asked).text == "4812"
    assert world.stack.http.get("/callbacks/wechat?echostr=1").status_code == 403
