"""Over the years: carried over exactly once each 31 December, tracked once a year, overdue once."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.outcomes.domain import items
from services.outcomes.domain.items import Item
from services.outcomes.domain.kinds import EntryKind
from shared.clock import SHANGHAI
from shared.contracts import names
from tests.unit.outcomes.samples import DUE, LATER, NOW, STAFF, item, told


def at(year: int, month: int, day: int, hour: int = 0) -> datetime:
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


def years(made: Item) -> list[int]:
    return [entry.year for entry in made.entries if entry.kind is EntryKind.CARRIED_OVER]


def test_nothing_is_carried_over_before_the_31_december() -> None:
    made = item()
    assert not items.carry_over(made, at(2017, 12, 31) - timedelta(seconds=1))
    assert items.carry_over(made, at(2017, 12, 31))
    assert not items.carry_over(made, at(2017, 12, 31, 23))
    assert years(made) == [2017]


def test_years_that_a_stopped_platform_missed_have_their_entries_all_the_same() -> None:
    made = item()
    assert items.carry_over(made, at(2020, 3, 1))
    assert years(made) == [2017, 2018, 2019]
    told_years = [row["year"] for row in told(made, names.OUTCOME_ITEM_CARRIED_OVER)]
    assert told_years == [2017, 2018, 2019]


def test_what_is_closed_is_carried_over_no_more_but_was_while_it_was_open() -> None:
    made = item()
    made.state = items.S.VERIFIED
    items.close(made, at(2018, 1, 2), STAFF)
    assert years(made) == [2017]
    assert not items.carry_over(made, at(2019, 12, 31))


def test_what_is_opened_again_in_a_year_that_was_carried_is_not_carried_twice() -> None:
    made = item()
    made.state = items.S.VERIFIED
    items.close(made, at(2017, 12, 31, 8), STAFF)
    items.reopen(made, "回访发现停用", at(2018, 6, 1), at(2017, 12, 31, 9), STAFF)
    items.carry_over(made, at(2017, 12, 31, 10))
    items.carry_over(made, at(2018, 12, 31))
    assert years(made) == [2017, 2018]


def test_a_year_without_an_entry_is_an_alarm_once_and_an_entry_spares_it() -> None:
    made = item()
    assert not items.alarm(made, at(2017, 11, 30))
    assert items.alarm(made, at(2017, 12, 1))
    assert not items.alarm(made, at(2017, 12, 2))
    items.track(made, "电话回访", [], at(2018, 5, 1), STAFF)
    assert not items.alarm(made, at(2018, 12, 1))
    assert [row["year"] for row in told(made, names.OUTCOME_TRACKING_DUE)] == [2017]


def test_what_is_sent_in_december_is_first_due_for_tracking_the_next_year() -> None:
    made = item()
    items.start_years(made, at(2017, 12, 5))
    assert not items.alarm(made, at(2017, 12, 20))
    assert items.alarm(made, at(2018, 12, 1))


def test_overdue_goes_into_next_years_inspections_and_stays_there_while_it_lasts() -> None:
    made = item()
    items.pass_due(made, DUE)
    assert (made.overdue, made.inspect_in) == (True, 2018)
    [said] = told(made, names.OUTCOME_ITEM_OVERDUE)
    assert (said["inspect_in"], said["state"]) == (2018, "SENT")
    items.carry_over(made, at(2018, 12, 31))
    assert made.inspect_in == 2019


def test_an_answer_ends_being_overdue() -> None:
    made = item()
    items.pass_due(made, DUE)
    items.answer(made, items.Adoption.ADOPTED, "列入计划", None, LATER, NOW, STAFF)
    assert (made.overdue, made.due_at) == (False, LATER)
