"""Work briefings to parties, organisations and sectors, with receipts (11.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.liaison.domain import errors
from services.liaison.domain.files import WithFiles
from shared.contracts import names


@dataclass(frozen=True)
class Receipt:
    organisation: str
    account: str
    at: datetime


@dataclass
class Briefing(WithFiles):
    """recipients: ids of organisations; receipts: those that have confirmed it."""

    id: str
    term: int
    title: str
    text: str
    recipients: tuple[str, ...]
    files: tuple[str, ...]
    sent_by: str
    sent_at: datetime
    receipts: tuple[Receipt, ...] = ()
    waiting: tuple[str, ...] = ()
    urged_at: datetime | None = None
    urges: int = 0
    files_told: tuple[str, ...] = ()

    def send(self) -> None:
        """Raises BriefingUnfit for a recipient named twice."""
        if len(set(self.recipients)) != len(self.recipients):
            raise errors.BriefingUnfit("接收单位重复", field="recipients")
        self.waiting = self.recipients
        self.tell(names.BRIEFING_SENT, organisations=list(self.recipients))

    def receive(self, organisation: str, account: str, at: datetime) -> None:
        """Once for each organisation; a second receipt changes nothing."""
        if organisation not in self.recipients:
            raise errors.BriefingUnfit("本单位不在接收范围内")
        if organisation not in self.waiting:
            return
        self.receipts = (*self.receipts, Receipt(organisation, account, at))
        self.waiting = tuple(id for id in self.waiting if id != organisation)
        self.tell(names.BRIEFING_RECEIVED, organisation=organisation)

    def forgive(self, organisation: str) -> bool:
        """Whether its receipt was waited for, and is no longer."""
        owed = organisation in self.waiting
        self.waiting = tuple(id for id in self.waiting if id != organisation)
        return owed

    def urge(self, at: datetime) -> None:
        if not self.waiting:
            raise errors.BriefingUnfit("各单位均已签收")
        self.urged_at, self.urges = at, self.urges + 1
        self.tell(names.BRIEFING_URGED, organisations=list(self.waiting))

    def header(self) -> dict[str, Any]:
        return {"briefing_id": self.id, "title": self.title}
