"""A message on its way out of the platform: one for each fact, person and outlet.

Each is tried by itself: what fails never holds up another, and what cannot be sent ends in a state
that the office sees.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from shared.errors import DomainError
from shared.labels import Labelled

KEPT_TRYING = timedelta(hours=48)  # from when it was to go: news that is older is none
LATER = timedelta(hours=1)  # after a provider's limit; such a wait is no attempt


class Outlet(Labelled, name="MessageOutlet"):
    """消息渠道。A way by which messages leave the platform."""

    WECHAT = "WECHAT", "微信", "WeChat"
    SMS = "SMS", "短信", "Text message"


class DeliveryState(Labelled):
    """发送状态。State of one message to one person by one outlet."""

    WAITING = "WAITING", "待发送", "Waiting to be sent"
    GATHERED = "GATHERED", "待汇总", "Waiting for the digest"
    SENT = "SENT", "已发出", "Accepted by the provider"
    DELIVERED = "DELIVERED", "已送达", "Delivered, by the provider's receipt"
    UNREACHABLE = "UNREACHABLE", "无法触达", "No address, or not wanted there"
    FAILED = "FAILED", "发送失败", "Given up"


class DeliveryReason(Labelled):
    """未送达原因。Why a message did not reach its person."""

    NOT_BOUND = "NOT_BOUND", "未绑定微信", "No WeChat is bound"
    NO_PHONE = "NO_PHONE", "没有手机号", "No phone number is known"
    NOT_SUBSCRIBED = "NOT_SUBSCRIBED", "未关注或拒收", "Not subscribed, or blocked"
    ILLEGAL_NUMBER = "ILLEGAL_NUMBER", "手机号有误", "The number is not valid"
    REFUSED = "REFUSED", "服务商拒绝", "Refused by the provider"
    EXHAUSTED = "EXHAUSTED", "多次发送未成功", "All tries failed"
    EXPIRED = "EXPIRED", "逾时未能发出", "Could not be sent in time"
    NOT_DELIVERED = "NOT_DELIVERED", "未能送达", "Sent, and not delivered"


class Verdict(StrEnum):
    """What came of one try."""

    SENT = "SENT"
    RETRY = "RETRY"  # surely not taken
    UNCLEAR = "UNCLEAR"  # perhaps taken
    LATER = "LATER"  # a limit of the provider
    UNREACHABLE = "UNREACHABLE"
    REFUSED = "REFUSED"  # will never be taken


@dataclass(frozen=True, slots=True)
class Result:
    """provider_id: by which its receipt will name it; code: the provider's own, for operators."""

    verdict: Verdict
    provider_id: str | None = None
    reason: DeliveryReason | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """key: what the provider knows it by. unclear: a former try may have been taken.

    expires_at: no try after it. count: of a digest, how many messages it sums up.
    """

    id: str
    key: str
    account_id: str
    outlet: Outlet
    title: str
    text: str
    occurred_on: datetime
    attempts: int
    unclear: bool
    expires_at: datetime
    is_digest: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class Address:
    """Where an account is reached; held for one round of sending and never stored here."""

    openid: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """A provider's word on what it took; without a reason it was delivered. key: ours, if it says
    so."""

    outlet: Outlet
    provider_id: str
    reason: DeliveryReason | None
    code: str
    key: str | None = None

    @property
    def state(self) -> DeliveryState:
        if self.reason is None:
            return DeliveryState.DELIVERED
        blocked = self.reason is DeliveryReason.NOT_SUBSCRIBED
        return DeliveryState.UNREACHABLE if blocked else DeliveryState.FAILED


class Said(StrEnum):
    """What WeChat tells us of."""

    RECEIPT = "RECEIPT"
    CODE = "CODE"  # somebody wrote digits: a binding code
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Pushed:
    """account: the official account that was written to, by its original id."""

    said: Said
    openid: str = field(repr=False)
    account: str
    code: str | None = field(default=None, repr=False)
    receipt: Receipt | None = None


class CallbackRefused(DomainError):
    """It does not come from the provider, or not of late."""

    code = "CALLBACK_REFUSED"
    message = "回调签名无效"


def settled(
    delivery: Delivery, result: Result, at: datetime, delays: Sequence[timedelta]
) -> dict[str, Any]:
    """The fields after a try; attempts counts this one. `delays` are those between tries."""
    match result.verdict:
        case Verdict.SENT:
            return _end(DeliveryState.SENT, result, at)
        case Verdict.UNREACHABLE:
            return _end(DeliveryState.UNREACHABLE, result, at)
        case Verdict.REFUSED:
            return _end(DeliveryState.FAILED, result, at)
    late = result.verdict is Verdict.LATER
    # Once unclear, it stays so: a later refusal says nothing of the try before.
    unclear = delivery.unclear or result.verdict is Verdict.UNCLEAR
    if not late and delivery.attempts > len(delays):
        return _end(DeliveryState.FAILED, _because(result, DeliveryReason.EXHAUSTED), at)
    next_at = at + (LATER if late else delays[delivery.attempts - 1])
    if next_at >= delivery.expires_at:
        return _end(DeliveryState.FAILED, _because(result, DeliveryReason.EXPIRED), at)
    attempts = delivery.attempts - 1 if late else delivery.attempts
    return {"next_at": next_at, "attempts": attempts, "unclear": unclear, "code": result.code}


def _because(result: Result, reason: DeliveryReason) -> Result:
    return Result(result.verdict, reason=reason, code=result.code)


def _end(state: DeliveryState, result: Result, at: datetime) -> dict[str, Any]:
    return {
        "state": state.value,
        "reason": result.reason.value if result.reason else None,
        "code": result.code,
        "provider_id": result.provider_id,
        "settled_at": at,
        "unclear": False,
    }


# What the office asks: how many were reached, wait, or were not.
REACHED = (DeliveryState.SENT, DeliveryState.DELIVERED)
STILL = (DeliveryState.WAITING, DeliveryState.GATHERED)


def figures(counted: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """By outlet, of rows {"outlet", "state", "reason", "count"} of one broadcast; outlets without
    any are left out. `delivered` is the part of `reached` that the provider has confirmed."""
    found = []
    for outlet in Outlet:
        own = [row for row in counted if row["outlet"] == outlet]
        reasons: dict[str, int] = {}
        for row in own:
            if row.get("reason"):
                reasons[row["reason"]] = reasons.get(row["reason"], 0) + row["count"]
        if own:
            found.append(
                {
                    "outlet": outlet.value,
                    "total": sum(row["count"] for row in own),
                    "reached": _sum(own, *REACHED),
                    "delivered": _sum(own, DeliveryState.DELIVERED),
                    "waiting": _sum(own, *STILL),
                    "unreachable": _sum(own, DeliveryState.UNREACHABLE),
                    "failed": _sum(own, DeliveryState.FAILED),
                    "reasons": [
                        {"reason": reason, "count": reasons[reason]} for reason in sorted(reasons)
                    ],
                }
            )
    return found


def _sum(rows: Sequence[Mapping[str, Any]], *states: DeliveryState) -> int:
    return sum(row["count"] for row in rows if row["state"] in states)
