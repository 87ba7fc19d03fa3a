"""The use cases of study on a real database, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from services.study import reactions
from services.study.commands import classes, materials, plans, sessions
from services.study.commands.ports import Desk
from services.study.domain.sessions import Form, Method
from services.study.repository import (
    OUTBOX,
    Answers,
    Classes,
    Materials,
    Papers,
    Plans,
    Questions,
    Quizzes,
    Reads,
    Sessions,
)
from services.study.service import SETTINGS
from shared.actor import Actor, Role
from shared.call import Call
from shared.clock import SHANGHAI
from shared.contracts import sample_event
from shared.ids import new_id
from shared.messaging.events import Event, from_document
from shared.persistence import Database, SettingsStore
from shared.persistence.roster import Members
from shared.persistence.topics import Topics
from tests.integration.acting import Clock, call, sent

NOW = datetime(2017, 3, 1, 9, tzinfo=SHANGHAI)
HELD_AT = datetime(2017, 4, 20, 9, tzinfo=SHANGHAI)
LU, SHEN, QIAN = "m-15-0088", "m-15-0031", "m-15-0140"
Row = dict[str, Any]


def member(id: str) -> Call:
    return call(Role.MEMBER, f"account-{id}", id)


def re_elected(id: str) -> Call:
    """The same person in the next term."""
    by = member(id)
    current = id.replace("m-15", "m-16")
    return replace(by, actor=replace(by.actor, member_id=current, earlier=(id,)))


OFFICE = call(Role.OFFICE, "account-office")
SECOND = call(Role.OFFICE, "account-office-2")
CHAIR = call(Role.CHAIR_COUNCIL, "account-chair", "m-15-0001")
ECONOMY = call(Role.COMMITTEE_STAFF, "account-economy", committee="com-economy")
TOWN = call(Role.TOWN_STAFF, "account-town", town="town-lili")
UNIT = call(Role.UNIT_OFFICER, "account-unit", unit="unit-slj")
OTHER_UNIT = call(Role.UNIT_OFFICER, "account-unit-2", unit="unit-zjj")
STAFF = call(Role.PROPOSAL_STAFF, "account-staff")
VISITOR = Call(Actor(None, Role.PUBLIC, {}), "correlation-1")
SYSTEM = Call.system("study")


@dataclass
class School:
    """A desk with its people, and the events that its writes left."""

    database: Database
    clock: Clock = field(default_factory=lambda: Clock(NOW))

    def __post_init__(self) -> None:
        settings = SettingsStore(self.database)
        settings.declare(SETTINGS)
        self.desk = Desk(
            plans=Plans(self.database),
            sessions=Sessions(self.database),
            classes=Classes(self.database),
            materials=Materials(self.database),
            questions=Questions(self.database),
            papers=Papers(self.database),
            quizzes=Quizzes(self.database),
            answers=Answers(self.database),
            reads=Reads(self.database),
            members=Members(self.database),
            topics=Topics(self.database),
            settings=settings,
            clock=self.clock,
        )
        for id, sector in ((LU, "22"), (SHEN, "04"), (QIAN, "22")):
            self.appoint(id, sector)

    def appoint(self, id: str, sector: str = "22", **changes: Any) -> None:
        groups = {"sector": sector, "committees": ["com-economy"]}
        event = sample_event("members", "member_appointed", member_id=id, groups=groups, **changes)
        reactions.note_member(event, self.desk)

    def approved_plan(self) -> str:
        themes = [
            {"code": "T1", "title": "十八届六中全会精神", "required": True},
            {"code": "T2", "title": "协商民主", "required": False},
        ]
        plan: Row = {"year": 2017, "title": "2017年学习计划", "text": "", "themes": themes}
        plan_id = plans.write_plan(sent(OFFICE), self.desk, **plan)
        plans.propose_plan(sent(OFFICE), self.desk, plan_id=plan_id)
        said: Row = {"plan_id": plan_id, "approved": True, "opinion": None}
        plans.decide_plan(sent(CHAIR), self.desk, **said)
        return plan_id

    def session(self, by: Call = ECONOMY, **changes: Any) -> str:
        plan: Row = {
            "organiser": "com-economy",
            "title": "六中全会精神专题学习",
            "themes": ["T1"],
            "form": Form.COMMITTEE,
            "way": Method.LECTURE,
            "track": None,
            "speaker": "区委党校讲师",
            "held_at": HELD_AT,
            "ends_at": None,
            "place": "区政协一楼会议室",
            "mandatory": True,
            "hours": 3.0,
            "members": [LU, SHEN, QIAN],
            "groups": [],
            "materials": [],
            "topic_codes": [],
            **changes,
        }
        return sessions.plan_session(sent(by), self.desk, **plan)

    def open_class(self, **changes: Any) -> str:
        plan: Row = {
            "organiser": "office-general",
            "batch": self.desk.classes.count({}) + 1,
            "title": "委员学习轮训班（第一期）",
            "held_at": HELD_AT,
            "ends_at": None,
            "place": "区委党校",
            "topic_codes": [],
            "half_days": 4,
            "hours": 16.0,
            "quota": 2,
            "sector_share": 50,
            "enrol_by": datetime(2017, 4, 10, 18, tzinfo=SHANGHAI),
            **changes,
        }
        return classes.open_class(sent(OFFICE), self.desk, **plan)

    def enrol(self, class_id: str, *members: str) -> None:
        for id in members:
            classes.enrol(sent(member(id)), self.desk, class_id=class_id)

    def states(self, class_id: str) -> dict[str, str]:
        taught = self.desk.classes.get(class_id)
        assert taught is not None
        return {row.member_id: row.state.value for row in taught.enrolments}

    def do(self, act: Callable[..., Any], by: Call, **said: Any) -> Any:
        """A command of its own id."""
        return act(sent(by), self.desk, **said)

    def hear(self, *events: Event) -> None:
        """As the service hears of the office's facts."""
        for event in events:
            if event.type in reactions.PRESENCE:
                reactions.take_presence(event, self.desk)
            else:
                reactions.follow_meeting(event, self.desk)

    def material(self, by: Call = OFFICE, **changes: Any) -> str:
        """An issued one, reviewed by the second clerk."""
        written: Row = {
            "material_id": None,
            "organiser": "office-general",
            "kind": materials.Kind.READING,
            "title": "协商民主读本",
            "text": "正文",
            "level": None,
            "track": None,
            "themes": (),
            "unit": None,
            "files": [],
            **changes,
        }
        material_id = materials.write_material(sent(by), self.desk, **written)
        self.do(materials.send_material, by, material_id=material_id)
        said = {"material_id": material_id, "passed": True, "opinion": None}
        self.do(materials.review_material, SECOND, **said)
        return str(material_id)

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


