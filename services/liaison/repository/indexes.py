"""Collections and their indexes."""

from __future__ import annotations

from pymongo import ASCENDING, DESCENDING, IndexModel

from shared.persistence import directory, roster, topics, visits

LINKS, PLANS, ORPHANS = "contact_links", "contact_link_plans", "orphans"
LEADERS = "link_leaders"
CONTACTS, LEADS = "contacts", "leads"
ACTIVITIES, HOMES, DUTIES = "activities", "homes", "home_duties"
RECEPTIONS, BOOKINGS = "receptions", "bookings"
CONFERENCES, ITEMS, BRIEFINGS = "conferences", "conference_items", "briefings"
EXCHANGES, REPRESENTATIVES = "exchanges", "representatives"
CIRCLES, POSTS = "circles", "posts"
WORKSPACES, NORMS = "workspaces", "norm_facts"

ID = ("_id", ASCENDING)
BY_START = [("started_at", DESCENDING), ID]
BY_PROPOSAL = [("proposed_at", DESCENDING), ID]
BY_DAY = [("on", DESCENDING), ID]
BY_FORWARDING = [("forwarded_at", DESCENDING), ID]
BY_HOLDING = [("held_at", DESCENDING), ID]
BY_NAME = [("town", ASCENDING), ID]
BY_TIME = [("at", DESCENDING), ID]
BY_BOOKING = [("starts_at", DESCENDING), ID]
BY_RAISING = [("raised_at", DESCENDING), ID]
BY_SENDING = [("sent_at", DESCENDING), ID]
BY_LISTING = [("listed_at", DESCENDING), ID]
BY_OPENING = [("opened_at", DESCENDING), ID]


def _by(order: list[tuple[str, int]], *names: str) -> list[IndexModel]:
    """The order alone, and after each of these fields."""
    return [IndexModel(order), *(IndexModel([(name, ASCENDING), *order]) for name in names)]


TOLD = IndexModel([("files_told", ASCENDING)])
OF_VISITOR = IndexModel([("code", ASCENDING)], unique=True)
INDEXES = {
    LINKS: [
        *_by(BY_START, "state", "leader_id", "member_id", "plan_id", "tier"),
        # Nobody has two links that are open.
        IndexModel(
            [("holds", ASCENDING)],
            unique=True,
            partialFilterExpression={"holds": {"$type": "string"}},
        ),
    ],
    LEADERS: [],
    PLANS: _by(BY_PROPOSAL, "state"),
    ORPHANS: [IndexModel([("open", ASCENDING), ("due_at", ASCENDING), ID])],
    CONTACTS: _by(BY_DAY, "link_id", "leader_id", "member_id", "shared_with", "heir", "year"),
    LEADS: [
        *_by(BY_FORWARDING, "to", "topic", "state", "by", "town"),
        IndexModel([("source_id", ASCENDING)]),
        IndexModel([("state", ASCENDING), ("reminded", ASCENDING), ("due_at", ASCENDING)]),
    ],
    ACTIVITIES: [
        *_by(
            BY_HOLDING,
            "year",
            "kind",
            "organisers",
            "state",
            "town",
            "home_id",
            "circle_id",
            "topic",
            "topic_codes",
            "signed_up",
            "took_part",
        ),
        IndexModel([("state", ASCENDING), ("asked", ASCENDING), ("held_at", ASCENDING)]),
        TOLD,
    ],
    HOMES: [*_by(BY_NAME, "state"), IndexModel([("members", ASCENDING)])],
    DUTIES: [
        *_by(BY_DAY, "home_id", "member_id", "town", "year"),
        IndexModel([("state", ASCENDING), ("reminded", ASCENDING), ("starts_at", ASCENDING)]),
        IndexModel([("state", ASCENDING), ("asked", ASCENDING), ("starts_at", ASCENDING)]),
    ],
    RECEPTIONS: [
        *_by(BY_TIME, "home_id", "town", "on_duty", "state", "year", "topic_codes"),
        OF_VISITOR,
    ],
    BOOKINGS: [
        *_by(BY_BOOKING, "town", "state"),
        IndexModel([("home_id", ASCENDING), ("on", ASCENDING)]),
        OF_VISITOR,
    ],
    visits.VISITS: visits.INDEXES,
    CONFERENCES: _by(BY_HOLDING, "year", "state"),
    ITEMS: [
        *_by(BY_RAISING, "conference_id", "organisation", "owner", "state", "kind", "year"),
        IndexModel([("state", ASCENDING), ("overdue", ASCENDING), ("due_at", ASCENDING)]),
    ],
    BRIEFINGS: [*_by(BY_SENDING, "recipients"), TOLD],
    EXCHANGES: [
        *_by(BY_DAY, "kind", "year", "organiser", "level", "named"),
        IndexModel([("answered", ASCENDING), ("reminded", ASCENDING), ("due_at", ASCENDING)]),
        TOLD,
    ],
    REPRESENTATIVES: _by(BY_LISTING, "category", "town", "keeper", "state"),
    CIRCLES: _by(BY_OPENING, "kind", "state", "members", "topic", "topic_codes"),
    POSTS: _by(BY_TIME, "circle_id"),
    WORKSPACES: [IndexModel([("year", ASCENDING), ID])],
    NORMS: [
        IndexModel([("groups", ASCENDING), ("year", ASCENDING)]),
        IndexModel([("members", ASCENDING), ("year", ASCENDING)]),
    ],
    roster.MEMBERS: roster.INDEXES,
    directory.ORGANISATIONS: directory.INDEXES,
    topics.TOPICS: topics.INDEXES,
}
PROJECTIONS = {roster.MEMBERS, directory.ORGANISATIONS, topics.TOPICS, NORMS}
OUTBOX = set(INDEXES) - PROJECTIONS - {visits.VISITS, LEADERS}
