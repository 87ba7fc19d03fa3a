"""Every question that the service asks its database is served by an index."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.study.queries import library, statistics, study
from tests.integration.study.desk import (
    ECONOMY,
    LU,
    OFFICE,
    SYSTEM,
    UNIT,
    VISITOR,
    School,
    confirmed,
    re_elected,
)

MINE = re_elected(LU)  # of several memberships
Question = Callable[[School], object]


def paged(query: Any, by: Any, **filter: Any) -> Question:
    return lambda s: query(by, s.desk, filter=filter, first=20, after=None)


QUESTIONS: dict[str, Question] = {
    "plan": lambda s: study.study_plan(MINE, s.desk, year=2017),
    "sessions": paged(study.list_sessions, MINE),
    "sessions of a year": paged(study.list_sessions, MINE, year=2017),
    "sessions of an organiser": paged(study.list_sessions, MINE, organiser="com-economy"),
    "sessions in a state": paged(study.list_sessions, MINE, state="HELD"),
    "sessions on a theme": paged(study.list_sessions, MINE, theme="T1"),
    "own sessions": paged(study.list_sessions, MINE, invited=True),
    "classes": paged(study.list_classes, MINE, year=2017),
    "own classes": paged(study.list_classes, MINE, enrolled=True),
    "certificate": lambda s: study.certificate(VISITOR, s.desk, number="1", code="2"),
    "own certificates": lambda s: study.certificates_of(MINE, s.desk, member_id=LU),
    "record": lambda s: statistics.study_record(MINE, s.desk, member_id=LU, year=2017),
    "themes": lambda s: statistics.theme_coverage(OFFICE, s.desk, year=2017),
    "materials": paged(library.list_materials, MINE),
    "policies": paged(library.list_materials, MINE, kind="POLICY", level="CITY"),
    "materials on a theme": paged(library.list_materials, MINE, theme="T1"),
    "materials not read": paged(library.list_materials, MINE, read=False),
    "materials read": paged(library.list_materials, MINE, read=True),
    "questions that wait": paged(library.list_questions, UNIT, answered=False),
    "an organiser's materials": paged(library.list_materials, ECONOMY),
    "questions of a unit": paged(library.list_questions, UNIT),
    "questions of a pack": paged(library.list_questions, MINE, material_id="x"),
    "papers": paged(library.list_papers, MINE),
    "papers that wait": paged(library.list_papers, OFFICE, state="SUBMITTED"),
    "own papers": paged(library.list_papers, MINE, author=LU),
    "quizzes": paged(library.list_quizzes, MINE, state="OPEN"),
    "held files": lambda s: library.held_files(SYSTEM, s.desk, ids=["file-1"]),
    "a file": lambda s: library.may_read_file(MINE, s.desk, file_id="file-1", subject="x"),
}
SMALL = {"settings"}


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_reads_a_whole_collection(school: School, name: str) -> None:
    database = school.database.db
    school.approved_plan()
    school.hear(confirmed(school.session(), {LU: 1}))
    school.material()
    database.command("profile", 2)
    try:
        QUESTIONS[name](school)
    finally:
        database.command("profile", 0)
    asked = list(database["system.profile"].find({"op": {"$in": ["query", "command", "update"]}}))
    database["system.profile"].drop()
    assert asked
    scans = {
        row["ns"].partition(".")[2] for row in asked if "COLLSCAN" in row.get("planSummary", "")
    }
    assert scans <= SMALL, [row.get("command") for row in asked if "COLLSCAN" in str(row)]
