"""The timer of all time limits; a written consultation ends at its time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.consultations.commands.ports import Desk
from services.consultations.domain import meeting
from services.consultations.domain.record import Consultation
from services.consultations.domain.states import ConsultationState
from shared.call import Call
from shared.persistence.changing import save_unless_lost

MOST = 200  # at a time; the rest at the next look


def ring_alarms(call: Call, desk: Desk) -> None:
    """What is due: each reminder and each alarm once, whoever looks first."""
    at = desk.clock.now()
    stores: tuple[Any, ...] = (desk.consultations, desk.plans, desk.projects, desk.motions)
    for records in stores:
        for record in records.ringing(at, MOST):
            if isinstance(record, Consultation) and _is_over(record, at):
                meeting.close_written(record, desk.limits, at)
                save_unless_lost(call, records, record, at)
            elif record.ring_alarms(at):
                save_unless_lost(call, records, record, at)


def _is_over(consultation: Consultation, at: datetime) -> bool:
    """With nothing stated it is for its organiser to give it more time, or to put it off."""
    held = consultation.meeting
    return bool(
        consultation.state is ConsultationState.NOTIFIED
        and held
        and held.written
        and held.ends_at <= at
        and consultation.statements
    )
