"""Each move of section 2.1 and decision 17, and the refusal of every other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from services.members.domain.errors import DeathDateUnfit, JoinDateUnfit, MemberStateUnfit
from services.members.domain.membership import JoinedVia, Membership, Stage, state_at
from services.members.domain.states import TRANSITIONS, State
from shared.contracts import names
from tests.unit.members.samples import NOW, TERM_START, member, nominee, on

Move = Callable[[Membership], None]
MOVES: dict[str, tuple[Move, State, str]] = {
    "appoint": (
        lambda m: m.appoint(TERM_START, JoinedVia.TERM_START, None, NOW),
        State.ACTIVE,
        names.MEMBER_APPOINTED,
    ),
    "reject": (lambda m: m.reject(NOW, "未通过"), State.REJECTED, names.MEMBER_REJECTED),
    "suspend": (
        lambda m: m.suspend(NOW, "因病", None),
        State.SUSPENDED,
        names.MEMBER_SUSPENDED,
    ),
    "reinstate": (lambda m: m.reinstate(NOW, None), State.ACTIVE, names.MEMBER_REINSTATED),
    "resign": (lambda m: m.resign(NOW, "调动", None), State.RESIGNED, names.MEMBER_RESIGNED),
    "revoke": (lambda m: m.revoke(NOW, "违纪", "4号"), State.REVOKED, names.MEMBER_REVOKED),
    "record_death": (lambda m: m.record_death(NOW, NOW), State.DECEASED, names.MEMBER_DECEASED),
    "end_term": (lambda m: m.end_term(NOW), State.TERM_ENDED, names.MEMBER_TERM_ENDED),
}
ALLOWED: dict[State, set[str]] = {
    State.NOMINATED: {"appoint", "reject"},
    State.ACTIVE: {"suspend", "resign", "revoke", "record_death", "end_term"},
    State.SUSPENDED: {"reinstate", "resign", "revoke", "record_death", "end_term"},
}
PAIRS = [(state, move) for state in State for move in MOVES]


@pytest.mark.parametrize(("state", "name"), PAIRS)
def test_a_move_is_made_or_refused(state: State, name: str) -> None:
    move, to, event = MOVES[name]
    membership = member(state)
    if name in ALLOWED.get(state, set()):
        move(membership)
        assert (membership.state, [e for e, _ in membership.events]) == (to, [event])
        assert membership.history[-1].state is to
    else:
        with pytest.raises(MemberStateUnfit):
            move(membership)
        assert (membership.state, membership.events) == (state, [])


def test_the_table_has_no_other_moves() -> None:
    assert {before for before, _ in TRANSITIONS} == set(ALLOWED)
    assert len(TRANSITIONS) == sum(len(moves) for moves in ALLOWED.values())


@pytest.mark.parametrize(
    "state", [s for s in State if s not in ALLOWED and s is not State.REJECTED]
)
def test_an_end_is_dated_and_keeps_the_posts(state: State) -> None:
    membership = member(state)
    assert membership.ended_on == NOW
    assert (membership.open, membership.seats) == (False, [])


def test_revoking_keeps_the_document_number() -> None:
    membership = member()
    membership.revoke(NOW, "违纪", "吴政协发〔2017〕4号")
    assert membership.history[-1] == Stage(State.REVOKED, NOW, "违纪", "吴政协发〔2017〕4号")
    [(_, data)] = membership.events
    assert data["document_no"] == "吴政协发〔2017〕4号"
    assert "reason" not in data


def test_a_member_of_the_term_joins_at_its_start() -> None:
    membership = nominee()
    membership.appoint(TERM_START, JoinedVia.TERM_START, None, NOW)
    assert (membership.joined_via, membership.joined_on) == (JoinedVia.TERM_START, TERM_START)


@pytest.mark.parametrize(
    ("via", "joined_on"),
    [
        (JoinedVia.TERM_START, on(1, 20)),
        (JoinedVia.CO_OPTED, TERM_START),
        (JoinedVia.CO_OPTED, on(12, 31, year=2016)),
        (JoinedVia.CO_OPTED, on(2, 7)),
    ],
)
def test_a_day_of_joining_that_does_not_fit(via: JoinedVia, joined_on: datetime) -> None:
    membership = nominee()
    with pytest.raises(JoinDateUnfit):
        membership.appoint(TERM_START, via, joined_on, NOW)
    assert membership.state is State.NOMINATED


def test_a_co_opted_member_joins_now_unless_told() -> None:
    membership = nominee()
    membership.appoint(TERM_START, JoinedVia.CO_OPTED, None, NOW)
    assert (membership.joined_via, membership.joined_on) == (JoinedVia.CO_OPTED, NOW)


@pytest.mark.parametrize("died_on", [on(2, 7, 0), on(12, 31, year=2016)])
def test_a_day_of_death_that_does_not_fit(died_on: datetime) -> None:
    with pytest.raises(DeathDateUnfit):
        member().record_death(died_on, NOW)


def test_death_on_the_day_of_joining() -> None:
    membership = nominee()
    membership.appoint(TERM_START, JoinedVia.CO_OPTED, on(2, 5, 15), NOW)
    membership.record_death(on(2, 5, 0), NOW)
    assert membership.state is State.DECEASED


def test_the_state_at_a_moment() -> None:
    history = [
        Stage(State.NOMINATED, on(2, 6)),
        Stage(State.ACTIVE, on(1, 1)),  # recorded later, reaching back
        Stage(State.SUSPENDED, on(3, 1)),
        Stage(State.ACTIVE, on(4, 1)),
        Stage(State.RESIGNED, on(5, 1)),
    ]
    seen = [state_at(history, on(month, 15)) for month in (1, 2, 3, 4, 5)]
    assert seen == [
        State.ACTIVE,
        State.ACTIVE,
        State.SUSPENDED,
        State.ACTIVE,
        State.RESIGNED,
    ]
    assert state_at(history, on(12, 31, year=2016)) is None