def confirmed(
    id: str, present: Mapping[str, int], half_days: int = 1, version: int = 5, kind: str = "STUDY"
) -> Event:
    """The office's record: member id → half-days present."""
    return _record("meeting_attendance_confirmed", id, half_days, version, kind, 1, present)


def corrected(
    id: str,
    no: int,
    present: Mapping[str, int],
    half_days: int = 1,
    version: int = 6,
    kind: str = "STUDY",
) -> Event:
    """`no`: the records that are replaced."""
    return _record("meeting_attendance_corrected", id, half_days, version, kind, no, present)


def _record(
    event_type: str,
    id: str,
    half_days: int,
    version: int,
    kind: str,
    no: int,
    present: Mapping[str, int],
) -> Event:
    rows = [
        {
            "member_id": key,
            "status": "PRESENT" if count else "ABSENT",
            "half_days_present": count,
            "half_days_exempt": 0,
            "role": "PARTICIPANT",
            "occurrence_no": no,
        }
        for key, count in present.items()
    ]
    return sample_event(
        "office",
        event_type,
        id=new_id(),
        subject=id,
        version=version,
        meeting_id=id,
        kind=kind,
        purpose={"service": "study", "id": id},
        mandatory=True,
        half_days=half_days,
        held_on=HELD_AT.isoformat(),
        rows=rows,
    )


def notified(id: str, event_type: str = "meeting_notified", **changes: Any) -> Event:
    purpose = {"service": "study", "id": id}
    return sample_event(
        "office",
        event_type,
        id=new_id(),
        subject=id,
        meeting_id=id,
        purpose=purpose,
        **{"held_at": HELD_AT.isoformat(), **changes},
    )
