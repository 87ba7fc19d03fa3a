"""The shape that most commands have: load, check whose it is, act, save once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Protocol, TypeVar

from shared.call import Call
from shared.clock import Now
from shared.errors import AppError, Conflict, StaleVersion
from shared.persistence.records import Document, Records

R = TypeVar("R", bound=Any)
Act = Callable[[R, datetime], object]


class Timed(Protocol):
    """A service's desk, as far as it is needed here."""

    @property
    def clock(self) -> Now: ...


def create(call: Call, desk: Timed, records: Records[R], make: Callable[[datetime], R]) -> str:
    """A new record; its id. `make` writes nothing: whether the command was carried out before
    is told by the write."""

    def once() -> str:
        at = desk.clock.now()
        record = make(at)
        records.add(call, record, at)
        return str(record.id)

    return records.run(call, once, look_first=False)


def change(call: Call, desk: Timed, records: Records[R], load: Callable[[], R], act: Act[R]) -> str:
    """One step of the record that `load` finds, anew after a lost race; its id.

    Who may is checked by `load` or `act`, which write nothing: whether the command was carried
    out before is told by the write.
    """

    def once() -> str:
        at = desk.clock.now()
        record = load()
        act(record, at)
        records.save(call, record, at)
        return str(record.id)

    return records.run(call, once, look_first=False)


def found(
    records: Records[R], record_id: str, missing: type[AppError], within: Document | None = None
) -> R:
    """Raises `missing`, also for a record that is not `within` what the actor may see."""
    if within is None:
        record = records.get(record_id)
    else:
        query = {"$and": [{"_id": record_id}, within]}
        record = next(iter(records.find(query, [("_id", 1)])), None)
    if record is None:
        raise missing
    return record


def unless_stale(expected: int | None, act: Act[R]) -> Act[R]:
    """`act`, if the record is still as its editor saw it; raises StaleVersion.

    For what two desks may edit at once: the later one sees what the earlier has written first.
    """

    def step(record: R, at: datetime) -> object:
        require_version(record, expected)
        return act(record, at)

    return step


def require_version(record: Any, expected: int | None) -> None:
    """Raises StaleVersion; nothing is asked where no version is named."""
    if expected not in (None, record.version):
        raise StaleVersion(field="expectedVersion")


def loading(
    records: Records[R], record_id: str, missing: type[AppError], within: Document | None = None
) -> Callable[[], R]:
    """`found`, for `change`."""
    return partial(found, records, record_id, missing, within)


def save_unless_lost(call: Call, records: Records[R], record: R, at: datetime) -> None:
    """For timers: another replica that found the same and wrote first has done it."""
    with suppress(Conflict):
        records.save(call, record, at)


def apart(call: Call) -> Call:
    """The call for the further records of one transaction: one of them holds the command id."""
    return replace(call, command=None)
