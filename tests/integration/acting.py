"""Who calls a use case, when and how often: for tests of use cases on a real database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from shared.actor import Actor, Role
from shared.call import Call, CommandId
from shared.clock import SHANGHAI
from shared.contracts import sample_event
from shared.ids import new_id
from shared.messaging.events import Event


@dataclass
class Clock:
    """Stands where a test puts it; real time goes on, for the server removes by it what is over."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    def real(self) -> datetime:
        return datetime.now(SHANGHAI)


def call(role: Role, account: str | None, member: str | None = None, **scope: str) -> Call:
    return Call(Actor(account, role, scope, member_id=member), "correlation-1")


def sent(by: Call, command: str | None = None) -> Call:
    """The same call with a command id, a new one unless told."""
    key = command or new_id()
    account = str(by.actor.account_id)
    return replace(by, command=CommandId(account, key, f"content-{key}"))


def attendance(
    service: str, event_type: str, meeting: str, came: dict[str, int], no: int = 1, **said: Any
) -> Event:
    """What the office tells of a meeting that a service holds. came: member → half-days.

    no: of the records that the rows are, or that a correction replaces.
    """
    [row] = sample_event("office", event_type).data["rows"]
    rows = [
        {
            **row,
            "member_id": member,
            "status": "PRESENT" if half_days else "ABSENT",
            "half_days_present": half_days,
            "occurrence_no": no,
        }
        for member, half_days in came.items()
    ]
    told: dict[str, Any] = {
        "meeting_id": meeting,
        "purpose": {"service": service, "id": meeting},
        "rows": rows,
        **said,
    }
    return sample_event("office", event_type, id=new_id(), **told)
