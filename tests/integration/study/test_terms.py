"""One person through all terms: study of a former membership (decisions 17 and 40)."""

from __future__ import annotations

from typing import Any

import pytest

from services.study.commands import classes, materials, papers
from services.study.domain.papers import Kind
from services.study.queries import library, statistics, study
from shared.actor import Role
from shared.errors import Forbidden
from tests.integration.study.desk import (
    LU,
    OFFICE,
    QIAN,
    SHEN,
    School,
    call,
    confirmed,
    member,
    re_elected,
)

AGAIN = re_elected(LU)
GONE = call(Role.MEMBER, "account-lu", LU, former="true")  # or suspended
NOTE: dict[str, Any] = {
    "kind": Kind.NOTE,
    "title": "学习笔记",
    "text": "正文",
    "coauthors": [],
    "session_id": None,
    "files": [],
}


def listed(school: School, query: Any, by: Any, **filter: Any) -> list[Any]:
    page = query(by, school.desk, filter=filter, first=20, after=None)
    return list(page["rows"])


def completed(school: School) -> str:
    class_id = school.open_class()
    school.enrol(class_id, LU, SHEN)
    school.do(classes.close_enrolment, OFFICE, class_id=class_id)
    school.hear(confirmed(class_id, {LU: 4, SHEN: 4}, half_days=4, kind="TRAINING"))
    school.do(classes.certify_class, OFFICE, class_id=class_id)
    return class_id


def test_certificates_and_hours_of_former_terms_are_ones_own(school: School) -> None:
    school.approved_plan()
    class_id, session = completed(school), school.session()
    school.hear(confirmed(session, {LU: 1}))
    now = str(AGAIN.actor.member_id)
    for by, asked in ((AGAIN, now), (AGAIN, LU), (GONE, LU)):
        [held] = study.certificates_of(by, school.desk, member_id=asked)
        assert (held["member_id"], held["class_id"]) == (LU, class_id)
        record = statistics.study_record(by, school.desk, member_id=asked, year=2017)
        assert record["hours"] == 19.0
        assert [theme["covered"] for theme in record["required_themes"]] == [True]
        [certificate] = study.class_certificates(by, school.desk, class_id=class_id)
        assert certificate["member_id"] == LU
    for stranger in (re_elected(QIAN), member(QIAN)):
        assert study.class_certificates(stranger, school.desk, class_id=class_id) == []
        with pytest.raises(Forbidden):
            study.certificates_of(stranger, school.desk, member_id=LU)
        with pytest.raises(Forbidden):
            statistics.study_record(stranger, school.desk, member_id=LU, year=2017)


def test_own_classes_and_sessions_are_listed_in_every_term(school: School) -> None:
    school.approved_plan()
    class_id, session = completed(school), school.session()
    school.hear(confirmed(session, {LU: 1}))
    [row] = listed(school, study.list_classes, AGAIN, enrolled=True)
    assert (row["id"], row["own"]) == (class_id, "COMPLETED")
    assert row["own_certificate"] is not None
    [row] = listed(school, study.list_sessions, AGAIN, invited=True)
    assert (row["id"], row["own_invited"], row["own_hours"]) == (session, True, 3.0)
    assert listed(school, study.list_classes, re_elected(QIAN), enrolled=True) == []


def test_a_place_is_given_back_by_the_person_who_has_it(school: School) -> None:
    class_id = school.open_class()
    school.enrol(class_id, LU)
    school.do(classes.withdraw, AGAIN, class_id=class_id)
    assert school.states(class_id) == {LU: "CANCELLED"}


def test_what_was_read_and_written_stays_read_and_written(school: School) -> None:
    material, paper = school.material(), school.do(papers.submit_paper, member(LU), **NOTE)
    for by in (member(LU), AGAIN):
        school.do(materials.read_material, by, material_id=material)
    [row] = listed(school, library.list_materials, AGAIN)
    assert (row["read_at"] is not None, row["readers_count"]) == (True, 1)
    for asked in (LU, str(AGAIN.actor.member_id)):
        assert [row["id"] for row in listed(school, library.list_papers, AGAIN, author=asked)] == [
            paper
        ]


def test_who_is_out_of_office_begins_nothing(school: School) -> None:
    material, class_id = school.material(), school.open_class()
    chair = call(Role.CHAIR_COUNCIL, "account-chair")  # without a membership
    for by in (GONE, chair):
        for act, said in (
            (papers.submit_paper, NOTE),
            (materials.read_material, {"material_id": material}),
            (classes.enrol, {"class_id": class_id}),
        ):
            with pytest.raises(Forbidden):
                school.do(act, by, **said)
