"""Numbers as section 2.2 writes them."""

from __future__ import annotations

import pytest

from services.proposals.domain import numbers
from services.proposals.domain.states import Mark


@pytest.mark.parametrize(
    ("term", "session", "number", "written"),
    [
        (15, 1, 315, "T15-1-0315"),
        (15, 1, 1, "T15-1-0001"),
        (16, 5, 9999, "T16-5-9999"),
        (16, 5, 10000, "T16-5-10000"),
    ],
)
def test_serial_numbers(term: int, session: int, number: int, written: str) -> None:
    assert numbers.serial_no(term, session, number) == written


@pytest.mark.parametrize(
    ("mark", "number", "written", "title"),
    [
        (Mark.PLENARY, 23, "15-1-023", "十五届一次会议第023号"),
        (Mark.REGULAR, 12, "15-1-P012", "十五届一次会议平时第012号"),
        (Mark.PLENARY, 1000, "15-1-1000", "十五届一次会议第1000号"),
    ],
)
def test_case_numbers(mark: Mark, number: int, written: str, title: str) -> None:
    assert numbers.case_no(15, 1, mark, number) == written
    assert numbers.case_title(15, 1, mark, number) == title


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "零"),
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (15, "十五"),
        (19, "十九"),
        (20, "二十"),
        (21, "二十一"),
        (90, "九十"),
        (99, "九十九"),
    ],
)
def test_chinese_numerals(number: int, written: str) -> None:
    assert numbers.chinese(number) == written


def test_each_series_has_its_own_counter() -> None:
    names = [
        numbers.serial_counter(15, 1),
        numbers.serial_counter(15, 2),
        numbers.case_counter(15, 1, Mark.PLENARY),
        numbers.case_counter(15, 1, Mark.REGULAR),
    ]
    assert names == ["serial:15-1", "serial:15-2", "case:15-1:PLENARY", "case:15-1:REGULAR"]
