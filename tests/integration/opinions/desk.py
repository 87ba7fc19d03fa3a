"""The use cases of opinions on a real database, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.opinions import reactions
from services.opinions.commands import circulating, editing, writing
from services.opinions.commands.alarms import ring_alarms
from services.opinions.commands.ports import Desk
from services.opinions.domain.record import Opinion
from services.opinions.domain.states import (
    Adoption,
    Form,
    InstructionLevel,
    Level,
    Openness,
    Retention,
    Urgency,
)
from services.opinions.queries import opinions as reads
from services.opinions.repository import OUTBOX, Opinions
from services.opinions.service import SETTINGS
from shared.actor import Actor, Role
from shared.calendar import WorkCalendar
from shared.call import Call
from shared.clock import SHANGHAI
from shared.contracts import sample_event
from shared.messaging.events import Event, from_document
from shared.persistence import Database, SettingsStore
from shared.persistence.directory import Directory
from shared.persistence.roster import Members
from shared.persistence.topics import Topics
from tests.integration.acting import Clock, call, sent

NOW = datetime(2017, 2, 6, 9, 10, tzinfo=SHANGHAI)  # a Monday
LU, SHEN, QIAN = "m-15-0088", "m-15-0031", "m-15-0140"
UNIT_ID, OTHER_UNIT_ID, HEIR_ID = "unit-slj", "unit-zjj", "unit-hbj"
PARTY_OFFICE, GOVERNMENT_OFFICE = "sup-qwb", "sup-qzfb"
Row = dict[str, Any]


def member(id: str) -> Call:
    return call(Role.MEMBER, f"account-{id}", id)


EDITOR = call(Role.INFO_EDITOR, "account-editor")
OFFICE = call(Role.OFFICE, "account-office")
CHAIR = call(Role.CHAIR_COUNCIL, "account-chair", "m-15-0002")
SECRETARY = call(Role.SECRETARY_GENERAL, "account-secretary", "m-15-0003")
TOWN = call(Role.TOWN_STAFF, "account-town", town="town-lili")
COMMITTEE = call(Role.COMMITTEE_STAFF, "account-committee", committee="com-urban")
CONVENER = call(Role.SECTOR_CONVENER, "account-convener", SHEN, sector_group="group-2", sector="04")
PARTY = call(Role.ORG_STAFF, "account-party", organisation="org-minjian")
SUPERVISOR = call(Role.SUPERVISOR, "account-supervisor")
SUPERVISING = call(Role.SUPERVISING_OFFICE, "account-qwb", side="PARTY")
GOVERNMENT = call(Role.SUPERVISING_OFFICE, "account-qzfb", side="GOVERNMENT")
OFFICER = call(Role.UNIT_OFFICER, "account-slj", unit=UNIT_ID)
OTHER_OFFICER = call(Role.UNIT_OFFICER, "account-zjj", unit=OTHER_UNIT_ID)
VISITOR = Call(Actor(None, Role.PUBLIC, {}), "correlation-1")
SYSTEM = Call.system("opinions")
TEXT: Row = {
    "title": "关于取水口水质异常的建议",
    "facts": "今晨发现庙港取水口水面有异味和油膜。",
    "suggestion": "请立即排查上游排口，并启用备用水源。",
}
EDITED: Row = {
    "title": "关于立即排查取水口水质异常的建议",
    "facts": "庙港取水口水面出现异味和油膜。",
    "suggestion": "建议：立即排查上游排口，启用备用水源。",
}


@dataclass
class Bureau:
    """A desk with its people, and the events that its writes left."""

    database: Database
    clock: Clock = field(default_factory=lambda: Clock(NOW))

    def __post_init__(self) -> None:
        settings = SettingsStore(self.database)
        settings.declare(SETTINGS)
        self.desk = Desk(
            opinions=Opinions(self.database),
            members=Members(self.database),
            directory=Directory(self.database),
            topics=Topics(self.database),
            settings=settings,
            clock=self.clock,
            calendar=WorkCalendar(),
        )
        for id, standing in ((LU, False), (SHEN, True), (QIAN, False)):
            self.appoint(id, standing=standing)
        for id, kind, side in (
            (UNIT_ID, "HANDLING_UNIT", "GOVERNMENT"),
            (OTHER_UNIT_ID, "HANDLING_UNIT", "GOVERNMENT"),
            (HEIR_ID, "HANDLING_UNIT", "GOVERNMENT"),
            (PARTY_OFFICE, "SUPERVISING_OFFICE", "PARTY"),
            (GOVERNMENT_OFFICE, "SUPERVISING_OFFICE", "GOVERNMENT"),
        ):
            self.organisation(id, kind=kind, side=side)
        reactions.note_topic(
            sample_event("members", "topic_changed", code="WATER", parent=None, valid_to=None),
            self.desk,
        )

    def appoint(self, id: str, standing: bool = False, **changes: Any) -> None:
        groups = {"sector": "27", "committees": [], "standing": standing}
        event = sample_event("members", "member_appointed", member_id=id, groups=groups, **changes)
        reactions.note_member(event, self.desk)

    def organisation(self, id: str, version: int = 1, **changes: Any) -> None:
        said: Row = {"is_active": True, "merged_into": None, "may_handle": True, **changes}
        event = sample_event(
            "members", "organisation_changed", version=version, organisation_id=id, name=id, **said
        )
        reactions.note_organisation(event, self.desk)

    def at(self, hour: int, minute: int = 0, day: int = 6, month: int = 2) -> None:
        self.clock.at = datetime(2017, month, day, hour, minute, tzinfo=SHANGHAI)

    def do(self, act: Callable[..., Any], by: Call, opinion: str, **said: Any) -> str:
        """A command of its own id about an item."""
        return str(act(sent(by), self.desk, opinion_id=opinion, **said))

    def write(self, by: Call | None = None, opinion_id: str | None = None, **changes: Any) -> str:
        written: Row = {
            **TEXT,
            "coauthors": [],
            "reflectors": [],
            "voice": None,
            "photos": [],
            "topic": "",
            "topic_codes": [],
            "urgency": Urgency.NORMAL,
            "named": False,
            "expected_version": None,
            **changes,
        }
        by = by or member(QIAN)
        return str(writing.write_opinion(sent(by), self.desk, opinion_id=opinion_id, **written))

    def submitted(self, by: Call | None = None, **changes: Any) -> str:
        opinion = self.write(by, **changes)
        return self.do(writing.submit_opinion, by or member(QIAN), opinion, declared=True)

    def editing(self, by: Call | None = None, **changes: Any) -> str:
        opinion = self.submitted(by, **changes)
        return self.do(editing.start_editing, EDITOR, opinion)

    def edit(self, opinion: str, **changes: Any) -> str:
        said = {**EDITED, "openness": Openness.INTERNAL, "expected_version": None, **changes}
        return self.do(editing.edit_opinion, EDITOR, opinion, **said)

    def sent(self, opinion: str, **changes: Any) -> str:
        self.edit(opinion, **changes)
        return self.do(editing.send_for_signature, EDITOR, opinion)

    def sign(self, opinion: str, by: Call = SECRETARY) -> str:
        return self.do(editing.sign_opinion, by, opinion, signer="李建平")

    def issued(self, by: Call | None = None, **changes: Any) -> str:
        openness = changes.pop("openness", Openness.INTERNAL)
        return self.sign(self.sent(self.editing(by, **changes), openness=openness))

    def deliver(self, opinion: str, *to: str) -> str:
        offices = list(to) or [PARTY_OFFICE]
        said = {"to": offices, "leaders": "区委书记"}
        return self.do(circulating.deliver_opinion, EDITOR, opinion, **said)

    def delivered(self, by: Call | None = None, **changes: Any) -> str:
        return self.deliver(self.issued(by, **changes))

    def send_up(self, opinion: str, level: Level = Level.CITY) -> str:
        return self.do(circulating.send_up, EDITOR, opinion, level=level)

    def adopt(self, opinion: str, level: Level = Level.CITY, form: Form = Form.SINGLE) -> str:
        said = {"level": level, "form": form, "used_by": "市政协《社情民意》", "adopted_on": None}
        return self.do(circulating.record_adoption, EDITOR, opinion, **said)

    def instruct(self, opinion: str, by: Call = SUPERVISING, **changes: Any) -> str:
        said: Row = {
            "level": InstructionLevel.DISTRICT,
            "leader": "区委书记",
            "text": "请水利局立即核查。",
            "instructed_on": None,
            "document_no": "",
            "unit_id": None,
            **changes,
        }
        return self.do(circulating.record_instruction, by, opinion, **said)

    def refer(self, opinion: str, unit: str = UNIT_ID, due_on: datetime | None = None) -> str:
        said = {"unit_id": unit, "note": "请核查", "due_on": due_on}
        return self.do(circulating.refer_opinion, SUPERVISING, opinion, **said)

    def answer(self, opinion: str, by: Call = OFFICER, **changes: Any) -> str:
        said: Row = {
            "result": "已关停违规排口，水质恢复正常。",
            "adoption": Adoption.ADOPTED,
            "reason": "",
            "files": [],
            **changes,
        }
        return self.do(circulating.give_result, by, opinion, **said)

    def retain(self, opinion: str) -> str:
        said = {"retention": Retention.KNOWN, "reason": "情况已掌握"}
        return self.do(editing.retain_opinion, EDITOR, opinion, **said)

    def close(self, opinion: str) -> str:
        return self.do(circulating.close_opinion, EDITOR, opinion, note="已办结")

    def ring(self) -> None:
        ring_alarms(SYSTEM, self.desk)

    def record(self, opinion: str) -> Opinion:
        found = self.desk.opinions.get(opinion)
        assert found is not None
        return found

    def state(self, opinion: str) -> str:
        return self.record(opinion).state.value

    def seen(self, by: Call, opinion: str) -> Row | None:
        rows = reads.opinions_by_ids(by, self.desk, ids=[opinion])
        return rows[0] if rows else None

    def listed(self, by: Call, **filter: Any) -> list[str]:
        asked: Any = filter
        page = reads.list_opinions(by, self.desk, filter=asked, first=50, after=None)
        assert reads.count_opinions(by, self.desk, filter=asked) == len(page["rows"])
        return [row["id"] for row in page["rows"]]

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


def refused(proposal: str = "proposal-1", **changes: Any) -> Event:
    return sample_event("proposals", "proposal_not_filed", proposal_id=proposal, **changes)
