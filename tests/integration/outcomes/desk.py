"""The use cases of outcomes on a real database, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from services.outcomes import reactions
from services.outcomes.commands import files, items, summaries, years
from services.outcomes.domain.kinds import Adoption, Source
from services.outcomes.repository import OUTBOX
from services.outcomes.service import SETTINGS, desk_of
from shared.actor import Role
from shared.calendar import WorkCalendar
from shared.call import Call
from shared.clock import SHANGHAI
from shared.contracts import sample_event
from shared.ids import new_id
from shared.messaging.events import Event, from_document
from shared.persistence import Database, SettingsStore
from tests.integration.acting import Clock, call, sent

NOW = datetime(2017, 3, 1, 9, tzinfo=SHANGHAI)
LU, QIAN, XU = "m-15-0088", "m-15-0140", "m-15-0010"
Row = dict[str, Any]


def member(id: str, role: Role = Role.MEMBER) -> Call:
    return call(role, f"account-{id}", id)


OFFICE = call(Role.OFFICE, "account-office")
LEADER = call(Role.CHAIR_COUNCIL, "account-chair", "m-15-0001")
SOCIAL = call(Role.COMMITTEE_STAFF, "account-social", committee="com-social")
ECONOMY = call(Role.COMMITTEE_STAFF, "account-economy", committee="com-economy")
STAFF = call(Role.PROPOSAL_STAFF, "account-proposals")
GOVERNMENT = call(Role.SUPERVISING_OFFICE, "account-qzfb", side="GOVERNMENT")
PARTY = call(Role.SUPERVISING_OFFICE, "account-qwb", side="PARTY")
UNIT = call(Role.UNIT_OFFICER, "account-unit", unit="unit-slj")
OTHER_UNIT = call(Role.UNIT_OFFICER, "account-other", unit="unit-zjj")
TOWN = call(Role.TOWN_STAFF, "account-lili", town="town-lili")
VISITOR = call(Role.PUBLIC, None)
SYSTEM = Call.system("outcomes")

ORGANISATIONS = {
    "office-general": None,
    "com-social": None,
    "com-economy": None,
    "com-proposals": None,
    "town-lili": None,
    "unit-slj": "GOVERNMENT",
    "unit-zjj": "GOVERNMENT",
    "party-xcb": "PARTY",
}


@dataclass
class House:
    """A desk with its people, and the events that its writes left."""

    database: Database
    clock: Clock = field(default_factory=lambda: Clock(NOW))

    def __post_init__(self) -> None:
        settings = SettingsStore(self.database)
        settings.declare(SETTINGS)
        self.desk = desk_of(self.database, settings, self.clock, WorkCalendar())
        for id in (LU, QIAN, XU):
            event = sample_event("members", "member_appointed", id=new_id(), member_id=id)
            reactions.note_member(event, self.desk)
        for id, side in ORGANISATIONS.items():
            said = {"organisation_id": id, "side": side}
            event = sample_event("members", "organisation_changed", id=new_id(), **said)
            reactions.note_organisation(event, self.desk)

    def hear(self, source: str, event_type: str, version: int = 1, **changes: Any) -> Event:
        event = sample_event(source, event_type, id=new_id(), version=version, **changes)
        reactions.note_matter(event, self.desk)
        return event

    def do(self, act: Callable[..., Any], caller: Call, /, **said: Any) -> Any:
        """A command of its own id."""
        return act(sent(caller), self.desk, **said)

    def opened(self, by: Call = SOCIAL, **changes: Any) -> str:
        said: Row = {
            "source": Source.CONSULTATION,
            "reference": f"协商专报2017年第{new_id()}期",
            "title": "精准开展扶贫工作",
            "text": "",
            "organisations": [],
            "topic_codes": [],
            "authors": [LU],
            **changes,
        }
        return str(self.do(files.open_outcome, by, **said))

    def added(self, outcome_id: str, by: Call = SOCIAL, **changes: Any) -> str:
        said: Row = {
            "outcome_id": outcome_id,
            "text": "建立帮扶台账",
            "kind": None,
            "major": False,
            "unit": None,
            "authors": [],
            "due_at": None,
            "files": [],
            **changes,
        }
        return str(self.do(files.add_item, by, **said))

    def referred(self, item_id: str, unit: str = "unit-slj", by: Call = GOVERNMENT) -> None:
        self.do(items.refer_item, by, item_id=item_id, unit=unit, due_at=None)

    def answered(
        self, item_id: str, adoption: Adoption = Adoption.ADOPTED, reason: str | None = None
    ) -> None:
        said: Row = {"result": "列入年度计划", "reason": reason, "due_at": None}
        self.do(items.answer_item, GOVERNMENT, item_id=item_id, adoption=adoption, **said)

    def reported(self, item_id: str, done: bool = True, by: Call = UNIT, **changes: Any) -> None:
        said: Row = {"text": "已完成", "percent": None, "files": [], **changes}
        self.do(items.report_progress, by, item_id=item_id, done=done, **said)

    def verified(self, item_id: str, by: Call = SOCIAL, verified: bool = True) -> None:
        said: Row = {"text": "现场核实", "due_at": None, "files": []}
        self.do(items.verify_item, by, item_id=item_id, verified=verified, **said)

    def through(self, item_id: str) -> None:
        """From its sending to its verification."""
        self.referred(item_id)
        self.answered(item_id)
        self.reported(item_id)
        self.verified(item_id)

    def tick(self, at: datetime | None = None) -> None:
        """What the timers do, at the given moment."""
        self.clock.at = at or self.clock.at
        of_years = (years.pass_due_dates, years.remind, years.alarm, years.carry_over)
        for timer in (*of_years, summaries.fall_due, summaries.remind):
            timer(SYSTEM, self.desk)

    def pass_days(self, days: int) -> None:
        self.tick(self.clock.at + timedelta(days=days))

    def item(self, item_id: str) -> Row:
        return self.desk.items.row(item_id)

    def file(self, outcome_id: str) -> Row:
        return self.desk.files.row(outcome_id)

    def told(self, event_type: str) -> list[Row]:
        """The data of the events of this type that wait for the relay, oldest first."""
        found = [
            from_document(event)
            for name in sorted(OUTBOX)
            for row in self.database.collection(name).find({})
            for event in row["pending_events"]
        ]
        found.sort(key=lambda event: (event.time, event.version))
        return [event.data for event in found if event.type == event_type]
