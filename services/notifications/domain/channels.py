"""The port through which messages reach people: the inbox, and what leaves the platform."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from services.notifications.domain.deliveries import Address, Delivery, Outlet, Result
from services.notifications.domain.templates import Category

if TYPE_CHECKING:
    from shared.call import Call


@dataclass(frozen=True, slots=True)
class Message:
    """One fact told to one recipient; `id` is made from both (decision 3), `fact` from the fact."""

    id: str
    recipient: str
    template: str
    category: Category
    title: str
    text: str
    params: dict[str, str]
    link_kind: str
    link_id: str
    occurred_on: datetime
    term: int
    fact: str


class Channel(Protocol):
    @property
    def outward(self) -> bool:
        """Whether it leaves the platform: such a channel is silent on replay (decision 6)."""

    def deliver(self, call: Call, messages: Sequence[Message], at: datetime) -> None:
        """Deliver each once, however often it is called with the same messages of one fact."""


class Provider(Protocol):
    """Whoever carries messages of one outlet; says of each try what came of it, never raises."""

    @property
    def outlet(self) -> Outlet: ...

    def send(self, delivery: Delivery, address: Address) -> Result: ...
