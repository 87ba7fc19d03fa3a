"""Scores, ledger, averages and ranking by RPC, with real tokens."""

from __future__ import annotations

from typing import Any

import pytest

from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.errors import Forbidden, InvalidInput, Unauthenticated
from tests.integration.performance.platform import OFFICE, Case, member
from tests.stack import Stack
from tests.waiting import eventually

YEAR = 2031  # in which nobody else files a proposal


@pytest.fixture(scope="module")
def case(stack: Stack) -> Case:
    """Four members of one sector: 14, 14, 8 and, not scored, 2 points."""
    case = Case(stack, YEAR)
    groups = {"sector": f"s-{case.key}", "committees": [f"com-{case.key}"], "town": "town-lili"}
    for number in (1, 2, 3):
        case.publish(case.appointed(number, groups=groups))
    case.publish(case.appointed(4, groups=groups, not_scored=True))
    case.publish(
        *(case.filed(n, day, first=case.person(1)) for n, day in ((1, 1), (2, 2))),
        *(case.filed(n, day, first=case.person(2)) for n, day in ((3, 3), (4, 4))),
        case.filed(5, 5, kind="JOINT", first=case.person(3), cosigners=(case.person(4),)),
    )
    eventually(lambda: len(case.entries()) == 6)
    known = {"_id": {"$regex": f"^m-{case.key}-"}}
    eventually(lambda: stack.db("performance")["members"].count_documents(known) == 4)
    return case


def ask(case: Case, method: str, actor: Actor, **kwargs: Any) -> Any:
    return case.stack.call("performance", method, actor, **kwargs)


def test_own_points_and_those_of_ones_group(case):
    assert case.score(1)["total"] == 14
    assert case.score(1, OFFICE)["total"] == 14
    town = Actor("account-town", Role.TOWN_STAFF, {"town": "town-lili"})
    assert case.score(1, town)["total"] == 14


@pytest.mark.parametrize(
    ("actor", "error"),
    [
        (PUBLIC_ACTOR, Unauthenticated),
        (member("m-15-0031"), Forbidden),
        (Actor("account-town", Role.TOWN_STAFF, {"town": "town-songling"}), Forbidden),
        (Actor("account-unit", Role.UNIT_OFFICER, {"unit": "unit-slj"}), Forbidden),
        (Actor("account-admin", Role.SYSTEM_ADMIN), Forbidden),
    ],
)
@pytest.mark.parametrize("method", ["score", "group_averages", "list_ledger", "count_ledger"])
def test_the_points_of_others_are_refused(case, method, actor, error):
    with pytest.raises(error):
        ask(case, method, actor, member_id=case.person(1), year=YEAR)


def test_a_refusal_is_audited(case):
    outsider = member(f"m-{case.key}-outsider")
    with pytest.raises(Forbidden):
        case.score(1, outsider)
    row = case.stack.db("performance")["audit"].find_one({"account_id": outsider.account_id})
    assert row is not None
    assert (row["action"], row["outcome"], row["code"]) == ("score", "REFUSED", "FORBIDDEN")


def test_the_scores_of_a_list(case):
    ids = [case.person(n) for n in (1, 2, 3, 4)]
    for actor, seen in ((OFFICE, ids), (member(ids[2]), [ids[2]]), (PUBLIC_ACTOR, [])):
        rows = ask(case, "scores_by_member_ids", actor, member_ids=ids, year=YEAR)
        assert [row["member_id"] for row in rows] == seen


def test_the_scores_of_a_list_without_reasons(case):
    asked = {"member_ids": [case.person(1)], "year": YEAR, "explained": False}
    [row] = ask(case, "scores_by_member_ids", OFFICE, **asked)
    assert row == {
        "member_id": case.person(1),
        "year": YEAR,
        "rule_version": 1,
        "total": 14,
        "months": 12,
        "not_scored": False,
        "grade": "TO_IMPROVE",
        "grade_label": "待改进",
    }


def test_entries_by_id(case):
    ids = [entry["_id"] for entry in case.entries()]
    own = ask(case, "ledger_entries_by_ids", member(case.person(3)), ids=ids)
    assert [(row["id"], row["base_points"]) for row in own] == [
        (f"B2:proposal/{case.key}-5/filed:{case.person(3)}:1", 8)
    ]
    everything = ask(case, "ledger_entries_by_ids", OFFICE, ids=[*ids, "no-such-entry"])
    assert sorted(row["id"] for row in everything) == sorted(ids)


