"""What the use cases are given: storage, time, settings, the seal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from services.performance.domain.members import Member
from services.performance.domain.rules import RuleBook
from shared.clock import Now

if TYPE_CHECKING:
    from services.performance.queries.points import Reading
    from services.performance.repository import (
        Appeals,
        Duties,
        LateChanges,
        LedgerRepository,
        ManualRequests,
        MemberRepository,
        RuleSets,
        Snapshots,
        Talks,
        Years,
    )
    from shared.persistence import SettingsStore
    from shared.persistence.directory import Directory


class Seal(Protocol):
    """Signs a statement in this service's name."""

    def sign_statement(self, claims: Mapping[str, Any]) -> str: ...


@dataclass(frozen=True)
class Desk:
    """The dependencies of all use cases."""

    ledger: LedgerRepository
    members: MemberRepository
    duties: Duties
    rules: RuleSets
    manual: ManualRequests
    appeals: Appeals
    years: Years
    snapshots: Snapshots
    late_changes: LateChanges
    talks: Talks
    reading: Reading
    settings: SettingsStore
    directory: Directory
    seal: Seal
    clock: Now

    @property
    def book(self) -> RuleBook:
        return self.rules.book()

    def member(self, member_id: str) -> Member:
        """The member; an empty one where no event of it has come yet."""
        return self.reading.members_of([member_id])[0]

    def setting(self, key: str) -> Any:
        return self.settings.get(key, self.clock.now())
