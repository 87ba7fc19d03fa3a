"""The timers: reminders, due dates, ends of appointments; each told once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.supervision.commands.ports import Desk
from services.supervision.domain import debriefings, findings, supervisors
from services.supervision.domain.states import (
    IN_OFFICE,
    WITH_UNIT,
    DebriefingState,
    FindingState,
)
from shared.call import Call
from shared.days import day_of
from shared.persistence.changing import save_unless_lost

ON_CLOCK = sorted(state.value for state in WITH_UNIT | {FindingState.RECTIFIED})
BY_DATE = [("due_at", 1), ("_id", 1)]


def pass_due_dates(call: Call, desk: Desk) -> None:
    """A due day ends at its midnight (decision 66)."""
    at = desk.clock.now()
    late: dict[str, Any] = {"overdue": False, "due_at": {"$lt": day_of(at)}}
    for supervision in desk.supervisions.find(late, BY_DATE):
        supervision.pass_due()
        save_unless_lost(call, desk.supervisions, supervision, at)
    for finding in desk.findings.find({**late, "state": {"$in": ON_CLOCK}}, BY_DATE):
        findings.pass_due(finding)
        save_unless_lost(call, desk.findings, finding, at)


def remind(call: Call, desk: Desk) -> None:
    at = desk.clock.now()
    soon = at + timedelta(days=desk.setting("reminder_days"))
    near: dict[str, Any] = {"reminded": False, "due_at": {"$gt": at, "$lte": soon}}
    for supervision in desk.supervisions.find(near, BY_DATE):
        supervision.remind()
        save_unless_lost(call, desk.supervisions, supervision, at)
    for finding in desk.findings.find({**near, "state": {"$in": ON_CLOCK}}, BY_DATE):
        findings.remind(finding)
        save_unless_lost(call, desk.findings, finding, at)
    asked = {
        "reminded": False,
        "report_by": {"$gt": at, "$lte": soon},
        "state": DebriefingState.PLANNED.value,
    }
    for debriefing in desk.debriefings.find(asked, [("report_by", 1), ("_id", 1)]):
        debriefings.remind(debriefing)
        save_unless_lost(call, desk.debriefings, debriefing, at)


def end_appointments(call: Call, desk: Desk) -> None:
    """A supervisor's time is over with the date of the certificate."""
    at = desk.clock.now()
    serving = {"$in": sorted(state.value for state in IN_OFFICE)}
    for one in desk.supervisors.find({"ends_on": {"$lte": at}, "state": serving}, [("_id", 1)]):
        supervisors.end(one, False, "聘期届满", at)
        save_unless_lost(call, desk.supervisors, one, at)
