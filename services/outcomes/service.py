"""outcomes (成果采纳反馈档案): files, items, dossiers, promises. A table of contents."""

from __future__ import annotations

from typing import Any

from services.outcomes import reactions
from services.outcomes.commands import dossiers, files, items, summaries, years
from services.outcomes.commands.ports import Desk
from services.outcomes.domain.nodes import HEARD
from services.outcomes.queries import figures, graph, outcomes, promises
from services.outcomes.queries import summaries as summary_queries
from services.outcomes.repository import (
    INDEXES,
    OUTBOX,
    PROJECTIONS,
    Files,
    Graph,
    Items,
    Links,
    Summaries,
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
    Setting("feedback_days", 60, "意见反馈期限（天）", "2.5", 1, 365),
    Setting("implementation_days", 365, "采纳后落实期限（天）", "2.5", 1, 3650),
    Setting("verification_days", 60, "报告落实后核实期限（天）", "decision 41", 1, 365),
    Setting("decision_days", 5, "认定未采纳理由期限（工作日）", "decision 41", 1, 60),
    Setting("summary_days", 31, "年度成果综述报送期限（12月31日起，天）", "2.5", 1, 120),
    Setting("reminder_days", 7, "到期前几天提醒", "decision 41", 0, 60),
]


def build(platform: Platform) -> Desk:
    """The dependencies of all methods, made once a process."""
    database = platform.database
    database.prepare(INDEXES, projections=PROJECTIONS, outbox=OUTBOX)
    platform.settings.declare(SETTINGS)
    return desk_of(database, platform.settings, platform.clock, platform.calendar)


def desk_of(
    database: Database, settings: SettingsStore, clock: Any, calendar: WorkCalendar
) -> Desk:
    return Desk(
        files=Files(database),
        items=Items(database),
        links=Links(database),
        summaries=Summaries(database),
        graph=Graph(database),
        members=Members(database),
        directory=Directory(database),
        topics=Topics(database),
        settings=settings,
        clock=clock,
        calendar=calendar,
    )


@offers(files, items, dossiers, summaries, outcomes, promises, figures, graph, summary_queries)
class OutcomesService:
    name = "outcomes"
    deps = Provide(build)

    @every()
    def pass_due_dates(self) -> None:
        years.pass_due_dates(Call.system(self.name), self.deps)

    @every()
    def remind(self) -> None:
        years.remind(Call.system(self.name), self.deps)

    @every()
    def alarm(self) -> None:
        years.alarm(Call.system(self.name), self.deps)

    @every()
    def carry_over(self) -> None:
        years.carry_over(Call.system(self.name), self.deps)

    @every()
    def owe_summary(self) -> None:
        summaries.fall_due(Call.system(self.name), self.deps)

    @every()
    def remind_of_summary(self) -> None:
        summaries.remind(Call.system(self.name), self.deps)


for _type in names.MEMBER_STATES:
    listen(OutcomesService, "members", _type, reactions.note_member)
listen(OutcomesService, "members", names.ORGANISATION_CHANGED, reactions.note_organisation)
listen(OutcomesService, "members", names.TOPIC_CHANGED, reactions.note_topic)
listen(OutcomesService, "outcomes", names.DOSSIER_LINKED, reactions.note_link)
for _source, _type in sorted(HEARD):
    listen(OutcomesService, _source, _type, reactions.note_matter)
