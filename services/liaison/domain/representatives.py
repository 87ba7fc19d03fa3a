"""Register of representatives of new organisations and strata (12.3): no members, but people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.liaison.domain import errors
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.labels import Labelled


class Category(Labelled, name="RepresentativeCategory"):
    """代表人士类别。The three new."""

    NEW_ECONOMIC = "NEW_ECONOMIC", "新经济组织", "New economic organisation"
    NEW_SOCIAL = "NEW_SOCIAL", "新社会组织", "New social organisation"
    NEW_STRATUM = "NEW_STRATUM", "新社会阶层", "New social stratum"


class RegisterState(Labelled):
    """登记状态。State in the register."""

    LISTED = "LISTED", "在册", "Listed"
    REMOVED = "REMOVED", "已移出", "Removed"


@dataclass(frozen=True)
class Private:
    """A person's own data: they go when the person leaves the register."""

    name: str = ""
    phone: str = ""
    notes: str = ""


@dataclass(frozen=True)
class Meeting:
    on: datetime
    by: str  # member id
    text: str


@dataclass
class Representative(Aggregate):
    """organisation: where the person works; keeper: the member who keeps in touch."""

    id: str
    term: int
    category: Category
    organisation: str
    field_of_work: str
    town: str | None
    keeper: str | None
    consent: bool
    private: Private
    listed_at: datetime
    state: RegisterState = RegisterState.LISTED
    meetings: tuple[Meeting, ...] = ()
    last_met_on: datetime | None = None

    def write(self, **written: Any) -> None:
        """Raises RepresentativeUnfit for personal data without consent."""
        self._require_listed()
        former = self.keeper
        for name, value in written.items():
            setattr(self, name, value)
        if self.private != Private() and not self.consent:
            raise errors.RepresentativeUnfit("登记个人信息须经本人同意", field="consent")
        if self.keeper and self.keeper != former:
            self.tell(names.REPRESENTATIVE_ENTRUSTED, member_id=self.keeper)

    def register(self) -> None:
        if not self.consent:
            raise errors.RepresentativeUnfit("登记个人信息须经本人同意", field="consent")
        if self.keeper:
            self.tell(names.REPRESENTATIVE_ENTRUSTED, member_id=self.keeper)

    def meet(self, on: datetime, by: str, text: str) -> None:
        self._require_listed()
        self.meetings = (*self.meetings, Meeting(on, by, text))
        self.last_met_on = max(on, self.last_met_on or on)

    def vacate(self) -> None:
        """Who kept in touch has left the committee."""
        self.keeper = None
        self.tell(names.REPRESENTATIVE_VACATED)

    def remove(self) -> None:
        """At the person's wish or after a move: personal data go, figures stay."""
        self._require_listed()
        self.state, self.private, self.keeper = RegisterState.REMOVED, Private(), None
        self.meetings = tuple(replace(row, text="") for row in self.meetings)

    def header(self) -> dict[str, Any]:
        return {"representative_id": self.id, "category": self.category.value}

    def _require_listed(self) -> None:
        if self.state is not RegisterState.LISTED:
            raise errors.WrongState.of(self.state)
