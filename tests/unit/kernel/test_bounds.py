"""Texts, moments and days from people, at the one place where every operation takes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from shared.clock import SHANGHAI
from shared.errors import InvalidInput
from shared.schemas import (
    Amount,
    CodeText,
    Day,
    Id,
    InputSchema,
    Many,
    Matching,
    Number,
    ProperName,
    Text,
    When,
    latest_day,
)


class Given(InputSchema):
    text = Text(1, 20)
    long = Text(0, 2000)
    code = CodeText(1, 40)
    name = ProperName(1, 40)
    number = Matching(r"\d{1,2}-\d{4}", "委员证号格式应为 15-0088")
    id = Id()
    items = Many(Text(0, 100), high=10)
    strict = Many(Text(1, 100), high=10)
    at = When()
    on = Day()
    born = Day(date(1900, 1, 1), past=True)
    count = Number()
    hours = Amount(0)


def loaded(name: str, value: Any) -> Any:
    return Given.parse({name: value})[name]


def refused(name: str, value: Any) -> tuple[str, str]:
    with pytest.raises(InvalidInput) as caught:
        Given.parse({name: value})
    return str(caught.value.field), caught.value.message


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("text", " 关于加快电梯改造的建议\u200b", "关于加快电梯改造的建议"),
        ("text", "一\n二", "一 二"),
        ("long", "一\r\n二", "一\n二"),
        ("code", "吴水提复〔２０１７〕１２号", "吴水提复〔2017〕12号"),
        ("name", "阿卜杜•某某", "阿卜杜·某某"),
        ("number", "15-０９９９", "15-0999"),
        ("number", "15-0998\n", "15-0998"),
        ("id", "p-1\u200b", "p-1"),
        ("items", ["第一条", "", "\u3000"], ["第一条"]),
    ],
)
def test_what_is_taken(name: str, value: Any, expected: Any) -> None:
    assert loaded(name, value) == expected


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("text", "\u200b", "text"),
        ("number", "١٥-٠٠٨٨", "number"),  # digits, but of another script
        ("number", "15-0088x", "number"),
        ("strict", ["第一条", " "], "strict.1"),
        ("id", "\u200b", "id"),
        ("count", 2**31, "count"),
        ("hours", 1e308, "hours"),
        ("hours", -1, "hours"),
    ],
)
def test_what_is_refused_at_its_field(name: str, value: Any, field: str) -> None:
    where, said = refused(name, value)
    assert where == field
    assert not said.isascii()


@pytest.mark.parametrize(
    "moment",
    [
        "0001-01-01T00:00:00+14:00",
        "0017-03-16T09:00:00+08:00",
        "1949-09-30T23:59:59+08:00",
        "9999-12-31T23:30:00-14:00",
        f"{latest_day() + timedelta(days=1)}T00:00:00+08:00",
    ],
)
def test_moments_have_bounds(moment: str) -> None:
    field, said = refused("at", moment)
    assert (field, said) == ("at", f"时间应在1949-10-01至{latest_day()}之间")


def test_a_moment_is_shanghais_whatever_offset_came() -> None:
    at = loaded("at", "2017-02-26T23:30:00Z")
    assert at == datetime(2017, 2, 27, 7, 30, tzinfo=SHANGHAI)
    assert at.date() == date(2017, 2, 27)
    assert loaded("at", "1949-10-01T00:00:00+08:00").date() == date(1949, 10, 1)


@pytest.mark.parametrize(
    ("name", "day", "taken"),
    [
        ("on", "1949-10-01", True),
        ("on", "1949-09-30", False),
        ("on", "2120-01-01", False),
        ("born", "1935-05-01", True),
        ("born", "1899-12-31", False),
        ("born", "2099-01-01", False),
    ],
)
def test_days_have_bounds(name: str, day: str, taken: bool) -> None:
    if taken:
        assert loaded(name, day) == date.fromisoformat(day)
    else:
        assert refused(name, day)[0] == name
