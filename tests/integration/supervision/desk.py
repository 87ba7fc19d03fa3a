"""The use cases of supervision on a real database, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from services.supervision import reactions
from services.supervision.commands import alarms, findings, rectifying, supervisions, supervisors
from services.supervision.domain.states import Adoption, Form, Severity, SiteKind
from services.supervision.repository import OUTBOX
from services.supervision.service import SETTINGS, desk_of
from shared.actor import Role
from shared.calendar import WorkCalendar
from shared.call import Call
from shared.clock import SHANGHAI
from shared.contracts import names, sample_event
from shared.ids import new_id
from shared.messaging.events import from_document
from shared.persistence import Database, SettingsStore
from tests.integration.acting import Clock, call, sent

NOW = datetime(2017, 5, 8, 9, tzinfo=SHANGHAI)
LEAD, MEMBER, WATCHER, EMPLOYED = "m-15-0012", "m-15-0102", "m-15-0066", "m-15-0500"
URBAN = call(Role.COMMITTEE_STAFF, "account-urban", committee="com-urban")
LEGAL = call(Role.COMMITTEE_STAFF, "account-legal", committee="com-legal")
CHAIR = call(Role.CHAIR_COUNCIL, "account-chair", "m-15-0001")
OFFICE = call(Role.OFFICE, "account-office")
SLJ = call(Role.UNIT_OFFICER, "account-slj", unit="unit-slj")
HBJ = call(Role.UNIT_OFFICER, "account-hbj", unit="unit-hbj")
LEADER = call(Role.STANDING_MEMBER, "account-lead", LEAD)
ON_SPOT = call(Role.SUPERVISOR, "account-watch", WATCHER)
OTHER = call(Role.MEMBER, "account-other", "m-15-0300")
SYSTEM = Call.system("supervision")
UNITS = {"unit-slj": None, "unit-hbj": None, "unit-old": None, "unit-cgj": None, "sup-qwb": None}
Row = dict[str, Any]


@dataclass
class House:
    """A desk with its people, and the events that its writes left. employed: member → units."""

    database: Database
    clock: Clock = field(default_factory=lambda: Clock(NOW))
    employed: dict[str, str] = field(default_factory=lambda: {EMPLOYED: "unit-slj"})

    def __post_init__(self) -> None:
        settings = SettingsStore(self.database)
        settings.declare(SETTINGS)
        self.desk = desk_of(self.database, settings, self.clock, WorkCalendar(), self._employed_by)
        for id in (LEAD, MEMBER, WATCHER, EMPLOYED):
            event = sample_event("members", "member_appointed", id=new_id(), member_id=id)
            reactions.note_member(event, self.desk)
        for id in UNITS:
            self.organisation(id)
        topic = sample_event("members", "topic_changed", id=new_id(), code="WATER")
        reactions.note_topic(topic, self.desk)

    def _employed_by(
        self, _: Call, ids: Collection[str], units: Collection[str]
    ) -> Collection[str]:
        return [id for id in ids if self.employed.get(id) in units]

    def organisation(self, id: str, version: int = 1, **said: Any) -> None:
        event = sample_event(
            "members",
            "organisation_changed",
            id=new_id(),
            organisation_id=id,
            version=version,
            **{"parent": None, "merged_into": None, "may_be_supervised": True, **said},
        )
        reactions.note_organisation(event, self.desk)

    def do(self, act: Callable[..., Any], caller: Call, /, **said: Any) -> Any:
        """A command of its own id."""
        return act(sent(caller), self.desk, **said)

    def site(self, unit: str = "unit-slj") -> str:
        said: Row = {
            "site_id": None,
            "kind": SiteKind.RIVER,
            "name": "太浦河黎里段",
            "point": {"latitude": 31.0, "longitude": 120.7},
            "town": None,
            "unit": unit,
            "keeper": "",
            "note": "",
        }
        return str(self.do(findings.write_site, URBAN, **said))

    def drafted(self, site: str, units: Collection[str] = ("unit-slj", "unit-hbj")) -> str:
        said: Row = {
            "supervision_id": None,
            "title": "河流湖泊生态保护专项监督",
            "topic": "河流湖泊生态保护",
            "topic_codes": [],
            "supervision_form": Form.SPECIAL,
            "plan_basis": "",
            "units": list(units),
            "sites": [site],
            "plan": "分组检查重点河湖。",
            "indicators": [],
            "checklist": ["岸坡有无垃圾"],
        }
        return str(self.do(supervisions.draft_supervision, URBAN, **said))

    def approved(self, site: str) -> str:
        id = self.drafted(site)
        self.do(supervisions.submit_supervision, URBAN, supervision_id=id)
        said: Row = {"approved": True, "opinion": "同意"}
        self.do(supervisions.decide_supervision, CHAIR, supervision_id=id, **said)
        return id

    def team(self, id: str, *members: str, supervisors: Collection[str] = ()) -> None:
        said: Row = {"leader": LEAD, "members": list(members), "experts": []}
        self.do(
            supervisions.form_team, URBAN, supervision_id=id, supervisors=list(supervisors), **said
        )

    def inspected(self, site: str) -> str:
        """An inspection of the site that is planned; its id is the meeting's."""
        id = self.approved(site)
        self.team(id, MEMBER)
        said: Row = {"title": "汛前检查", "place": "黎里", "ends_at": None, "sites": [site]}
        held_at = NOW + timedelta(days=7)
        return str(
            self.do(supervisions.plan_inspection, URBAN, supervision_id=id, held_at=held_at, **said)
        )

    def found(self, id: str, site: str, by: Call = LEADER, **said: Any) -> str:
        given: Row = {
            "inspection_id": None,
            "point": None,
            "text": "岸坡堆放建筑垃圾",
            "severity": Severity.SERIOUS,
            "values": [],
            "photos": [],
            "found_at": None,
            **said,
        }
        return str(self.do(findings.record_finding, by, supervision_id=id, site_id=site, **given))

    def assigned(self, finding: str, unit: str = "unit-slj") -> None:
        self.do(findings.confirm_finding, LEADER, finding_id=finding, confirmed=True, reason=None)
        self.do(findings.assign_finding, URBAN, finding_id=finding, unit=unit, due_at=None)

    def issued(self, id: str, number: str = "吴政协监〔2017〕1号") -> None:
        item: Row = {
            "problem": "岸坡垃圾",
            "basis": "河道管理条例",
            "measure": "清理岸坡",
            "unit": "unit-slj",
            "due_at": None,
            "findings": [],
            "authors": [LEAD],
        }
        items = [item, {**item, "unit": "unit-hbj"}]
        said: Row = {"text": "提出以下意见。", "items": items, "copy_to": []}
        self.do(supervisions.draft_opinion, LEADER, supervision_id=id, **said)
        self.do(supervisions.send_opinion, URBAN, supervision_id=id)
        signed: Row = {"approved": True, "opinion": "同意"}
        self.do(supervisions.sign_opinion, CHAIR, supervision_id=id, **signed)
        self.document(id, number)

    def document(self, ref: str, number: str) -> None:
        purpose = {"service": "supervision", "id": ref}
        event = sample_event(
            "office", names.DOCUMENT_ISSUED, id=new_id(), purpose=purpose, number=number
        )
        reactions.note_document(event, self.desk)

    def fed_back(self, id: str, by: Call, no: int) -> None:
        item: Row = {"no": no, "adoption": Adoption.ADOPTED, "result": "已完成", "reason": ""}
        said: Row = {"text": "已整改", "items": [item], "files": []}
        self.do(rectifying.feed_back, by, supervision_id=id, **said)

    def nominated(self, member: str = WATCHER) -> str:
        said: Row = {
            "member_id": member,
            "name": None,
            "account_id": None,
            "employer": None,
            "profession": "水环境",
            "fields": ["WATER"],
            "relations": [],
            "reason": "",
        }
        return str(self.do(supervisors.nominate_supervisor, URBAN, **said))

    def appointed(self, member: str = WATCHER) -> str:
        id = self.nominated(member)
        said: Row = {"approved": True, "opinion": "同意", "ends_on": None}
        self.do(supervisors.decide_nomination, CHAIR, supervisor_id=id, **said)
        return id

    def posted(self, id: str, *units: str) -> None:
        self.do(supervisors.assign_supervisor, URBAN, supervisor_id=id, units=list(units))

    def tick(self, days: int = 0) -> None:
        """What the timers do, so many days later."""
        self.clock.at += timedelta(days=days)
        for timer in (alarms.remind, alarms.pass_due_dates, alarms.end_appointments):
            timer(SYSTEM, self.desk)

    def told(self, event_type: str) -> list[Row]:
        """The data of the events of this type that wait for the relay, oldest first."""
        found = [
            from_document(event)
            for name in sorted(OUTBOX)
            for row in self.database.collection(name).find({})
            for event in row.get("pending_events", ())
        ]
        found.sort(key=lambda event: (event.time, event.version))
        return [event.data for event in found if event.type == event_type]
