"""Work briefings and their receipts (11.2)."""

from __future__ import annotations

from datetime import datetime

from services.liaison.commands import access
from services.liaison.commands.changing import change, found
from services.liaison.commands.ports import Desk
from services.liaison.domain import errors
from services.liaison.domain.briefings import Briefing
from services.liaison.schemas import briefings as form
from services.liaison.schemas import common
from shared.actor import allow
from shared.call import Call
from shared.ids import new_id
from shared.operations import command
from shared.persistence.changing import create


@allow(access.OFFICE)
@command("sendWorkBriefing", answers=form.BRIEFING)
def send_briefing(
    call: Call,
    desk: Desk,
    *,
    title: common.Title,
    text: form.BriefingText,
    recipients: form.Recipients,
    files: common.Files,
) -> str:
    """发送工作通报。Send a work briefing. Raises BriefingUnfit, OrganisationUnknown."""
    desk.require_organisations(recipients, "recipients")

    def make(at: datetime) -> Briefing:
        briefing = Briefing(
            id=new_id(),
            term=desk.members.current_term(),
            title=title,
            text=text,
            recipients=tuple(recipients),
            files=tuple(dict.fromkeys(files)),
            sent_by=access.account(call.actor),
            sent_at=at,
        )
        briefing.send()
        return briefing

    return create(call, desk, desk.briefings, make)


@allow(*access.PARTNERS)
@command("confirmWorkBriefing", answers=form.BRIEFING)
def receive_briefing(call: Call, desk: Desk, *, briefing_id: form.BriefingId) -> str:
    """签收工作通报。Confirm a briefing, for one's own organisation.

    Raises BriefingUnfit for one that it was not sent to.
    """
    organisation, by = access.stands_for(call.actor), access.account(call.actor)
    if organisation is None:
        raise errors.BriefingUnfit("本单位不在接收范围内")
    return change(
        call, desk, desk.briefings, briefing_id, lambda b, at: b.receive(organisation, by, at)
    )


@allow(access.OFFICE)
@command("urgeWorkBriefing", answers=form.BRIEFING)
def urge_briefing(call: Call, desk: Desk, *, briefing_id: form.BriefingId) -> str:
    """催收工作通报。Urge those who have not confirmed."""
    return change(call, desk, desk.briefings, briefing_id, lambda b, at: b.urge(at))


def forgive_receipts(call: Call, desk: Desk, organisation: str) -> None:
    """An organisation that is no more owes no receipt."""
    owed = {"recipients": organisation, "waiting": organisation}
    for listed in desk.briefings.find(owed, [("_id", 1)]):

        def once(briefing_id: str = listed.id) -> str:
            briefing = found(desk.briefings, briefing_id)
            if briefing.forgive(organisation):
                desk.briefings.save(call, briefing, desk.clock.now())
            return briefing_id

        desk.briefings.run(call, once)
