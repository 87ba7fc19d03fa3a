"""Quizzes are feedback: each question is answered, what was right is shown for all together."""

from __future__ import annotations

import pytest

from services.study.domain import errors
from services.study.domain.quizzes import Question, QuizState, right_shares
from tests.unit.study.samples import quiz


def test_an_answer_is_right_if_all_right_options_are_chosen_and_no_other() -> None:
    made = quiz()
    assert made.take([[1], [1, 0]]) == [True, True]  # in any order
    assert made.take([[0], [0]]) == [False, False]
    assert made.take([[1], [0, 1, 2]]) == [True, False]
    assert made.take([[], [0, 1, 1]]) == [False, True]


@pytest.mark.parametrize("choices", [[], [[1]], [[1], [0, 1], [0]]])
def test_every_question_is_answered(choices: list[list[int]]) -> None:
    with pytest.raises(errors.QuizUnfit, match="应回答每一题") as refused:
        quiz().take(choices)
    assert (refused.value.code, refused.value.field) == ("QUIZ_UNFIT", "choices")


@pytest.mark.parametrize("right", [(), (2,), (0, 2)])
def test_a_right_option_is_one_of_the_options(right: tuple[int, ...]) -> None:
    fine = Question("政协的职能有几项？", ("两项", "三项"), (1,))
    made = quiz(questions=[fine, Question("哪些是职能？", ("政治协商", "立法"), right)])
    with pytest.raises(errors.QuizUnfit, match="正确选项不在选项之中") as refused:
        made.check()
    assert refused.value.field == "questions.1.right"


def test_a_quiz_whose_answers_are_among_its_options_fits() -> None:
    made = quiz()
    made.check()
    assert made.state is QuizState.OPEN


def test_a_closed_quiz_takes_no_answers_and_closes_once() -> None:
    made = quiz()
    made.close()
    assert made.state is QuizState.CLOSED
    for act in (made.close, lambda: made.take([[1], [0, 1]])):
        with pytest.raises(errors.WrongState, match="测验已结束"):
            act()


def test_nobody_is_ranked_the_figures_are_of_all_together() -> None:
    assert right_shares([], 2) == [None, None]
    answers = [[True, False], [True, True], [False, False]]
    assert right_shares(answers, 2) == [66.7, 33.3]
    assert quiz().events == []  # it earns nothing
