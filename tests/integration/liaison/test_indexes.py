"""Every question that the service asks its database is served by an index."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from services.liaison.commands import conferences, homes, leads
from services.liaison.commands import exchange as visits
from services.liaison.queries import activities, contacts, exchange, files, statistics
from services.liaison.queries import conferences as meetings
from services.liaison.queries import homes as places
from shared.actor import Role
from shared.persistence import Database
from tests.integration.liaison.desk import (
    LEADER,
    LILI,
    LU,
    MINJIAN,
    NOW,
    OFFICE,
    QIAN,
    SYSTEM,
    VISITOR,
    XU,
    House,
    member,
    re_elected,
)

MINE = re_elected(LU)  # of several memberships
Question = Callable[[House], object]


def paged(query: Any, by: Any, **filter: Any) -> Question:
    return lambda h: query(by, h.desk, filter=filter, first=20, after=None)


def upcoming(query: Any) -> Question:
    soon = {"since": NOW, "until": NOW + timedelta(days=90)}
    return lambda h: query(MINE, h.desk, filter=soon, latest_first=False, first=20, after=None)


QUESTIONS: dict[str, Question] = {
    "own links": paged(contacts.list_links, MINE),
    "links of a plan": paged(contacts.list_links, OFFICE, plan_id="x"),
    "links of a leader": paged(contacts.list_links, OFFICE, leader_id=XU, state="ACTIVE"),
    "plans that wait": paged(contacts.list_plans, OFFICE, state="PROPOSED"),
    "own contacts": paged(contacts.list_contacts, MINE),
    "contacts of a link": paged(contacts.list_contacts, LEADER, link_id="x"),
    "leads of a topic": paged(contacts.list_leads, MINE, topic="二次供水"),
    "leads that wait": paged(contacts.list_leads, OFFICE, state="FORWARDED"),
    "health": lambda h: statistics.contact_health(OFFICE, h.desk),
    "orphans": lambda h: h.settle(),
    "activities": paged(activities.list_activities, MINE),
    "activities to come": upcoming(activities.list_activities),
    "days on duty to come": upcoming(places.list_duties),
    "activities of a year": paged(activities.list_activities, OFFICE, year=2017),
    "an organiser's activities": paged(
        activities.list_activities, MINJIAN, organiser="org-minjian"
    ),
    "own activities": paged(activities.list_activities, MINE, signed_up=True),
    "activities of a home": paged(activities.list_activities, MINE, home_id="x"),
    "a group's year": lambda h: activities.workspace(
        MINE, h.desk, organisation="group-22", year=2017
    ),
    "figures of organisations": lambda h: statistics.organisation_statistics(
        OFFICE, h.desk, year=2017
    ),
    "figures of towns": lambda h: statistics.town_statistics(OFFICE, h.desk, year=2017),
    "map": lambda h: statistics.liaison_map(VISITOR, h.desk),
    "homes": paged(places.list_homes, VISITOR),
    "rota of a home": paged(places.list_duties, MINE, home_id="x"),
    "own days on duty": paged(places.list_duties, MINE, member_id=LU),
    "days to be confirmed": paged(places.list_duties, MINE, unconfirmed=True),
    "reminders": lambda h: homes.remind_of_duties(SYSTEM, h.desk),
    "own receptions": paged(places.list_receptions, re_elected(QIAN)),
    "receptions of a town": paged(places.list_receptions, LILI),
    "all receptions": paged(places.list_receptions, OFFICE, year=2017),
    "bookings of a town": paged(places.list_bookings, LILI),
    "bookings of the own days": paged(places.list_bookings, re_elected(QIAN)),
    "a code": lambda h: places.visitor_matter(VISITOR, h.desk, code="ABCD", client="c"),
    "conferences": paged(meetings.list_conferences, MINE, year=2017),
    "items of a conference": paged(meetings.list_items, MINE, conference_id="x"),
    "items to answer": paged(meetings.list_items, OFFICE, owner="office-general"),
    "overdue items": lambda h: conferences.call_overdue(SYSTEM, h.desk),
    "briefings": paged(meetings.list_briefings, OFFICE),
    "own briefings": paged(meetings.list_briefings, MINJIAN),
    "briefings to be confirmed": paged(meetings.list_briefings, MINJIAN, unconfirmed=True),
    "exchanges": paged(exchange.list_exchanges, OFFICE, kind="VISIT"),
    "representatives": paged(exchange.list_representatives, OFFICE, category="NEW_SOCIAL"),
    "own representatives": paged(exchange.list_representatives, MINE),
    "groups": paged(exchange.list_circles, MINE, state="OPEN"),
    "own groups": paged(exchange.list_circles, MINE, joined=True),
    "leads to remind of": lambda h: leads.remind_of_leads(SYSTEM, h.desk),
    "instructions to remind of": lambda h: visits.remind_of_instructions(SYSTEM, h.desk),
    "a calendar": lambda h: activities.member_calendar(SYSTEM, h.desk, member_ids=[LU]),
    "held files": lambda h: files.held_files(SYSTEM, h.desk, ids=["file-1"]),
    "a file": lambda h: files.may_read_file(MINE, h.desk, file_id="file-1", subject="x"),
}
SMALL = {"settings"}


@pytest.fixture(scope="module")
def known(prepared: Database) -> House:
    """Something of each kind, for all questions."""
    house = House(prepared)
    linked = house.linked()
    house.contact(linked[LU], member(XU, Role.STANDING_MEMBER))
    home = house.home()
    house.rota(home)
    house.activity()
    return house


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_reads_a_whole_collection(known: House, name: str) -> None:
    house, database = known, known.database.db
    database.command("profile", 2)
    try:
        QUESTIONS[name](house)
    finally:
        database.command("profile", 0)
    asked = list(database["system.profile"].find({"op": {"$in": ["query", "command", "update"]}}))
    database["system.profile"].drop()
    assert asked
    scans = {
        row["ns"].partition(".")[2] for row in asked if "COLLSCAN" in row.get("planSummary", "")
    }
    assert scans <= SMALL, [row.get("command") for row in asked if "COLLSCAN" in str(row)]
