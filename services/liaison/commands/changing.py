"""The shape that most commands have: load, check whose it is, act, save once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from services.liaison.commands import access
from services.liaison.commands.ports import Desk
from services.liaison.domain import errors
from shared.call import Call
from shared.errors import Conflict
from shared.persistence.records import Records

R = TypeVar("R", bound=Any)
Act = Callable[[R, datetime], object]


def create(call: Call, desk: Desk, records: Records[R], make: Callable[[datetime], R]) -> str:
    """A new record; its id."""

    def once() -> str:
        at = desk.clock.now()
        record = make(at)
        records.add(call, record, at)
        return str(record.id)

    return records.run(call, once)


def change(call: Call, desk: Desk, records: Records[R], record_id: str, act: Act[R]) -> str:
    """One step of a record; `act` checks who may."""

    def once() -> str:
        at = desk.clock.now()
        record = found(records, record_id)
        act(record, at)
        records.save(call, record, at)
        return record_id

    return records.run(call, once)


def run(call: Call, desk: Desk, records: Records[R], record_id: str, act: Act[R]) -> str:
    """One step of a record that the caller's organisation runs."""

    def step(record: R, at: datetime) -> None:
        access.require_organiser(call.actor, record.organiser)
        act(record, at)

    return change(call, desk, records, record_id, step)


def own(call: Call, desk: Desk, records: Records[R], record_id: str, act: Act[R]) -> str:
    """One step of a record of the caller's own organisation; not the office's to take."""

    def step(record: R, at: datetime) -> None:
        access.require_own(call.actor, record.organiser)
        act(record, at)

    return change(call, desk, records, record_id, step)


def found(records: Records[R], record_id: str) -> R:
    """Raises LiaisonNotFound."""
    record = records.get(record_id)
    if record is None:
        raise errors.LiaisonNotFound
    return record


def save_unless_lost(call: Call, records: Records[R], record: R, at: datetime) -> None:
    """For timers: another replica that found the same and wrote first has done it."""
    with suppress(Conflict):
        records.save(call, record, at)


def apart(call: Call) -> Call:
    """The call for the further records of one transaction: one of them holds the command id."""
    return replace(call, command=None)
