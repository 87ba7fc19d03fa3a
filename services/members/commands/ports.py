"""What the use cases are given: storage, time, sealing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from services.members.domain import term as terms
from services.members.domain.errors import TermNotFound
from services.members.domain.term import Term
from shared.clock import Now

if TYPE_CHECKING:
    from services.members.repository import (
        Absences,
        Imports,
        Memberships,
        Organisations,
        Sectors,
        Terms,
        Topics,
    )
    from shared.persistence import Audit, SettingsStore


class Cipher(Protocol):
    """Seals identity numbers; the digests of equal numbers are equal, one for each key."""

    def seal(self, text: str, owner: str) -> str: ...

    def digests(self, text: str) -> list[str]: ...


@dataclass(frozen=True)
class Roster:
    """The dependencies of all use cases and queries of this service."""

    memberships: Memberships
    organisations: Organisations
    terms: Terms
    topics: Topics
    sectors: Sectors
    imports: Imports
    cipher: Cipher
    clock: Now
    audit: Audit
    absences: Absences
    settings: SettingsStore

    def setting(self, key: str) -> Any:
        return self.settings.get(key, self.clock.now())

    def term(self, no: int | None) -> Term:
        """The term `no`, the current one if not told. Raises TermNotFound."""
        if no is not None:
            return self.terms.get(terms.term_id(no))
        found = self.current_term()
        if found is None:
            raise TermNotFound
        return found

    def current_term(self) -> Term | None:
        return terms.current(self.terms.all(), self.clock.now())

    def current_no(self) -> int:
        """The number of the current term; 0 before the first one."""
        found = self.current_term()
        return found.no if found else 0
