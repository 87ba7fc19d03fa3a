"""Rules of an appraisal: its states, its panel, its ballots, its figures."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.proposals.domain import appraisal_errors as errors
from services.proposals.domain.appraisal import Appraisal, Rules, Subject, Voter, VoterKind
from services.proposals.domain.ballots import Line, tally
from services.proposals.domain.evaluation import Grade
from shared import contracts
from shared.clock import SHANGHAI

AT = datetime(2017, 9, 20, 14, tzinfo=SHANGHAI)
ITEMS = ("办理态度", "办理措施")
GOOD, FAIR, BAD = Grade.SATISFIED, Grade.BASIC, Grade.DISSATISFIED
INSIDE, RESIDENT = VoterKind.DISINTERESTED_MEMBER, VoterKind.RESIDENT


def appraisal(*cases: str, people: int = 5) -> Appraisal:
    planned = Appraisal(
        id="appraisal-1",
        term=15,
        title="二次供水民主评议",
        held_at=AT,
        place="一楼会议室",
        rules=Rules(ITEMS, 5),
        subjects=[
            Subject(case, f"关于{case}的建议", ("unit-1",), ("unit-1", "unit-2"))
            for case in cases or ("a",)
        ],
        planned_at=AT,
        account_id="account-staff",
    )
    planned.invite([Voter(n, INSIDE, f"member:m-{n}") for n in range(1, people + 1)])
    return planned


def line(case: str = "a", grade: Grade = GOOD, scores: tuple[int, ...] = (90, 80)) -> Line:
    return Line(case, grade, scores)


def recorded(a: Appraisal) -> dict[str, Any]:
    """The events so far, each held against its contract."""
    for name, data in a.events:
        moments = {k: v.isoformat() for k, v in data.items() if isinstance(v, datetime)}
        contracts.validate("proposals", name, {"occurred_on": AT.isoformat(), **data, **moments})
    return dict(a.events)


def opened(*cases: str, people: int = 5) -> Appraisal:
    a = appraisal(*cases, people=people)
    a.open(AT)
    return a


def test_the_figures_of_ac_15() -> None:
    grades = [GOOD] * 17 + [FAIR] * 3 + [BAD]
    result = tally("a", [line(grade=grade, scores=(90, n)) for n, grade in enumerate(grades)])
    assert (result.satisfied, result.basic, result.dissatisfied) == (17, 3, 1)
    assert result.satisfied_share == 80.95
    assert result.averages == (90.0, 10.0)


@pytest.mark.parametrize(
    ("satisfied", "of", "share"), [(1, 3, 33.33), (2, 3, 66.67), (1, 16, 6.25), (5, 5, 100.0)]
)
def test_shares_have_two_decimals_half_up(satisfied: int, of: int, share: float) -> None:
    lines = [line(grade=GOOD)] * satisfied + [line(grade=BAD)] * (of - satisfied)
    assert tally("a", lines).satisfied_share == share


def test_averages_are_rounded_half_up() -> None:
    scores = [(1, 0)] + [(0, 0)] * 7  # 1 / 8 = 0.125
    assert tally("a", [line(scores=pair) for pair in scores]).averages == (0.13, 0.0)


def test_the_whole_way_and_its_events() -> None:
    a = appraisal("a", "b", people=6)
    a.plan()
    a.open(AT)
    ballots = [line("a", GOOD)] * 4 + [line("a", BAD)] + [line("b", FAIR, (50, 60))] * 5
    a.count(ballots, AT + timedelta(hours=1))
    a.publish(AT + timedelta(hours=2), public=True)
    events = recorded(a)
    assert list(events) == [
        "appraisal_voters_invited",
        "appraisal_planned",
        "appraisal_opened",
        "appraisal_counted",
        "appraisal_published",
    ]
    planned = events["appraisal_planned"]
    assert (planned["meeting_id"], planned["kind"]) == ("appraisal-1", "APPRAISAL")
    assert planned["units"] == ["unit-1", "unit-2"]
    counted = {k: v for k, v in events["appraisal_counted"].items()}
    assert counted == {
        "appraisal_id": "appraisal-1",
        "title": "二次供水民主评议",
        "ballots": 5,
        "invited": 6,
    }
    assert events["appraisal_published"]["subjects"] == [
        {
            "proposal_id": "a",
            "title": "关于a的建议",
            "units": ["unit-1"],
            "satisfied": 4,
            "basic": 0,
            "dissatisfied": 1,
            "satisfied_share": 80.0,
            "scores": [
                {"item": "办理态度", "average": 90.0},
                {"item": "办理措施", "average": 80.0},
            ],
        },
        {
            "proposal_id": "b",
            "title": "关于b的建议",
            "units": ["unit-1"],
            "satisfied": 0,
            "basic": 5,
            "dissatisfied": 0,
            "satisfied_share": 0.0,
            "scores": [
                {"item": "办理态度", "average": 50.0},
                {"item": "办理措施", "average": 60.0},
            ],
        },
    ]


def test_fewer_ballots_than_the_minimum_are_not_counted() -> None:
    a = opened(people=6)
    with pytest.raises(errors.TooFewBallots):
        a.count([line()] * 4, AT)
    assert (a.state, a.results) == ("OPEN", [])


def test_two_cases_do_not_make_two_voters() -> None:
    a = opened("a", "b", people=6)
    with pytest.raises(errors.TooFewBallots):
        a.count([line("a")] * 4 + [line("b")] * 4, AT)


def test_a_panel_too_small_for_a_secret_does_not_vote() -> None:
    with pytest.raises(errors.PanelTooSmall):
        appraisal(people=4).open(AT)


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [line("a")],
        [line("a"), line("a")],
        [line("a"), line("c")],
        [line("a"), line("b"), line("b")],
        [line("a"), line("b", scores=(90,))],
        [line("a"), line("b", scores=(90, 101))],
        [line("a"), line("b", scores=(-1, 90))],
    ],
)
def test_a_ballot_that_is_not_whole(lines: list[Line]) -> None:
    with pytest.raises(errors.BallotIncomplete):
        opened("a", "b").check_lines(lines)


def test_a_whole_ballot_in_any_order() -> None:
    opened("a", "b").check_lines([line("b", BAD, (0, 100)), line("a")])


def test_nobody_votes_before_or_after() -> None:
    with pytest.raises(errors.VoteClosed):
        appraisal().check_lines([line()])
    counted = opened()
    counted.count([line()] * 5, AT)
    with pytest.raises(errors.VoteClosed):
        counted.check_lines([line()])


@pytest.mark.parametrize(
    ("kind", "key", "fits"),
    [
        (VoterKind.STANDING_MEMBER, "member:m", True),
        (VoterKind.PROPOSER, "account:a", False),
        (VoterKind.COMMITTEE_MEMBER, "code:x", False),
        (VoterKind.CITY_MEMBER, "member:m", True),
        (VoterKind.CITY_MEMBER, "code:x", True),
        (VoterKind.EXPERT, "account:a", True),
        (VoterKind.RESIDENT, "code:x", True),
        (VoterKind.ENTERPRISE, "member:m", False),
    ],
)
def test_kinds_of_voters(kind: VoterKind, key: str, fits: bool) -> None:
    a = appraisal(people=0)
    if fits:
        a.invite([Voter(1, kind, key)])
        assert [voter.key for voter in a.panel] == [key]
    else:
        with pytest.raises(errors.VoterUnfit):
            a.invite([Voter(1, kind, key)])


def test_nobody_is_on_the_panel_twice_and_numbers_are_not_used_again() -> None:
    a = appraisal(people=2)
    with pytest.raises(errors.VoterListed):
        a.invite([Voter(3, INSIDE, "member:m-1")])
    a.remove_voter(2)
    assert (a.last_voter_no, [voter.no for voter in a.panel]) == (2, [1])
    with pytest.raises(errors.NoVoter):
        a.remove_voter(2)


def test_votes_are_told_of_in_groups_only() -> None:
    a = opened(people=9)
    assert not a.note_votes(["member:m-4"])
    assert not a.note_votes([f"member:m-{n}" for n in range(4)])
    assert a.note_votes([f"member:m-{n}" for n in (5, 3, 1, 4, 2)])
    assert recorded(a)["appraisal_votes_noted"]["voters"] == [f"member:m-{n}" for n in range(1, 6)]
    a.count([line()] * 9, AT)
    assert not a.note_votes([f"member:m-{n}" for n in range(6, 11)])


def test_events_name_nobody_without_an_account() -> None:
    a = appraisal(people=5)
    a.invite([Voter(6, RESIDENT, "code:hash", "松陵居民代表")])
    assert [name for name, _ in a.events] == ["appraisal_voters_invited"]  # of the five
    a.open(AT)
    assert recorded(a)["appraisal_opened"]["voters"] == [f"member:m-{n}" for n in range(1, 6)]


MOVES: dict[str, Any] = {
    "invite": lambda a: a.invite([Voter(9, INSIDE, "member:m-9")]),
    "remove": lambda a: a.remove_voter(1),
    "open": lambda a: a.open(AT),
    "cancel": lambda a: a.cancel("改期", AT),
    "count": lambda a: a.count([line()] * 5, AT),
    "publish": lambda a: a.publish(AT, public=False),
}
STATES: dict[str, tuple[list[str], set[str]]] = {
    "PLANNED": ([], {"invite", "remove", "open", "cancel"}),
    "CANCELLED": (["cancel"], set()),
    "OPEN": (["open"], {"count"}),
    "COUNTED": (["open", "count"], {"publish"}),
    "PUBLISHED": (["open", "count", "publish"], set()),
}


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", STATES)
def test_what_each_state_lets_happen(state: str, move: str) -> None:
    steps, allowed = STATES[state]
    a = appraisal()
    for step in steps:
        MOVES[step](a)
    assert a.state == state
    if move in allowed:
        MOVES[move](a)
    else:
        with pytest.raises(errors.WrongAppraisalState):
            MOVES[move](a)
        assert a.state == state
