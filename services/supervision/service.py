"""supervision (民主监督): supervisions, findings, supervisors, debriefings. A table of contents."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from services.supervision import reactions
from services.supervision.commands import (
    alarms,
    debriefings,
    findings,
    rectifying,
    supervisions,
    supervisors,
)
from services.supervision.commands.ports import Desk
from services.supervision.queries import findings as found
from services.supervision.queries import supervision
from services.supervision.repository import (
    INDEXES,
    OUTBOX,
    PROJECTIONS,
    Checklists,
    Debriefings,
    Findings,
    Inspections,
    Sites,
    Supervisions,
    Supervisors,
)
from shared.calendar import WorkCalendar
from shared.call import Call
from shared.contracts import names
from shared.messaging.service import Platform, Provide, every, listen, offers
from shared.persistence import Database, Setting, SettingsStore
from shared.persistence.directory import Directory
from shared.persistence.roster import Members
from shared.persistence.topics import Topics

SETTINGS = [
    Setting("rectification_days", 60, "监督意见整改期限（天）", "2.6", 1, 730),
    Setting("second_rectification_days", 30, "回头看后重新整改期限（天）", "2.6", 1, 365),
    Setting("recheck_days", 30, "反馈后回头看期限（天）", "decision 41", 1, 365),
    Setting("most_rechecks", 2, "回头看次数上限，之后报告区委", "2.6", 1, 5),
    Setting("decision_days", 5, "审批、签发、报告期限（工作日）", "decision 41", 1, 60),
    Setting("reminder_days", 7, "到期前几天提醒", "decision 41", 0, 60),
    Setting("appointment_days", 1461, "民主监督员聘期（天），不超过本届", "2.6", 30, 2000),
    Setting("debriefing_report_days", 5, "述职报告在会前几天提交", "5.5", 0, 60),
]


def build(platform: Platform) -> Desk:
    """The dependencies of all methods, made once a process."""
    database = platform.database
    database.prepare(INDEXES, projections=PROJECTIONS, outbox=OUTBOX)
    platform.settings.declare(SETTINGS)

    def employed_by(call: Call, ids: Collection[str], units: Collection[str]) -> list[str]:
        asking = Call.system(SupervisionService.name, call.correlation_id)
        employed: list[str] = platform.rpc.call(
            "members", "employed_by", asking, ids=sorted(ids), units=sorted(units)
        )
        return employed

    return desk_of(database, platform.settings, platform.clock, platform.calendar, employed_by)


def desk_of(
    database: Database,
    settings: SettingsStore,
    clock: Any,
    calendar: WorkCalendar,
    employed_by: Callable[[Call, Collection[str], Collection[str]], Collection[str]],
) -> Desk:
    return Desk(
        supervisions=Supervisions(database),
        sites=Sites(database),
        findings=Findings(database),
        inspections=Inspections(database),
        supervisors=Supervisors(database),
        debriefings=Debriefings(database),
        checklists=Checklists(database),
        members=Members(database),
        directory=Directory(database),
        topics=Topics(database),
        settings=settings,
        clock=clock,
        calendar=calendar,
        employed_by=employed_by,
    )


@offers(supervisions, rectifying, findings, supervisors, debriefings, supervision, found)
class SupervisionService:
    name = "supervision"
    deps = Provide(build)

    @every()
    def pass_due_dates(self) -> None:
        alarms.pass_due_dates(Call.system(self.name), self.deps)

    @every()
    def remind(self) -> None:
        alarms.remind(Call.system(self.name), self.deps)

    @every()
    def end_appointments(self) -> None:
        alarms.end_appointments(Call.system(self.name), self.deps)


for _type in names.MEMBER_STATES:
    listen(SupervisionService, "members", _type, reactions.note_member)
listen(SupervisionService, "members", names.ORGANISATION_CHANGED, reactions.note_organisation)
listen(SupervisionService, "members", names.TOPIC_CHANGED, reactions.note_topic)
listen(SupervisionService, "office", names.DOCUMENT_ISSUED, reactions.note_document)
for _type in reactions.NEWS:
    listen(SupervisionService, "office", _type, reactions.follow_meeting)
for _type in reactions.PRESENCE:
    listen(SupervisionService, "office", _type, reactions.take_presence)
