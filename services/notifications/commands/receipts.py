"""What providers tell us: receipts of what was sent, and what people write to the account.

The gateway alone passes it on; whether it comes from the provider is checked here, where the
secrets are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from services.notifications import schemas
from services.notifications.domain.deliveries import CallbackRefused, Pushed, Receipt, Said
from shared.actor import Role, allow
from shared.call import Call
from shared.clock import Now
from shared.errors import DomainError
from shared.operations import command

BOUND = "绑定成功，今后的履职消息会发到这里。"
SUCCESS = "success"  # WeChat's word for: heard, nothing to answer
Row = dict[str, Any]


class Deliveries(Protocol):
    def take(self, receipt: Receipt, at: datetime) -> None: ...


class WechatDoor(Protocol):
    def greeting(self, query: Mapping[str, str]) -> str: ...
    def opened(self, query: Mapping[str, str], body: str) -> Pushed: ...
    def answer(self, pushed: Pushed, text: str) -> str: ...


class SmsDoor(Protocol):
    def opened(self, key: str, body: str) -> list[Receipt]: ...


class Deps(Protocol):
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def wechat_door(self) -> WechatDoor | None: ...
    @property
    def sms_door(self) -> SmsDoor | None: ...
    @property
    def bind(self) -> Callable[[Call, str, str], None]: ...
    @property
    def clock(self) -> Now: ...


@allow(Role.SYSTEM)
@command(callers=("gateway",), logged=False)
def take_wechat_callback(
    call: Call,
    desk: Deps,
    *,
    query: schemas.CallbackQuery,
    body: schemas.CallbackBody,
) -> str:
    """What WeChat sent to the address of the official account; the text to answer.

    Without a body it is WeChat asking whether the address is ours. Raises CallbackRefused.
    """
    if desk.wechat_door is None:
        raise CallbackRefused
    if not body:
        return desk.wechat_door.greeting(query)
    pushed = desk.wechat_door.opened(query, body)
    if pushed.said is Said.RECEIPT and pushed.receipt is not None:
        desk.deliveries.take(pushed.receipt, desk.clock.now())
    if pushed.said is not Said.CODE or pushed.code is None:
        return SUCCESS
    try:
        desk.bind(call, pushed.code, pushed.openid)
    except DomainError as refusal:
        return desk.wechat_door.answer(pushed, refusal.message)
    return desk.wechat_door.answer(pushed, BOUND)


@allow(Role.SYSTEM)
@command(callers=("gateway",), logged=False)
def take_sms_callback(
    call: Call, desk: Deps, *, key: schemas.CallbackKey, body: schemas.CallbackBody
) -> int:
    """Reports of text messages; how many. Raises CallbackRefused."""
    if desk.sms_door is None:
        raise CallbackRefused
    receipts = desk.sms_door.opened(key, body)
    for receipt in receipts:
        desk.deliveries.take(receipt, desk.clock.now())
    return len(receipts)
