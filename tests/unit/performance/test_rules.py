"""The rule set of 2017 holds section 4 row by row."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from services.performance.domain.ledger import SHANGHAI
from services.performance.domain.rules import RuleBook, RuleSet
from tests.unit.performance.facts import BOOK

RULES = BOOK.of_year(2017).rules

POINTS = {
    "A1": {"": 25},
    "A2": {"": 3},
    "A3": {"": 3},
    "B1": {"": 10},
    "B2": {"": 8},
    "B3": {"": 2},
    "B4": {"": 4},
    "B5": {"": 2},
    "C1": {"": 2},
    "C2": {"": 3},
    "D1": {"": 1},
    "D2": {"SINGLE": 3, "COMBINED": 2},
    "E1": {"": 1},
    "E2": {"": 5},
    "E3": {"": 1},
    "F1": {"FIRST": 4, "COSIGNER": 1},
    "F2": {"FIRST": 5, "COSIGNER": 1},
    "F3": {"CITY": 5, "PROVINCE": 8, "NATION": 15},
    "F4": {"DISTRICT": 3, "CITY": 5, "PROVINCE": 10, "NATION": 15},
    "F5": {"ORAL": 5, "WRITTEN": 3},
    "F6": {"": 5},
    "F7": {"": 2},
    "F8": {"HISTORY": 3, "MODEL": 2},
    "F9": {"": 2},
    "G1": {"": -10},
    "G2": {"LEAVE": -1, "ABSENT": -2, "STANDING_ABSENT": -3},
    "G3": {"": -1},
    "G4": {"": -10},
}


def test_points_of_every_rule():
    assert {code: dict(rule.points) for code, rule in RULES.items()} == POINTS


def test_yearly_limits_and_further_points():
    assert {c: r.yearly_count for c, r in RULES.items() if r.yearly_count} == {
        "B3": 3,
        "D1": 3,
        "E1": 4,
    }
    assert {c: r.yearly_points for c, r in RULES.items() if r.yearly_points} == {"F9": 10}
    assert {c: r.further for c, r in RULES.items() if r.further} == {"B1": 4}


def test_caps_of_the_categories():
    caps = {category.code: category.cap for category in BOOK.of_year(2017).categories}
    assert caps == {"A": 40, "B": 20, "C": 15, "D": 15, "E": 10, "F": 30, "G": None}


def test_every_rule_has_a_category():
    assert {rule.category for rule in RULES.values()} == set("ABCDEFG")


@pytest.mark.parametrize(
    ("present", "of", "points"),
    [(6, 6, "25.0"), (5, 6, "20.8"), (3, 7, "10.7"), (1, 20, "1.3"), (0, 6, "0.0")],
)
def test_base_is_rounded_to_a_tenth_half_up(present, of, points):
    assert RULES["A1"].base("", present, of) == Decimal(points)


def test_a_reversal_is_worth_the_opposite():
    assert RULES["A1"].base("", -3, 7) == -RULES["A1"].base("", 3, 7)


def rule_set(version: int, active_from: date) -> RuleSet:
    return RuleSet(version, f"v{version}", active_from, (), (), {})


VERSIONS = RuleBook([rule_set(2, date(2018, 7, 1)), rule_set(1, date(2017, 1, 1))])


@pytest.mark.parametrize(
    ("at", "version"),
    [
        (datetime(2017, 1, 1, 0, 0, tzinfo=SHANGHAI), 1),
        (datetime(2018, 6, 30, 23, 59, tzinfo=SHANGHAI), 1),
        (datetime(2018, 7, 1, 0, 0, tzinfo=SHANGHAI), 2),
    ],
)
def test_the_version_in_force(at, version):
    found = VERSIONS.at(at)
    assert found is not None
    assert found.version == version


def test_no_version_before_the_first():
    assert VERSIONS.at(datetime(2016, 12, 31, 23, 59, tzinfo=SHANGHAI)) is None


def test_caps_of_a_year_are_those_of_its_last_version():
    assert [VERSIONS.of_year(year).version for year in (2016, 2017, 2018, 2019)] == [1, 1, 2, 2]
