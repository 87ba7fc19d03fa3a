"""A role given to an account: asked for by one person, approved by another (section 3, ADM)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from services.identity.domain.errors import GrantStateUnfit, RoleOwnedByRoster, SecondPersonNeeded
from services.identity.domain.labels import GrantState
from services.identity.domain.roles import ROSTER_ROLES, RoleScope

TRANSITIONS: Mapping[str, frozenset[str]] = {
    "REQUESTED": frozenset({"GRANTED", "REFUSED"}),
    "GRANTED": frozenset({"REVOKED"}),
    "REFUSED": frozenset(),
    "REVOKED": frozenset(),
}


@dataclass(frozen=True)
class Person:
    """Who acts: the account, and the person behind it where known (decision 14)."""

    account_id: str
    person_id: str | None = None

    def same_as(self, other: Person) -> bool:
        """Two accounts of one person are one person."""
        if self.account_id == other.account_id:
            return True
        return self.person_id is not None and self.person_id == other.person_id


@dataclass(frozen=True)
class Grant:
    """source: REQUEST (two persons), ROSTER (member events), BOOTSTRAP (make admin) or DEMO."""

    id: str
    role: str
    scope: Mapping[str, str]
    state: str
    source: str
    requested_by: str
    requested_by_person: str | None
    requested_at: datetime
    reason: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    decision_reason: str | None = None

    @property
    def active(self) -> bool:
        return self.state == "GRANTED"

    @property
    def open(self) -> bool:
        """Held or asked for."""
        return self.state in {"REQUESTED", "GRANTED"}

    @property
    def by_roster(self) -> bool:
        """Follows the roster of members; a demo's member role is taken over by it."""
        return self.source == "ROSTER" or self.role in ROSTER_ROLES

    def gives(self, wanted: RoleScope) -> bool:
        return self.role == wanted.role and dict(self.scope) == dict(wanted.scope)

    def decide(
        self, state: str, by: Person, holder: Person, at: datetime, reason: str | None
    ) -> Grant:
        """Approved or refused; raises GrantStateUnfit, SecondPersonNeeded."""
        asker = Person(self.requested_by, self.requested_by_person)
        if by.same_as(asker) or by.same_as(holder):
            raise SecondPersonNeeded
        return self._move(state, by.account_id, at, reason)

    def revoke(self, by: Person, at: datetime, reason: str | None) -> Grant:
        """Taken back by hand; raises GrantStateUnfit, RoleOwnedByRoster."""
        if self.by_roster:
            raise RoleOwnedByRoster
        return self._move("REVOKED", by.account_id, at, reason)

    def end(self, by: str, at: datetime, reason: str) -> Grant:
        """Ended because the roster says so."""
        return self._move("REVOKED", by, at, reason)

    def _move(self, state: str, by: str, at: datetime, reason: str | None) -> Grant:
        if state not in TRANSITIONS[self.state]:
            raise GrantStateUnfit.of(GrantState(self.state))
        return replace(self, state=state, decided_by=by, decided_at=at, decision_reason=reason)
