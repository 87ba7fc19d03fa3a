"""Search in the roster: words of what is stored and of what is asked."""

from __future__ import annotations

import pytest

from services.members.repository.words import name_parts, query_words, text_words


def test_a_name_is_found_by_each_run_of_its_characters() -> None:
    assert name_parts("陆晓芸") == ["晓", "晓芸", "芸", "陆", "陆晓", "陆晓芸"]


def test_texts_give_compounds_and_their_parts() -> None:
    assert text_words(["水利局", None, "", "高级工程师，MBA"]) == [
        "mba",
        "工程",
        "工程师",
        "水利",
        "水利局",
        "高级",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("水利 工程师", ["工程", "工程师", "水利"]),
        ("15-0088", ["15-0088"]),
        ("，", [","]),  # no word: then as it is, which no row has
    ],
)
def test_a_query_wants_each_of_its_words(text: str, words: list[str]) -> None:
    assert query_words(text) == words
