"""The timers: due dates, reminders, the alarm of a year without an entry, 31 December."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from services.outcomes.commands.ports import Desk
from services.outcomes.domain import items
from services.outcomes.domain.items import ON_CLOCK, Item
from shared.call import Call
from shared.persistence.changing import save_unless_lost

CLOCKED = sorted(state.value for state in ON_CLOCK)


def pass_due_dates(call: Call, desk: Desk) -> None:
    """What is not done by its date is overdue, told once."""
    at = desk.clock.now()
    late = {"state": {"$in": CLOCKED}, "overdue": False, "due_at": {"$lte": at}}
    _each(call, desk, at, late, "due_at", lambda item: items.pass_due(item, at))


def remind(call: Call, desk: Desk) -> None:
    """Once, some days before its date."""
    at = desk.clock.now()
    soon = at + timedelta(days=desk.setting("reminder_days"))
    near: dict[str, Any] = {
        "state": {"$in": CLOCKED},
        "reminded": False,
        "due_at": {"$gt": at, "$lte": soon},
    }
    _each(call, desk, at, near, "due_at", items.remind)


def carry_over(call: Call, desk: Desk) -> None:
    """An entry for each 31 December that found an item open, exactly once (9.4)."""
    at = desk.clock.now()
    this_year = items.days.year_of(at)
    year = this_year if at >= items.days.last_day(this_year) else this_year - 1
    passed = {"carry_year": {"$lte": year}}
    _each(call, desk, at, passed, "carry_year", lambda item: items.carry_over(item, at))


def alarm(call: Call, desk: Desk) -> None:
    """From December on: a year that is nearly over without a tracking entry."""
    at = desk.clock.now()
    untold = {"track_at": {"$lte": at}}
    _each(call, desk, at, untold, "track_at", lambda item: items.alarm(item, at))


def _each(
    call: Call,
    desk: Desk,
    at: datetime,
    query: dict[str, Any],
    order: str,
    act: Callable[[Item], object],
) -> None:
    """The query finds no longer what was acted on, so that two replicas or a restart do it once."""
    for item in desk.items.find(query, [(order, 1), ("_id", 1)]):
        act(item)
        save_unless_lost(call, desk.items, item, at)
