"""Changes of what the actor sees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from services.supervision.commands import access
from services.supervision.commands.ports import Desk
from services.supervision.domain import errors
from services.supervision.domain.debriefings import Debriefing
from services.supervision.domain.findings import Finding
from services.supervision.domain.record import Supervision
from shared.call import Call
from shared.persistence import changing
from shared.persistence.changing import R
from shared.persistence.records import Records

MISSING = errors.SupervisionNotFound


def found(records: Records[R], record_id: str) -> R:
    """Raises SupervisionNotFound."""
    return changing.found(records, record_id, MISSING)


def supervision_of(call: Call, desk: Desk, id: str) -> Supervision:
    """Raises SupervisionNotFound, also for what the actor may not see."""
    return changing.found(desk.supervisions, id, MISSING, access.visible(call.actor, desk))


def change(call: Call, desk: Desk, id: str, act: Callable[[Supervision, datetime], object]) -> str:
    """One step of a supervision that the actor sees."""
    return changing.change(
        call, desk, desk.supervisions, lambda: supervision_of(call, desk, id), act
    )


def change_own(
    call: Call, desk: Desk, id: str, act: Callable[[Supervision, datetime], object]
) -> str:
    """One step of what the actor's committee runs. Raises Forbidden."""

    def step(supervision: Supervision, at: datetime) -> None:
        access.require_organiser(call.actor, supervision.organiser)
        act(supervision, at)

    return change(call, desk, id, step)


def change_finding(
    call: Call, desk: Desk, id: str, act: Callable[[Finding, datetime], object]
) -> str:
    def load() -> Finding:
        seen = access.visible_findings(call.actor, desk)
        return changing.found(desk.findings, id, MISSING, seen)

    return changing.change(call, desk, desk.findings, load, act)


def change_debriefing(
    call: Call, desk: Desk, id: str, act: Callable[[Debriefing, datetime], object]
) -> str:
    def load() -> Debriefing:
        seen = access.visible_debriefings(call.actor, desk)
        return changing.found(desk.debriefings, id, MISSING, seen)

    return changing.change(call, desk, desk.debriefings, load, act)
