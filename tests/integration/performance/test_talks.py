"""After a weak year the convener talks; after two in a row, the leadership."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from services.performance.commands.talks import record_talk
from services.performance.commands.years import turn_years
from services.performance.domain import errors
from services.performance.domain.ledger import SHANGHAI
from services.performance.queries import desk as queries
from shared.actor import Actor, Role
from shared.call import Call
from shared.errors import Forbidden
from tests.integration.performance.desk import CHAIR, FIRST, MEMBER, SYSTEM, Office, call
from tests.unit.performance.facts import LU, QIAN, SHEN, day, filed
from tests.unit.performance.test_worked_example import told

GROUP = "group-22"


@pytest.fixture
def office(database, tmp_path) -> Office:
    office = Office(database, tmp_path)
    office.hear(filed("p1"))
    return office


def freeze(office: Office, year: int) -> None:
    for at in ((year + 1, 1, 22), (year + 1, 2, 5)):
        office.move(*at)
        turn_years(SYSTEM, office.desk)


def convener(group: str = GROUP, member: str = SHEN) -> Call:
    actor = Actor("account-convener", Role.SECTOR_CONVENER, {"sector_group": group}, None, member)
    return Call(actor, "correlation-1")


def talk(office: Office, by: Call, year: int = 2017, member: str = LU, **more: Any) -> str:
    given = {"held_on": office.clock.now(), "note": "谈了履职计划", **more}
    return record_talk(by, office.desk, talk_id=f"{year}:{member}", **given)


def test_a_weak_year_asks_for_a_talk_by_the_convener(office):
    freeze(office, 2017)
    told = office.told("performance_talk_due")
    assert {row["member_id"] for row in told} == {LU, SHEN, QIAN}
    assert {(row["in_a_row"], row["by_leadership"], row["sector_group"]) for row in told} == {
        (1, False, GROUP)
    }
    with pytest.raises(Forbidden):
        talk(office, convener("group-04"))
    talk(office, convener())
    row = office.desk.talks.row(f"2017:{LU}")
    assert (row["state"], row["note"], row["held_by"]) == (
        "HELD",
        "谈了履职计划",
        "account-convener",
    )
    with pytest.raises(errors.AlreadyDecided):
        talk(office, convener())


def test_two_years_running_are_the_leaderships(office):
    freeze(office, 2017)
    office.hear(filed("p2", on=day(400)))
    freeze(office, 2018)
    second = [row for row in office.told("performance_talk_due") if row["year"] == 2018]
    assert {(row["in_a_row"], row["by_leadership"]) for row in second} == {(2, True)}
    with pytest.raises(Forbidden):
        talk(office, convener(), 2018)
    talk(office, CHAIR, 2018)
    assert office.desk.talks.row(f"2018:{LU}")["state"] == "HELD"


def test_who_is_not_scored_and_whose_year_was_good_need_none(office, database):
    database.collection("members").update_one({"_id": SHEN}, {"$set": {"not_scored": True}})
    nation = {"authors": [LU], "level": "NATION"}
    office.hear(
        *(told("opinions", "opinion_adopted", n, "opinion_id", **nation) for n in range(2)),
        *(told("liaison", "activity_participation_confirmed", n, "activity_id") for n in range(7)),
        *(told("study", "study_attendance_confirmed", n, "session_id") for n in range(7)),
        told("study", "study_class_completed", 1, "class_id", member_id=LU),
        filed("p2"),
        filed("p3"),
    )
    assert office.total() == 71  # B 18, C 14, E 9, F 30
    freeze(office, 2017)
    assert {row["member_id"] for row in office.told("performance_talk_due")} == {QIAN}


def test_nobody_talks_to_themselves_or_in_the_future(office):
    freeze(office, 2017)
    with pytest.raises(errors.OwnPoints):
        talk(office, convener(), member=SHEN)
    with pytest.raises(errors.HappenedLater):
        talk(office, convener(), held_on=datetime(2030, 1, 1, tzinfo=SHANGHAI))
    with pytest.raises(errors.TalkNotFound):
        talk(office, CHAIR, 2016)


def test_who_sees_a_talk(office):
    freeze(office, 2017)
    everyone = {LU, SHEN, QIAN}
    for by, members in (
        (MEMBER, {LU}),
        (convener(), everyone),
        (convener("group-04", "m-15-0009"), set()),
        (FIRST, everyone),
        (CHAIR, everyone),
        (call(Role.TOWN_HEAD), set()),
    ):
        page = queries.list_talks(by, office.desk, first=10, after=None)
        assert {row["member_id"] for row in page["rows"]} == members
        assert queries.count_talks(by, office.desk) == len(members)
        ids = [f"2017:{LU}"]
        assert len(queries.talks_by_ids(by, office.desk, ids=ids)) == int(LU in members)


@pytest.mark.parametrize("by", [FIRST, MEMBER, call(Role.TOWN_HEAD), call(Role.STANDING_MEMBER)])
def test_others_hold_none(office, by):
    with pytest.raises(Forbidden):
        talk(office, by)
