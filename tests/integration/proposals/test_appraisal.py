"""Rolls and ballots on a real database: both or neither, once each, secret, never lost."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from itertools import chain
from types import SimpleNamespace
from typing import Any

import pytest

from services.proposals.commands import appraising
from services.proposals.domain import appraisal_errors as errors
from services.proposals.domain.appraisal import Appraisal, Rules, Subject, Voter, VoterKind
from services.proposals.domain.evaluation import Grade
from services.proposals.domain.inspection import Inspection
from services.proposals.queries import appraisals
from services.proposals.repository import (
    INDEXES,
    OUTBOX,
    PROJECTIONS,
    Appraisals,
    Inspections,
    Proposals,
    create_ballot_box,
)
from shared import settings
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.call import Call, CommandId
from shared.clock import SHANGHAI, FixedClock
from shared.errors import Conflict
from shared.ids import new_id
from shared.persistence import Database, connect
from tests.integration.proposals.test_indexes import stages
from tests.secrecy import Snapshot, check_secrecy

AT = datetime(2017, 9, 20, 14, tzinfo=SHANGHAI)
STAFF = Actor("account-staff", Role.PROPOSAL_STAFF)
SYSTEM = Call.system("proposals")
PEOPLE = 24


@pytest.fixture
def database(mongo_uri: str) -> Iterator[Database]:
    process = settings.read({"MONGO_URI": mongo_uri, "DB_PREFIX": f"test-{new_id()[:8]}-"})
    client = connect(process)
    found = Database(client, "proposals", process)
    create_ballot_box(found)
    found.prepare(INDEXES, projections=PROJECTIONS, outbox=OUTBOX)
    yield found
    client.drop_database(found.db.name)
    client.close()


@pytest.fixture
def desk(database: Database) -> Any:
    """What voting and counting stand on; nobody has a conflict of interest."""
    return SimpleNamespace(
        appraisals=Appraisals(database),
        inspections=Inspections(database),
        proposals=Proposals(database),
        clock=FixedClock(AT),
        conflicts=lambda _call, _keys, _units: set(),
    )


def voter(number: int) -> Actor:
    return Actor(f"account-{number}", Role.MEMBER, {}, f"p-{number}", f"m-{number}")


def call_of(actor: Actor, command: str | None = None) -> Call:
    given = CommandId(str(actor.account_id), command, "same") if command else None
    return Call(actor, "correlation-1", command=given)


def appraisal(*cases: str, people: int = PEOPLE, **changes: Any) -> Appraisal:
    listed = cases or ("proposal-1",)
    planned = Appraisal(
        id=new_id(),
        term=15,
        title="二次供水民主评议",
        held_at=AT,
        place="一楼会议室",
        rules=Rules(("办理态度",), 5),
        subjects=[Subject(case, "关于供水的建议", ("unit-1",), ("unit-1",)) for case in listed],
        planned_at=AT,
        account_id=STAFF.account_id,
    )
    kind = VoterKind.DISINTERESTED_MEMBER
    planned.invite([Voter(no + 1, kind, f"member:m-{no}") for no in range(people)])
    return replace(planned, **changes)


def opened(desk: Any, *cases: str, people: int = PEOPLE) -> str:
    planned = appraisal(*cases, people=people)
    desk.appraisals.add(call_of(STAFF), planned, AT)
    return appraising.open_vote(call_of(STAFF), desk, appraisal_id=planned.id)


def line(grade: Grade, case: str = "proposal-1") -> dict[str, Any]:
    return {"proposal_id": case, "grade": grade, "scores": [80]}


def vote(desk: Any, key: str, number: int, grade: Grade = Grade.BASIC, **more: Any) -> bool:
    lines = more.get("lines", [line(grade)])
    return appraising.cast_ballot(
        call_of(voter(number), more.get("command")), desk, appraisal_id=key, lines=lines, code=None
    )


def states(desk: Any, key: str) -> list[str]:
    return [entry.state.value for entry in desk.appraisals.whole_rolls([key])[key]]


def figures(desk: Any, key: str) -> tuple[int, int, int]:
    [result] = desk.appraisals.get(key).results
    return result.satisfied, result.basic, result.dissatisfied


def test_what_votes_leave_behind_tells_nobodys_ballot(database: Database, desk: Any) -> None:
    key = opened(desk, "proposal-1", "proposal-2")
    before = Snapshot(database.db)
    grades = list(Grade)
    for number in range(PEOPLE):
        lines = [line(grades[number % 3]), line(grades[number % 2], "proposal-2")]
        vote(desk, key, number, lines=lines, command=new_id())
        appraising.note_votes(SYSTEM, desk)
    assert check_secrecy(before, key, group=5) == 2 * PEOPLE


def test_the_natural_order_of_ballots_is_not_that_of_casting(database: Database, desk: Any) -> None:
    """The grades are cast in blocks; kept in that order, they would show who cast which."""
    key = opened(desk)
    for number in range(PEOPLE):
        vote(desk, key, number, list(Grade)[number // 8])
    rows = list(database.collection("ballots").find({}).sort("$natural", 1))
    assert [row["_id"] for row in rows] == sorted(row["_id"] for row in rows)
    box = database.db.list_collections(filter={"name": "ballots"}).next()
    assert box["options"]["clusteredIndex"]["key"] == {"_id": 1}


def test_the_clustered_box_stays_at_the_next_start(database: Database) -> None:
    create_ballot_box(database)
    database.prepare(INDEXES, projections=PROJECTIONS, outbox=OUTBOX)
    box = database.db.list_collections(filter={"name": "ballots"}).next()
    assert "clusteredIndex" in box["options"]


def test_the_same_command_has_voted_and_any_other_is_refused(desk: Any) -> None:
    key, command = opened(desk), new_id()
    assert vote(desk, key, 0, Grade.SATISFIED, command=command)
    assert vote(desk, key, 0, Grade.SATISFIED, command=command)
    assert vote(desk, key, 0, Grade.DISSATISFIED, command=command)  # and changes nothing
    for other in (new_id(), None):
        with pytest.raises(errors.AlreadyVoted):
            vote(desk, key, 0, Grade.DISSATISFIED, command=other)
    for number in range(1, 5):
        vote(desk, key, number)
    appraising.count_ballots(call_of(STAFF), desk, appraisal_id=key)
    assert figures(desk, key) == (1, 4, 0)


def test_one_voter_in_many_places_at_once_casts_one_ballot(desk: Any) -> None:
    key = opened(desk)

    def attempt(_: int) -> bool:
        try:
            vote(desk, key, 0, command=new_id())
        except errors.AlreadyVoted:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(8))) == 1
    assert states(desk, key).count("VOTED") == 1
    assert len(desk.appraisals.lines(key, None)) == 1


def test_each_vote_during_the_count_is_counted_or_refused(desk: Any) -> None:
    key = opened(desk)
    for number in range(6):
        vote(desk, key, number)

    def attempt(number: int) -> bool:
        try:
            vote(desk, key, number)
        except errors.VoteClosed:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        votes = [pool.submit(attempt, number) for number in range(6, PEOPLE)]
        counting = pool.submit(appraising.count_ballots, call_of(STAFF), desk, appraisal_id=key)
        cast = 6 + sum(each.result() for each in votes)
        counting.result()
    counted = desk.appraisals.get(key)
    assert counted.ballots == cast == len(desk.appraisals.lines(key, None))
    assert figures(desk, key) == (0, cast, 0)
    told = states(desk, key)
    assert (told.count("VOTED"), told.count("MISSED")) == (cast, PEOPLE - cast)


def test_too_few_ballots_leave_the_vote_open(desk: Any) -> None:
    key = opened(desk, people=6)
    for number in range(4):
        vote(desk, key, number)
    with pytest.raises(errors.TooFewBallots):
        appraising.count_ballots(call_of(STAFF), desk, appraisal_id=key)
    assert desk.appraisals.get(key).state == "OPEN"
    vote(desk, key, 4)  # the roll was not closed
    appraising.count_ballots(call_of(STAFF), desk, appraisal_id=key)
    with pytest.raises(errors.VoteClosed):
        vote(desk, key, 5)


def test_votes_are_noted_once_by_several_replicas(desk: Any) -> None:
    key = opened(desk)
    for number in range(7):
        vote(desk, key, number)

    def note(_: int) -> list[str]:
        try:
            return appraising.note_votes(SYSTEM, desk)
        except Conflict:
            return []

    with ThreadPoolExecutor(4) as pool:
        assert list(chain(*pool.map(note, range(4)))) == [key]
    assert desk.appraisals.get(key).noted == 7
    vote(desk, key, 7)
    assert appraising.note_votes(SYSTEM, desk) == []  # one alone would have a time


def test_a_case_is_on_one_list_at_a_time_and_free_after_cancelling(desk: Any) -> None:
    first = appraisal(people=0)
    desk.appraisals.add(call_of(STAFF), first, AT)
    with pytest.raises(Conflict):
        desk.appraisals.add(call_of(STAFF), appraisal(people=0), AT)
    assert desk.appraisals.listed_elsewhere(["proposal-1"])
    assert desk.appraisals.listed() == ["proposal-1"]
    appraising.cancel_appraisal(call_of(STAFF), desk, appraisal_id=first.id, reason="改期")
    assert not desk.appraisals.listed_elsewhere(["proposal-1"])
    assert desk.appraisals.listed() == []
    desk.appraisals.add(call_of(STAFF), appraisal(people=0), AT)


def test_pages_go_on_where_the_last_one_ended(desk: Any) -> None:
    for number in range(3):
        desk.appraisals.add(call_of(STAFF), appraisal(f"case-{number}", people=0), AT)
    call = call_of(STAFF)
    first = appraisals.list_appraisals(call, desk, filter={}, first=2, after=None)
    rest = appraisals.list_appraisals(
        call, desk, filter={}, first=2, after=first["rows"][-1]["cursor"]
    )
    assert (first["has_next"], rest["has_next"]) == (True, False)
    assert len({row["id"] for row in [*first["rows"], *rest["rows"]]}) == 3
    assert appraisals.count_appraisals(call, desk, filter={}) == 3


# -- every list is served by an index ------------------------------------------------------

VIEWERS = [
    STAFF,
    voter(1),
    PUBLIC_ACTOR,
    Actor("a", Role.UNIT_OFFICER, {"unit": "unit-1"}),
    Actor("a", Role.SUPERVISING_OFFICE),
]


def is_indexed(found: Any) -> bool:
    return "COLLSCAN" not in stages(found.explain()["queryPlanner"]["winningPlan"])


@pytest.mark.parametrize("actor", VIEWERS, ids=lambda actor: str(actor.role))
@pytest.mark.parametrize("filter", [{}, {"proposal_id": "proposal-1"}], ids=["all", "of_a_case"])
def test_lists_are_indexed(desk: Any, actor: Actor, filter: dict[str, Any]) -> None:
    call, order = call_of(actor), [("held_at", -1), ("_id", 1)]
    for query, store in (
        (appraisals._appraisals(call, filter), desk.appraisals),
        (appraisals._inspections(call, filter), desk.inspections),
    ):
        assert is_indexed(store.aggregates.collection.find(query).sort(order).limit(21))


@pytest.mark.parametrize("role", sorted(appraisals.PLANNERS))
def test_candidates_are_indexed(desk: Any, role: Role) -> None:
    query = appraisals._candidates(call_of(Actor("a", role)), desk)
    found = desk.proposals.aggregates.collection.find(query)
    assert is_indexed(found.sort([("updated_at", -1), ("_id", 1)]).limit(21))


def test_key_proposals_wait_on_the_list_until_they_are_appraised(
    database: Database, desk: Any
) -> None:
    cases = database.collection("proposals")
    states = {"a": "LED", "b": "CANDIDATE", "c": "MEETING_HELD", "d": "APPRAISED"}
    for key, state in states.items():
        document = {"_id": key, "state": "HANDLING", "key": {"state": state}, "updated_at": AT}
        cases.insert_one(document)

    def waiting() -> list[str]:
        query = appraisals._candidates(call_of(STAFF), desk)
        return sorted(row["_id"] for row in cases.find(query))

    assert waiting() == ["a", "c"]
    desk.appraisals.add(call_of(STAFF), appraisal("a", people=0), AT)
    assert waiting() == ["c"]


def test_what_the_timer_looks_for_is_indexed(database: Database) -> None:
    open_ones = database.collection("appraisals").find({"state": "OPEN"}, {"_id": 1})
    voted = {"appraisal_id": "a", "state": "VOTED", "noted": False}
    assert is_indexed(open_ones)
    assert is_indexed(database.collection("voter_rolls").find(voted, {"key": 1}))
    assert is_indexed(database.collection("ballots").find({"appraisal_id": "a"}))


def test_an_inspection_comes_back_as_it_was(desk: Any) -> None:
    planned = Inspection(
        id="inspection-1",
        term=15,
        title="二次供水改造视察",
        held_at=AT,
        place="松陵街道",
        proposal_ids=("proposal-1",),
        units=("unit-1",),
        participants=("m-1",),
        account_id="account-staff",
    )
    planned.plan()
    desk.inspections.add(call_of(STAFF), planned, AT)
    found = desk.inspections.get("inspection-1")
    assert replace(found, version=0) == replace(planned, events=[])
