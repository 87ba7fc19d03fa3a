"""The year of a sector group or a town: plan, topics, summary (2.9, 13.3)."""

from __future__ import annotations

from datetime import datetime

from services.liaison.commands import access
from services.liaison.commands.ports import Desk
from services.liaison.domain.years import Workspace
from shared.actor import allow
from shared.call import Call
from shared.errors import Forbidden
from shared.organisers import organisation_of


def workspace_id(organisation: str, year: int) -> str:
    return f"{organisation}:{year}"


@allow(*access.YEARLY)
def write_workspace(
    call: Call, desk: Desk, *, year: int, plan: str, topics: list[str], summary: str
) -> str:
    """Of one's own group or town, as often as it changes; its id."""
    organisation = organisation_of(call.actor)
    if organisation is None:
        raise Forbidden("当前身份未关联组织")

    def once() -> str:
        at: datetime = desk.clock.now()
        id = workspace_id(organisation, year)
        standing = desk.workspaces.get(id)
        record = standing or Workspace(id, desk.members.current_term(), year, organisation)
        record.write(plan, topics, summary)
        if standing is None:
            desk.workspaces.add(call, record, at)
        else:
            desk.workspaces.save(call, record, at)
        return id

    return desk.workspaces.run(call, once)
