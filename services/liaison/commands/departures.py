"""What a member who has left the committee leaves to others (2.9, 12.3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.liaison.commands.ports import Desk
from services.liaison.domain.activities import ActivityState
from services.liaison.domain.circles import CircleState
from services.liaison.domain.conferences import ConferenceState
from services.liaison.domain.homes import DutyState, HomeState
from services.liaison.domain.representatives import RegisterState
from shared.call import Call
from shared.persistence.records import Records

BY_ID = [("_id", 1)]


def release(call: Call, desk: Desk, member_id: str) -> None:
    """Days on duty to come, places in activities and groups, walls, representatives kept.

    Judged by what stands: who is in office keeps all, and the second time finds nothing.
    """
    if desk.members.in_office([member_id]):
        return
    to_come = {"state": DutyState.PLANNED.value, "starts_at": {"$gt": desk.clock.now()}}
    open_for = {"state": ActivityState.PUBLISHED.value}
    _each(call, desk, desk.duties, {"member_id": member_id, **to_come}, lambda d: d.vacate())
    _each(
        call,
        desk,
        desk.activities,
        {"signed_up": member_id, **open_for},
        lambda a: a.release(member_id),
    )
    expected = {"state": {"$in": [ConferenceState.PLANNED.value, ConferenceState.NOTIFIED.value]}}
    _each(
        call,
        desk,
        desk.conferences,
        {"invited": member_id, "held_at": {"$gt": desk.clock.now()}, **expected},
        lambda c: c.release(member_id),
    )
    _each(
        call,
        desk,
        desk.circles,
        {"members": member_id, "state": CircleState.OPEN.value},
        lambda c: c.release(member_id),
    )
    _each(
        call,
        desk,
        desk.homes,
        {"members": member_id, "state": {"$ne": HomeState.CLOSED.value}},
        lambda h: h.release(member_id),
    )
    _each(
        call,
        desk,
        desk.representatives,
        {"keeper": member_id, "state": RegisterState.LISTED.value},
        lambda r: r.vacate(),
    )


def _each(
    call: Call,
    desk: Desk,
    records: Records[Any],
    query: dict[str, Any],
    act: Callable[[Any], object],
) -> None:
    """Act on each record that the query finds, as long as it still does."""
    for listed in records.find(query, BY_ID):

        def once(record_id: str = listed.id) -> str:
            for record in records.find({**query, "_id": record_id}, BY_ID):
                act(record)
                records.save(call, record, desk.clock.now())
            return record_id

        records.run(call, once)
