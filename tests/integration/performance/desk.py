"""The use cases of points on a real database, with a clock that the test moves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from services.performance import reactions
from services.performance.commands.ports import Desk
from services.performance.domain.ledger import SHANGHAI
from services.performance.queries.points import Reading
from services.performance.repository import (
    OUTBOX,
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
from services.performance.service import SETTINGS
from shared import keys
from shared.actor import Actor, Role, TokenSigner
from shared.call import Call, CommandId
from shared.contracts import sample_event
from shared.contracts.setting_changes import CONTACTS_A_YEAR
from shared.messaging.events import Event, from_document
from shared.persistence import Database, SettingsStore
from shared.persistence.directory import Directory
from tests.unit.performance.facts import LU, QIAN, SHEN

NOW = datetime(2017, 11, 1, 9, tzinfo=SHANGHAI)
PEOPLE = (LU, SHEN, QIAN)


@dataclass
class Clock:
    at: datetime = NOW

    def now(self) -> datetime:
        return self.at

    def real(self) -> datetime:
        return self.at


@dataclass
class Office:
    """A desk with its people, and the events that its writes left."""

    database: Database
    keys_dir: Path
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        keys.ensure(self.keys_dir, ["performance"])
        settings = SettingsStore(self.database)
        settings.declare(SETTINGS)
        settings.follow(CONTACTS_A_YEAR)
        ledger, members = LedgerRepository(self.database), MemberRepository(self.database)
        rules, snapshots = RuleSets(self.database), Snapshots(self.database)
        self.desk = Desk(
            ledger=ledger,
            members=members,
            duties=Duties(self.database),
            rules=rules,
            manual=ManualRequests(self.database),
            appeals=Appeals(self.database),
            years=Years(self.database),
            snapshots=snapshots,
            late_changes=LateChanges(self.database),
            talks=Talks(self.database),
            reading=Reading(ledger, members, rules, snapshots, settings, self.clock),
            settings=settings,
            directory=Directory(self.database),
            seal=TokenSigner.load(self.keys_dir, "performance"),
            clock=self.clock,
        )
        for member in PEOPLE:
            appointed = sample_event("members", "member_appointed", member_id=member)
            reactions.note_member(appointed, members)

    def move(self, *day: int) -> None:
        self.clock.at = datetime(*day, tzinfo=SHANGHAI)  # type: ignore[misc, arg-type]

    def hear(self, *events: Event) -> None:
        """As the service hears of facts."""
        for event in events:
            reactions.post_points(event, self.desk.ledger, self.desk.book)
            reactions.note_duties(event, self.desk.ledger, self.desk.duties)

    def told(self, event_type: str) -> list[dict[str, Any]]:
        """The data of the events of this type that wait for the relay, oldest first."""
        return [event.data for event in self._pending() if event.type == event_type]

    def hear_own(self) -> None:
        """The service hears its own events too."""
        self.hear(*self._pending())

    def total(self, member: str = LU, year: int = 2017) -> float:
        reading = self.desk.reading
        [sheet] = reading.sheets(reading.members_of([member]), year)
        return float(sheet.total)

    def _pending(self) -> list[Event]:
        found = [
            from_document(event)
            for name in sorted(OUTBOX)
            for row in self.database.collection(name).find({})
            for event in row["pending_events"]
        ]
        return sorted(found, key=lambda event: event.time)


def call(
    role: Role, account: str = "account-1", member: str | None = None, command: str | None = None
) -> Call:
    actor = Actor(account, role, {}, member_id=member)
    sent = CommandId(account, command, f"content-{command}") if command else None
    return Call(actor, "correlation-1", command=sent)


FIRST = call(Role.OFFICE, "office-1")
SECOND = call(Role.OFFICE, "office-2")
CHAIR = call(Role.CHAIR_COUNCIL, "chair-1", "m-15-0001")
SECRETARY = call(Role.SECRETARY_GENERAL, "chief-1", "m-15-0002")
MEMBER = call(Role.MEMBER, "account-lu", LU)
STRANGER = call(Role.MEMBER, "account-shen", SHEN)
SYSTEM = Call.system("performance")
