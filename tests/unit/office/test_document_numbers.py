"""Official numbers (GB/T 9704, decision 13)."""

from __future__ import annotations

from services.office.domain.document_kinds import Kind
from services.office.domain.numbers import (
    WORDS,
    Series,
    counter,
    document_number,
    series_of,
    word_setting,
)


def test_a_number_has_six_angle_brackets_and_no_leading_zero() -> None:
    assert document_number("吴政协", 2017, 3) == "吴政协〔2017〕3号"
    assert document_number(WORDS[Series.MOTION], 2017, 1) == "吴政协建〔2017〕1号"


def test_motions_and_opinions_have_series_of_their_own_whoever_issues_them() -> None:
    assert series_of(Kind.MOTION, office=True) is Series.MOTION
    assert series_of(Kind.SUPERVISION_OPINION, office=False) is Series.SUPERVISION
    assert series_of(Kind.NOTICE, office=False) is Series.GENERAL
    assert series_of(Kind.NOTICE, office=True) is Series.OFFICE


def test_each_series_and_year_counts_by_itself() -> None:
    counters = {counter(series, year) for series in Series for year in (2017, 2018)}
    assert len(counters) == 8
    assert len(set(WORDS.values())) == len(Series)


def test_each_word_is_a_setting() -> None:
    assert word_setting(Series.MOTION) == "document_word_motion"
