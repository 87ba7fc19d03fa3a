"""Collections and their indexes."""

from __future__ import annotations

from pymongo import ASCENDING, DESCENDING, IndexModel

from shared.persistence import directory, roster, topics

OPINIONS = "opinions"

ID = ("_id", ASCENDING)
BY_CREATION = [("created_at", DESCENDING), ID]
LISTED_BY = (
    "state",
    "authors",
    "organisation",
    "writer",
    "followers.authors",
    "followers.organisation",
    "referrals.unit",
    "deliveries.side",
    "deliveries.no",
    "openness",
    "channel",
    "origin",
    "urgency",
    "topic_codes",
    "year",
    "good.year",
)
INDEXES = {
    OPINIONS: [
        IndexModel(BY_CREATION),
        *(IndexModel([(name, ASCENDING), *BY_CREATION]) for name in LISTED_BY),
        IndexModel([("next_alarm_at", ASCENDING), ID]),
        IndexModel([("origin_ref", ASCENDING)]),
        IndexModel([("combined_into", ASCENDING)]),
        IndexModel([("files_told", ASCENDING)]),
        IndexModel([("issue.year", ASCENDING), ("issue.no", ASCENDING)]),
    ],
    roster.MEMBERS: roster.INDEXES,
    directory.ORGANISATIONS: directory.INDEXES,
    topics.TOPICS: topics.INDEXES,
}
PROJECTIONS = {roster.MEMBERS, directory.ORGANISATIONS, topics.TOPICS}
OUTBOX = {OPINIONS}
