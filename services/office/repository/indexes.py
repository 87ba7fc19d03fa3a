"""Collections and their indexes; a part of the service adds its own rows here."""

from __future__ import annotations

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.office.repository.paper_indexes import (
    PAPER_INDEXES,
    PAPER_OUTBOX,
    PAPER_PROJECTIONS,
)
from shared.persistence import roster

MEETINGS = "meetings"
CHECK_INS = "check_ins"
REQUESTS = "meeting_requests"
FEEDS = "calendar_feeds"
ACCOUNT_FACTS = "account_facts"

# A list of meetings is read by date, whoever reads it.
BY_DATE = [("held_at", DESCENDING), ("_id", ASCENDING)]

INDEXES = {
    MEETINGS: [
        IndexModel(BY_DATE),
        IndexModel([("kind", ASCENDING), *BY_DATE]),
        IndexModel([("organiser", ASCENDING), *BY_DATE]),
        IndexModel([("state", ASCENDING), *BY_DATE]),
        IndexModel([("invited.key", ASCENDING), *BY_DATE]),
        IndexModel([("state", ASCENDING), ("answer_by", ASCENDING)]),
        IndexModel([("files_told", ASCENDING)]),
    ],
    CHECK_INS: [IndexModel([("meeting_id", ASCENDING), ("member_id", ASCENDING)])],
    roster.MEMBERS: roster.INDEXES,
    ACCOUNT_FACTS: [IndexModel([("member_id", ASCENDING)])],
    # Of two that are opened at once, one is refused and finds the other.
    FEEDS: [
        IndexModel(
            [("member_id", ASCENDING)],
            unique=True,
            partialFilterExpression={"revoked_at": None},
        )
    ],
    **PAPER_INDEXES,
}
PROJECTIONS = {roster.MEMBERS, ACCOUNT_FACTS, *PAPER_PROJECTIONS}
OUTBOX = {MEETINGS, FEEDS, *PAPER_OUTBOX}
