"""The use cases of meetings on a real database, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from services.office import reactions
from services.office.commands import answers, attendance, meetings
from services.office.commands.ports import Desk
from services.office.domain.answers import LeaveReason
from services.office.queries import meetings as reads
from services.office.repository import (
    OUTBOX,
    AccountFacts,
    CheckIns,
    Feeds,
    MeetingRequests,
    Meetings,
    Members,
)
from services.office.repository.papers import (
    Affairs,
    IncomingDocuments,
    OutgoingDocuments,
    Plans,
    Rules,
    Trainings,
)
from services.office.repository.plan_facts import PlanFacts
from services.office.service import SETTINGS
from shared import keys
from shared.actor import Actor, Role, TokenSigner, TokenVerifier
from shared.calendar import WorkCalendar
from shared.call import Call, CommandId
from shared.clock import SHANGHAI
from shared.contracts import sample_event
from shared.ids import new_id
from shared.messaging.events import Event, from_document
from shared.persistence import Database, SettingsStore
from shared.persistence.directory import Directory

NOW = datetime(2017, 5, 4, 9, tzinfo=SHANGHAI)
HELD_AT = datetime(2017, 5, 25, 9, tzinfo=SHANGHAI)
LU, SHEN, QIAN = "m-15-0088", "m-15-0031", "m-15-0140"
Row = dict[str, Any]


@dataclass
class Clock:
    at: datetime = NOW

    def now(self) -> datetime:
        return self.at

    def real(self) -> datetime:
        return self.at


def call(role: Role, account: str, member: str | None = None, **scope: str) -> Call:
    return Call(Actor(account, role, scope, member_id=member), "correlation-1")


def sent(call: Call, command: str) -> Call:
    """The same call with a command id."""
    account = str(call.actor.account_id)
    return replace(call, command=CommandId(account, command, f"content-{command}"))


def member(id: str) -> Call:
    return call(Role.MEMBER, f"account-{id}", id)


def re_elected(id: str) -> Call:
    """The same person in the next term; `next_term` makes the office hear of it."""
    by = member(id)
    return replace(by, actor=replace(by.actor, member_id=in_next_term(id), earlier=(id,)))


def in_next_term(id: str) -> str:
    return id.replace("m-15", "m-16")


CLERK = call(Role.OFFICE, "account-office")
CLERK_TWO = call(Role.OFFICE, "account-office-2")
CHIEF = call(Role.SECRETARY_GENERAL, "account-chief", "m-15-0002")
CHAIR = call(Role.CHAIR_COUNCIL, "account-chair", "m-15-0001")
ECONOMY = call(Role.COMMITTEE_STAFF, "account-economy", committee="com-economy")
TOWN = call(Role.TOWN_STAFF, "account-town", town="town-lili")
UNIT = call(Role.UNIT_OFFICER, "account-unit", unit="unit-slj")
VISITOR = Call(Actor(None, Role.PUBLIC, {}), "correlation-1")
SYSTEM = Call.system("office")


@dataclass
class Office:
    """A desk with its people, and the events that its writes left."""

    database: Database
    keys_dir: Path
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        keys.ensure(self.keys_dir, ["office"])
        settings = SettingsStore(self.database)
        settings.declare(SETTINGS)
        verifier = TokenVerifier(self.keys_dir / "jwks.json")
        self.desk = Desk(
            meetings=Meetings(self.database),
            check_ins=CheckIns(self.database),
            requests=MeetingRequests(self.database),
            members=Members(self.database),
            accounts=AccountFacts(self.database),
            feeds=Feeds(self.database),
            outgoing=OutgoingDocuments(self.database),
            incoming=IncomingDocuments(self.database),
            affairs=Affairs(self.database),
            plans=Plans(self.database),
            facts=PlanFacts(self.database),
            rules=Rules(self.database),
            trainings=Trainings(self.database),
            directory=Directory(self.database),
            settings=settings,
            calendar=WorkCalendar(),
            clock=self.clock,
            seal=TokenSigner.load(self.keys_dir, "office"),
            read_statement=lambda text: verifier.read_statement(text, "office"),
        )
        for number, id in enumerate((LU, SHEN, QIAN)):
            groups = {"sector": "22", "committees": ["com-economy"], "standing": number == 0}
            self.appoint(id, groups=groups)

    def appoint(self, id: str, event_type: str = "member_appointed", **changes: Any) -> None:
        told = {"person_id": f"p-{id}", **changes}
        event = sample_event("members", event_type, member_id=id, **told)
        reactions.note_member(event, self.desk)

    def next_term(self, *ids: str) -> None:
        """The term of all ends; these are re-elected."""
        for id in (LU, SHEN, QIAN):
            self.appoint(id, "member_term_ended", state="TERM_ENDED", version=9)
        for id in ids:
            self.appoint(in_next_term(id), person_id=f"p-{id}", term=16)

    def hear_account(self, event_type: str, version: int, **changes: Any) -> None:
        """A fact of LU's account."""
        given = {"member_id": LU, "version": version, **changes}
        reactions.note_account(sample_event("identity", event_type, **given), self.desk)

    def hear(self, *events: Event) -> None:
        """As the service hears of facts."""
        for event in events:
            fact = (event.source, event.type)
            if fact in reactions.PLANS:
                reactions.plan_meeting(event, self.desk)
            elif fact in reactions.INVITATIONS:
                reactions.invite(event, self.desk)
            elif fact in reactions.HOLDINGS:
                reactions.hold(event, self.desk)
            else:
                reactions.call_off(event, self.desk)

    def move(self, month: int, day: int, hour: int = 9, minute: int = 0) -> None:
        self.clock.at = datetime(2017, month, day, hour, minute, tzinfo=SHANGHAI)

    def plan(self, by: Call = CLERK, **changes: Any) -> str:
        """A meeting of the three on 25 May, of the office unless told."""
        people = [
            {"member_id": id, "role": "PARTICIPANT", "capacity": None} for id in (LU, SHEN, QIAN)
        ]
        plan: Row = {
            "kind": "COMMITTEE",
            "organiser": "office-general",
            "title": "精准开展扶贫工作座谈会",
            "held_at": HELD_AT,
            "ends_at": None,
            "place": "区政协一楼会议室",
            "mandatory": True,
            "half_days": 1,
            "answer_by": None,
            "invited": {"members": people, "groups": [], "organisations": []},
            "details": {},
            "papers": [],
            **changes,
        }
        return meetings.plan_meeting(sent(by, new_id()), self.desk, **plan)

    def notified(self, by: Call = CLERK, **changes: Any) -> str:
        meeting_id = self.plan(by, **changes)
        self.do(meetings.notify_meeting, by, meeting_id, short_notice_reason="经主席会议同意")
        return meeting_id

    def held(self, present: tuple[str, ...] = (), **changes: Any) -> str:
        """A meeting that has been held, with these members checked in by staff."""
        meeting_id = self.notified(**changes)
        for half_day in range(1, changes.get("half_days", 1) + 1):
            meeting = self.desk.meetings.get(meeting_id)
            assert meeting is not None
            self.clock.at = meeting.half_day_beginnings[half_day - 1]
            self.do(attendance.open_check_in, CLERK, meeting_id, half_day=half_day)
            if present:
                self.check_in(meeting_id, *present)
        self.do(attendance.hold_meeting, CLERK, meeting_id)
        return meeting_id

    def check_in(self, meeting_id: str, *members: str, by: Call = CLERK, **changes: Any) -> None:
        row: Row = {
            "members": list(members),
            "half_day": None,
            "way": attendance.Way.STAFF,
            "remote": False,
            **changes,
        }
        attendance.check_in_members(by, self.desk, meeting_id=meeting_id, **row)

    def do(self, act: Callable[..., Any], by: Call, meeting_id: str, **said: Any) -> Any:
        """A command of its own id."""
        return act(sent(by, new_id()), self.desk, meeting_id=meeting_id, **said)

    def answer(self, meeting_id: str, by: Call, coming: bool = True) -> None:
        self.do(answers.answer_meeting, by, meeting_id, coming=coming)

    def ask_leave(self, meeting_id: str, by: Call, kind: str = "WORK") -> None:
        reason = {"reason_kind": LeaveReason(kind), "reason": "外地出差"}
        self.do(answers.ask_leave, by, meeting_id, **reason)

    def decide_leave(self, meeting_id: str, by: Call, id: str, granted: bool = True) -> None:
        said = {"member_id": id, "granted": granted, "opinion": None}
        self.do(answers.decide_leave, by, meeting_id, **said)

    def shown(self, meeting_id: str, by: Call = CLERK) -> Row | None:
        rows = reads.meetings_by_ids(by, self.desk, ids=[meeting_id])
        return rows[0] if rows else None

    def people(self, meeting_id: str, by: Call = CLERK, **filter: Any) -> list[Row]:
        asked: Any = {"meeting_id": meeting_id, "filter": filter}
        page = partial(reads.list_invitees, by, self.desk, **asked)
        return page(first=100, after=None)["rows"]

    def told(self, event_type: str) -> list[Row]:
        """The data of the events of this type that wait for the relay, oldest first."""
        return [event.data for event in self.events(event_type)]

    def events(self, event_type: str) -> list[Event]:
        found = [
            from_document(event)
            for name in sorted(OUTBOX)
            for row in self.database.collection(name).find({})
            for event in row["pending_events"]
        ]
        found.sort(key=lambda event: (event.time, event.version))
        return [event for event in found if event.type == event_type]
