"""liaison (联络交流): contacts, activities, homes, conference, exchange. A table of contents."""

from __future__ import annotations

from typing import Any

from services.liaison import reactions
from services.liaison.commands import (
    activities,
    briefings,
    circles,
    conferences,
    contacts,
    exchange,
    homes,
    leads,
    links,
    orphans,
    receptions,
    years,
)
from services.liaison.commands.ports import Desk
from services.liaison.domain.years import COUNTED, norm_setting
from services.liaison.queries import activities as activity_reads
from services.liaison.queries import conferences as conference_reads
from services.liaison.queries import contacts as contact_reads
from services.liaison.queries import exchange as exchange_reads
from services.liaison.queries import files, statistics
from services.liaison.queries import homes as home_reads
from services.liaison.repository import (
    INDEXES,
    OUTBOX,
    PROJECTIONS,
    Activities,
    Bookings,
    Briefings,
    Circles,
    Conferences,
    Contacts,
    Duties,
    Exchanges,
    Homes,
    Items,
    Leads,
    Links,
    Members,
    NormFacts,
    Orphans,
    Plans,
    Posts,
    Receptions,
    Representatives,
    Workspaces,
)
from shared.call import Call
from shared.contracts import names
from shared.contracts.setting_changes import CONTACTS_A_YEAR
from shared.messaging.service import Platform, Provide, every, listen, offers
from shared.persistence import Database, Setting, SettingsStore
from shared.persistence.audit import Audit
from shared.persistence.directory import Directory
from shared.persistence.topics import Topics
from shared.persistence.visits import Visits

SETTINGS = [
    Setting(
        "link_load_least", 3, "每名联系人至少联系人数", "2.9", 1, 50, not_above="link_load_most"
    ),
    Setting("link_load_most", 8, "每名联系人至多联系人数", "2.9", 1, 50),
    Setting("orphan_days", 15, "无人联系的委员落实联系人的期限（天）", "2.9", 1, 365),
    Setting(CONTACTS_A_YEAR.key, CONTACTS_A_YEAR.default, "每对联系关系每年联系次数", "2.9", 1, 50),
    *(
        Setting(norm_setting(norm), 1, f"界别活动小组年度任务：{norm.label}（次）", "13.3", 0, 20)
        for norm in COUNTED
    ),
    Setting("lead_days", 15, "转办事项答复期限（天）", "decision 41", 1, 365),
    Setting("lead_reminder_days", 3, "转办事项到期前几天提醒", "decision 41", 0, 60),
    Setting("instruction_days", 30, "上级指导汇报期限（天）", "decision 41", 1, 365),
    Setting("instruction_reminder_days", 5, "上级指导到期前几天提醒", "decision 41", 0, 60),
    Setting("silent_months", 6, "联系关系多久没有联系视为失联（月）", "7.10", 1, 24),
    Setting("duty_reminder_hours", 24, "委员之家值班提前提醒（小时）", "2.9", 1, 168),
    Setting("public_a_day", 5, "同一来访者每日预约、留言各多少次", "2.9", 1, 100),
    Setting("code_looks_a_day", 60, "同一来访者每日凭码查询次数", "2.9", 1, 1000),
    Setting("bookings_a_day", 10, "委员之家每日可预约人数", "2.9", 1, 200),
    Setting(
        "bookings_online",
        6,
        "其中未登录者可预约人数，其余由工委代为预约",
        "2.9",
        1,
        200,
        not_above="bookings_a_day",
    ),
    Setting(
        "bookings_of_a_client",
        1,
        "同一来访者（网络地址、电话）每日可预约次数",
        "2.9",
        1,
        20,
        not_above="bookings_online",
    ),
]


def build(platform: Platform) -> Desk:
    """The dependencies of all methods, made once a process."""
    database = platform.database
    database.prepare(INDEXES, projections=PROJECTIONS, outbox=OUTBOX)
    platform.settings.declare(SETTINGS)
    return desk_of(database, platform.settings, platform.clock, platform.audit)


def desk_of(database: Database, settings: SettingsStore, clock: Any, audit: Audit) -> Desk:
    return Desk(
        links=Links(database),
        plans=Plans(database),
        orphans=Orphans(database),
        contacts=Contacts(database),
        leads=Leads(database),
        activities=Activities(database),
        homes=Homes(database),
        duties=Duties(database),
        receptions=Receptions(database),
        bookings=Bookings(database),
        visits=Visits(database),
        conferences=Conferences(database),
        items=Items(database),
        briefings=Briefings(database),
        exchanges=Exchanges(database),
        representatives=Representatives(database),
        circles=Circles(database),
        posts=Posts(database),
        workspaces=Workspaces(database),
        norms=NormFacts(database),
        members=Members(database),
        directory=Directory(database),
        topics=Topics(database),
        audit=audit,
        settings=settings,
        clock=clock,
    )


@offers(
    links,
    contacts,
    leads,
    activities,
    years,
    homes,
    receptions,
    conferences,
    briefings,
    exchange,
    circles,
    contact_reads,
    activity_reads,
    home_reads,
    conference_reads,
    exchange_reads,
    statistics,
    files,
)
class LiaisonService:
    name = "liaison"
    deps = Provide(build)

    @every()
    def settle_orphans(self) -> None:
        orphans.settle_orphans(Call.system(self.name), self.deps)

    @every()
    def remind_of_leads(self) -> None:
        leads.remind_of_leads(Call.system(self.name), self.deps)

    @every()
    def remind_of_instructions(self) -> None:
        exchange.remind_of_instructions(Call.system(self.name), self.deps)

    @every()
    def remind_of_duties(self) -> None:
        homes.remind_of_duties(Call.system(self.name), self.deps)

    @every()
    def ask_confirmations(self) -> None:
        homes.ask_confirmations(Call.system(self.name), self.deps)

    @every()
    def ask_completion(self) -> None:
        activities.ask_completion(Call.system(self.name), self.deps)

    @every()
    def call_overdue(self) -> None:
        conferences.call_overdue(Call.system(self.name), self.deps)


for _type in names.MEMBER_STATES:
    listen(LiaisonService, "members", _type, reactions.note_member)
listen(LiaisonService, "members", names.ORGANISATION_CHANGED, reactions.note_organisation)
listen(LiaisonService, "members", names.TOPIC_CHANGED, reactions.note_topic)
for _type in reactions.NEWS:
    listen(LiaisonService, "office", _type, reactions.follow_meeting)
for _type in reactions.PRESENCE:
    listen(LiaisonService, "office", _type, reactions.take_presence)
for _type in reactions.DONE:
    listen(LiaisonService, "office", _type, reactions.take_affair)
for _source, _type in reactions.NORMS:
    _filed = _type in reactions.FILED
    listen(LiaisonService, _source, _type, reactions.note_filing if _filed else reactions.note_norm)
for _type in (*reactions.SETTLED, names.OPINION_SUBMITTED, names.OPINION_RESULT_GIVEN):
    listen(LiaisonService, "opinions", _type, reactions.note_opinion)
