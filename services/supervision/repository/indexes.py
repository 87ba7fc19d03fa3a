"""Collections and their indexes."""

from __future__ import annotations

from pymongo import ASCENDING, DESCENDING, IndexModel

from shared.persistence import directory, roster, topics

SUPERVISIONS, SITES, FINDINGS = "supervisions", "sites", "findings"
INSPECTIONS, SUPERVISORS = "inspections", "supervisors"
DEBRIEFINGS, CHECKLISTS = "debriefings", "checklists"

ID = ("_id", ASCENDING)
BY_CREATION = [("created_at", DESCENDING), ID]
BY_RECORDING = [("recorded_at", DESCENDING), ID]
BY_NOMINATION = [("nominated_at", DESCENDING), ID]
BY_MEETING = [("held_at", DESCENDING), ID]
BY_WRITING = [("written_at", DESCENDING), ID]
BY_NAME = [("name", ASCENDING), ID]


def _by(order: list[tuple[str, int]], *names: str) -> list[IndexModel]:
    """The order alone, and after each of these fields."""
    return [IndexModel(order), *(IndexModel([(name, ASCENDING), *order]) for name in names)]


CLOCKS = [
    IndexModel([("overdue", ASCENDING), ("due_at", ASCENDING), ID]),
    IndexModel([("reminded", ASCENDING), ("due_at", ASCENDING), ID]),
]
FILES = IndexModel([("files_told", ASCENDING)])
INDEXES = {
    SUPERVISIONS: [
        *_by(
            BY_CREATION,
            "state",
            "organiser",
            "units",
            "team.leader",
            "team.members",
            "team.supervisor_members",
            "team.supervisors",
            "topic_codes",
            "year",
        ),
        *CLOCKS,
        FILES,
    ],
    SITES: _by(BY_NAME, "kind", "town", "unit"),
    FINDINGS: [
        *_by(
            BY_RECORDING,
            "supervision_id",
            "site_id",
            "unit",
            "state",
            "severity",
            "year",
            "found_by",
            "recorded_by",
        ),
        *CLOCKS,
        FILES,
    ],
    INSPECTIONS: _by(BY_MEETING, "supervision_id"),
    SUPERVISORS: [
        *_by(BY_NOMINATION, "state", "units", "fields", "member_id", "account_id", "nominated_for"),
        IndexModel([("ends_on", ASCENDING)]),
    ],
    DEBRIEFINGS: [
        *_by(
            BY_MEETING,
            "state",
            "organiser",
            "units",
            "supervisors",
            "members",
            "supervisor_members",
        ),
        IndexModel([("reminded", ASCENDING), ("report_by", ASCENDING)]),
        FILES,
    ],
    CHECKLISTS: _by(BY_WRITING, "topic_codes"),
    roster.MEMBERS: roster.INDEXES,
    directory.ORGANISATIONS: directory.INDEXES,
    topics.TOPICS: topics.INDEXES,
}
PROJECTIONS = {roster.MEMBERS, directory.ORGANISATIONS, topics.TOPICS}
OUTBOX = {SUPERVISIONS, FINDINGS, INSPECTIONS, SUPERVISORS, DEBRIEFINGS, SITES, CHECKLISTS}
