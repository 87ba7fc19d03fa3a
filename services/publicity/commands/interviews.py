"""Proposal interviews: planned, recorded, aired."""

from __future__ import annotations

from datetime import datetime

from services.publicity.commands import access
from services.publicity.commands.ports import Desk
from services.publicity.domain import errors, interviews
from services.publicity.domain.interviews import Interview
from services.publicity.schemas import interviews as form
from shared.actor import allow
from shared.call import Call
from shared.ids import new_id
from shared.operations import command
from shared.persistence.changing import Act, change, create, loading


@allow(*access.INTERVIEWERS)
@command("planProposalInterview", answers=form.INTERVIEW)
def plan_interview(
    call: Call,
    desk: Desk,
    *,
    proposal_id: form.ProposalId,
    title: form.Title,
    medium: form.Medium,
    station: form.Station,
    planned_at: form.PlannedAt,
    guests: form.Guests,
) -> str:
    """策划提案访谈（两台一报）。Plan an interview on a case. Raises Unfit."""
    desk.require_members(guests, "guests")

    def make(at: datetime) -> Interview:
        made = Interview(
            id=new_id(),
            proposal=proposal_id,
            title=title,
            medium=medium,
            station=station,
            planned_at=planned_at,
            created_at=at,
            created_by=access.account(call.actor),
            guests=tuple(dict.fromkeys(guests)),
        )
        interviews.plan(made)
        return made

    return create(call, desk, desk.interviews, make)


@allow(*access.INTERVIEWERS)
@command("recordProposalInterview", answers=form.INTERVIEW)
def record_interview(
    call: Call,
    desk: Desk,
    *,
    interview_id: form.InterviewId,
    recorded_at: form.RecordedAt,
    notes: form.Notes,
) -> str:
    """登记访谈已录制。It is recorded. Raises WrongState, Unfit."""
    return _change(
        call, desk, interview_id, lambda i, at: interviews.record(i, recorded_at, notes, at)
    )


@allow(*access.INTERVIEWERS)
@command("airProposalInterview", answers=form.INTERVIEW)
def air_interview(
    call: Call,
    desk: Desk,
    *,
    interview_id: form.InterviewId,
    aired_at: form.AiredAt,
    url: form.Url | None,
) -> str:
    """登记访谈已播出或刊出。It is aired, or printed. Raises WrongState, Unfit."""
    return _change(call, desk, interview_id, lambda i, at: interviews.air(i, aired_at, url, at))


def _change(call: Call, desk: Desk, id: str, act: Act[Interview]) -> str:
    load = loading(desk.interviews, id, errors.PublicityNotFound)
    return change(call, desk, desk.interviews, load, act)
