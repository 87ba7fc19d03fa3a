"""The page of a service's operations says what its use cases say."""

from __future__ import annotations

from deploy.local.operations_pages import hears, raised, render
from shared.errors import Conflict, NotFound

REFUSALS = {"NotFound": NotFound, "Conflict": Conflict}


def test_refusals_are_what_a_docstring_names_after_raises() -> None:
    def told() -> None:
        """Do it, NotFound or not. Raises Conflict where
        it is late, NotFound, Conflict, and what else there is."""

    def silent() -> None:
        """No Conflict."""

    assert raised(told, REFUSALS) == ["CONFLICT", "NOT_FOUND"]
    assert raised(silent, REFUSALS) == []


def test_a_page_has_operations_types_refusals_and_events() -> None:
    page = render("study")
    lines = {line.split("|")[1].strip(): line for line in page.splitlines() if "|" in line}
    opened = lines["`open_quiz`<br>`openQuiz`"]
    assert "`questions: [QuizQuestionInput!]!`" in opened
    assert opened.endswith("| `quiz: Quiz` | QUIZ_UNFIT |")
    assert {"`QuizQuestionInput`", "`QUIZ_UNFIT`", "`study_plan_proposed`"} <= lines.keys()


def test_events_in_are_those_with_a_handler() -> None:
    assert ("office", "meeting_cancelled", "会议取消") in hears("study")
