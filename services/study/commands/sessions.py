"""Study sessions, planned by who organises them."""

from __future__ import annotations

from datetime import datetime
from typing import Unpack

from services.study.commands import access
from services.study.commands.changing import change
from services.study.commands.plans import plan_id
from services.study.commands.ports import Desk
from services.study.domain import errors
from services.study.domain.plans import PlanState
from services.study.domain.sessions import Session
from services.study.schemas import common
from services.study.schemas import sessions as form
from shared.actor import allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.ids import new_id
from shared.operations import command
from shared.operations.arguments import ExpectedVersion, TopicCodes
from shared.persistence.changing import create, unless_stale


@allow(*access.ORGANISERS)
@command("planStudySession", answers=form.SESSION)
def plan_session(
    call: Call,
    desk: Desk,
    *,
    organiser: common.Organiser,
    held_at: form.HeldAt,
    themes: form.SessionThemes,
    members: form.Members,
    groups: form.Groups,
    materials: form.Materials,
    topic_codes: TopicCodes,
    **plan: Unpack[form.PlanSession],
) -> str:
    """安排学习活动，会议由办公室通知。Plan a session; its meeting is announced in the office.

    The study of the Chairpersons' Council, the Standing Committee and the office is the office's
    to plan. Raises SessionUnfit: without an approved plan, for other themes, or for strangers;
    TopicUnfit.
    """
    access.require_organiser(call.actor, organiser)
    access.require_holder(call.actor, plan["form"])

    def make(at: datetime) -> Session:
        term, year = desk.members.current_term(), held_at.astimezone(SHANGHAI).year
        yearly = desk.plans.get(plan_id(term, year))
        approved = yearly is not None and yearly.state is not PlanState.DRAFT
        session = Session(
            id=new_id(),
            term=term,
            year=year,
            organiser=organiser,
            held_at=held_at,
            themes=tuple(themes),
            invited=tuple(_people(desk, members, groups)),
            materials=tuple(materials),
            topic_codes=desk.topics.choose(topic_codes, at),
            **plan,
        )
        session.plan([t.code for t in yearly.themes] if yearly and approved else None)
        return session

    return create(call, desk, desk.sessions, make)


@allow(*access.ORGANISERS)
@command("setStudySessionMaterials", answers=form.SESSION)
def set_session_materials(
    call: Call,
    desk: Desk,
    *,
    session_id: common.SessionId,
    materials: form.SessionMaterials,
    expected_version: ExpectedVersion | None = None,
) -> str:
    """设置学习活动的资料。Set the materials of a session. Raises StaleVersion."""
    act = unless_stale(expected_version, lambda s, _: s.set_materials(materials))
    return change(call, desk, desk.sessions, session_id, act)


@allow(*access.ORGANISERS)
@command("closeStudySession", answers=form.SESSION)
def close_session(
    call: Call, desk: Desk, *, session_id: common.SessionId, summary: form.SessionSummary
) -> str:
    """学习小结。Close a session with its summary."""
    return change(call, desk, desk.sessions, session_id, lambda s, _: s.close(summary))


def _people(desk: Desk, members: list[str], groups: list[str]) -> list[str]:
    if set(members) - desk.members.in_office(members):
        raise errors.SessionUnfit("只能邀请在任委员", field="members")
    return list(dict.fromkeys([*members, *desk.members.of_groups(groups)]))
