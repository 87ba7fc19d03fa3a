"""What the office does about messages that were given up."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from services.notifications import schemas
from shared.actor import Role, allow
from shared.call import Call
from shared.clock import Now
from shared.errors import NotFound
from shared.operations import command


class Deliveries(Protocol):
    def again(self, call: Call, fact: str, at: datetime) -> int: ...


class Reports(Protocol):
    def by_ids(self, ids: list[str]) -> list[dict[str, object]]: ...


@allow(Role.OFFICE)
@command("resendFailedMessages", answers=schemas.SENT_AGAIN)
def resend_failed(
    call: Call,
    deliveries: Deliveries,
    reports: Reports,
    clock: Now,
    *,
    broadcast_id: schemas.BroadcastId,
) -> int:
    """重发未成功的消息（办公室）。Send once more what was given up of a broadcast.

    Those who were reached, or have no address, get nothing. Twice is as once: what waits already
    is not counted again. Raises NotFound.
    """
    if not reports.by_ids([broadcast_id]):
        raise NotFound
    return deliveries.again(call, broadcast_id, clock.now())
