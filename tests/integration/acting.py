"""Who calls a use case, when and how often: for tests of use cases on a real database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from shared.actor import Actor, Role
from shared.call import Call, CommandId
from shared.ids import new_id


@dataclass
class Clock:
    """Stands where a test puts it."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    def real(self) -> datetime:
        return self.at


def call(role: Role, account: str | None, member: str | None = None, **scope: str) -> Call:
    return Call(Actor(account, role, scope, member_id=member), "correlation-1")


def sent(by: Call, command: str | None = None) -> Call:
    """The same call with a command id, a new one unless told."""
    key = command or new_id()
    account = str(by.actor.account_id)
    return replace(by, command=CommandId(account, key, f"content-{key}"))
