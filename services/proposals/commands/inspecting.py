"""Inspection records (提案办理视察, 8.4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from services.proposals.commands import visibility as access
from services.proposals.commands.ports import Desk
from services.proposals.domain.appraisal_errors import InspectionUnfit
from services.proposals.domain.inspection import Finding, Inspection
from services.proposals.schemas import common
from services.proposals.schemas import inspecting as form
from shared.actor import Role, allow
from shared.call import Call
from shared.errors import NotFound
from shared.ids import new_id
from shared.operations import command
from shared.operations.arguments import ExpectedVersion
from shared.persistence import execute
from shared.persistence.changing import unless_stale


@allow(Role.PROPOSAL_STAFF)
@command("planInspection", answers=form.INSPECTION)
def plan_inspection(
    call: Call,
    desk: Desk,
    *,
    title: common.Title,
    held_at: common.HeldAt,
    place: common.Place,
    proposal_ids: form.ProposalIds,
    participants: form.Participants,
) -> str:
    """安排提案办理视察。Plan an inspection.

    Of cases that units handle, by ACTIVE members; raises InspectionUnfit.

    Raises InspectionUnfit.
    """

    def use_case() -> str:
        at = desk.clock.now()
        _check_members(call, desk, participants, at)
        inspection = Inspection(
            id=new_id(),
            term=desk.directory.session_at(at).term,
            title=title,
            held_at=held_at,
            place=place,
            proposal_ids=tuple(dict.fromkeys(proposal_ids)),
            units=_units_of(call, desk, proposal_ids),
            participants=tuple(dict.fromkeys(participants)),
            account_id=call.actor.account_id,
        )
        inspection.plan()
        desk.inspections.add(call, inspection, at)
        return inspection.id

    return execute(call, desk.inspections.aggregates, use_case)


@allow(Role.PROPOSAL_STAFF)
@command("holdInspection", answers=form.INSPECTION)
def hold_inspection(
    call: Call,
    desk: Desk,
    *,
    inspection_id: form.InspectionId,
    held_at: common.HeldAt,
    participants: form.InspectionParticipants,
) -> str:
    """登记视察已举行。Record that it took place. Raises InspectionUnfit, WrongInspectionState."""

    def act(inspection: Inspection, at: datetime) -> None:
        _check_members(call, desk, participants, at)
        inspection.hold(participants, held_at, at)

    return _change(call, desk, inspection_id, act)


@allow(Role.PROPOSAL_STAFF)
@command("saveInspectionFindings", answers=form.INSPECTION)
def save_findings(
    call: Call,
    desk: Desk,
    *,
    inspection_id: form.InspectionId,
    findings: form.Findings,
    expected_version: ExpectedVersion | None = None,
) -> str:
    """保存视察情况，替换先前所存。Save all findings, in the place of those before.

    Raises InspectionUnfit, WrongInspectionState, StaleVersion.
    """
    listed = [
        Finding(row["proposal_id"], row["text"], tuple(row["photos"]), tuple(row["verified"]))
        for row in findings
    ]

    def act(inspection: Inspection, _: datetime) -> None:
        inspection.save_findings(listed)

    return _change(call, desk, inspection_id, unless_stale(expected_version, act))


@allow(Role.PROPOSAL_STAFF)
@command("reportInspection", answers=form.INSPECTION)
def report_inspection(
    call: Call,
    desk: Desk,
    *,
    inspection_id: form.InspectionId,
    report: form.Report,
    attachments: form.InspectionAttachments,
) -> str:
    """提交视察报告。Hand in the report; final. Raises InspectionUnfit, WrongInspectionState."""
    return _change(
        call, desk, inspection_id, lambda i, at: i.submit_report(report, attachments, at)
    )


@allow(Role.PROPOSAL_STAFF)
@command("cancelInspection", answers=form.INSPECTION)
def cancel_inspection(
    call: Call, desk: Desk, *, inspection_id: form.InspectionId, reason: common.AppraisalReason
) -> str:
    """取消视察，限举行之前。Cancel it before it is held. Raises WrongInspectionState."""
    return _change(call, desk, inspection_id, lambda i, _: i.cancel(reason))


def _check_members(call: Call, desk: Desk, members: list[str], at: datetime) -> None:
    if set(members) - set(desk.active_members(call, sorted(set(members)), at)):
        raise InspectionUnfit("参加视察的须为在任委员", field="participants")


def _units_of(call: Call, desk: Desk, proposal_ids: list[str]) -> tuple[str, ...]:
    """Raises InspectionUnfit for a case that no unit handles, NotFound for one unknown."""
    query = {"$and": [{"_id": {"$in": proposal_ids}}, access.visible_to(call.actor)]}
    rows = desk.proposals.rows(query, ("assigned_units",))
    if len(rows) < len(set(proposal_ids)):
        raise NotFound("未找到该提案")
    if not all(row["assigned_units"] for row in rows):
        raise InspectionUnfit("只能视察已经交办的提案", field="proposalIds")
    return tuple(sorted({unit for row in rows for unit in row["assigned_units"]}))


def _change(
    call: Call, desk: Desk, inspection_id: str, act: Callable[[Inspection, datetime], object]
) -> str:
    def use_case() -> str:
        at = desk.clock.now()
        inspection = desk.inspections.get(inspection_id)
        act(inspection, at)
        desk.inspections.save(call, inspection, at)
        return inspection.id

    return execute(call, desk.inspections.aggregates, use_case)
