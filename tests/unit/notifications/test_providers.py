"""WeChat and Aliyun, each spoken to over HTTP: what every answer means, and what doubles."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from services.notifications.domain.deliveries import (
    Address,
    CallbackRefused,
    Delivery,
    DeliveryReason,
    Outlet,
    Receipt,
    Result,
    Said,
    Verdict,
)
from services.notifications.providers import configured
from services.notifications.providers.aliyun import Aliyun
from services.notifications.providers.callbacks import SmsDoor, WechatDoor
from services.notifications.providers.wechat import Wechat
from shared.settings import SettingsError
from tests.providers import aliyun, wechat

NINE = datetime.fromisoformat("2017-02-06T09:00:00+08:00")
PHONE, OPENID = Address(phone="13800000001"), Address(openid="openid-1")
SENT = Delivery(
    id="proposal_filed:proposal-1:9:account-1:SMS",
    key="k" * 32,
    account_id="account-1",
    outlet=Outlet.SMS,
    title="提案已立案",
    text="您提交的提案《关于加强老旧住宅小区二次供水的建议》已立案，提案号15-1-023。",
    occurred_on=NINE,
    attempts=1,
    unclear=False,
    expires_at=NINE,
)


@pytest.fixture
def phones() -> Iterator[aliyun.AliyunServer]:
    with aliyun.AliyunServer() as server:
        yield server


@pytest.fixture
def chats() -> Iterator[wechat.WechatServer]:
    with wechat.WechatServer() as server:
        yield server


def sms(server: aliyun.AliyunServer, **changes: str) -> Aliyun:
    found = Aliyun.configured({**aliyun.SETTINGS, "SMS_URL": server.url, **changes})
    assert found is not None
    return found


def account(server: wechat.WechatServer, **changes: str) -> Wechat:
    found = Wechat.configured({**wechat.SETTINGS, "WECHAT_URL": server.url, **changes})
    assert found is not None
    return found


def test_a_text_message_is_signed_and_carries_what_fits(phones: aliyun.AliyunServer) -> None:
    result = sms(phones).send(SENT, PHONE)
    assert result == Result(Verdict.SENT, provider_id="9000^0")
    [got] = phones.sent
    assert (got.phone, got.out_id) == ("13800000001", SENT.key)
    assert got.values == {
        "title": "提案已立案",
        "text": "您提交的提案《关于加强老旧住宅小区二次供水的建议》已立案，提案号15…",
    }


def test_a_wrong_secret_is_refused_and_never_shown(phones: aliyun.AliyunServer) -> None:
    wrong = sms(phones, SMS_KEY_SECRET="another")
    result = wrong.send(SENT, PHONE)
    assert (result.verdict, result.code) == (Verdict.REFUSED, "SignatureDoesNotMatch")
    assert "another" not in repr(wrong)
    assert not phones.sent


@pytest.mark.parametrize(
    ("code", "verdict", "reason"),
    [
        ("isv.BUSINESS_LIMIT_CONTROL", Verdict.LATER, None),
        ("isv.DAY_LIMIT_CONTROL", Verdict.LATER, None),
        ("isv.MOBILE_NUMBER_ILLEGAL", Verdict.UNREACHABLE, DeliveryReason.ILLEGAL_NUMBER),
        ("isp.SYSTEM_ERROR", Verdict.RETRY, None),
        ("Throttling.User", Verdict.RETRY, None),
        ("isv.SMS_TEMPLATE_ILLEGAL", Verdict.REFUSED, DeliveryReason.REFUSED),
    ],
)
def test_what_aliyun_says_of_a_number(
    phones: aliyun.AliyunServer, code: str, verdict: Verdict, reason: DeliveryReason | None
) -> None:
    phones.codes["13800000001"] = code
    assert sms(phones).send(SENT, PHONE) == Result(verdict, reason=reason, code=code)


def test_a_text_message_that_was_taken_and_not_answered_goes_once(
    phones: aliyun.AliyunServer,
) -> None:
    phones.cut_after = 1
    provider = sms(phones)
    assert provider.send(SENT, PHONE).verdict is Verdict.UNCLEAR
    assert provider.send(replace(SENT, unclear=True), PHONE) == Result(Verdict.SENT, "9000^0")
    assert len(phones.sent) == 1
    # Without that look the provider takes the same OutId twice.
    provider.send(SENT, PHONE)
    assert len(phones.sent) == 2


def test_without_a_phone_or_a_provider_that_listens(phones: aliyun.AliyunServer) -> None:
    assert sms(phones).send(SENT, Address()).reason is DeliveryReason.NO_PHONE
    away = sms(phones, SMS_URL="http://127.0.0.1:9")
    assert away.send(SENT, PHONE) == Result(Verdict.RETRY)


def test_a_template_message(chats: wechat.WechatServer) -> None:
    result = account(chats).send(SENT, OPENID)
    assert result == Result(Verdict.SENT, provider_id="200163000")
    [got] = chats.sent
    assert (got.openid, got.template, got.client_msg_id) == ("openid-1", wechat.NOTICE, SENT.key)
    assert got.values == {
        "thing1": "提案已立案",
        "thing4": "您提交的提案《关于加强老旧住宅小区二次…",
        "time3": "2017年2月6日09:00",
    }
    assert chats.calls[-1].json()["url"] == "https://cppcc.example/m/inbox"


def test_a_digest_says_how_many_wait(chats: wechat.WechatServer) -> None:
    account(chats).send(replace(SENT, is_digest=True, count=7), OPENID)
    [got] = chats.sent
    assert got.template == wechat.DIGEST
    assert got.values["thing4"] == "7条消息待您查看"


def test_one_token_serves_until_it_is_refused(chats: wechat.WechatServer) -> None:
    provider = account(chats)
    for number in range(3):
        provider.send(replace(SENT, key=f"key-{number}"), OPENID)
    assert [call.path for call in chats.calls].count("/cgi-bin/stable_token") == 1
    # 40001: another has renewed it; what is handed out is good.
    chats.expire_token(known_to_us=True)
    assert provider.send(replace(SENT, key="key-3"), OPENID).verdict is Verdict.SENT
    assert chats.forced == 0
    # 42001, and WeChat hands out the same: by force, once.
    chats.expire_token()
    assert provider.send(replace(SENT, key="key-4"), OPENID).verdict is Verdict.SENT
    assert (chats.forced, len(chats.sent)) == (1, 5)


def test_a_wrong_secret_is_no_message_lost(chats: wechat.WechatServer) -> None:
    wrong = account(chats, WECHAT_SECRET="another")
    assert wrong.send(SENT, OPENID) == Result(Verdict.RETRY, code="40125")
    # Nor is it asked for again with each message.
    assert wrong.send(SENT, OPENID) == Result(Verdict.RETRY, code="resting")
    assert len(chats.calls) == 1


def test_while_wechat_is_away_no_message_is_unclear(chats: wechat.WechatServer) -> None:
    away = account(chats, WECHAT_URL="http://127.0.0.1:9")
    assert away.send(SENT, OPENID) == Result(Verdict.RETRY, code="unanswered")


@pytest.mark.parametrize(
    ("errcode", "verdict", "reason"),
    [
        (43004, Verdict.UNREACHABLE, DeliveryReason.NOT_SUBSCRIBED),
        (43019, Verdict.UNREACHABLE, DeliveryReason.NOT_SUBSCRIBED),
        (40003, Verdict.UNREACHABLE, DeliveryReason.NOT_SUBSCRIBED),
        (45009, Verdict.LATER, None),
        (-1, Verdict.RETRY, None),
        (40001, Verdict.RETRY, None),
        (40037, Verdict.REFUSED, DeliveryReason.REFUSED),
    ],
)
def test_what_wechat_says_of_a_person(
    chats: wechat.WechatServer, errcode: int, verdict: Verdict, reason: DeliveryReason | None
) -> None:
    chats.errcodes["openid-1"] = errcode
    assert account(chats).send(SENT, OPENID) == Result(verdict, reason=reason, code=str(errcode))


def test_a_template_message_that_was_taken_and_not_answered_goes_once(
    chats: wechat.WechatServer,
) -> None:
    chats.cut_after = 1
    provider = account(chats)
    assert provider.send(SENT, OPENID).verdict is Verdict.UNCLEAR
    assert provider.send(replace(SENT, unclear=True), OPENID).provider_id == "200163000"
    assert (len(chats.sent), chats.repeated) == (1, 1)


def test_an_outlet_is_off_without_settings_and_refused_with_half() -> None:
    assert configured({}) == {}
    assert set(configured({**aliyun.SETTINGS, **wechat.SETTINGS})) == set(Outlet)
    with pytest.raises(SettingsError) as error:
        configured({"WECHAT_APP_ID": "wx1"})
    assert "WECHAT_SECRET" in str(error.value)
    with pytest.raises(SettingsError):
        WechatDoor.configured({"WECHAT_TOKEN": "t", "WECHAT_AES_KEY": "short"})


# -- what they send us -----------------------------------------------------------------------


def door() -> WechatDoor:
    found = WechatDoor.configured(wechat.SETTINGS)
    assert found is not None
    return found


def parsed(query: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in query.split("&"))


def test_a_receipt_of_wechat() -> None:
    query, body = wechat.pushed(wechat.receipt("openid-1", 200163000))
    said = door().opened(parsed(query), body.decode())
    assert said.receipt == Receipt(Outlet.WECHAT, "200163000", None, "success")
    blocked = wechat.pushed(wechat.receipt("openid-1", 1, "failed:user block"))
    said = door().opened(parsed(blocked[0]), blocked[1].decode())
    assert said.receipt is not None
    assert said.receipt.reason is DeliveryReason.NOT_SUBSCRIBED


def test_digits_that_somebody_writes_are_a_code_and_are_answered_sealed() -> None:
    query, body = wechat.pushed(wechat.written("openid-1", " 12345678 "))
    said = door().opened(parsed(query), body.decode())
    assert (said.said, said.openid, said.code) == (Said.CODE, "openid-1", "12345678")
    answer = door().answer(said, "绑定成功")
    sealed = answer.split("<Encrypt><![CDATA[")[1].split("]]>")[0]
    assert "<Content><![CDATA[绑定成功]]></Content>" in wechat.opened(sealed)
    hello = wechat.pushed(wechat.written("openid-1", "你好"))
    assert door().opened(parsed(hello[0]), hello[1].decode()).said is Said.OTHER


def test_what_wechat_did_not_seal_is_refused() -> None:
    query, body = wechat.pushed(wechat.receipt("openid-1", 1))
    other = wechat.pushed(wechat.receipt("openid-2", 2))
    stale = wechat.pushed(wechat.receipt("openid-1", 1), at=time.time() - 3600)
    forged = wechat.pushed(wechat.receipt("openid-1", 1), token="guessed")
    for bad_query, bad_body in (
        (query, other[1]),  # the signature of one on the body of another
        stale,
        forged,
        (query, b"<xml><MsgID>1</MsgID></xml>"),
        ("timestamp=1&nonce=2", body),
    ):
        with pytest.raises(CallbackRefused):
            door().opened(parsed(bad_query), bad_body.decode())


def test_wechat_is_greeted_with_what_it_sent() -> None:
    stamp = str(int(time.time()))
    query = {
        "timestamp": stamp,
        "nonce": "n",
        "signature": wechat.signature(wechat.TOKEN, stamp, "n"),
        "echostr": "4812",
    }
    assert door().greeting(query) == "4812"
    with pytest.raises(CallbackRefused):
        door().greeting({**query, "signature": "0" * 40})


REPORT = {
    "phone_number": "13800000001",
    "send_time": "2017-02-06 09:00:00",
    "report_time": "2017-02-06 09:00:03",
    "success": True,
    "err_code": "DELIVERED",
    "err_msg": "用户接收成功",
    "sms_size": "1",
    "biz_id": "9000^0",
    "out_id": "k",
}


def test_reports_of_text_messages() -> None:
    lost = {**REPORT, "success": False, "err_code": "MOBILE_NOT_ON_SERVICE", "biz_id": "9001^0"}
    found = SmsDoor("secret").opened("secret", json.dumps([REPORT, lost, {"biz_id": "x"}]))
    assert found == [
        Receipt(Outlet.SMS, "9000^0", None, "DELIVERED", "k"),
        Receipt(Outlet.SMS, "9001^0", DeliveryReason.NOT_DELIVERED, "MOBILE_NOT_ON_SERVICE", "k"),
    ]


@pytest.mark.parametrize("body", ["", "{", "{}", "[1]", '["a"]', "null"])
def test_no_report_and_no_key_is_refused(body: str) -> None:
    with pytest.raises(CallbackRefused):
        SmsDoor("secret").opened("guess", json.dumps([REPORT]))
    if body != "{}":
        with pytest.raises(CallbackRefused):
            SmsDoor("secret").opened("secret", body)
