"""The ledger and the member projection on a real MongoDB."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pymongo.errors import DuplicateKeyError

from services.performance.domain.facts import announcement
from services.performance.domain.ledger import SHANGHAI, Cancellation, Cause, Entry
from services.performance.domain.members import Group, GroupKind, Member
from services.performance.domain.scoring import score
from services.performance.reactions import note_member, post_points
from services.performance.repository import LedgerRepository, MemberRepository
from shared.call import Call
from shared.contracts import sample_event
from shared.errors import InvalidInput
from shared.persistence import Database
from shared.persistence.database import replaying
from tests.integration.performance.conftest import empty
from tests.unit.performance.facts import BOOK, LU, QIAN, SHEN, day, entry, filed, undone
from tests.unit.performance.histories import (
    PEOPLE,
    Net,
    delivery,
    history,
    in_all_ids,
)

CALL = Call.system("performance", "correlation-1")
ECONOMY = Group(GroupKind.SECTOR, "22")
MEDICINE = Group(GroupKind.SECTOR, "27")


def post(database: Database, *entries: Entry) -> LedgerRepository:
    ledger = LedgerRepository(database)
    for one in entries:
        ledger.post(CALL, one, announcement(one, BOOK))
    return ledger


def stored(database: Database, name: str = "ledger") -> list[dict[str, Any]]:
    return list(database.collection(name).find().sort("_id", 1))


# The ledger


def test_an_entry_comes_back_as_it_was_posted(database):
    original = entry("A1", quantity=5, out_of=6)
    assert post(database, original).of_members([LU], 2017) == [original]


def test_an_entry_is_posted_once_with_its_event(database):
    one = entry("B3")
    post(database, one, one)
    [row] = stored(database)
    [event] = row["pending_events"]
    assert (event["type"], event["subject"]) == ("performance_entry_posted", one.entry_id)
    assert (event["source"], event["term"], event["year"]) == ("performance", 15, 2017)
    assert event["data"]["points"] == 2.0
    assert row["source_event_id"] == one.source_event_id


@pytest.mark.parametrize("order", [("e1", "e2"), ("e2", "e1")])
def test_of_several_ids_of_one_fact_the_least_is_kept(database, order):
    for source_event_id in order:
        post(database, replace(entry("B3"), source_event_id=source_event_id))
    [row] = stored(database)
    assert (row["source_event_id"], len(row["pending_events"])) == ("e1", 1)


def test_no_event_is_recorded_in_a_replay(database):
    with replaying("replay-1"):
        post(database, entry("B3"))
        [row] = database.projection("ledger").find()
        database.projection("ledger").drop()
    assert row["pending_events"] == []
    assert stored(database) == []


def test_one_entry_for_a_fact_a_rule_and_a_member(database):
    one = entry("B1")
    post(database, one)
    with pytest.raises(DuplicateKeyError):
        post(database, replace(one, entry_id="other", source_event_id="other"))


def test_one_entry_for_an_event_a_rule_and_a_member(database):
    one = entry("B1")
    post(database, one)
    with pytest.raises(DuplicateKeyError):
        post(database, replace(one, entry_id="other", source_ref="other"))


def test_a_cancellation_is_kept_once(database):
    cause = Cause("u1", "proposal_withdrawn", day(3), {"account": "a", "role": "OFFICE"})
    ledger = post(database)
    first = Cancellation("proposal/p1/filed", 1, cause)
    ledger.cancel(replace(first, cause=replace(cause, source_event_id="u2")))
    ledger.cancel(first)
    first_key, second_key = ("proposal/p1/filed", 1), ("proposal/p1/filed", 2)
    assert ledger.cancellations([first_key, second_key]) == {first_key: first}


def test_what_a_fact_earned_is_found_without_its_reversals(database):
    cause = Cause("u1", "proposal_withdrawn", day(3), {})
    one = entry("B2", source_ref="proposal/p1/filed")
    other = entry("B2", 2, source_ref="proposal/p1/filed", occurrence=2)
    undo = one.undone_by(Cancellation("proposal/p1/filed", 1, cause))
    ledger = post(database, one, other, undo)
    assert ledger.earned("proposal/p1/filed", 1) == [one]


def test_entries_by_members_and_year(database):
    next_year = entry("B2", on=datetime(2018, 1, 1, tzinfo=SHANGHAI))
    hers, his = entry("B2", 2), entry("B3", member_id=SHEN)
    ledger = post(database, next_year, hers, his, entry("B3", member_id=QIAN))
    assert sorted(e.entry_id for e in ledger.of_members([LU, SHEN], 2017)) == sorted(
        [hers.entry_id, his.entry_id]
    )


def test_pages_newest_first(database):
    entries = [entry("B3", number) for number in range(5)]
    ledger = post(database, *entries, entry("B3", 9, member_id=SHEN))
    seen: list[str] = []
    after = None
    for size in (2, 2, 1):
        found = ledger.page_of(LU, 2017, 2, after)
        assert len(found["rows"]) == size
        seen += [row["id"] for row in found["rows"]]
        after = found["rows"][-1]["cursor"]
    assert not found["has_next"]
    assert seen == [e.entry_id for e in reversed(entries)]
    assert ledger.count_of(LU, 2017) == 5


def test_a_cursor_that_is_not_ours(database):
    with pytest.raises(InvalidInput):
        post(database).page_of(LU, 2017, 2, "nonsense")


@pytest.mark.parametrize(
    "query",
    [
        {"year": 2017, "member_id": {"$in": [LU]}},
        {"source_ref": "proposal/p1/filed", "occurrence_no": 1, "reverses_entry_id": None},
    ],
)
def test_the_ledger_is_read_by_index(database, query):
    plan = database.collection("ledger").find(query).explain()["queryPlanner"]["winningPlan"]
    assert "IXSCAN" in str(plan)
    assert "COLLSCAN" not in str(plan)


# Any order, on the real collections


def entries_of(ledger: LedgerRepository) -> list[Entry]:
    entries = ledger.of_members(PEOPLE, 2017) + ledger.of_members(PEOPLE, 2018)
    return sorted(entries, key=lambda e: e.entry_id)


def net(ledger: LedgerRepository) -> Net:
    entries = entries_of(ledger)
    gone = {e.reverses_entry_id for e in entries}
    return {
        (e.rule_code, e.source_ref, e.member_id, e.occurrence_no)
        for e in entries
        if not e.is_reversal and e.entry_id not in gone
    }


def scores(ledger: LedgerRepository) -> list[Any]:
    return [
        score(ledger.of_members([member], year), BOOK, year, Member(member))
        for member in PEOPLE
        for year in (2017, 2018)
    ]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_any_delivery_gives_the_same_ledger_and_score(database, data):
    facts, stands = data.draw(history(most=2))
    outcomes = []
    sent = data.draw(delivery(facts))
    for events in (in_all_ids(sent), sent):
        empty(database)
        ledger = LedgerRepository(database)
        for event in events:
            post_points(event, ledger, BOOK)
        assert net(ledger) == stands
        assert all(len(row["pending_events"]) == 1 for row in stored(database))
        outcomes.append((scores(ledger), entries_of(ledger)))
    assert outcomes[0] == outcomes[1]


def test_a_reversal_waits_for_its_original(database):
    ledger = LedgerRepository(database)
    reversal = undone("proposal_withdrawn", "p1", on=day(2))
    post_points(reversal, ledger, BOOK)
    assert stored(database) == []
    post_points(filed("p1", on=day(1)), ledger, BOOK)
    assert [row["_id"] for row in stored(database)] == [
        "B1:proposal/p1/filed:m-15-0088:1",
        "B1:proposal/p1/filed:m-15-0088:1:undo",
    ]


# Members


def noted(database: Database, event_type: str, version: int, **changes: Any) -> MemberRepository:
    members = MemberRepository(database)
    note_member(sample_event("members", event_type, version=version, **changes), members)
    return members


def in_sector(code: str) -> dict[str, Any]:
    return {"sector": code, "committees": [], "town": None, "party": None}


def test_a_member_is_known_by_groups_and_standing(database):
    members = noted(database, "member_appointed", 1, groups=in_sector("22"))
    assert members.by_ids([LU, SHEN]) == [Member(LU, (ECONOMY,), term=15)]


def test_a_co_opted_member(database):
    joined = datetime(2017, 3, 28, tzinfo=SHANGHAI)
    members = noted(
        database,
        "member_appointed",
        1,
        groups=in_sector("22"),
        joined_via="CO_OPTED",
        joined_on=joined.isoformat(),
        not_scored=True,
    )
    assert members.by_ids([LU]) == [
        Member(LU, (ECONOMY,), not_scored=True, co_opted_on=joined, term=15)
    ]


def test_an_older_state_does_not_overwrite_a_newer_one(database):
    noted(database, "member_profile_changed", 3, groups=in_sector("27"))
    members = noted(database, "member_appointed", 1, groups=in_sector("22"))
    assert members.by_ids([LU]) == [Member(LU, (MEDICINE,), term=15)]


def test_the_same_state_again_changes_nothing(database):
    noted(database, "member_appointed", 1)
    before = stored(database, "members")
    noted(database, "member_appointed", 1)
    assert stored(database, "members") == before


def test_an_end_that_comes_late_still_ends(database):
    resigned = {"state": "RESIGNED", "groups": in_sector("22")}
    noted(database, "member_profile_changed", 5, **resigned)
    members = noted(database, "member_resigned", 4, occurred_on=day(30).isoformat(), **resigned)
    [row] = stored(database, "members")
    assert (row["version"], row["ended_on"]) == (5, day(30))
    assert members.ranked_in(2017) == []


MARCH = "2017-03-28T00:00:00+08:00"
NEXT_YEAR = "2018-02-01T00:00:00+08:00"


@pytest.mark.parametrize(
    ("event_type", "changes", "years"),
    [
        ("member_appointed", {}, [2017, 2018]),
        ("member_suspended", {}, [2017, 2018]),
        ("member_appointed", {"joined_on": NEXT_YEAR}, [2018]),
        ("member_appointed", {"joined_on": None}, [2016, 2017, 2018]),
        ("member_nominated", {}, []),
        ("member_rejected", {}, []),
        ("member_resigned", {"occurred_on": MARCH}, []),
        ("member_revoked", {"occurred_on": MARCH}, []),
        ("member_deceased", {"occurred_on": MARCH}, []),
        ("member_resigned", {"occurred_on": NEXT_YEAR}, [2017]),
        ("member_term_ended", {"occurred_on": MARCH}, [2017]),
        ("member_term_ended", {"occurred_on": NEXT_YEAR}, [2017, 2018]),
    ],
)
def test_whose_points_of_a_year_are_compared(database, event_type, changes, years):
    members = noted(database, event_type, 1, **changes)
    assert [year for year in (2016, 2017, 2018) if members.ranked_in(year)] == years


def test_peers_of_groups(database):
    noted(database, "member_appointed", 1, groups=in_sector("22"))
    members = noted(database, "member_appointed", 1, member_id=SHEN, groups=in_sector("27"))
    assert [m.member_id for m in members.ranked_in(2017, [ECONOMY])] == [LU]
    assert {m.member_id for m in members.ranked_in(2017, [ECONOMY, MEDICINE])} == {LU, SHEN}
