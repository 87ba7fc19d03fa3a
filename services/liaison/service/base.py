"""What every part of the service stands on: dependencies, settings, the shape of an answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.liaison.commands.ports import Desk
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
    Visits,
    Workspaces,
)
from shared.call import Call
from shared.messaging.service import Platform, Provide
from shared.persistence import Database, Setting, SettingsStore
from shared.persistence.audit import Audit
from shared.persistence.directory import Directory

Row = dict[str, Any]
ByIds = Callable[..., list[Row]]

SETTINGS = [
    Setting("link_load_least", 3, "每名联系人至少联系人数", "2.9", 1, 50),
    Setting("link_load_most", 8, "每名联系人至多联系人数", "2.9", 1, 50),
    Setting("orphan_days", 15, "无人联系的委员落实联系人的期限（天）", "2.9", 1, 365),
    Setting("contacts_a_year", 2, "每对联系关系每年联系次数", "2.9", 1, 50),
    Setting("silent_months", 6, "联系关系多久没有联系视为失联（月）", "7.10", 1, 24),
    Setting("duty_reminder_hours", 24, "委员之家值班提前提醒（小时）", "2.9", 1, 168),
    Setting("public_a_day", 5, "同一来访者每日预约、留言各多少次", "2.9", 1, 100),
    Setting("code_looks_a_day", 60, "同一来访者每日凭码查询次数", "2.9", 1, 1000),
    Setting("bookings_a_day", 10, "委员之家每日可预约人数", "2.9", 1, 200),
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
        audit=audit,
        settings=settings,
        clock=clock,
    )


class Base:
    name = "liaison"
    deps = Provide(build)


def shown(call: Call, desk: Desk, by_ids: ByIds, record_id: str) -> Row:
    """The record as the one who acted sees it now; its id alone if no longer seen."""
    rows = by_ids(call, desk, ids=[record_id])
    return rows[0] if rows else {"id": record_id}
