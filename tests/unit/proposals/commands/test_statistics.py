"""Who sees which figures (section 3)."""

from __future__ import annotations

from typing import Any

import pytest

from services.proposals.commands import counting
from services.proposals.commands.visibility import UNITS
from services.proposals.domain.statistics import BEFORE_FILING, GRADES
from services.proposals.domain.tallying import TOTAL, Audience, Grouping
from services.proposals.queries import statistics
from services.proposals.queries.statistics import SEES_ALL, SEES_TOTALS
from shared.actor import Actor, Role
from shared.call import Call
from shared.errors import AppError
from tests.unit.proposals.commands.world import FORMER

Row = dict[str, Any]
NO_CONTENT = {Role.SYSTEM, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN}
OWN = {"unit": "unit-1"}


class Counted:
    """Two rows of each grouping, with `evaluated` judged cases; notes what was asked for."""

    def __init__(self, evaluated: int = 9) -> None:
        self.evaluated = evaluated
        self.asked: list[tuple[str, Audience, Grouping, str | None]] = []
        self.done: list[str] = []
        self.waiting = [3, 2, 0]

    def rows(
        self, period: str, audience: Audience, by: Grouping, key: str | None = None
    ) -> list[Row]:
        self.asked.append((period, audience, by, key))
        keys = ["unit-1", "unit-2"] if key is None else [key]
        counts = {"received": 12, "filed": 10, "evaluated": self.evaluated, "closed": 9}
        return [{"key": name, "counts": counts} for name in keys]

    def begin(self, definitions: int) -> None:
        self.done.append("begin")

    def tally(self) -> int:
        return self.waiting.pop(0)

    def serve(self) -> None:
        self.done.append("serve")


def ask(actor: Actor, by: Grouping = Grouping.TOTAL, store: Any = None, **period: Any) -> list[Row]:
    given = {"year": 2017, "term": None, "session": None, **period}
    call = Call(actor, "c")
    return statistics.proposal_statistics(call, store or Counted(), by=by, **given)


def answer(actor: Actor, by: Grouping) -> str:
    try:
        return ",".join(row["key"] for row in ask(actor, by))
    except AppError as error:
        return error.code


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("by", list(Grouping))
def test_role_and_grouping(role: Role, by: Grouping) -> None:
    found = answer(Actor("a", role, OWN), by)
    if role in NO_CONTENT:
        expected = "FORBIDDEN"
    elif role in SEES_ALL or by is Grouping.TOTAL:
        expected = "unit-1,unit-2"
    elif role in UNITS:
        expected = "unit-1" if by is Grouping.UNIT else "FORBIDDEN"
    else:
        expected = "unit-1,unit-2" if by is Grouping.CATEGORY else "FORBIDDEN"
    assert found == expected


@pytest.mark.parametrize(
    ("role", "scope", "by"),
    [
        (Role.TOWN_HEAD, "town", Grouping.TOWN),
        (Role.TOWN_STAFF, "town", Grouping.TOWN),
        (Role.COMMITTEE_STAFF, "committee", Grouping.COMMITTEE),
        (Role.COMMITTEE_DIRECTOR, "committee", Grouping.COMMITTEE),
    ],
)
def test_a_town_and_a_committee_see_their_own_row_without_grades_of_few(
    role: Role, scope: str, by: Grouping
) -> None:
    actor = Actor("a", role, {scope: "mine"})
    [row] = ask(actor, by, Counted(evaluated=1))
    assert (row["key"], row["figures"]["filed"]) == ("mine", 10)
    assert {row["figures"][name] for name in GRADES} == {None}
    others = {Grouping.TOWN, Grouping.COMMITTEE, Grouping.PARTY, Grouping.UNIT} - {by}
    assert {answer(actor, other) for other in others} == {"FORBIDDEN"}


def test_every_role_has_its_place() -> None:
    assert set(Role) == SEES_ALL | SEES_TOTALS | UNITS | NO_CONTENT


def test_a_unit_without_a_scope_sees_no_unit() -> None:
    assert answer(Actor("a", Role.UNIT_OFFICER), Grouping.UNIT) == "FORBIDDEN"


@pytest.mark.parametrize(
    ("actor", "audience"),
    [
        (Actor(None, Role.PUBLIC), Audience.OPEN),
        (FORMER, Audience.OPEN),
        (Actor("a", Role.MEMBER, {}, "p", "m"), Audience.ALL),
        (Actor("a", Role.OFFICE), Audience.ALL),
    ],
)
def test_visitors_get_the_figures_of_what_is_open(actor: Actor, audience: Audience) -> None:
    store = Counted()
    (row, _) = ask(actor, store=store)
    assert store.asked == [("year:2017", audience, Grouping.TOTAL, None)]
    before = {row["figures"][name] for name in BEFORE_FILING}
    assert (before == {None}) is (audience is Audience.OPEN)


@pytest.mark.parametrize(
    ("actor", "by", "told"),
    [
        (Actor("a", Role.MEMBER, {}, "p", "m"), Grouping.CATEGORY, False),
        (Actor("a", Role.UNIT_LEADER, OWN), Grouping.TOTAL, False),
        (Actor("a", Role.UNIT_LEADER, OWN), Grouping.UNIT, True),
        (Actor("a", Role.PROPOSAL_STAFF), Grouping.CATEGORY, True),
    ],
)
def test_grades_of_few_cases_are_for_those_who_see_each(
    actor: Actor, by: Grouping, told: bool
) -> None:
    figures = ask(actor, by, Counted(evaluated=1))[0]["figures"]
    assert {figures[name] is not None for name in GRADES} == {told}
    assert (figures["result_satisfied_rate"] is not None) is told
    assert figures["closed"] == 9


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ({"year": 2022}, "year:2022"),
        ({"year": None, "term": 16}, "term:16"),
        ({"year": None, "term": 16, "session": 1}, "session:16-1"),
    ],
)
def test_the_period_is_a_year_a_term_or_a_session(period: Row, expected: str) -> None:
    store = Counted()
    ask(Actor("a", Role.OFFICE), store=store, **period)
    assert store.asked[0][0] == expected


@pytest.mark.parametrize(
    "period", [{"year": None}, {"term": 16}, {"year": None, "session": 1}, {"session": 1}]
)
def test_none_or_two_periods_are_refused(period: Row) -> None:
    with pytest.raises(AppError) as caught:
        ask(Actor("a", Role.OFFICE), **period)
    assert (caught.value.code, caught.value.field) == ("INVALID_INPUT", "year")


def test_a_total_of_nothing_is_a_row_of_noughts() -> None:
    class Empty(Counted):
        def rows(self, *asked: Any, **more: Any) -> list[Row]:
            return []

    (row,) = ask(Actor("a", Role.OFFICE), store=Empty())
    assert (row["key"], row["figures"]["received"]) == (TOTAL, 0)
    assert row["figures"]["filing_rate"] is None
    assert ask(Actor("a", Role.OFFICE), Grouping.CATEGORY, Empty()) == []


@pytest.mark.parametrize("role", list(Role))
def test_only_the_timer_counts(role: Role) -> None:
    call, store = Call(Actor("a", role), "c"), Counted()
    if role is Role.SYSTEM:
        assert counting.count_changes(call, store) == 5
        assert store.done == ["begin", "serve"]
        return
    with pytest.raises(AppError) as caught:
        counting.count_changes(call, store)
    assert caught.value.code in {"FORBIDDEN", "UNAUTHENTICATED"}
    assert store.done == []
