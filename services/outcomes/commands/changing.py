"""Changes of a file and its items: one step, one transaction."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from services.outcomes.commands.ports import Desk
from services.outcomes.domain import errors, files
from services.outcomes.domain.files import OutcomeFile
from services.outcomes.domain.items import Item
from shared.call import Call
from shared.persistence import changing
from shared.persistence.changing import Act, apart
from shared.persistence.records import Records

Step = Callable[[Item, datetime], object]


def found(records: Records[Any], record_id: str) -> Any:
    """Raises OutcomeNotFound."""
    return changing.found(records, record_id, errors.OutcomeNotFound)


def change_file(call: Call, desk: Desk, outcome_id: str, act: Act[OutcomeFile]) -> str:
    """One step of a file; `act` checks who may."""
    return changing.change(call, desk, desk.files, partial(found, desk.files, outcome_id), act)


def change(call: Call, desk: Desk, item_id: str, act: Step) -> str:
    """One step of an item, and what its file makes of it; `act` checks who may."""

    def once() -> str:
        at = desk.clock.now()
        item: Item = found(desk.items, item_id)
        file: OutcomeFile = found(desk.files, item.outcome_id)
        before, was_open = copy.deepcopy(file), item.open
        act(item, at)
        files.cover(file, item)
        files.count(file, was_open, item.open)
        save(call, desk, at, item, file if file != before else None)
        return item.id

    return desk.items.run(call, once)


def save(call: Call, desk: Desk, at: datetime, item: Item, file: OutcomeFile | None) -> None:
    """Both in one transaction; the item holds the command id."""
    if file is None:
        desk.items.save(call, item, at)
        return

    def write(session: Any) -> None:
        desk.items.save(call, item, at, session)
        desk.files.save(apart(call), file, at, session)

    desk.items.in_transaction(write)
