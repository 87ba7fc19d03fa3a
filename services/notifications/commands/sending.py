"""The senders: what is due goes to its provider, each message by itself.

The service calls this every moment, once for each outlet, on every replica: a round claims what it
sends, so none is sent by two. Whoever dies with a claim lets it go after `lease`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from services.notifications.domain.channels import Provider
from services.notifications.domain.deliveries import (
    Address,
    Delivery,
    Outlet,
    Result,
    Verdict,
    settled,
)
from shared.call import Call
from shared.clock import Now
from shared.errors import AppError
from shared.logging import get_logger

MOST_AT_ONCE = 40
log = get_logger(__name__)


class Deliveries(Protocol):
    def claim(self, outlet: Outlet, at: datetime, until: datetime, most: int) -> list[Delivery]: ...
    def settle(self, delivery: Delivery, fields: dict[str, Any]) -> None: ...
    def catch_up(self, outlet: Outlet, provider_ids: list[str]) -> None: ...


@dataclass(frozen=True, slots=True)
class Pace:
    """delays: between the tries of one message, one more try than there are. lease: how long a
    claim holds; longer than a round of sending can last."""

    delays: Sequence[timedelta]
    lease: timedelta


class Deps(Protocol):
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def addresses(self) -> Callable[[Call, Outlet, list[str]], dict[str, Address]]: ...
    @property
    def together(self) -> Callable[[Callable[[Delivery], None], Iterable[Delivery]], None]: ...
    @property
    def counted(self) -> Callable[[Outlet, str], None]: ...
    @property
    def pace(self) -> Pace: ...
    @property
    def clock(self) -> Now: ...


def send_due(call: Call, provider: Provider, deps: Deps) -> None:
    """Send what is due by this provider, until nothing is."""
    at = deps.clock.now()
    while claimed := deps.deliveries.claim(provider.outlet, at, at + deps.pace.lease, MOST_AT_ONCE):
        _send_all(call, provider, deps, claimed)
        at = deps.clock.now()


def _send_all(call: Call, provider: Provider, deps: Deps, claimed: list[Delivery]) -> None:
    accounts = list({each.account_id for each in claimed})
    try:
        addresses = deps.addresses(call, provider.outlet, accounts)
    except AppError as error:  # whoever knows them is away: no message was tried
        log.warning("addresses_unknown", outlet=provider.outlet.value, code=error.code)
        for each in claimed:
            _settle(deps, each, Result(Verdict.RETRY, code=error.code))
        return

    taken: list[str] = []

    def send(each: Delivery) -> None:
        result = provider.send(each, addresses.get(each.account_id, Address()))
        _settle(deps, each, result)
        if result.provider_id:
            taken.append(result.provider_id)

    deps.together(send, claimed)
    deps.deliveries.catch_up(provider.outlet, taken)


def _settle(deps: Deps, delivery: Delivery, result: Result) -> None:
    fields = settled(delivery, result, deps.clock.now(), deps.pace.delays)
    deps.deliveries.settle(delivery, fields)
    deps.counted(delivery.outlet, fields.get("state") or result.verdict.value)
