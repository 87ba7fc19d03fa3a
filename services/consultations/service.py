"""consultations (协商议政): plans, consultations, research, motions. A table of contents."""

from __future__ import annotations

from services.consultations import reactions
from services.consultations.commands import (
    alarms,
    meetings,
    motions,
    plans,
    reporting,
    research,
    topics,
    views,
)
from services.consultations.commands.ports import Desk
from services.consultations.queries import consultations
from services.consultations.queries import motions as motion_lists
from services.consultations.repository import (
    INDEXES,
    OUTBOX,
    PROJECTIONS,
    Consultations,
    Motions,
    Plans,
    Projects,
    Views,
)
from shared.calendar import WorkCalendar
from shared.call import Call
from shared.clock import Now
from shared.contracts import names
from shared.messaging.service import Platform, Provide, every, listen, offers
from shared.persistence import Database, Setting, SettingsStore
from shared.persistence.directory import Directory
from shared.persistence.roster import Members
from shared.persistence.topics import Topics
from shared.persistence.visits import Visits

SETTINGS = [
    Setting("notice_days", 15, "协商会议提前通知（工作日）", "2.4", 0, 60),
    Setting("papers_days", 10, "协商材料提前送达（工作日）", "2.4", 0, 60),
    Setting("report_days", 7, "协商专报报送时限（工作日）", "2.4", 1, 60),
    Setting("feedback_days", 60, "协商成果、建议案反馈期限（天）", "2.3", 1, 365),
    Setting("decision_days", 5, "审议、审定时限（工作日）", "decision 41", 1, 60),
    Setting("reminder_days", 3, "到期前几天提醒", "decision 41", 0, 30),
    Setting("feedback_reminder_days", 7, "反馈到期前几天提醒", "decision 41", 0, 60),
    Setting("views_a_day", 5, "同一来源每日可提交的群众意见数", "7.5", 1, 100),
    Setting("home_views_a_day", 50, "委员之家同一账号每日可登记的群众意见数", "7.5", 1, 500),
]


def build(platform: Platform) -> Desk:
    """The dependencies of all methods, made once a process."""
    database = platform.database
    database.prepare(INDEXES, projections=PROJECTIONS, outbox=OUTBOX)
    platform.settings.declare(SETTINGS)
    return desk_of(database, platform.settings, platform.clock, platform.calendar)


def desk_of(
    database: Database, settings: SettingsStore, clock: Now, calendar: WorkCalendar
) -> Desk:
    return Desk(
        consultations=Consultations(database),
        plans=Plans(database),
        projects=Projects(database),
        motions=Motions(database),
        views=Views(database),
        visits=Visits(database),
        members=Members(database),
        directory=Directory(database),
        topics=Topics(database),
        settings=settings,
        clock=clock,
        calendar=calendar,
    )


@offers(
    topics,
    plans,
    meetings,
    views,
    reporting,
    research,
    motions,
    consultations,
    motion_lists,
)
class ConsultationsService:
    name = "consultations"
    deps = Provide(build)

    @every()
    def ring_alarms(self) -> None:
        alarms.ring_alarms(Call.system(self.name), self.deps)


for _type in names.MEMBER_STATES:
    listen(ConsultationsService, "members", _type, reactions.note_member)
listen(ConsultationsService, "members", names.ORGANISATION_CHANGED, reactions.note_organisation)
listen(ConsultationsService, "members", names.TOPIC_CHANGED, reactions.note_topic)
for _type in reactions.MEETINGS:
    listen(ConsultationsService, "office", _type, reactions.note_meeting)
listen(ConsultationsService, "office", names.DOCUMENT_ISSUED, reactions.note_document)
for _type in reactions.OUTCOMES:
    listen(ConsultationsService, "outcomes", _type, reactions.note_outcome)
