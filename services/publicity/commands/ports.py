"""What the use cases are given: storage, time, settings, and the account on WeChat."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from services.publicity.domain import errors
from services.publicity.domain.outside import Status
from shared.clock import Now

if TYPE_CHECKING:
    from services.publicity import repository
    from shared.persistence import SettingsStore
    from shared.persistence.roster import Members


class Account(Protocol):
    """An official account. Each raises Outside, and is one request that the next builds on."""

    def add_draft(self, title: str, author: str, body: str) -> str: ...

    def submit(self, draft: str) -> str: ...

    def status(self, job: str) -> Status: ...


@dataclass(frozen=True)
class Desk:
    """The dependencies of all use cases."""

    contents: repository.Contents
    interviews: repository.Interviews
    members: Members
    settings: SettingsStore
    clock: Now
    account: Account

    def setting(self, key: str) -> Any:
        return self.settings.get(key, self.clock.now())

    def require_members(self, ids: Collection[str], field: str = "members") -> None:
        """Raises Unfit for one who is not in office."""
        if unfit := set(ids) - self.members.in_office(ids):
            raise errors.Unfit("请选择在任委员", field=field, details={"members": sorted(unfit)})
