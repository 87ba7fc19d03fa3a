"""The shape that most commands have: load, check whose it is, act, save once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from services.study.commands import access
from services.study.commands.ports import Desk
from services.study.domain import errors
from shared.call import Call
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
    """One step of a record that the caller's organisation runs."""

    def once() -> str:
        at = desk.clock.now()
        record = found(records, record_id)
        access.require_organiser(call.actor, record.organiser)
        act(record, at)
        records.save(call, record, at)
        return record_id

    return records.run(call, once)


def found(records: Records[R], record_id: str) -> R:
    """Raises StudyNotFound."""
    record = records.get(record_id)
    if record is None:
        raise errors.StudyNotFound
    return record
