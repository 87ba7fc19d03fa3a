"""Planned, approved, with a team (5.1–5.3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.supervision.domain import errors
from services.supervision.domain.record import Supervision, Team
from services.supervision.domain.states import ISSUED, OVER, WITH_TEAM, Step, SupervisionState
from shared.contracts import names

S = SupervisionState


def write(supervision: Supervision, written: Mapping[str, Any]) -> None:
    """The draft anew. Raises WrongState once it is sent or approved."""
    supervision.require(S.DRAFT)
    if supervision.submitted_at is not None:
        raise errors.WrongState("已报主席会议审批，不能修改")
    for name, value in written.items():
        setattr(supervision, name, value)


def submit(supervision: Supervision, due_at: datetime, at: datetime) -> None:
    """To the Chairpersons' Council. Raises Unfit without a unit, a site or a plan."""
    supervision.require(S.DRAFT)
    if supervision.submitted_at is not None:
        raise errors.Repeated("已报主席会议审批")
    for name, said in (("units", "被监督单位"), ("plan", "监督方案")):
        if not getattr(supervision, name):
            raise errors.Unfit(f"请填写{said}", field=name)
    supervision.submitted_at = at
    supervision.wait(Step.APPROVAL, due_at)
    supervision.tell(names.SUPERVISION_SUBMITTED, decide_by=due_at)


def decide(
    supervision: Supervision, approved: bool, words: str, rechecks: int, at: datetime
) -> None:
    """Approved, in the yearly plan; or back to who drafted it."""
    supervision.require(S.DRAFT)
    if supervision.submitted_at is None:
        raise errors.WrongState("尚未报主席会议审批")
    supervision.decision, supervision.submitted_at = words, None
    supervision.wait(None)
    if not approved:
        supervision.tell(names.SUPERVISION_RETURNED, reason=words)
        return
    supervision.move(S.APPROVED, at)
    supervision.approved_at, supervision.rechecks_allowed = at, rechecks
    supervision.tell(names.SUPERVISION_APPROVED)


def form_team(supervision: Supervision, team: Team, at: datetime) -> None:
    """First, or changed while it inspects; conflicts of interest are checked before."""
    supervision.require(S.APPROVED, *(WITH_TEAM - ISSUED))
    supervision.team = team
    if supervision.state is S.APPROVED:
        supervision.move(S.TEAM_FORMED, at)
    supervision.tell(names.SUPERVISION_TEAM_FORMED, leader=team.leader)


def begin(supervision: Supervision, at: datetime) -> None:
    """Its first inspection, or its first finding."""
    supervision.require(*WITH_TEAM)
    if supervision.state is S.TEAM_FORMED:
        supervision.move(S.INSPECTING, at)


def cancel(supervision: Supervision, reason: str, at: datetime) -> None:
    """Before its opinion is out."""
    supervision.require(*(set(S) - ISSUED - OVER))
    supervision.move(S.CANCELLED, at)
    supervision.summary = reason
    supervision.wait(None)
    supervision.tell(names.SUPERVISION_CANCELLED, reason=reason)


def replace_unit(supervision: Supervision, unit: str, heir: str) -> None:
    """A merged unit's duties are its heir's (decision 17)."""
    swapped = tuple(dict.fromkeys(heir if u == unit else u for u in supervision.units))
    supervision.units = swapped
    if supervision.opinion is not None:
        for item in supervision.opinion.items:
            item.unit = heir if item.unit == unit else item.unit
    for answer in supervision.answers:
        answer.unit = heir if answer.unit == unit else answer.unit
    supervision.tell(
        names.SUPERVISION_UNIT_CHANGED,
        unit=heir,
        former=unit,
        due_at=supervision.due_at if supervision.waits_for is Step.FEEDBACK else None,
    )
