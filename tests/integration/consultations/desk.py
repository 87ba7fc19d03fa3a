"""The use cases of consultations on a real database, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.consultations import reactions
from services.consultations.commands import meetings, plans, reporting, topics
from services.consultations.domain.motions import Motion
from services.consultations.domain.record import Consultation
from services.consultations.domain.states import ConsultationForm
from services.consultations.repository import OUTBOX
from services.consultations.schemas.common import ConsultationOpinionInput
from services.consultations.service import SETTINGS, desk_of
from shared.actor import Role
from shared.calendar import WorkCalendar
from shared.call import Call
from shared.clock import SHANGHAI
from shared.contracts import names, sample_event
from shared.ids import new_id
from shared.messaging.events import Event, from_document
from shared.persistence import Database, SettingsStore
from tests.integration.acting import Clock, attendance, call, sent

NOW = datetime(2017, 2, 6, 9, tzinfo=SHANGHAI)
MAY = datetime(2017, 5, 18, 9, tzinfo=SHANGHAI)
LU, SHEN, QIAN = "m-15-0088", "m-15-0031", "m-15-0140"
OFFICE = call(Role.OFFICE, "account-office")
CHAIR = call(Role.CHAIR_COUNCIL, "account-chair", "m-15-0001")
ECONOMY = call(Role.COMMITTEE_STAFF, "account-economy", committee="com-economy")
LEGAL = call(Role.COMMITTEE_STAFF, "account-legal", committee="com-legal")
ITEM: ConsultationOpinionInput = {
    "text": "建立扶贫台账",
    "kind": None,
    "unit": None,
    "authors": [LU],
}
SERVICE = reactions.SERVICE
AT = {"held_on": MAY.isoformat()}
Row = dict[str, Any]


@dataclass
class House:
    """A desk with three members and two committees, and the events that its writes left."""

    database: Database
    clock: Clock = field(default_factory=lambda: Clock(NOW))

    def __post_init__(self) -> None:
        settings = SettingsStore(self.database)
        settings.declare(SETTINGS)
        self.desk = desk_of(self.database, settings, self.clock, WorkCalendar())
        for id in (LU, SHEN, QIAN):
            event = sample_event("members", names.MEMBER_APPOINTED, id=new_id(), member_id=id)
            reactions.note_member(event, self.desk)
        for id in ("com-economy", "com-legal"):
            said: Row = {"organisation_id": id, "parent": None, "merged_into": None}
            event = sample_event(
                "members", names.ORGANISATION_CHANGED, id=new_id(), version=1, **said
            )
            reactions.note_organisation(event, self.desk)

    def do(self, act: Callable[..., Any], caller: Call, /, **said: Any) -> Any:
        """A command of its own id."""
        return act(sent(caller), self.desk, **said)

    def record(self, id: str) -> Consultation:
        found = self.desk.consultations.get(id)
        assert found is not None
        return found

    def motion(self, id: str) -> Motion:
        found = self.desk.motions.get(id)
        assert found is not None
        return found

    def proposed(self, by: Call = ECONOMY) -> str:
        said: Row = {
            "title": "精准开展扶贫工作",
            "background": "",
            "form": ConsultationForm.THEMATIC,
            "organisers": ["com-economy"],
            "year": 2017,
            "topic_codes": [],
        }
        return str(self.do(topics.propose_consultation, by, **said))

    def in_plan(self, *ids: str) -> None:
        said: Row = {"plan_id": None, "year": 2017, "title": "2017年度协商计划", "note": ""}
        plan = self.do(plans.write_plan, OFFICE, topics=list(ids), expected_version=None, **said)
        self.do(plans.send_plan, OFFICE, plan_id=plan)
        self.do(plans.review_plan, CHAIR, plan_id=plan, passed=True, reason="")
        decided: Row = {"approved": True, "document_no": "吴委发〔2017〕3号", "reason": ""}
        self.do(plans.decide_plan, OFFICE, plan_id=plan, decided_on=NOW, **decided)

    def meet(self, id: str, held_at: datetime = MAY) -> None:
        said: Row = {"place": "三楼会议室", "half_days": 1, "members": [LU, SHEN, QIAN]}
        times: Row = {"held_at": held_at, "ends_at": held_at.replace(hour=11)}
        self.do(meetings.plan_meeting, ECONOMY, consultation_id=id, **times, **said)

    def planned(self) -> str:
        """One in the plan, with its meeting."""
        id = self.proposed()
        self.in_plan(id)
        self.meet(id)
        return id

    def minuted(self, *ids: str) -> None:
        for id in ids:
            self.hear(self.confirmed(id, {LU: 1, SHEN: 1, QIAN: 1}))
            said: Row = {"text": "会议纪要", "dissents": [], "files": [], "expected_version": None}
            self.do(reporting.write_minutes, ECONOMY, consultation_id=id, **said)

    def report(self, caller: Call, id: str) -> str:
        said: Row = {"title": "关于扶贫的专报", "text": "报告如下。", "signer": "周立新"}
        return reporting.report_consultation(
            caller, self.desk, consultation_id=id, items=[ITEM], files=[], **said
        )

    def hear(self, *events: Event) -> None:
        """As the broker may bring them: each of them twice."""
        for event in events:
            for _ in range(2):
                HEARD[event.type](event, self.desk)

    def confirmed(self, meeting: str, came: dict[str, int], version: int = 4) -> Event:
        """came: member → half-days."""
        return attendance(
            SERVICE, names.MEETING_ATTENDANCE_CONFIRMED, meeting, came, 1, **AT, version=version
        )

    def corrected(self, meeting: str, came: dict[str, int], no: int, version: int) -> Event:
        """no: of the records that are replaced."""
        return attendance(
            SERVICE, names.MEETING_ATTENDANCE_CORRECTED, meeting, came, no, **AT, version=version
        )

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

    def at_once(self, acts: Sequence[Callable[[], Any]]) -> None:
        """Everybody presses at the same moment."""
        with ThreadPoolExecutor(len(acts)) as pool:
            for done in [pool.submit(act) for act in acts]:
                done.result()


def moved(meeting: str, to: datetime, version: int) -> Event:
    said: Row = {
        "meeting_id": meeting,
        "purpose": {"service": SERVICE, "id": meeting},
        "held_at": to.isoformat(),
        "ends_at": to.replace(hour=11).isoformat(),
    }
    return sample_event("office", names.MEETING_RESCHEDULED, id=new_id(), version=version, **said)


def notified(meeting: str) -> Event:
    said: Row = {"meeting_id": meeting, "purpose": {"service": SERVICE, "id": meeting}}
    return sample_event("office", names.MEETING_NOTIFIED, id=new_id(), version=2, **said)


HEARD: dict[str, Callable[[Event, Any], None]] = {
    **dict.fromkeys(reactions.MEETINGS, reactions.note_meeting),
    **dict.fromkeys(reactions.OUTCOMES, reactions.note_outcome),
    names.DOCUMENT_ISSUED: reactions.note_document,
}
