from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from shared.calendar import WorkCalendar
from shared.clock import SHANGHAI, AsyncClock, Clock, FixedClock
from shared.settings import SettingsError, read


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2017, 1, 27), False),  # Spring Festival
        (date(2017, 1, 22), True),  # a Sunday worked to make up
        (date(2017, 2, 4), True),  # a Saturday worked to make up
        (date(2017, 2, 5), False),
        (date(2017, 2, 6), True),
    ],
)
def test_the_chinese_calendar_knows_holidays_and_make_up_days(day: date, working: bool) -> None:
    assert WorkCalendar().is_working_day(day) is working


def test_ten_working_days_pass_over_weekends() -> None:
    assert WorkCalendar().add_working_days(at("2017-02-06 09:00"), 10) == at("2017-02-20 09:00")


def test_a_year_without_published_holidays_is_monday_to_friday() -> None:
    calendar = WorkCalendar()
    assert calendar.is_working_day(date(2099, 1, 5)) and not calendar.is_working_day(
        date(2099, 1, 4)
    )


def test_a_fixed_clock_moves_only_when_told() -> None:
    clock = FixedClock(at("2017-02-06 09:00"))
    clock.advance(timedelta(days=1))
    assert clock.now() == clock.real() == at("2017-02-07 09:00")


class NoDatabase:
    def __getitem__(self, name: str) -> Any:
        return self

    def find_one(self, *_: object) -> None:
        raise AssertionError("the offset must not be read in production")


def test_in_production_the_clock_is_real_and_cannot_be_moved() -> None:
    clock = Clock(NoDatabase(), read({"ENVIRONMENT": "production"}))  # type: ignore[arg-type]
    assert abs(clock.now() - datetime.now(SHANGHAI)) < timedelta(seconds=1)
    with pytest.raises(PermissionError):
        clock.move_to(at("2017-02-06 09:00"))
    in_a_loop = AsyncClock(NoDatabase(), read({"ENVIRONMENT": "production"}))  # type: ignore[arg-type]
    assert abs(asyncio.run(in_a_loop.now()) - datetime.now(SHANGHAI)) < timedelta(seconds=1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"ENVIRONMENT": "prod"},
        {"GATEWAY_PORT": "http"},
        {"RETRY_DELAYS": "1,x"},
        {"LARGEST_FILE": "20 MiB"},
        {"LARGEST_EXPORT": "all"},
        {"CLAMD_URI": "clamd:3310"},
        {"CLAMD_URI": "tcp://clamd"},
    ],
)
def test_settings_that_make_no_sense_end_the_process_with_one_line(wrong: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=next(iter(wrong))):
        read(wrong)


def test_a_scanner_is_used_where_one_is_named() -> None:
    assert read({"CLAMD_URI": ""}).clamd_uri is None
    assert read({"CLAMD_URI": "tcp://clamd:3310"}).clamd_uri == "tcp://clamd:3310"
    assert read({}).largest_file == 20 * 1024 * 1024
    assert read({}).largest_export == 500
