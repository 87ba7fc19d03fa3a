"""Changes of a record, by whose it is."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from services.liaison.commands import access
from services.liaison.commands.ports import Desk
from services.liaison.domain import errors
from shared.call import Call
from shared.persistence import changing
from shared.persistence.changing import Act, R
from shared.persistence.records import Records


def change(call: Call, desk: Desk, records: Records[R], record_id: str, act: Act[R]) -> str:
    """One step of a record; `act` checks who may."""
    return changing.change(call, desk, records, partial(found, records, record_id), act)


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
    return changing.found(records, record_id, errors.LiaisonNotFound)
