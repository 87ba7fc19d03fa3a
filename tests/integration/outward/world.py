"""The hands of a test on people, providers and what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shared.actor import Actor, Role
from shared.contracts import sample_event
from shared.ids import new_id
from tests.providers.aliyun import AliyunServer
from tests.stack import Document, Stack
from tests.waiting import eventually

ADMIN = Actor("account-admin", Role.SYSTEM_ADMIN)


@dataclass
class World:
    stack: Stack
    sms: AliyunServer

    def calm(self) -> None:
        for provider in (self.sms,):
            provider.failing, provider.cut_after = 0.0, 0
        self.sms.codes.clear()

    def account(self, phone: str | None = None) -> str:
        """A new account of staff, known to notifications."""
        login = f"a{new_id()[:8]}"
        row = self.stack.call(
            "identity",
            "create_account",
            ADMIN,
            login=login,
            label=login,
            kind="PERSON",
            phone=phone,
        )
        id = str(row["id"])
        eventually(lambda: self.stack.db("notifications")["people"].find_one({"_id": id}))
        return id

    def tell(
        self, account_id: str, event_type: str = "account_password_reset", **more: Any
    ) -> None:
        """A fact about an account: that its password was reset is urgent, by both outlets."""
        data = {"account_id": account_id, "person_id": None, "member_id": None}
        version = more.pop("version", 50)
        event = sample_event(
            "identity", event_type, subject=account_id, version=version, id=new_id(), **data, **more
        )
        self.stack.publish(event)

    def deliveries(self, account_id: str, **more: Any) -> list[Document]:
        rows = self.stack.db("notifications")["deliveries"].find({"account_id": account_id, **more})
        return list(rows.sort("_id", 1))

    def outcome(self, account_id: str, outlet: str) -> tuple[str, str | None]:
        """State and reason of the only delivery to the account by this outlet."""
        rows = self.deliveries(account_id, outlet=outlet)
        assert len(rows) == 1, rows
        row = rows[0]
        return row["state"], row.get("reason")

    def texts(self, phone: str) -> list[str]:
        return [sms.values["title"] for sms in self.sms.sent if sms.phone == phone]
