"""performance (履职统计): the points ledger and its reading. A table of contents, nothing else."""

from __future__ import annotations

from services.performance import reactions
from services.performance.commands import appeals, manual, rules, talks, years
from services.performance.commands.ports import Desk
from services.performance.domain import duties, facts
from services.performance.domain.members import MEMBER_EVENTS
from services.performance.domain.years import APPEAL_DAYS, FREEZE_DAYS
from services.performance.queries import desk, points, statistics
from services.performance.queries import duties as people
from services.performance.repository import (
    INDEXES,
    MIGRATIONS,
    OUTBOX,
    PROJECTIONS,
    Appeals,
    Duties,
    LateChanges,
    LedgerRepository,
    ManualRequests,
    MemberRepository,
    RuleSets,
    Snapshots,
    Talks,
    Years,
)
from shared.actor import TokenSigner
from shared.call import Call
from shared.contracts import names
from shared.contracts.setting_changes import CONTACTS_A_YEAR
from shared.messaging.service import Platform, Provide, every, listen, offers
from shared.persistence import Setting
from shared.persistence.directory import Directory

SETTINGS = [
    Setting(
        points.RANKING_FOR_ALL,
        False,
        "履职积分排名向全体委员公开",
        "section 4, publication default",
    ),
    Setting(statistics.SILENT_DAYS, 90, "无履职记录提醒天数", "section 4, statistics", 7, 365),
    Setting(FREEZE_DAYS, 31, "年度积分封存日（次年第几天）", "section 4, year", 1, 180),
    Setting(APPEAL_DAYS, 10, "积分公示申诉期（天）", "section 4, year", 1, 90),
]


def build(platform: Platform) -> Desk:
    """The dependencies of all methods, made once a process."""
    database = platform.database
    database.prepare(INDEXES, MIGRATIONS, PROJECTIONS, OUTBOX)
    platform.settings.declare(SETTINGS)
    platform.settings.follow(CONTACTS_A_YEAR)
    ledger, members, rule_sets = (
        LedgerRepository(database),
        MemberRepository(database),
        RuleSets(database),
    )
    snapshots = Snapshots(database)
    reading = points.Reading(
        ledger, members, rule_sets, snapshots, platform.settings, platform.clock
    )
    return Desk(
        ledger=ledger,
        members=members,
        duties=Duties(database),
        rules=rule_sets,
        manual=ManualRequests(database),
        appeals=Appeals(database),
        years=Years(database),
        snapshots=snapshots,
        late_changes=LateChanges(database),
        talks=Talks(database),
        reading=reading,
        settings=platform.settings,
        directory=Directory(database),
        seal=TokenSigner.load(platform.environment.keys_dir, platform.service),
        clock=platform.clock,
    )


@offers(manual, appeals, rules, years, talks, desk, points, statistics, people)
class PerformanceService:
    name = "performance"
    deps = Provide(build)

    @every()
    def turn_years(self) -> None:
        years.turn_years(Call.system(self.name), self.deps)


for _source, _type in (*facts.HEARD, *duties.HEARD):
    listen(PerformanceService, _source, _type, reactions.take_in)
for _type in MEMBER_EVENTS:
    listen(PerformanceService, "members", _type, reactions.hear_of_member)
listen(PerformanceService, "liaison", names.LIAISON_YEAR_WRITTEN, reactions.hear_of_year)
listen(PerformanceService, "members", names.ORGANISATION_CHANGED, reactions.hear_of_organisation)
listen(
    PerformanceService,
    CONTACTS_A_YEAR.source,
    names.SETTING_CHANGE_DECIDED,
    reactions.hear_of_setting,
)
