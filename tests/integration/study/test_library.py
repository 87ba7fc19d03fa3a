"""Materials, questions to departments, quizzes."""

from __future__ import annotations

from typing import Any, cast

import pytest

from services.study.commands import materials, papers
from services.study.domain import errors
from services.study.domain.materials import Kind, Level
from services.study.queries import library
from services.study.schemas.library import StudyMaterialFilter
from shared.call import Call
from shared.errors import Forbidden
from tests.integration.study.desk import (
    ECONOMY,
    LU,
    OFFICE,
    OTHER_UNIT,
    QIAN,
    SECOND,
    SHEN,
    SYSTEM,
    TOWN,
    UNIT,
    School,
    member,
)


def listed(school: School, by: Call, **given: Any) -> list[str]:
    filter = cast(StudyMaterialFilter, given)
    page = library.list_materials(by, school.desk, filter=filter, first=20, after=None)
    assert library.count_materials(by, school.desk, filter=filter) == len(page["rows"])
    return [row["title"] for row in page["rows"]]


DRAFT: dict[str, Any] = {
    "material_id": None,
    "organiser": "com-economy",
    "kind": Kind.READING,
    "title": "经济委读本",
    "text": "正文",
    "level": None,
    "track": None,
    "themes": (),
    "unit": None,
    "files": ["file-1"],
}


def test_a_material_is_reviewed_by_somebody_else_then_issued_and_recalled(school: School) -> None:
    material_id = school.do(materials.write_material, ECONOMY, **DRAFT)
    review = {"material_id": material_id, "opinion": "请补充出处"}
    with pytest.raises(errors.WrongState):
        school.do(
            materials.review_material, OFFICE, material_id=material_id, passed=True, opinion=None
        )
    school.do(materials.send_material, ECONOMY, material_id=material_id)
    review = {"material_id": material_id, "opinion": "请补充出处"}
    with pytest.raises(errors.SamePerson):
        school.do(materials.review_material, ECONOMY, passed=True, **review)
    school.do(materials.review_material, OFFICE, passed=False, **review)
    assert school.told("material_returned")[0]["author"] == "account-economy"
    changed = {**DRAFT, "material_id": material_id, "title": "经济委读本（修订）"}
    school.do(materials.write_material, ECONOMY, **changed)
    school.do(materials.send_material, ECONOMY, material_id=material_id)
    assert listed(school, member(LU)) == listed(school, TOWN) == []
    school.do(materials.review_material, OFFICE, passed=True, **review)
    assert listed(school, member(LU)) == listed(school, TOWN) == ["经济委读本（修订）"]
    school.do(materials.recall_material, ECONOMY, material_id=material_id, reason="内容有更新")
    assert listed(school, member(LU)) == []
    assert listed(school, ECONOMY) == ["经济委读本（修订）"]
    assert [e["attached"] for e in school.told("study_files_changed")] == [["file-1"]]
    assert library.held_files(SYSTEM, school.desk, ids=["file-1", "file-2"]) == ["file-1"]


def test_the_policy_library_is_by_level(school: School) -> None:
    with pytest.raises(errors.PlanUnfit):
        school.material(kind=Kind.POLICY)
    with pytest.raises(errors.PlanUnfit):
        school.material(level=Level.CITY)
    school.material(kind=Kind.POLICY, level=Level.CENTRAL, title="中央意见")
    school.material(kind=Kind.POLICY, level=Level.CITY, title="市委意见")
    assert listed(school, member(LU), kind="POLICY", level="CENTRAL") == ["中央意见"]
    assert sorted(listed(school, member(LU), kind="POLICY")) == ["中央意见", "市委意见"]


def test_a_read_receipt_is_given_once_and_counted(school: School) -> None:
    material_id = school.material()
    for _ in range(2):
        school.do(materials.read_material, member(LU), material_id=material_id)
    [shown] = library.materials_by_ids(member(LU), school.desk, ids=[material_id])
    assert (shown["readers_count"], shown["read_at"]) == (1, school.clock.at)
    draft = school.do(materials.write_material, ECONOMY, **DRAFT)
    with pytest.raises(errors.StudyNotFound):
        school.do(materials.read_material, member(LU), material_id=draft)


def test_a_department_answers_questions_about_its_briefing_pack(school: School) -> None:
    pack = school.material(kind=Kind.BRIEFING, unit="unit-slj", title="水利工作情况通报")
    asked = {"material_id": pack, "text": "二次供水改造进度如何？"}
    question_id = school.do(materials.ask_question, member(LU), **asked)
    assert school.told("study_question_asked")[0]["unit"] == "unit-slj"
    with pytest.raises(Forbidden):
        school.do(materials.answer_question, OTHER_UNIT, question_id=question_id, text="答复")
    school.do(materials.answer_question, UNIT, question_id=question_id, text="已完成三成。")
    with pytest.raises(errors.QuestionAnswered):
        school.do(materials.answer_question, UNIT, question_id=question_id, text="又答")

    def seen(by: Call) -> list[str | None]:
        page = library.list_questions(by, school.desk, filter={}, first=10, after=None)
        assert library.count_questions(by, school.desk, filter={}) == len(page["rows"])
        return [row["answer"] for row in page["rows"]]

    assert seen(member(SHEN)) == seen(UNIT) == ["已完成三成。"]
    assert seen(OTHER_UNIT) == []
    with pytest.raises(errors.SessionUnfit):
        school.do(materials.ask_question, member(LU), material_id=school.material(), text="问题")


QUIZ: dict[str, Any] = {
    "title": "协商民主小测验",
    "organiser": "office-general",
    "subject": None,
    "questions": [
        {"text": "政协的职能有几项？", "options": ["两项", "三项"], "right": [1]},
        {"text": "哪些是职能？", "options": ["政治协商", "民主监督", "立法"], "right": [0, 1]},
    ],
}


def test_a_quiz_is_feedback_for_all_together(school: School) -> None:
    quiz_id = school.do(papers.open_quiz, OFFICE, **QUIZ)
    taken = school.do(papers.take_quiz, member(LU), quiz_id=quiz_id, choices=[[1], [1, 0]])
    assert taken == {"right": [True, True], "quiz": quiz_id}
    school.do(papers.take_quiz, member(LU), quiz_id=quiz_id, choices=[[0], [0]])  # does not count
    school.do(papers.take_quiz, member(QIAN), quiz_id=quiz_id, choices=[[0], [0, 1]])
    [shown] = library.quizzes_by_ids(member(LU), school.desk, ids=[quiz_id])
    assert [q["right"] for q in shown["questions"]] == [None, None]
    with pytest.raises(errors.QuizUnfit):
        school.do(papers.take_quiz, member(LU), quiz_id=quiz_id, choices=[[0]])
    with pytest.raises(Forbidden):
        school.do(papers.close_quiz, TOWN, quiz_id=quiz_id)
    school.do(papers.close_quiz, SECOND, quiz_id=quiz_id)
    [shown] = library.quizzes_by_ids(member(LU), school.desk, ids=[quiz_id])
    assert [q["right_share"] for q in shown["questions"]] == [50.0, 100.0]
    assert shown["answers_count"] == 2
    with pytest.raises(errors.WrongState):
        school.do(papers.take_quiz, member(SHEN), quiz_id=quiz_id, choices=[[1], [0, 1]])
    with pytest.raises(errors.QuizUnfit):
        wrong = [{**QUIZ["questions"][0], "right": [5]}]
        school.do(papers.open_quiz, OFFICE, **{**QUIZ, "questions": wrong})
