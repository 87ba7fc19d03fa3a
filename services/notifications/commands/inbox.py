"""What a person may change: which of the own messages count as read."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from services.notifications import schemas
from services.notifications.domain.recipients import Reader
from services.notifications.queries import SIGNED_IN, reader_of
from shared.actor import allow
from shared.call import Call
from shared.clock import Now
from shared.operations import command


class Inbox(Protocol):
    def mark_read(self, call: Call, reader: Reader, ids: list[str], at: datetime) -> None: ...
    def mark_all_read(self, call: Call, reader: Reader, before: datetime, at: datetime) -> None: ...
    def by_ids(self, reader: Reader, ids: list[str]) -> list[dict[str, Any]]: ...
    def count(self, reader: Reader, unread_only: bool) -> int: ...


@allow(*SIGNED_IN)
@command("markNotificationsRead", answers=(schemas.MESSAGES, schemas.UNREAD))
def mark_read(call: Call, inbox: Inbox, clock: Now, *, ids: schemas.MessageIds) -> dict[str, Any]:
    """标记消息为已读。Mark messages as read; NOT_FOUND if one of them is not the viewer's.

    Then none is marked.
    """
    reader = reader_of(call.actor)
    inbox.mark_read(call, reader, ids, clock.now())
    return {"notifications": inbox.by_ids(reader, ids), "unread_count": inbox.count(reader, True)}


@allow(*SIGNED_IN)
@command("markAllNotificationsRead", answers=schemas.UNREAD)
def mark_all_read(call: Call, inbox: Inbox, clock: Now, *, before: schemas.Before) -> int:
    """标记此前的消息为已读。Mark all messages delivered until a moment as read."""
    reader = reader_of(call.actor)
    inbox.mark_all_read(call, reader, before, clock.now())
    return inbox.count(reader, True)
