"""V1, V3, V4 at their edges, and what a co-signer is shown as changed (V10)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.proposals.domain.text import Limits, Text, difference
from tests.unit.proposals.samples import CHANGED, LIMITS, TEXT

Found = list[tuple[str, str | None]]


def found(text: Text, limits: Limits = LIMITS) -> Found:
    return [(problem.code, problem.field) for problem in text.problems(limits)]


def titled(length: int, end: str = "建议") -> Text:
    return replace(TEXT, title="关于" + "水" * (length - 5) + "的" + end)


@pytest.mark.parametrize("end", ["建议", "提案"])
@pytest.mark.parametrize("length", [8, 9, 59, 60])
def test_a_title_of_8_to_60_characters(length: int, end: str) -> None:
    text = titled(length, end)
    assert (len(text.title), found(text)) == (length, [])


@pytest.mark.parametrize("length", [6, 7, 61, 62])
def test_a_title_too_short_or_too_long(length: int) -> None:
    text = titled(length)
    assert (len(text.title), found(text)) == (length, [("V1_TITLE_FORM", "title")])


@pytest.mark.parametrize(
    "title",
    [
        "",
        "加强老旧小区二次供水的建议",
        "关于加强老旧小区二次供水建议",
        "关于加强老旧小区二次供水的意见",
        "关于加强老旧小区二次供水的建议。",
        "再次关于加强老旧小区二次供水的建议",
        "关于加强老旧小区\n二次供水的建议",
        "关于      的建议",
    ],
)
def test_a_title_of_another_form(title: str) -> None:
    assert found(replace(TEXT, title=title)) == [("V1_TITLE_FORM", "title")]


@pytest.mark.parametrize("blank", ["", " \n\u3000"])
@pytest.mark.parametrize("field", ["situation", "analysis"])
def test_situation_and_analysis_are_needed(field: str, blank: str) -> None:
    text = Text.of({**TEXT.as_row(), field: blank})
    assert found(text) == [("V3_INCOMPLETE", field)]


@pytest.mark.parametrize("suggestions", [(), ("",), (" ", "\u3000")])
def test_one_concrete_suggestion_is_needed(suggestions: tuple[str, ...]) -> None:
    assert found(replace(TEXT, suggestions=suggestions)) == [("V3_INCOMPLETE", "suggestions")]


def test_one_suggestion_is_enough() -> None:
    assert found(replace(TEXT, suggestions=("三年内完成改造",))) == []


def test_ten_suggestions_and_not_eleven() -> None:
    assert found(replace(TEXT, suggestions=("改造",) * 10)) == []
    [problem] = replace(TEXT, suggestions=("改造",) * 11).problems(LIMITS)
    assert (problem.code, problem.field) == ("V3_TOO_MANY_SUGGESTIONS", "suggestions")
    assert (problem.message, problem.details) == ("建议条目不能超过10条", {"limit": 10})


def test_a_body_of_2000_characters_and_not_2001() -> None:
    text = Text(TEXT.title, "情" * 1000, "析" * 600, ("建" * 300, "议" * 100))
    assert (text.body_length, found(text)) == (2000, [])
    [problem] = replace(text, analysis="析" * 601).problems(LIMITS)
    assert (problem.code, problem.field) == ("V4_TOO_LONG", "situation")
    assert problem.message == "正文不能超过2000字，现有2001字"
    assert problem.details == {"limit": 2000, "length": 2001}


def test_the_title_does_not_count_for_the_body() -> None:
    assert Text("关于" + "水" * 55 + "的建议", "一", "二", ("三", "四")).body_length == 4


def test_other_settings_set_other_limits() -> None:
    text = replace(TEXT, suggestions=("一", "二", "三"))
    length = text.body_length
    assert found(text, Limits(body=length, suggestions=3)) == []
    assert found(text, Limits(body=length - 1, suggestions=2)) == [
        ("V3_TOO_MANY_SUGGESTIONS", "suggestions"),
        ("V4_TOO_LONG", "situation"),
    ]


def test_an_empty_text_shows_all_that_is_missing() -> None:
    assert found(Text()) == [
        ("V1_TITLE_FORM", "title"),
        ("V3_INCOMPLETE", "situation"),
        ("V3_INCOMPLETE", "analysis"),
        ("V3_INCOMPLETE", "suggestions"),
    ]


def test_a_changed_suggestion_is_shown_by_its_place() -> None:
    """AC-03: suggestion 2, counted from 0."""
    assert difference(TEXT, CHANGED) == [
        {
            "field": "suggestions.1",
            "before": "设施移交供水公司统一管理",
            "after": "设施由区统一管理",
        }
    ]


def test_an_added_suggestion_has_no_before_and_a_dropped_one_no_after() -> None:
    one = replace(TEXT, suggestions=TEXT.suggestions[:1])
    row = {"field": "suggestions.1"}
    second = TEXT.suggestions[1]
    assert difference(one, TEXT) == [{**row, "before": None, "after": second}]
    assert difference(TEXT, one) == [{**row, "before": second, "after": None}]


def test_changed_fields_come_in_the_order_of_the_form() -> None:
    other = Text("关于二次供水改造的提案", "甲", "乙", ("丙", "丁"))
    fields = [row["field"] for row in difference(TEXT, other)]
    assert fields == ["title", "situation", "analysis", "suggestions.0", "suggestions.1"]


words = st.text("甲乙丙", max_size=2)
texts = st.builds(Text, words, words, words, st.lists(words, max_size=3).map(tuple))


@given(texts, texts)
def test_a_difference_leads_from_the_old_text_to_the_new(before: Text, after: Text) -> None:
    row = before.as_row()
    suggestions = dict(enumerate(row["suggestions"]))
    for change in difference(before, after):
        name, _, position = change["field"].partition(".")
        old = suggestions.get(int(position)) if position else row[name]
        assert old == change["before"] != change["after"]
        if position:
            suggestions[int(position)] = change["after"]
        else:
            row[name] = change["after"]
    row["suggestions"] = [text for _, text in sorted(suggestions.items()) if text is not None]
    assert Text.of(row) == after


@given(texts)
def test_a_text_is_the_same_after_storing(text: Text) -> None:
    assert Text.of(text.as_row()) == text
    assert difference(text, Text.of(text.as_row())) == []
