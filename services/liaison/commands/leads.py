"""What came back of a lead goes to where the matter came from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from services.liaison.commands import access
from services.liaison.commands.changing import found
from services.liaison.commands.ports import Desk
from services.liaison.domain.leads import Lead, LeadState, Origin
from services.liaison.schemas import common
from services.liaison.schemas import leads as form
from shared.actor import Role, allow
from shared.call import Call
from shared.operations import command
from shared.persistence.changing import apart, save_unless_lost

ANSWERS = (access.OFFICE, Role.INFO_EDITOR)


@allow(*ANSWERS)
@command("answerLead", answers=form.LEAD)
def answer_lead(
    call: Call,
    desk: Desk,
    *,
    lead_id: form.LeadId,
    answer: common.AnswerText,
    reference: form.Reference | None,
) -> str:
    """答复转办事项。Say what became of a forwarded matter.

    The contact's issue or the visitor's matter is answered.
    """
    return settle_lead(call, desk, lead_id, answer, reference)


def settle_lead(call: Call, desk: Desk, lead_id: str, answer: str, reference: str | None) -> str:
    """The first answer of a lead, to it and to its source."""

    def act(lead: Lead, at: datetime) -> bool:
        lead.reply(answer, reference, at)
        return True

    return _settle(call, desk, lead_id, answer, act)


def add_to_lead(call: Call, desk: Desk, lead_id: str, fact: str, answer: str) -> str:
    """What is heard later, once for each fact, to the lead and to its source."""
    return _settle(call, desk, lead_id, answer, lambda lead, at: lead.add(fact, answer, at))


def _settle(
    call: Call, desk: Desk, lead_id: str, answer: str, act: Callable[[Lead, datetime], bool]
) -> str:
    """The lead and its source in one transaction; nothing where `act` says it is known."""

    def once() -> str:
        at = desk.clock.now()
        lead = found(desk.leads, lead_id)
        if not act(lead, at):
            return lead_id

        def write(session: Any) -> None:
            desk.leads.save(call, lead, at, session)
            if lead.origin is Origin.CONTACT:
                contact = found(desk.contacts, lead.source_id)
                contact.take_answer(lead.source_no, answer, at)
                desk.contacts.save(apart(call), contact, at, session)
            else:
                reception = found(desk.receptions, lead.source_id)
                reception.take_answer(answer)
                desk.receptions.save(apart(call), reception, at, session)

        desk.leads.in_transaction(write)
        return lead_id

    return desk.leads.run(call, once)


def remind_of_leads(call: Call, desk: Desk) -> None:
    """The timer: what nobody has answered is told once, some days before its date."""
    at = desk.clock.now()
    soon = at + timedelta(days=desk.setting("lead_reminder_days"))
    waiting = {"state": LeadState.FORWARDED.value, "reminded": False, "due_at": {"$lte": soon}}
    for lead in desk.leads.find(waiting, [("due_at", 1)]):
        lead.remind()
        save_unless_lost(call, desk.leads, lead, at)


def waits(lead: Lead | None) -> bool:
    return lead is not None and lead.state is LeadState.FORWARDED
