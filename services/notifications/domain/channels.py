"""The port through which messages reach people.

The inbox is the first channel and stands for WeChat until that channel and SMS come behind the
same port.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from services.notifications.domain.templates import Category

if TYPE_CHECKING:
    from shared.call import Call


@dataclass(frozen=True, slots=True)
class Message:
    """One fact told to one recipient; `id` is made from both (decision 3)."""

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


class Channel(Protocol):
    @property
    def outward(self) -> bool:
        """Whether it leaves the platform: such a channel is silent on replay (decision 6)."""

    def deliver(self, call: Call, message: Message, at: datetime) -> None:
        """Deliver once, however often it is called with the same message id."""
