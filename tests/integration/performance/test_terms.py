"""One person through all terms: points and appeals of a former membership (decision 40)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.performance import reactions
from services.performance.commands.appeals import decide_appeal, submit_appeal, withdraw_appeal
from services.performance.commands.manual import request_strike
from services.performance.commands.years import turn_years
from services.performance.domain import errors
from services.performance.queries import desk as desks
from services.performance.queries.points import count_ledger, frozen_scores, score
from services.performance.queries.statistics import duty_statistics, list_duties, member_figures
from services.performance.schemas.statistics import By
from shared.actor import Role
from shared.call import Call
from shared.contracts import sample_event
from shared.errors import Forbidden
from tests.integration.performance.desk import FIRST, MEMBER, STRANGER, SYSTEM, Office, call
from tests.unit.performance.facts import LU, SHEN, filed

NOW = "m-18-0088"  # LU, re-elected for 2018
AGAIN = replace(MEMBER, actor=replace(MEMBER.actor, member_id=NOW, earlier=(LU,)))
GONE = replace(MEMBER, actor=replace(MEMBER.actor, scope={"former": "true"}))
OTHER = replace(STRANGER, actor=replace(STRANGER.actor, member_id="m-18-0031", earlier=(SHEN,)))
B1 = f"B1:proposal/p1/filed:{LU}:1"


@pytest.fixture
def office(database, tmp_path) -> Office:
    """The draft of 2017 is out in January 2018, in a new term with other sectors."""
    office = Office(database, tmp_path)
    office.hear(filed("p1"))
    office.move(2018, 1, 22)
    turn_years(SYSTEM, office.desk)
    told: dict[str, Any] = {"joined_on": "2018-01-10T00:00:00+08:00", "term": 18}
    groups = {"sector": "05", "committees": []}
    for id in (NOW, "m-18-0031"):
        event = sample_event("members", "member_appointed", member_id=id, groups=groups, **told)
        reactions.note_member(event, office.desk.members)
    return office


def appeal(office: Office, by: Call, **changes: Any) -> str:
    given = {"year": 2017, "text": "应计8分", "entry_ids": [B1], **changes}
    return submit_appeal(by, office.desk, **given)


@pytest.mark.parametrize(("year", "held"), [(2017, LU), (2018, NOW), (None, NOW)])
def test_the_own_score_of_a_year_is_that_of_the_membership_held_in_it(office, year, held) -> None:
    assert score(AGAIN, office.desk.reading, member_id=None, year=year)["member_id"] == held
    assert member_figures(AGAIN, office.desk, member_id=None, year=year)["key"] == held
    with pytest.raises(Forbidden):  # never a member
        score(FIRST, office.desk.reading, member_id=None, year=year)


@pytest.mark.parametrize("by", [AGAIN, GONE])
def test_points_of_former_terms_are_ones_own(office, by) -> None:
    asked: dict[str, Any] = {"member_id": LU, "year": 2017}
    reading = office.desk.reading
    assert score(by, reading, **asked)["total"] == office.total()
    assert count_ledger(by, reading, **asked) == 1
    assert frozen_scores(by, reading, **asked) == []
    assert len(list_duties(by, office.desk, **asked, first=9, after=None)["rows"]) == 1
    for query in (score, count_ledger, frozen_scores):
        with pytest.raises(Forbidden):
            query(OTHER, reading, **asked)


def test_the_own_groups_figures_are_those_of_the_year(office) -> None:
    asked: dict[str, Any] = {"by": By.SECTOR, "group_id": None, "parts": None}
    for year, sector in ((2017, "22"), (2018, "05")):
        rows = duty_statistics(AGAIN, office.desk, year=year, **asked)
        assert [row["key"] for row in rows] == [sector]


@pytest.mark.parametrize("by", [AGAIN, GONE])
@pytest.mark.parametrize("entries", [[], [B1]])
def test_the_points_of_a_former_year_are_appealed_against(office, by, entries) -> None:
    id = appeal(office, by, entry_ids=entries)
    assert office.desk.appeals.row(id)["member_id"] == LU
    page: Any = desks.list_appeals(by, office.desk, first=9, after=None, year=None, state=None)
    assert [row["id"] for row in page["rows"]] == [id]
    with pytest.raises(errors.AppealNotFound):
        withdraw_appeal(OTHER, office.desk, appeal_id=id)
    withdraw_appeal(by, office.desk, appeal_id=id)


def test_another_persons_points_are_not(office) -> None:
    with pytest.raises(errors.EntryNotFound):
        appeal(office, OTHER)
    page: Any = desks.list_appeals(OTHER, office.desk, first=9, after=None, year=None, state=None)
    assert page["rows"] == []


def test_nobody_decides_about_oneself_of_a_former_term(office) -> None:
    id = appeal(office, AGAIN)
    clerk = call(Role.OFFICE, "office-9")
    clerk = replace(clerk, actor=replace(clerk.actor, member_id=NOW, earlier=(LU,)))
    said: dict[str, Any] = {"upheld": True, "reason": "r", "credits": [], "strikes": []}
    with pytest.raises(errors.OwnPoints):
        decide_appeal(clerk, office.desk, appeal_id=id, **said)
    with pytest.raises(errors.OwnPoints):
        request_strike(clerk, office.desk, entry_id=B1, reason="r")
