"""Changes of what the caller's organisation runs."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from services.study.commands import access
from services.study.commands.ports import Desk
from services.study.domain import errors
from shared.call import Call
from shared.persistence import changing
from shared.persistence.changing import Act, R
from shared.persistence.records import Records


def change(call: Call, desk: Desk, records: Records[R], record_id: str, act: Act[R]) -> str:
    """One step of a record that the caller's organisation runs."""

    def step(record: R, at: datetime) -> None:
        access.require_organiser(call.actor, record.organiser)
        act(record, at)

    return changing.change(call, desk, records, partial(found, records, record_id), step)


def found(records: Records[R], record_id: str) -> R:
    """Raises StudyNotFound."""
    return changing.found(records, record_id, errors.StudyNotFound)
