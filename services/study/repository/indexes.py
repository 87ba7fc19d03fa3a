"""Collections and their indexes."""

from __future__ import annotations

from pymongo import ASCENDING, DESCENDING, IndexModel

from shared.persistence import roster, topics

PLANS, SESSIONS, CLASSES = "plans", "sessions", "classes"
MATERIALS, QUESTIONS, READS = "materials", "questions", "reads"
PAPERS, QUIZZES, ANSWERS = "papers", "quizzes", "quiz_answers"

ID = ("_id", ASCENDING)
BY_DATE = [("held_at", DESCENDING), ID]
BY_ISSUE = [("issued_at", DESCENDING), ID]
BY_ASKING = [("asked_at", DESCENDING), ID]
BY_SUBMISSION = [("submitted_at", DESCENDING), ID]
BY_CREATION = [("created_at", DESCENDING), ID]


def _by(order: list[tuple[str, int]], *names: str) -> list[IndexModel]:
    """The order alone, and after each of these fields."""
    return [IndexModel(order), *(IndexModel([(name, ASCENDING), *order]) for name in names)]


INDEXES = {
    PLANS: [IndexModel([("year", DESCENDING), ID])],
    SESSIONS: [
        *_by(BY_DATE, "year", "organiser", "state", "themes", "invited", "topic_codes"),
        IndexModel([("attended", ASCENDING), ("year", ASCENDING)]),
    ],
    CLASSES: [
        *_by(BY_DATE, "year", "organiser", "state", "enrolments.member_id", "topic_codes"),
        IndexModel([("enrolments.certificate", ASCENDING)]),
        IndexModel([("term", ASCENDING)]),
        # Of two desks that open the same batch at once, one is refused.
        IndexModel(
            [("slot", ASCENDING)],
            unique=True,
            partialFilterExpression={"slot": {"$type": "string"}},
        ),
    ],
    MATERIALS: [
        *_by(BY_ISSUE, "kind", "level", "state", "organiser", "themes"),
        IndexModel([("files_told", ASCENDING)]),
    ],
    QUESTIONS: _by(BY_ASKING, "material_id", "unit", "member_id"),
    READS: [IndexModel([("material_id", ASCENDING)]), IndexModel([("member_id", ASCENDING)])],
    PAPERS: [
        *_by(BY_SUBMISSION, "state", "kind", "authors", "session_id"),
        IndexModel([("year", ASCENDING), ("state", ASCENDING)]),
        IndexModel([("files_told", ASCENDING)]),
    ],
    QUIZZES: _by(BY_CREATION, "organiser", "subject", "state"),
    ANSWERS: [IndexModel([("quiz_id", ASCENDING)])],
    roster.MEMBERS: roster.INDEXES,
    topics.TOPICS: topics.INDEXES,
}
PROJECTIONS = {roster.MEMBERS, topics.TOPICS}
OUTBOX = {PLANS, SESSIONS, CLASSES, MATERIALS, QUESTIONS, PAPERS, QUIZZES}
