"""Preparing and holding: the meeting, speakers, papers, statements, the written consultation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.consultations.commands import access
from services.consultations.commands.changing import (
    change,
    organise,
    require_known,
    require_members,
)
from services.consultations.commands.ports import Desk
from services.consultations.domain import meeting, speaking
from services.consultations.domain.record import Consultation
from services.consultations.schemas import common
from services.consultations.schemas import consultations as form
from shared.actor import allow
from shared.call import Call
from shared.operations import command
from shared.operations.arguments import ExpectedVersion
from shared.persistence.changing import require_version


@allow(*access.ORGANISERS)
@command("planConsultationMeeting", answers=common.CONSULTATION)
def plan_meeting(
    call: Call,
    desk: Desk,
    *,
    consultation_id: common.ConsultationId,
    held_at: form.HeldAt,
    ends_at: form.EndsAt,
    place: form.Place,
    half_days: form.HalfDays,
    members: common.Members,
) -> str:
    """安排协商会议，由办公室通知。Ask for the meeting; the office gives notice of it.

    Speakers on the list are invited as such. Moved and called off it is in the office. Raises
    Unfit, Incomplete without organisers.
    """
    require_members(desk, members, "members")

    def act(consultation: Consultation, at: datetime) -> None:
        meeting.plan(
            consultation,
            desk.limits,
            at,
            held_at=held_at,
            ends_at=ends_at,
            place=place,
            half_days=half_days,
            members=members,
        )

    return organise(call, desk, consultation_id, act)


@allow(*access.ORGANISERS)
@command("setConsultationSpeakers", answers=common.CONSULTATION)
def set_speakers(
    call: Call,
    desk: Desk,
    *,
    consultation_id: common.ConsultationId,
    speakers: form.Speakers,
    expected_version: ExpectedVersion | None = None,
) -> str:
    """设置发言名单，按次序。Set the speakers' list, in its order; oral or written.

    Raises Unfit for who is no member in office, or stands there twice, StaleVersion.
    """
    rows: list[dict[str, Any]] = [dict(row) for row in speakers]
    for row in rows:
        row.setdefault("member_id", None)
        row.setdefault("organisation", None)

    def act(consultation: Consultation, at: datetime) -> None:
        require_version(consultation, expected_version)
        members = [row["member_id"] for row in rows if row["member_id"]]
        kept = [one.member_id for one in consultation.speakers if one.member_id]
        require_members(desk, members, "speakers", kept)
        organisations = [row["organisation"] for row in rows if row["organisation"]]
        require_known(desk, organisations, "speakers")
        speaking.list_speakers(consultation, rows, at)

    return organise(call, desk, consultation_id, act)


@allow(*access.ORGANISERS)
@command("sendConsultationPapers", answers=common.CONSULTATION)
def send_papers(
    call: Call, desk: Desk, *, consultation_id: common.ConsultationId, files: common.Files
) -> str:
    """送达协商材料。Send the papers to all who are invited."""
    return organise(call, desk, consultation_id, lambda c, at: speaking.send_papers(c, files, at))


@allow(*access.SPEAK)
@command("stateOnConsultation", answers=common.CONSULTATION)
def state_on_consultation(
    call: Call,
    desk: Desk,
    *,
    consultation_id: common.ConsultationId,
    text: form.Words,
    files: common.Files,
) -> str:
    """提交书面意见（不能到会的委员、远程协商）。Hand in a written statement.

    Again: in the place of the former. Raises NotYourTurn, Closed.
    """

    def act(consultation: Consultation, at: datetime) -> None:
        member, organisation = access.speaks_as(call.actor, consultation)
        speaking.state(consultation, member, organisation, text, files, at)

    return change(call, desk, consultation_id, act)


@allow(*access.ORGANISERS)
@command("openWrittenConsultation", answers=common.CONSULTATION)
def open_written(
    call: Call,
    desk: Desk,
    *,
    consultation_id: common.ConsultationId,
    closes_at: form.ClosesAt,
    members: common.Members,
) -> str:
    """开启网络（远程）书面协商。Open a remote consultation: statements until it closes.

    Those on the speakers' list speak in its order, others at any time. Raises Unfit.
    """
    require_members(desk, members, "members")

    def act(consultation: Consultation, at: datetime) -> None:
        meeting.open_written(consultation, desk.limits, at, closes_at=closes_at, members=members)
        speaking.tell_turn(consultation)

    return organise(call, desk, consultation_id, act)


@allow(*access.ORGANISERS)
@command("passConsultationTurn", answers=common.CONSULTATION)
def pass_turn(
    call: Call, desk: Desk, *, consultation_id: common.ConsultationId, reason: common.Reason
) -> str:
    """跳过当前发言人。Let the turn go to the next one."""
    return organise(call, desk, consultation_id, lambda c, at: speaking.pass_turn(c, reason, at))


@allow(*access.ORGANISERS)
@command("closeWrittenConsultation", answers=common.CONSULTATION)
def close_written(call: Call, desk: Desk, *, consultation_id: common.ConsultationId) -> str:
    """结束书面协商。Close a written consultation before its time."""
    return organise(
        call, desk, consultation_id, lambda c, at: meeting.close_written(c, desk.limits, at)
    )
