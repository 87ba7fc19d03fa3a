"""The use cases of liaison on a real database, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from services.liaison import reactions
from services.liaison.commands import (
    activities,
    contacts,
    homes,
    links,
    orphans,
    receptions,
)
from services.liaison.domain.activities import ActivityKind
from services.liaison.domain.balance import Ground
from services.liaison.domain.contacts import Way
from services.liaison.domain.ranks import Tier
from services.liaison.repository import OUTBOX
from services.liaison.service import SETTINGS, desk_of
from shared.actor import Role
from shared.call import Call
from shared.clock import SHANGHAI
from shared.contracts import sample_event
from shared.ids import new_id
from shared.messaging.events import Event, from_document
from shared.persistence import Database, SettingsStore
from shared.persistence.audit import Audit
from tests.integration.acting import Clock, call, sent

NOW = datetime(2017, 3, 1, 9, tzinfo=SHANGHAI)
WEDNESDAY = date(2017, 3, 15)
CHAIR, VICE, XU, YE, LU, SHEN, QIAN = (
    "m-15-0001",
    "m-15-0002",
    "m-15-0010",
    "m-15-0011",
    "m-15-0088",
    "m-15-0031",
    "m-15-0140",
)
Row = dict[str, Any]


def member(id: str, role: Role = Role.MEMBER) -> Call:
    return call(role, f"account-{id}", id)


def re_elected(id: str, role: Role = Role.MEMBER) -> Call:
    """The same person in the next term; `next_term` makes the house hear of it."""
    by = member(id, role)
    return replace(by, actor=replace(by.actor, member_id=in_next_term(id), earlier=(id,)))


def in_next_term(id: str) -> str:
    return id.replace("m-15", "m-16")


OFFICE = call(Role.OFFICE, "account-office")
EDITOR = call(Role.INFO_EDITOR, "account-editor")
LEADER = call(Role.CHAIR_COUNCIL, "account-chair", CHAIR)
ECONOMY = call(Role.COMMITTEE_STAFF, "account-economy", committee="com-economy")
LILI = call(Role.TOWN_STAFF, "account-lili", town="town-lili")
SHENGZE = call(Role.TOWN_STAFF, "account-shengze", town="town-shengze")
CONVENER = call(Role.SECTOR_CONVENER, "account-convener", LU, sector_group="group-22")
MINJIAN = call(Role.ORG_STAFF, "account-minjian", organisation="org-minjian")
ZHIGONG = call(Role.ORG_STAFF, "account-zhigong", organisation="org-zhigong")
UNIT = call(Role.UNIT_OFFICER, "account-unit", unit="unit-slj")
ADMIN = call(Role.SYSTEM_ADMIN, "account-admin")
VISITOR = call(Role.PUBLIC, None)
SYSTEM = Call.system("liaison")

POSTS = {
    CHAIR: ["CHAIR"],
    VICE: ["VICE_CHAIR"],
    XU: ["STANDING_MEMBER"],
    YE: ["STANDING_MEMBER"],
}
SECTORS = {CHAIR: "01", VICE: "04", XU: "22", YE: "04", LU: "22", SHEN: "04", QIAN: "22"}

ORGANISATIONS = (
    "office-general",
    "com-economy",
    "town-lili",
    "town-shengze",
    "group-22",
    "org-minjian",
    "org-zhigong",
    "org-gongshanglian",
    "unit-slj",
)


@dataclass
class House:
    """A desk with its people, and the events that its writes left."""

    database: Database
    clock: Clock = field(default_factory=lambda: Clock(NOW))

    def __post_init__(self) -> None:
        settings = SettingsStore(self.database)
        settings.declare(SETTINGS)
        self.desk = desk_of(self.database, settings, self.clock, Audit(self.database))
        for id, sector in SECTORS.items():
            self.hear_of(id, sector)
        for id in ORGANISATIONS:
            self.organisation(id)

    def hear_of(
        self,
        id: str,
        sector: str | None = None,
        event_type: str = "member_appointed",
        posts: list[str] | None = None,
        version: int = 1,
        **changes: Any,
    ) -> None:
        """As the service hears of a member; posts by kind."""
        held = POSTS.get(id, []) if posts is None else posts
        groups = {
            "sector": sector or SECTORS.get(id, "22"),
            "sector_group": f"group-{sector or SECTORS.get(id, '22')}",
            "committees": ["com-economy"],
            "town": "town-lili",
            "standing": bool(held),
        }
        event = sample_event(
            "members",
            event_type,
            id=new_id(),
            version=version,
            subject=id,
            member_id=id,
            groups=groups,
            posts=[{"post": post} for post in held],
            **{"person_id": f"p-{id}", **changes},
        )
        reactions.note_member(event, self.desk)

    def next_term(self, *ids: str) -> None:
        """The term of all ends; these are re-elected, with their posts."""
        for id in SECTORS:
            self.hear_of(id, event_type="member_term_ended", state="TERM_ENDED", version=9)
        for id in ids:
            self.hear_of(
                in_next_term(id),
                SECTORS[id],
                posts=POSTS.get(id, []),
                person_id=f"p-{id}",
                term=16,
            )

    def organisation(self, id: str, version: int = 1, **changes: Any) -> None:
        """As the service hears of one."""
        said: Row = {"organisation_id": id, "kind": "ORGANISATION", **changes}
        event = sample_event(
            "members", "organisation_changed", id=new_id(), subject=id, version=version, **said
        )
        reactions.note_organisation(event, self.desk)

    def do(self, act: Callable[..., Any], caller: Call, /, **said: Any) -> Any:
        """A command of its own id."""
        return act(sent(caller), self.desk, **said)

    def linked(self, tier: Tier = Tier.ORDINARY) -> dict[str, str]:
        """Links of a level proposed by sector and approved: member id → link id."""
        plan = self.do(links.propose_links, OFFICE, tier=tier, by=Ground.SECTOR)
        self.do(links.decide_links, LEADER, plan_id=plan, approved=True, opinion=None)
        found = self.desk.links.find({"plan_id": plan}, [("_id", 1)])
        return {link.member_id: link.id for link in found}

    def contact(self, link_id: str, by: Call, **changes: Any) -> str:
        said: Row = {
            "link_id": link_id,
            "way": Way.VISIT,
            "on": self.clock.at,
            "place": "企业",
            "content": "走访企业，了解融资情况。",
            "follow_up": "",
            "issues": ["楼顶水箱无人清洗"],
            "shared_with": [],
            **changes,
        }
        return str(self.do(contacts.record_contact, by, **said))

    def settle(self) -> None:
        """What the timer does."""
        orphans.settle_orphans(SYSTEM, self.desk)

    def activity(self, by: Call = MINJIAN, **changes: Any) -> str:
        plan: Row = {
            "activity_id": None,
            "kind": ActivityKind.CONSULTATION,
            "title": "界别协商：民营企业融资",
            "topic": "民营企业融资",
            "organisers": ["org-minjian", "org-zhigong"],
            "topic_codes": [],
            "town": None,
            "home_id": None,
            "circle_id": None,
            "held_at": datetime(2017, 4, 20, 9, tzinfo=SHANGHAI),
            "ends_at": None,
            "place": "民建会议室",
            "location": None,
            "text": "",
            "capacity": None,
            "sign_up_by": datetime(2017, 4, 15, 18, tzinfo=SHANGHAI),
            "groups": [],
            "files": [],
            **changes,
        }
        return str(self.do(activities.apply_activity, by, **plan))

    def running(self, by: Call = MINJIAN, **changes: Any) -> str:
        """An activity on its day."""
        id = self.activity(by, **changes)
        self.publish(id)
        self.do(activities.start_activity, by, activity_id=id)
        self.clock.at = datetime(2017, 4, 20, 12, tzinfo=SHANGHAI)
        return id

    def publish(self, id: str) -> None:
        said: Row = {"activity_id": id, "published": True, "opinion": None}
        self.do(activities.decide_activity, OFFICE, **said)

    def home(self, by: Call = LILI, **changes: Any) -> str:
        """An open one with hours on Wednesdays."""
        written: Row = {
            "home_id": None,
            "name": "黎里镇委员之家",
            "address": "黎里镇人民路1号",
            "location": {"latitude": 31.03, "longitude": 120.72},
            "phone": "63201234",
            "hours": [{"weekday": 3, "opens": "09:00", "closes": "11:30"}],
            "members": [QIAN, LU],
            "sign": "政协委员之家",
            "duties": "联系群众，反映社情民意。",
            "process": "接待、登记、转办、反馈。",
            "rules": "轮流值班。",
            **changes,
        }
        id = str(self.do(homes.write_home, by, **written))
        self.do(homes.open_home, by, home_id=id)
        return id

    def rota(self, home_id: str, member_id: str | None = QIAN, on: date = WEDNESDAY) -> str:
        """The day's duty, by its id."""
        rows = [{"on": on, "member_id": member_id}]
        self.do(homes.set_rota, LILI, home_id=home_id, rows=rows)
        return f"{home_id}:{on.isoformat()}"

    def reception(self, home_id: str, by: Call, **changes: Any) -> str:
        said: Row = {
            "home_id": home_id,
            "at": None,
            "booking_id": None,
            "matter": "多个小区楼顶水箱脏污。",
            "topic": "二次供水",
            "topic_codes": [],
            "name": "",
            "phone": "",
            "consent": False,
            **changes,
        }
        return str(self.do(receptions.record_reception, by, **said))

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

    def audited(self, action: str) -> list[str]:
        """The subjects looked at."""
        rows = self.database.collection("audit").find({"action": action})
        return sorted(str(row["subject"]) for row in rows)


def meeting(id: str, event_type: str, **changes: Any) -> Event:
    """The office's news of the conference."""
    return sample_event(
        "office",
        event_type,
        id=new_id(),
        subject=id,
        meeting_id=id,
        kind="JOINT_CONFERENCE",
        purpose={"service": "liaison", "id": id},
        **changes,
    )


def record(id: str, came: Mapping[str, bool], no: int | None = None, version: int = 5) -> Event:
    """The organiser's record, or with `no` a correction of these records."""
    rows = [
        {
            "member_id": key,
            "status": "PRESENT" if present else "ABSENT",
            "half_days_present": int(present),
            "half_days_exempt": 0,
            "role": "PARTICIPANT",
            "occurrence_no": no or 1,
        }
        for key, present in came.items()
    ]
    kind = "meeting_attendance_corrected" if no else "meeting_attendance_confirmed"
    return meeting(id, kind, version=version, rows=rows)
