"""The hands of a test on people, providers and what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

from shared.actor import Actor, Role
from shared.contracts import sample_event
from shared.ids import new_id
from tests.providers import wechat as chat
from tests.providers.aliyun import AliyunServer
from tests.providers.wechat import WechatServer
from tests.stack import Document, Stack
from tests.waiting import eventually

ADMIN = Actor("account-admin", Role.SYSTEM_ADMIN)
OFFICE = Actor("account-office", Role.OFFICE)
SMS_KEY = "sms-callback-secret"
NOON = datetime.fromisoformat("2017-02-07T12:00:00+08:00")


@dataclass
class World:
    stack: Stack
    sms: AliyunServer
    wechat: WechatServer

    def calm(self) -> None:
        for provider in (self.sms, self.wechat):
            provider.failing, provider.cut_after = 0.0, 0
        self.sms.codes.clear()
        self.wechat.errcodes.clear()
        self.stack.move_clock(NOON)

    # -- people

    def account(self, phone: str | None = None, openid: str | None = None) -> str:
        """A new account of staff, known to notifications; bound to a WeChat by its code."""
        login = f"a{new_id()[:8]}"
        given: Document = {"login": login, "label": login, "kind": "PERSON", "phone": phone}
        row = self.stack.call("identity", "create_account", ADMIN, **given)
        id = str(row["id"])
        self.wait_for(id)
        if openid:
            self.bind(id, openid)
        return id

    def wait_for(self, account_id: str) -> None:
        people = self.stack.db("notifications")["people"]
        eventually(lambda: people.find_one({"_id": account_id}))

    def bind(self, account_id: str, openid: str) -> str:
        """By a code that the office hands out; what WeChat shows to who wrote it."""
        code = self.stack.call("identity", "issue_wechat_code", OFFICE, account_id=account_id)[
            "code"
        ]
        return self.write(openid, code)

    def graphql(self, query: str, actor: Actor | None, **variables: Any) -> dict[str, Any]:
        """`data`; raises AssertionError where there are errors."""
        token = self.stack.token(actor) if actor else None
        answer = self.stack.graphql(query, variables, token)
        assert not answer.get("errors"), answer
        return dict(answer["data"])

    def code_of(self, query: str, actor: Actor | None, **variables: Any) -> str:
        """The code of the only error."""
        token = self.stack.token(actor) if actor else None
        [error] = self.stack.graphql(query, variables, token)["errors"]
        return str(error["extensions"]["code"])

    # -- facts

    def tell(self, account_id: str, event_type: str = "account_password_reset", **more: Any) -> str:
        """A fact about an account: that its password was reset is urgent, by both outlets."""
        data = {"account_id": account_id, "person_id": None, "member_id": None}
        version = more.pop("version", 50)
        event = sample_event(
            "identity", event_type, subject=account_id, version=version, id=new_id(), **data, **more
        )
        self.stack.publish(event)
        return f"{event_type}:{account_id}:{version}"

    # -- what became of it

    def deliveries(self, account_id: str, **more: Any) -> list[Document]:
        rows = self.stack.db("notifications")["deliveries"].find({"account_id": account_id, **more})
        return list(rows.sort("_id", 1))

    def outcome(self, account_id: str, outlet: str) -> tuple[str, str | None]:
        """State and reason of the only delivery to the account by this outlet."""
        rows = self.deliveries(account_id, outlet=outlet)
        assert len(rows) == 1, rows
        return rows[0]["state"], rows[0].get("reason")

    def reaches(self, account_id: str, outlet: str, state: str, reason: str | None = None) -> None:
        eventually(lambda: self.outcome(account_id, outlet) == (state, reason))

    def texts(self, phone: str) -> list[str]:
        return [sms.values["title"] for sms in self.sms.sent if sms.phone == phone]

    def chats(self, openid: str) -> list[str]:
        return [sent.values["thing1"] for sent in self.wechat.sent if sent.openid == openid]

    # -- callbacks, through the gateway

    def push(self, plain: str, **more: Any) -> httpx.Response:
        query, body = chat.pushed(plain, **more)
        headers = {"content-type": "text/xml"}
        return self.stack.http.post(f"/callbacks/wechat?{query}", content=body, headers=headers)

    def write(self, openid: str, text: str) -> str:
        """What somebody reads who writes this to the official account."""
        answer = self.push(chat.written(openid, text))
        assert answer.status_code == 200, answer.text
        if answer.text == "success":
            return ""
        sealed = answer.text.split("<Encrypt><![CDATA[")[1].split("]]>")[0]
        return chat.opened(sealed).split("<Content><![CDATA[")[1].split("]]>")[0]
