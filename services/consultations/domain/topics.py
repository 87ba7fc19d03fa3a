"""征题: topics are proposed, shaped, taken into a plan or declined, put off or called off."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.consultations.domain import errors
from services.consultations.domain.record import Consultation
from services.consultations.domain.states import UNDER_WAY, ConsultationState
from shared.contracts import names

S = ConsultationState


def propose(consultation: Consultation, at: datetime) -> None:
    consultation.note_state(S.PROPOSED.value, at)
    consultation.tell(names.CONSULTATION_PROPOSED)


def shape(consultation: Consultation, **said: Any) -> None:
    """What it is about and who holds it, until its notice is out. Raises WrongState."""
    consultation.require({S.PROPOSED, *UNDER_WAY} - {S.NOTIFIED})
    for name, value in said.items():
        setattr(consultation, name, value)


def take_up(consultation: Consultation, plan_id: str, public: bool, at: datetime) -> None:
    """Into the year's plan, as the Party committee has decided.

    Raises WrongState; Incomplete without an organiser.
    """
    if not consultation.organisers:
        raise errors.Incomplete("列入计划的议题须有主办单位", field="consultationIds")
    consultation.move(S.IN_PLAN, at)
    consultation.plan_id, consultation.public = plan_id, public
    consultation.tell(names.CONSULTATION_TAKEN_UP, plan_id=plan_id)


def postpone(consultation: Consultation, reason: str, at: datetime) -> None:
    """Put off: its meeting is called off in the office, a later sitting has a number of its own."""
    meeting = consultation.meeting
    consultation.move(S.POSTPONED, at, reason)
    _call_off(consultation, at)
    meeting_id = meeting.id if meeting else consultation.id
    consultation.tell(names.CONSULTATION_POSTPONED, meeting_id=meeting_id, reason=reason)


def cancel(consultation: Consultation, reason: str, at: datetime) -> None:
    """Declined as a topic, or called off for good."""
    meeting = consultation.meeting
    consultation.move(S.CANCELLED, at, reason)
    _call_off(consultation, at)
    meeting_id = meeting.id if meeting else consultation.id
    consultation.tell(names.CONSULTATION_CANCELLED, meeting_id=meeting_id, reason=reason)


def _call_off(consultation: Consultation, at: datetime) -> None:
    consultation.give_up(at)
    consultation.meeting, consultation.papers_sent_at = None, None
