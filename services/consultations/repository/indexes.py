"""Collections and their indexes."""

from __future__ import annotations

from pymongo import ASCENDING, DESCENDING, IndexModel

from shared.persistence import directory, roster, topics, visits

CONSULTATIONS = "consultations"
PLANS = "consultation_plans"
PROJECTS = "research_projects"
MOTIONS = "motions"
VIEWS = "public_views"

ID = ("_id", ASCENDING)
BY_CREATION = [("created_at", DESCENDING), ID]
ALARMS = IndexModel([("next_alarm_at", ASCENDING), ID])
FILES = IndexModel([("files_told", ASCENDING)])


def listed(*fields: str) -> list[IndexModel]:
    """The latest first, and those of each of these fields."""
    by = [IndexModel([(name, ASCENDING), *BY_CREATION]) for name in fields]
    return [IndexModel(BY_CREATION), *by, ALARMS, FILES]


COMMON = ("state", "year", "topic_codes", "participants")
INDEXES = {
    CONSULTATIONS: [
        *listed(*COMMON, "form", "organisers", "departments", "proposer", "proposed_for", "public"),
        IndexModel([("writer", ASCENDING), *BY_CREATION]),
        IndexModel([("meeting.id", ASCENDING)]),
        IndexModel([("report.year", ASCENDING), ("report.no", ASCENDING)]),
    ],
    PLANS: [
        IndexModel([("year", DESCENDING), ("term", DESCENDING), ID]),
        IndexModel([("state", ASCENDING), ("year", DESCENDING), ID]),
        ALARMS,
    ],
    PROJECTS: listed(*COMMON, "organiser"),
    MOTIONS: listed(
        "state",
        "year",
        "topic_codes",
        "main_authors",
        "proposer",
        "proposed_for",
        "organiser",
        "public",
    ),
    VIEWS: [
        IndexModel([("consultation_id", ASCENDING), ("received_at", DESCENDING), ID]),
        IndexModel(
            [
                ("consultation_id", ASCENDING),
                ("state", ASCENDING),
                ("received_at", DESCENDING),
                ID,
            ]
        ),
    ],
    visits.VISITS: visits.INDEXES,
    roster.MEMBERS: roster.INDEXES,
    directory.ORGANISATIONS: directory.INDEXES,
    topics.TOPICS: topics.INDEXES,
}
PROJECTIONS = {roster.MEMBERS, directory.ORGANISATIONS, topics.TOPICS}
OUTBOX = {CONSULTATIONS, PLANS, PROJECTS, MOTIONS, VIEWS}
