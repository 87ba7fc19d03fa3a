"""Minutes, the report under its number, feedback, the end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.consultations.commands import access
from services.consultations.commands.changing import (
    change,
    found,
    opinion_items,
    organise,
)
from services.consultations.commands.ports import Desk
from services.consultations.domain import errors, reporting
from services.consultations.domain.matters import Feedback
from services.consultations.domain.record import Consultation, Dissent
from services.consultations.schemas import common
from services.consultations.schemas import consultations as form
from shared.actor import allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.operations import command
from shared.operations.arguments import ExpectedVersion
from shared.persistence.changing import unless_stale


@allow(*access.ORGANISERS)
@command("writeConsultationMinutes", answers=common.CONSULTATION)
def write_minutes(
    call: Call,
    desk: Desk,
    *,
    consultation_id: common.ConsultationId,
    text: form.MinutesText,
    dissents: form.Dissents,
    files: common.Files,
    expected_version: ExpectedVersion | None,
) -> str:
    """整理会议纪要，不同意见如实记录。Write the minutes; dissent stands as it was said.

    Raises Unfit for a dissent that is changed or left out, StaleVersion.
    """
    rows = [Dissent(d.get("member_id"), d.get("organisation"), d["text"]) for d in dissents]
    members = {row.member_id for row in rows if row.member_id}
    if members - desk.members.known(members):
        raise errors.Unfit("提出人应为委员", field="dissents")

    def act(consultation: Consultation, at: datetime) -> None:
        by = access.account(call.actor)
        reporting.write_minutes(consultation, text, rows, files, by, at)

    return organise(call, desk, consultation_id, unless_stale(expected_version, act))


@allow(*access.STAFF)
@command("reportConsultation", answers=common.CONSULTATION)
def report_consultation(
    call: Call,
    desk: Desk,
    *,
    consultation_id: common.ConsultationId,
    title: common.Title,
    text: form.ReportText,
    items: common.Items,
    signer: form.Signer,
    files: common.Files,
) -> str:
    """报送协商专报，编号，意见转成果档案。Send the report, under the next number of the year.

    Its opinions go to the adoption archive. Raises Incomplete without minutes or opinions.
    """
    rows = opinion_items(desk, items)
    if not rows:
        raise errors.Incomplete("协商专报至少有一条意见", field="items")

    def once() -> str:
        def write(session: Any) -> None:
            at = desk.clock.now()
            consultation = found(call, desk, consultation_id)
            access.require_organiser(call.actor, consultation)
            reporting.require_reportable(consultation)
            no = desk.consultations.next_number(session, at.astimezone(SHANGHAI).year)
            reporting.send_report(
                consultation,
                no,
                desk.limits,
                at,
                title=title,
                text=text,
                items=rows,
                signer=signer,
                files=files,
            )
            desk.consultations.save(call, consultation, at, session)

        desk.consultations.in_transaction(write)
        return consultation_id

    return desk.consultations.run(call, once)


@allow(*access.FEED_BACK)
@command("giveConsultationFeedback", answers=common.CONSULTATION)
def give_consultation_feedback(
    call: Call,
    desk: Desk,
    *,
    consultation_id: common.ConsultationId,
    text: common.FeedbackText,
    document_no: common.FeedbackNo,
    given_on: common.FeedbackOn | None,
    files: common.Files,
) -> str:
    """反馈协商成果采纳情况，告知全体参加人员。Give feedback, told to all who took part."""

    def act(consultation: Consultation, at: datetime) -> None:
        by = access.account(call.actor)
        feedback = Feedback(text, document_no, given_on or at, by, tuple(files))
        reporting.give_feedback(consultation, feedback, at)

    return change(call, desk, consultation_id, act)


@allow(*access.STAFF)
@command("trackConsultation", answers=common.CONSULTATION)
def track_consultation(call: Call, desk: Desk, *, consultation_id: common.ConsultationId) -> str:
    """跟踪落实协商意见。Go on tracking what was promised."""
    return organise(call, desk, consultation_id, reporting.track)


@allow(*access.STAFF)
@command("closeConsultation", answers=common.CONSULTATION)
def close_consultation(
    call: Call, desk: Desk, *, consultation_id: common.ConsultationId, reason: common.Reason
) -> str:
    """协商办结。Close it, with what it has come to."""
    return organise(call, desk, consultation_id, lambda c, at: reporting.close(c, reason, at))
