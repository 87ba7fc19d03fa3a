"""A year of 900 items whose totals come out exactly, and three year ends (9.4)."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.outcomes.commands import items, summaries
from services.outcomes.domain import errors
from services.outcomes.domain.kinds import Adoption, Kind, Source, SummaryReader
from services.outcomes.domain.labels import Grouping
from services.outcomes.queries import figures
from services.outcomes.queries import outcomes as reads
from services.outcomes.queries.summaries import outcome_summary as reads_summary
from shared.clock import SHANGHAI
from tests.integration.outcomes.desk import OFFICE, House

SOURCES = (Source.CONSULTATION, Source.MOTION, Source.SUPERVISION, Source.RESEARCH_REPORT)
KINDS = (*Kind, None)
# How far each of nine goes; 900 items are a hundred of each.
ENDS = (
    "sent",
    "referred",
    "adopted",
    "partly",
    "refused",
    "accepted",
    "claimed",
    "verified",
    "closed",
)


def at(year: int, month: int, day: int, hour: int = 0) -> datetime:
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


def bring(house: House, item: str, end: str) -> None:
    """To its end, by the steps that lead there."""
    if end == "sent":
        return
    house.referred(item)
    if end == "referred":
        return
    if end in ("refused", "accepted"):
        house.answered(item, Adoption.NOT_ADOPTED, "与规划不符")
        if end == "accepted":
            said: dict[str, Any] = {"accepted": True, "opinion": "同意"}
            house.do(items.decide_reason, OFFICE, item_id=item, **said)
        return
    house.answered(item, Adoption.PARTLY_ADOPTED if end == "partly" else Adoption.ADOPTED)
    if end in ("adopted", "partly"):
        return
    house.reported(item)
    if end == "claimed":
        return
    house.verified(item, by=OFFICE)
    if end == "closed":
        house.do(items.close_item, OFFICE, item_id=item)


def year_of_900(house: House) -> Counter[tuple[str, str, str]]:
    """30 files of 30 items; what each came to, by source and kind."""
    made: Counter[tuple[str, str, str]] = Counter()
    number = 0
    for file in range(30):
        source = SOURCES[file % len(SOURCES)]
        outcome = house.opened(by=OFFICE, source=source, reference=f"来源{file}")
        for _ in range(30):
            kind, end = KINDS[number % len(KINDS)], ENDS[number % len(ENDS)]
            item = house.added(outcome, by=OFFICE, kind=kind, major=number % 10 == 0)
            bring(house, item, end)
            made[source.value, kind.value if kind else "", end] += 1
            number += 1
    return made


def by(house: House, grouping: Grouping, **said: Any) -> dict[str, Any]:
    rows = figures.outcome_figures(OFFICE, house.desk, year=2017, by=grouping, **said)
    return {row["key"] or "": row for row in rows}


def of(made: Counter[tuple[str, str, str]], position: int, key: str, *ends: str) -> int:
    return sum(
        count
        for parts, count in made.items()
        if parts[position] == key and (not ends or parts[2] in ends)
    )


def test_900_items_of_a_year_come_out_exactly(house: House) -> None:
    made = year_of_900(house)
    assert made.total() == 900
    for grouping, position in ((Grouping.SOURCE, 0), (Grouping.KIND, 1)):
        found = by(house, grouping)
        assert found.keys() == {parts[position] for parts in made}
        for key, row in found.items():
            assert row["total"] == of(made, position, key)
            assert row["adopted"] == of(
                made, position, key, "adopted", "claimed", "verified", "closed"
            )
            assert row["partly_adopted"] == of(made, position, key, "partly")
            assert row["not_adopted"] == of(made, position, key, "refused", "accepted")
            assert row["verified"] == of(made, position, key, "verified", "closed")
            assert row["closed"] == of(made, position, key, "closed", "accepted")
            assert row["implemented"] == of(made, position, key, "claimed")
    states = {key: row["total"] for key, row in by(house, Grouping.STATE).items()}
    assert states == {
        "SENT": 100,
        "REFERRED": 100,
        "ADOPTED": 100,
        "PARTLY_ADOPTED": 100,
        "NOT_ADOPTED": 100,
        "IMPLEMENTED": 100,
        "VERIFIED": 100,
        "CLOSED": 200,
    }
    units = by(house, Grouping.UNIT)
    assert {key: row["total"] for key, row in units.items()} == {"": 100, "unit-slj": 800}
    assert units["unit-slj"]["adopted_rate"] == 57.14  # 400 of 700 that were answered
    assert sum(row["major"] for row in units.values()) == 90

    house.tick(at(2017, 12, 31))
    assert len(house.told("outcome_item_carried_over")) == 700  # all that are not closed
    assert sum(row["carried_over"] for row in by(house, Grouping.STATE).values()) == 700


def test_three_year_ends_carry_over_exactly_once_each(house: House) -> None:
    outcome = house.opened(by=OFFICE)
    whole, short = (house.added(outcome, by=OFFICE, text=text) for text in ("长期改革", "短期"))
    ends = [at(2017, 12, 31), at(2018, 12, 31), at(2019, 12, 31)]
    for number, end in enumerate(ends):
        # An hour before, twice at once, and once more on the same day.
        for moment in (end - timedelta(hours=1), end, end, end + timedelta(hours=20)):
            house.tick(moment)
        assert house.item(whole)["carried"] == [2017, 2018, 2019][: number + 1]
        if number == 0:
            house.do(items.track_item, OFFICE, item_id=whole, text="回访", files=[])
            bring(house, short, "closed")
    carried = [(row["item_id"], row["year"]) for row in house.told("outcome_item_carried_over")]
    assert sorted(carried) == sorted([(whole, 2017), (short, 2017), (whole, 2018), (whole, 2019)])
    entries = [e["year"] for e in house.item(whole)["entries"] if e["kind"] == "CARRIED_OVER"]
    assert entries == [2017, 2018, 2019]
    alarms = [row["year"] for row in house.told("outcome_tracking_due") if row["item_id"] == whole]
    assert alarms == [2017, 2018, 2019]


def test_a_due_day_that_people_name_ends_at_its_midnight(house: House) -> None:
    outcome = house.opened(by=OFFICE)
    item = house.added(outcome, by=OFFICE, unit="unit-slj", due_at=at(2017, 5, 10, 9))
    house.tick(at(2017, 5, 10, 23))
    assert house.told("outcome_item_overdue") == []
    house.tick(at(2017, 5, 11))
    assert [row["item_id"] for row in house.told("outcome_item_overdue")] == [item]


def test_overdue_is_told_once_and_stands_on_the_list_of_inspections(house: House) -> None:
    outcome = house.opened(by=OFFICE)
    item = house.added(outcome, by=OFFICE, unit="unit-slj")
    house.tick(at(2017, 4, 25))
    [reminder] = house.told("outcome_item_reminder_due")
    assert reminder["state"] == "SENT"
    house.tick(at(2017, 4, 30, 23))
    assert house.told("outcome_item_overdue") == []
    for moment in (at(2017, 5, 1), at(2017, 5, 2)):
        house.tick(moment)
    assert [row["inspect_in"] for row in house.told("outcome_item_overdue")] == [2018]
    filters: list[Any] = [{"overdue": True}, {"inspect_in": 2018}]
    for filter in filters:
        page = reads.list_items(OFFICE, house.desk, filter=filter, first=5, after=None)
        assert [row["id"] for row in page["rows"]] == [item]
    bring(house, item, "adopted")
    assert house.item(item)["overdue"] is False
    assert house.item(item)["inspect_in"] == 2018  # the plan keeps it


def send(house: House, to: SummaryReader, year: int = 2017, **changes: Any) -> str:
    said = {"sent_on": house.clock.at, "document_no": "吴政协〔2018〕3号", **changes}
    return str(house.do(summaries.send_summary, OFFICE, year=year, to=to, **said))


def test_a_years_summary_is_owed_from_its_end_until_all_three_have_it(house: House) -> None:
    """2.5: to the Party, the government and the next plenary."""
    house.added(house.opened(by=OFFICE), by=OFFICE)
    house.tick(at(2017, 12, 31) - timedelta(seconds=1))
    assert house.told("outcome_summary_due") == []
    for moment in (at(2017, 12, 31), at(2017, 12, 31), at(2018, 1, 10)):
        house.tick(moment)
    [owed] = house.told("outcome_summary_due")
    assert (owed["year"], owed["due_at"]) == (2017, "2018-02-01T00:00:00+08:00")
    send(house, SummaryReader.PARTY)
    for moment in (at(2018, 1, 25), at(2018, 1, 26)):
        house.tick(moment)
    assert len(house.told("outcome_summary_reminder_due")) == 1
    send(house, SummaryReader.GOVERNMENT)
    send(house, SummaryReader.PLENARY, document_no="")
    row = reads_summary(OFFICE, house.desk, year=2017)
    assert row is not None
    assert row["missing"] == []
    assert [one["to"] for one in row["sent"]] == ["PARTY", "GOVERNMENT", "PLENARY"]
    assert [said["complete"] for said in house.told("outcome_summary_sent")] == [False, False, True]
    with pytest.raises(errors.SummarySent):
        send(house, SummaryReader.PARTY)


def test_no_summary_is_owed_of_a_year_without_outcomes(house: House) -> None:
    house.tick(at(2018, 1, 5))
    assert house.told("outcome_summary_due") == []
    assert reads_summary(OFFICE, house.desk, year=2017) is None


def test_a_summary_of_a_year_or_day_to_come_is_refused(house: House) -> None:
    to = SummaryReader.PARTY
    unfit: dict[str, dict[str, Any]] = {
        "year": {"year": 2018},
        "sentOn": {"sent_on": house.clock.at + timedelta(days=1)},
    }
    for field, said in unfit.items():
        with pytest.raises(errors.SummaryUnfit) as refused:
            send(house, to, **said)
        assert refused.value.field == field
