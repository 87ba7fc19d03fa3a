"""Materials are reviewed by somebody else; a department answers a question once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.study.domain import errors
from services.study.domain.materials import Kind, Level, Material, MaterialState
from shared.contracts import names
from tests.unit.study.samples import AT, AUTHOR, REVIEWER, material, question, told

S = MaterialState
HEADER = {"material_id": "material-1", "title": "学习读本"}


def in_review() -> Material:
    made = material()
    made.send_for_review()
    return made


def test_writing_again_changes_what_is_given() -> None:
    made = material(themes=("T1",))
    made.write(title="学习读本（修订）", files=("file-1",))
    assert (made.title, made.files, made.themes) == ("学习读本（修订）", ("file-1",), ("T1",))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": Kind.POLICY}, "level"),
        ({"kind": Kind.READING, "level": Level.CITY}, "level"),
        ({"kind": Kind.BRIEFING}, "unit"),
        ({"kind": Kind.COURSE, "unit": "unit-slj"}, "unit"),
    ],
)
def test_a_policy_has_a_level_and_a_briefing_pack_a_department(
    changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(errors.PlanUnfit) as refused:
        material().write(**changes)
    assert (refused.value.code, refused.value.field) == ("STUDY_PLAN_UNFIT", field)


@pytest.mark.parametrize("level", Level)
def test_a_policy_of_each_level_fits(level: Level) -> None:
    made = material()
    made.write(kind=Kind.POLICY, level=level)
    assert (made.kind, made.level) == (Kind.POLICY, level)


@pytest.mark.parametrize("kind", [Kind.COURSE, Kind.HOW_TO, Kind.READING])
def test_other_kinds_have_neither(kind: Kind) -> None:
    made = material()
    made.write(kind=kind)
    assert (made.kind, made.level, made.unit) == (kind, None, None)


def test_it_is_sent_for_review_and_issued_by_another_person() -> None:
    made = in_review()
    assert told(made, names.MATERIAL_SENT_FOR_REVIEW) == [{**HEADER, "organiser": "office-general"}]
    made.review(True, None, REVIEWER, AT)
    assert (made.state, made.reviewer, made.issued_at) == (S.ISSUED, REVIEWER, AT)
    assert told(made, names.MATERIAL_ISSUED) == [{**HEADER, "kind": "READING"}]


@pytest.mark.parametrize("passed", [True, False])
def test_nobody_reviews_what_he_wrote(passed: bool) -> None:
    made = in_review()
    with pytest.raises(errors.SamePerson, match="编写人不能审核自己的资料") as refused:
        made.review(passed, "同意", AUTHOR, AT)
    assert refused.value.code == "REVIEWER_IS_AUTHOR"
    assert (made.state, made.reviewer, made.opinion) == (S.IN_REVIEW, None, None)


def test_what_does_not_pass_goes_back_to_its_author_with_the_opinion() -> None:
    made = in_review()
    made.review(False, "补充出处", REVIEWER, AT)
    assert (made.state, made.opinion, made.issued_at) == (S.DRAFT, "补充出处", None)
    assert told(made, names.MATERIAL_RETURNED) == [{**HEADER, "author": AUTHOR}]
    made.write(text="补充出处后的正文")
    made.send_for_review()
    made.review(True, None, REVIEWER, AT)
    assert (made.state, made.opinion) == (S.ISSUED, None)


def test_what_was_issued_is_recalled_with_a_reason() -> None:
    made = in_review()
    made.review(True, None, REVIEWER, AT)
    made.recall("内容有误", AT)
    assert (made.state, made.reason, made.recalled_at) == (S.RECALLED, "内容有误", AT)
    assert told(made, names.MATERIAL_RECALLED) == [{**HEADER, "reason": "内容有误"}]


STEPS: dict[str, tuple[MaterialState, Callable[[Material], object]]] = {
    "write": (S.DRAFT, lambda m: m.write(title="改")),
    "send": (S.DRAFT, lambda m: m.send_for_review()),
    "review": (S.IN_REVIEW, lambda m: m.review(True, None, REVIEWER, AT)),
    "recall": (S.ISSUED, lambda m: m.recall("内容有误", AT)),
}


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_possible_in_one_state_and_refused_in_all_others(
    step: str, state: MaterialState
) -> None:
    possible, act = STEPS[step]
    made = material(state=state)
    if state is possible:
        act(made)
        return
    with pytest.raises(errors.WrongState) as refused:
        act(made)
    assert refused.value.details == {"state": state.value}
    assert (made.title, made.state, made.events) == ("学习读本", state, [])


def test_files_that_came_and_went_are_told_once() -> None:
    made = material(files=("b", "a"))
    made.tell_files()
    made.tell_files()
    made.files = ("c", "b")
    made.tell_files()
    assert told(made, names.STUDY_FILES_CHANGED) == [
        {"material_id": "material-1", "attached": ["a", "b"], "detached": []},
        {"material_id": "material-1", "attached": ["c"], "detached": ["a"]},
    ]
    assert made.files_told == ("b", "c")


def test_a_question_reaches_the_department_and_is_answered_once() -> None:
    asked = question()
    asked.ask()
    asked.reply("已完成三成。", "account-slj", AT)
    assert (asked.answer, asked.answered_by, asked.answered_at) == (
        "已完成三成。",
        "account-slj",
        AT,
    )
    ids = {
        "question_id": "question-1",
        "material_id": "material-1",
        "unit": "unit-slj",
        "member_id": "m-15-0088",
    }
    assert asked.events == [  # the words stay here
        (names.STUDY_QUESTION_ASKED, ids),
        (names.STUDY_QUESTION_ANSWERED, ids),
    ]
    with pytest.raises(errors.QuestionAnswered, match="该问题已答复"):
        asked.reply("又答", "account-slj", AT)
    assert asked.answer == "已完成三成。"
