"""What left the platform: the own preferences, and for the office what became of each broadcast."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from services.notifications import schemas
from services.notifications.domain.preferences import Preferences
from services.notifications.queries import SIGNED_IN
from shared.actor import Role, allow
from shared.call import Call
from shared.operations import query
from shared.operations.arguments import After, First

Rows = dict[str, Any]


class Wishes(Protocol):
    def of(self, account_ids: Iterable[str]) -> dict[str, Preferences]: ...


class Reports(Protocol):
    def page(self, first: int, after: str | None) -> Rows: ...
    def by_ids(self, ids: list[str]) -> list[Rows]: ...
    def count(self) -> int: ...


@allow(*SIGNED_IN)
@query()
def own_preferences(call: Call, wishes: Wishes) -> Rows:
    """{"outlets", "muted", "quiet_from", "quiet_until", "digest"}; the usual if none are set."""
    own = str(call.actor.account_id)
    return preferences_row(wishes.of([own])[own])


@allow(Role.OFFICE)
@query("broadcasts", gives="Broadcast")
def list_broadcasts(call: Call, reports: Reports, *, first: First, after: After | None) -> Rows:
    """消息外发情况（办公室），新的在前。What left the platform, newest first; whom it reached."""
    return reports.page(first, after)


@allow(Role.OFFICE)
@query()
def count_broadcasts(call: Call, reports: Reports) -> int:
    return reports.count()


@allow(Role.OFFICE)
@query(loads="Broadcast")
def broadcasts_by_ids(call: Call, reports: Reports, *, ids: schemas.BroadcastIds) -> list[Rows]:
    return reports.by_ids(ids)


def preferences_row(wanted: Preferences) -> Rows:
    return {
        "outlets": [each.value for each in wanted.outlets],
        "muted": [each.value for each in wanted.muted],
        "quiet_from": wanted.quiet_from,
        "quiet_until": wanted.quiet_until,
        "digest": wanted.digest,
    }
