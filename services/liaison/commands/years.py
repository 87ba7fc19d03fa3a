"""The year of a sector group or a town: plan, topics, summary (2.9, 13.3)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.liaison.commands import access
from services.liaison.commands.ports import Desk
from services.liaison.domain.years import Workspace, workspace_id
from services.liaison.queries.activities import workspace
from services.liaison.schemas import common
from services.liaison.schemas import years as form
from shared.actor import allow
from shared.call import Call
from shared.errors import Forbidden
from shared.operations import command
from shared.operations.arguments import ExpectedVersion
from shared.organisers import organisation_of
from shared.persistence.changing import require_version

Row = dict[str, Any]


@allow(*access.YEARLY)
@command("writeLiaisonYear", answers=form.WORKSPACE)
def write_workspace(
    call: Call,
    desk: Desk,
    *,
    year: common.Year,
    plan: form.YearPlan,
    topics: form.Topics,
    summary: form.YearSummary,
    expected_version: ExpectedVersion | None = None,
) -> Row:
    """编写本组织的年度计划、议题和总结。Write plan, topics and summary of one's own year.

    Raises StaleVersion.
    """
    organisation = organisation_of(call.actor)
    if organisation is None:
        raise Forbidden("当前身份未关联组织")

    def once() -> str:
        at: datetime = desk.clock.now()
        id = workspace_id(organisation, year)
        standing = desk.workspaces.get(id)
        record = standing or Workspace(id, desk.members.current_term(), year, organisation)
        if standing is not None:
            require_version(standing, expected_version)
        record.write(plan, topics, summary)
        if standing is None:
            desk.workspaces.add(call, record, at)
        else:
            desk.workspaces.save(call, record, at)
        return id

    desk.workspaces.run(call, once)
    return workspace(call, desk, organisation=organisation, year=year)
