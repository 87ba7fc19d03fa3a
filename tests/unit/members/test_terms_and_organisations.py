"""Terms, sessions and organisations: each rule and each refusal."""

from __future__ import annotations

from typing import Any

import pytest

from services.members.domain.errors import (
    NothingToChange,
    OrganisationInactive,
    OrganisationKindUnfit,
    SessionDatesUnfit,
    SessionOrderUnfit,
    SessionOver,
    TermClosed,
    TermOrderUnfit,
)
from services.members.domain.organisation import Kind, Organisation, UnitType
from services.members.domain.term import Term, TermState, current
from tests.unit.members.samples import NOW, TERM_START, on, organisation, session, term


def test_a_term_opens() -> None:
    opened = Term.open(15, TERM_START, ["22", "04", "22"], [])
    assert (opened.id, opened.state, opened.sector_set) == (
        "term-15",
        TermState.OPEN,
        ["04", "22"],
    )
    assert opened.events == [
        ("term_opened", {"no": 15, "starts_on": TERM_START, "sector_set": ["04", "22"]})
    ]


@pytest.mark.parametrize(
    ("no", "starts_on"), [(15, on(1, 1, year=2022)), (14, on(1, 1, year=2022)), (16, TERM_START)]
)
def test_a_term_comes_after_the_former_ones(no: int, starts_on: Any) -> None:
    with pytest.raises(TermOrderUnfit):
        Term.open(no, starts_on, ["22"], [term()])


def test_the_current_term() -> None:
    next_term = Term(16, on(1, 1, year=2022), ["22"])
    both = [term(), next_term]
    assert current(both, on(12, 31, year=2016)) is None
    assert current(both, NOW) is both[0]
    assert current(both, on(1, 1, 0, year=2022)) is both[0]
    assert current(both, on(1, 1, year=2022)) is next_term


def test_a_session_is_scheduled() -> None:
    opened = term()
    opened.schedule(session(), NOW)
    assert opened.sessions == [session()]
    assert opened.events == [
        (
            "session_scheduled",
            {
                "no": 1,
                "opens_at": on(1, 1),
                "cut_off_at": on(2, 9, 17),
                "plenary_from": on(2, 7),
                "plenary_to": on(2, 10, 17),
            },
        )
    ]


def test_a_session_is_moved_while_it_is_not_over() -> None:
    opened = term(session())
    moved = session(plenary_from=on(2, 8), plenary_to=on(2, 11), cut_off_at=on(2, 10))
    opened.schedule(moved, NOW)
    assert opened.sessions == [moved]
    with pytest.raises(SessionOver):
        opened.schedule(session(), on(2, 12))


def test_sessions_are_numbered_in_order() -> None:
    opened = term()
    with pytest.raises(SessionOrderUnfit):
        opened.schedule(session(2), NOW)
    opened.schedule(session(1), NOW)
    opened.schedule(session(2, month=4), NOW)
    assert [s.no for s in opened.sessions] == [1, 2]


@pytest.mark.parametrize(
    "changes",
    [
        {"opens_at": on(2, 8)},
        {"plenary_to": on(2, 6)},
        {"cut_off_at": on(1, 1)},
        {"cut_off_at": on(2, 11)},
        {"opens_at": on(9, 1, year=2016), "plenary_from": on(12, 1, year=2016)},
    ],
)
def test_dates_that_do_not_fit(changes: dict[str, Any]) -> None:
    with pytest.raises(SessionDatesUnfit):
        term().schedule(session(**changes), NOW)


def test_sessions_do_not_overlap() -> None:
    with pytest.raises(SessionDatesUnfit):
        term(session(1)).schedule(session(2), NOW)
    with pytest.raises(SessionDatesUnfit):
        term(session(1), session(2, month=3)).schedule(session(1, month=4), NOW)


def test_the_latest_session_that_has_opened() -> None:
    opened = term(session(1), session(2, month=4))
    assert opened.session_at(on(12, 1, year=2016)) is None
    assert opened.session_at(NOW) == session(1)
    assert opened.session_at(on(3, 1)) == session(2, month=4)


def test_a_closed_term_takes_nothing_more() -> None:
    closed = term()
    closed.close(NOW)
    assert (closed.state, closed.ended_on) == (TermState.CLOSING, NOW)
    with pytest.raises(TermClosed):
        closed.close(NOW)
    with pytest.raises(TermClosed):
        closed.schedule(session(), NOW)
    assert (closed.finish_closing(), closed.finish_closing()) == (True, False)
    assert closed.state is TermState.CLOSED


def unit(id: str = "unit-hbj", **changes: Any) -> Organisation:
    more = {"code": "吴环", "unit_type": UnitType.DEPARTMENT, **changes}
    return organisation(id, Kind.HANDLING_UNIT, **more)


def facts(**changes: Any) -> dict[str, Any]:
    return {
        "organisation_id": "unit-hbj",
        "kind": "HANDLING_UNIT",
        "name": "unit-hbj",
        "code": "吴环",
        "unit_type": "DEPARTMENT",
        "parent": None,
        "side": None,
        "may_be_addressed": True,
        "may_be_supervised": True,
        "may_handle": True,
        "is_active": True,
        "merged_into": None,
        **changes,
    }


def test_a_unit_is_renamed() -> None:
    changed = unit()
    changed.change({"name": "区生态环境局", "short_name": None})
    assert changed.events == [("organisation_changed", facts(name="区生态环境局"))]


def test_a_unit_ends() -> None:
    ended = unit()
    ended.end(NOW)
    assert ended.ended_on == NOW
    assert ended.events == [("organisation_changed", facts(is_active=False))]


def test_a_unit_merges() -> None:
    merged, successor = unit(), unit("unit-slj")
    merged.merge_into(successor, NOW)
    assert merged.events == [
        ("organisation_changed", facts(is_active=False, merged_into="unit-slj"))
    ]
    assert successor.events == []


def test_what_an_organisation_refuses() -> None:
    with pytest.raises(NothingToChange):
        unit().change({"name": "unit-hbj"})
    with pytest.raises(OrganisationKindUnfit):
        unit().merge_into(unit(), NOW)
    with pytest.raises(OrganisationKindUnfit):
        unit().merge_into(organisation("com-urban", Kind.COMMITTEE), NOW)
    with pytest.raises(OrganisationInactive):
        unit().merge_into(unit("unit-slj", is_active=False), NOW)
    gone = unit(is_active=False)
    for act in (
        lambda: gone.change({"name": "新名称"}),
        lambda: gone.end(NOW),
        lambda: gone.merge_into(unit("unit-slj"), NOW),
    ):
        with pytest.raises(OrganisationInactive):
            act()
