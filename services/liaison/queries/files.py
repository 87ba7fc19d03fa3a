"""Whether a viewer may read a file, and which files are held (decision 20)."""

from __future__ import annotations

from services.liaison.commands.ports import Desk
from services.liaison.queries.activities import may_see
from services.liaison.queries.conferences import may_see_briefing
from services.liaison.queries.exchange import may_see_exchange
from shared.actor import Role, allow
from shared.call import Call
from shared.operations import query
from shared.operations.arguments import Ids, RecordId
from shared.persistence.shaping import both


@allow(*Role)
@query()
def may_read_file(call: Call, desk: Desk, *, file_id: RecordId, subject: RecordId) -> bool:
    """Whether the file is of an activity, briefing or visit that the viewer is shown."""
    held = {"_id": subject, "files": file_id}
    return bool(
        desk.activities.count(both(held, may_see(call.actor)))
        or desk.briefings.count(both(held, may_see_briefing(call.actor)))
        or desk.exchanges.count(both(held, may_see_exchange(call.actor)))
    )


@allow(Role.SYSTEM)
@query(callers=("gateway",))
def held_files(_call: Call, desk: Desk, *, ids: Ids) -> list[str]:
    """Those of these files that any record holds, for the gateway before it removes one."""
    return sorted(desk.activities.held(ids) | desk.briefings.held(ids) | desk.exchanges.held(ids))
