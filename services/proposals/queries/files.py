"""Who may read the files of proposals and inspections, and which are held (decision 20)."""

from __future__ import annotations

from services.proposals.commands.ports import Desk
from services.proposals.queries import appraisals, proposals
from services.proposals.schemas import common
from shared.actor import Role, allow
from shared.call import Call
from shared.operations import query
from shared.operations.arguments import RecordId


@allow(*Role)
@query()
def may_read_file(call: Call, desk: Desk, *, file_id: RecordId, subject: RecordId) -> bool:
    """Whether it is in what the viewer is shown of a proposal, inspection or appraisal."""
    asked = {"file_id": file_id, "subject": subject}
    return proposals.may_read_file(call, desk.proposals, **asked) or (
        appraisals.may_read_inspection_file(call, desk, **asked)
        or appraisals.may_read_report_file(call, desk, **asked)
    )


@allow(Role.SYSTEM)
@query(callers=("gateway",))
def held_files(call: Call, desk: Desk, *, ids: common.Ids) -> list[str]:
    """Those of these files that any record holds, for the gateway before it removes one."""
    return [
        *proposals.held_files(call, desk.proposals, ids=ids),
        *appraisals.held_inspection_files(call, desk, ids=ids),
        *sorted(desk.appraisals.held(ids)),
    ]
