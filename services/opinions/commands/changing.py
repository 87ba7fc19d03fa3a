"""Changes of an item that the actor sees, alone or with those that are used in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from services.opinions.commands import access
from services.opinions.commands.ports import Desk
from services.opinions.domain import errors
from services.opinions.domain.record import Opinion
from shared.call import Call
from shared.persistence import changing
from shared.persistence.changing import Act, apart

Together = Callable[[Opinion, list[Opinion], datetime, Any], object]


def found(call: Call, desk: Desk, opinion_id: str) -> Opinion:
    """Raises OpinionNotFound, also for what the actor may not see."""
    seen = access.visible(call.actor)
    return changing.found(desk.opinions, opinion_id, errors.OpinionNotFound, seen)


def change(call: Call, desk: Desk, opinion_id: str, act: Act[Opinion]) -> str:
    """One step of one item."""
    return changing.change(call, desk, desk.opinions, lambda: found(call, desk, opinion_id), act)


def change_own(call: Call, desk: Desk, opinion_id: str, act: Act[Opinion]) -> str:
    """One step of what the actor has written. Raises Forbidden for another's."""

    def step(opinion: Opinion, at: datetime) -> None:
        access.require_own(call.actor, opinion)
        act(opinion, at)

    return change(call, desk, opinion_id, step)


def change_together(
    call: Call, desk: Desk, opinion_id: str, act: Together, others: Sequence[str] = ()
) -> str:
    """One step of an item and of those that are used in it, or of `others`, all or none.

    `act` is given the item, the others, the moment and the session of the transaction.
    """

    def once() -> str:
        def write(session: Any) -> None:
            # Loaded anew if the transaction is run again: a verb is said once to a record.
            at = desk.clock.now()
            opinion = found(call, desk, opinion_id)
            ids = others or [f.opinion_id for f in opinion.followers]
            rest = desk.opinions.by_ids(ids)
            if len(rest) < len(set(ids)):
                raise errors.OpinionNotFound
            act(opinion, rest, at, session)
            desk.opinions.save(call, opinion, at, session)
            for other in rest:
                desk.opinions.save(apart(call), other, at, session)

        desk.opinions.in_transaction(write)
        return opinion_id

    return desk.opinions.run(call, once)
