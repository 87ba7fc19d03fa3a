"""The written report of a unit under appraisal, before the panel votes."""

from __future__ import annotations

from services.proposals.commands.ports import Desk, change_appraisal
from services.proposals.domain import appraisal_reports
from services.proposals.schemas import appraising as form
from services.proposals.schemas import common
from shared.actor import Role, allow
from shared.call import Call
from shared.operations import command


@allow(Role.UNIT_OFFICER, Role.UNIT_LEADER)
@command("handInAppraisalReport", answers=common.APPRAISAL)
def hand_in_report(
    call: Call,
    desk: Desk,
    *,
    appraisal_id: common.AppraisalId,
    text: form.ReportText,
    files: form.ReportFiles,
) -> str:
    """提交被评议单位的书面汇报，投票开始前可重新提交。Hand in the unit's report, before the vote.

    Section 3, "Appraisal". The last one stands; after the due day it is marked as late.

    Raises WrongAppraisalState, ReportNotAsked.
    """
    unit = call.actor.scope.get("unit", "")
    return change_appraisal(
        call,
        desk,
        appraisal_id,
        lambda found, at: appraisal_reports.hand_in(found, unit, text, files, at),
        {"subjects.case_units": unit},
    )


@allow(Role.SYSTEM)
def remind_of_reports(call: Call, desk: Desk) -> list[str]:
    """Remind the units whose report is due soon, once for each appraisal."""
    due = desk.appraisals.reports_due(desk.clock.now())
    return [
        change_appraisal(call, desk, key, lambda found, _: appraisal_reports.remind(found))
        for key in due
    ]
