"""Files follow what other services tell of their sources."""

from __future__ import annotations

import copy
from datetime import datetime
from typing import Any

from services.outcomes.commands.changing import found, save
from services.outcomes.commands.ports import Desk
from services.outcomes.domain import files, items
from services.outcomes.domain.files import OutcomeFile
from services.outcomes.domain.following import Matter, matters
from services.outcomes.domain.items import Item
from services.outcomes.domain.kinds import FileState
from services.outcomes.domain.settling import begun, handed_id, handed_over, opened, settle
from shared.call import Call


def follow(call: Call, desk: Desk, node: str) -> None:
    """Opens the files that the node's facts ask for, and brings them to where these say.

    Works on all facts together, so that their order and number make no difference.
    """
    known = desk.graph.node(node)
    for matter in matters(known) if known else ():
        _settle(call, desk, matter)


def give_to_heir(call: Call, desk: Desk, unit: str, heir: str) -> None:
    """Open items of a unit that is no more go on with its heir, in their state and time."""
    side = desk.directory.side(heir)
    for listed in desk.items.find({"units": unit, "open": True}, [("sent_at", 1), ("_id", 1)]):

        def once(item_id: str = listed.id) -> str:
            at = desk.clock.now()
            item = found(desk.items, item_id)
            file = found(desk.files, item.outcome_id)
            before = copy.deepcopy(file)
            if item.unit == unit and items.pass_to(item, heir, side, at):
                files.cover(file, item)
                save(call, desk, at, item, file if file != before else None)
            return item_id

        desk.items.run(call, once)


def _settle(call: Call, desk: Desk, matter: Matter) -> None:
    id = files.file_id(matter.source, matter.ref)
    unit = matter.item.unit if matter.item else None
    side = desk.directory.side(unit) if unit else None

    def once() -> str:
        at = desk.clock.now()
        file = desk.files.get(id)
        if file is None and not matter.void:
            _open(call, desk, matter, side, at)
        elif file is not None and file.opened_by is None:
            _bring_up(call, desk, file, matter, side, at)
        return id

    desk.files.run(call, once)


def _open(call: Call, desk: Desk, matter: Matter, side: str | None, at: datetime) -> None:
    file = opened(matter, at)
    item = begun(file, matter, matter.item, side) if matter.item else None
    if item is not None and matter.item is not None:
        clocks = desk.clocks(at)
        items.send(item, matter.item.due_at or clocks.feedback, at)
        files.take_in(file, item)
    settle(file, item, matter, side, desk.clocks(at), at)
    handed = _take_over(desk, file, matter, at)
    files.announce(file)

    def write(session: Any) -> None:
        desk.files.add(call, file, at, session)
        for one in (*([item] if item is not None else ()), *handed):
            desk.items.add(call, one, at, session)

    desk.files.in_transaction(write)


def _take_over(desk: Desk, file: OutcomeFile, matter: Matter, at: datetime) -> list[Item]:
    """The items of opinions that are new; a void file takes none."""
    if file.state is FileState.VOID or not matter.handed:
        return []
    ids = [handed_id(file.id, one) for one in matter.handed]
    known = {item.id for item in desk.items.by_ids(ids)}
    made = []
    for id, one in zip(ids, matter.handed, strict=True):
        if id in known:
            continue
        item = handed_over(file, matter, one, desk.directory.side(one.unit) if one.unit else None)
        items.send(item, desk.clocks(at).feedback, at)
        files.take_in(file, item)
        made.append(item)
    return made


def _bring_up(
    call: Call, desk: Desk, file: OutcomeFile, matter: Matter, side: str | None, at: datetime
) -> None:
    item = desk.items.get(files.item_id(file.id, 1)) if matter.item else None
    before = copy.deepcopy((file, item))
    settle(file, item, matter, side, desk.clocks(at), at)
    handed = _take_over(desk, file, matter, at)
    if (file, item) == before:
        return

    def write(session: Any) -> None:
        if file != before[0]:
            desk.files.save(call, file, at, session)
        if item is not None and item != before[1]:
            desk.items.save(call, item, at, session)
        for one in handed:
            desk.items.add(call, one, at, session)

    desk.files.in_transaction(write)