def test_the_ledger_in_pages(case):
    asked = {"member_id": case.person(1), "year": YEAR}
    own = member(case.person(1))
    first = ask(case, "list_ledger", own, **asked, first=1)
    [row] = first["rows"]
    cursor = row.pop("cursor")
    source_event_id = row.pop("source_event_id")
    assert source_event_id
    assert row == {
        "id": f"B1:proposal/{case.key}-2/filed:{case.person(1)}:1",
        "member_id": case.person(1),
        "term": 15,
        "year": YEAR,
        "rule_code": "B1",
        "rule_version": 1,
        "rule_label": "个人提案立案",
        "variant": "",
        "quantity": 1,
        "out_of": 1,
        "base_points": 10,
        "source_ref": f"proposal/{case.key}-2/filed",
        "occurrence_no": 1,
        "event_type": "proposal_filed",
        "occurred_on": f"{YEAR}-03-02T09:00:00+08:00",
        "posted_at": f"{YEAR}-03-02T09:00:00+08:00",
        "actor": {"account": "account-1", "role": "MEMBER"},
        "reverses_entry_id": None,
        "remote": False,
    }
    rest = ask(case, "list_ledger", own, **asked, first=5, after=cursor)
    assert [row["source_ref"] for row in rest["rows"]] == [f"proposal/{case.key}-1/filed"]
    assert (first["has_next"], rest["has_next"]) == (True, False)
    assert ask(case, "count_ledger", own, **asked) == 2


def test_the_averages_of_ones_groups(case):
    rows = ask(case, "group_averages", member(case.person(3)), member_id=case.person(3), year=YEAR)
    mine = {row["kind"]: row for row in rows}
    assert list(mine) == ["SECTOR", "COMMITTEE", "TOWN"]
    # (14 + 14 + 8) ÷ 3; who is not scored is left out
    assert mine["SECTOR"] == {
        "kind": "SECTOR",
        "group_id": f"s-{case.key}",
        "average": 12,
        "members": 3,
    }
    assert mine["COMMITTEE"]["average"] == 12


def test_the_ranking_with_ties(case):
    page = ask(case, "list_ranking", OFFICE, year=YEAR, first=3)
    assert [(row["rank"], row["member_id"], row["total"]) for row in page["rows"]] == [
        (1, case.person(1), 14),
        (1, case.person(2), 14),
        (3, case.person(3), 8),
    ]
    assert page["has_next"]
    assert ask(case, "count_ranking", OFFICE, year=YEAR) >= 4


def test_who_is_not_scored_is_listed_at_the_end_without_rank(case):
    standing = Actor("account-standing", Role.STANDING_MEMBER, member_id="m-15-0012")
    rows: list[dict[str, Any]] = []
    after = None
    while True:
        page = ask(case, "list_ranking", standing, year=YEAR, first=100, after=after)
        rows += page["rows"]
        if not page["has_next"]:
            break
        after = rows[-1]["cursor"]
    assert len(rows) == ask(case, "count_ranking", standing, year=YEAR)
    [mine] = [row for row in rows if row["member_id"] == case.person(4)]
    assert (mine["rank"], mine["total"], mine["grade"]) == (None, 2, None)
    ranks = [row["rank"] for row in rows]
    assert None not in ranks[: ranks.index(None)]
    assert set(ranks[ranks.index(None) :]) == {None}


def test_the_ranking_is_refused_to_ordinary_members(case):
    for actor in (member(case.person(1)), member(case.person(1), Role.SECTOR_CONVENER)):
        with pytest.raises(Forbidden):
            ask(case, "list_ranking", actor, year=YEAR)


@pytest.mark.parametrize(
    "payload",
    [
        {"member_id": {"$ne": None}, "year": YEAR},
        {"member_id": "m-1", "year": "2017"},
        {"member_id": "m-1", "year": {"$gt": 0}},
        {"member_id": "m-1", "year": 1999},
        {"member_id": "", "year": YEAR},
        {"member_id": "m-1", "year": YEAR, "role": "OFFICE"},
    ],
)
def test_malformed_input(case, payload):
    with pytest.raises(InvalidInput):
        ask(case, "score", OFFICE, **payload)


@pytest.mark.parametrize("size", [0, 101])
def test_the_size_of_a_page(case, size):
    with pytest.raises(InvalidInput):
        ask(case, "list_ledger", OFFICE, member_id=case.person(1), first=size)


def test_the_ranking_for_all_is_a_setting(case):
    rows = {row["key"]: row for row in ask(case, "settings", OFFICE)}
    setting = rows["ranking_open_to_members"]
    assert (setting["default"], setting["label"]) == (False, "履职积分排名向全体委员公开")
