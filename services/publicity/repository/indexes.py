"""Collections and their indexes."""

from __future__ import annotations

from pymongo import ASCENDING, DESCENDING, IndexModel

from shared.persistence import roster

CONTENTS, INTERVIEWS = "contents", "interviews"
ID = ("_id", ASCENDING)
BY_CHANGE = [("changed_at", DESCENDING), ID]
BY_PLAN = [("planned_at", DESCENDING), ID]


def _by(order: list[tuple[str, int]], *names: str) -> list[IndexModel]:
    """The order alone, and after each of these fields."""
    return [IndexModel(order), *(IndexModel([(name, ASCENDING), *order]) for name in names)]


INDEXES = {
    CONTENTS: [
        *_by(BY_CHANGE, "state", "column", "online", "written_by", "members"),
        IndexModel([("online", ASCENDING), ("column", ASCENDING), *BY_CHANGE]),
        IndexModel([("due_at", ASCENDING), ID]),
    ],
    INTERVIEWS: _by(BY_PLAN, "state", "proposal", "medium"),
    roster.MEMBERS: roster.INDEXES,
}
PROJECTIONS = {roster.MEMBERS}
OUTBOX = {CONTENTS, INTERVIEWS}
