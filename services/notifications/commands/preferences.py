"""What a person wants sent, by which outlet and when; for the own account alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from services.notifications import schemas
from services.notifications.domain.preferences import Preferences
from services.notifications.queries import SIGNED_IN
from services.notifications.queries.outside import preferences_row
from shared.actor import allow
from shared.call import Call
from shared.clock import Now
from shared.operations import command


class Wishes(Protocol):
    def put(self, call: Call, wanted: Preferences, at: datetime) -> None: ...


@allow(*SIGNED_IN)
@command("setNotificationPreferences", answers=schemas.PREFERENCES)
def set_preferences(
    call: Call,
    wishes: Wishes,
    clock: Now,
    *,
    outlets: schemas.Outlets,
    muted: schemas.Muted,
    quiet_from: schemas.QuietFrom,
    quiet_until: schemas.QuietUntil,
    digest: schemas.Digest,
) -> dict[str, Any]:
    """设置消息推送偏好。Choose outlets, muted categories, quiet hours and the daily digest.

    Urgent messages come whatever is muted and whatever the hour, by the outlets that are on. What
    is noted for sending already goes as it was.
    """
    wanted = Preferences(
        account_id=str(call.actor.account_id),
        outlets=tuple(outlets),
        muted=tuple(muted),
        quiet_from=quiet_from,
        quiet_until=quiet_until,
        digest=digest,
    )
    wishes.put(call, wanted, clock.now())
    return preferences_row(wanted)
