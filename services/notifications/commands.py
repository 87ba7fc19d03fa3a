"""What a person may change: which of the own messages count as read."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from services.notifications.domain.recipients import Reader
from services.notifications.queries import SIGNED_IN, reader_of
from shared.actor import allow
from shared.call import Call
from shared.clock import Now


class Inbox(Protocol):
    def mark_read(self, call: Call, reader: Reader, ids: list[str], at: datetime) -> None: ...
    def mark_all_read(self, call: Call, reader: Reader, before: datetime, at: datetime) -> None: ...


@allow(*SIGNED_IN)
def mark_read(call: Call, inbox: Inbox, clock: Now, *, ids: list[str]) -> None:
    """Raises NotFound, marking nothing, if one of `ids` is absent or another's."""
    inbox.mark_read(call, reader_of(call.actor), ids, clock.now())


@allow(*SIGNED_IN)
def mark_all_read(call: Call, inbox: Inbox, clock: Now, *, before: datetime) -> None:
    """Marks what had been delivered by `before`, the moment of the client's last look."""
    inbox.mark_all_read(call, reader_of(call.actor), before, clock.now())
