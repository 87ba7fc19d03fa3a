"""Figures, duties, silence and the ranking of two years through the gateway."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

import pytest

from gateway.ids import global_id
from services.performance.domain.ledger import SHANGHAI
from services.performance.queries.points import SEES_ALL
from shared.actor import Actor, Role
from shared.contracts import sample_event
from shared.ids import new_id
from tests.integration.members.platform import People
from tests.integration.performance.platform import OFFICE, Case, member
from tests.stack import Document, Stack
from tests.unit.performance.test_every_basis import row
from tests.waiting import eventually

YEAR = 2035
FIGURES = "key label members attendanceRate proposals proposalParticipation"
STATISTICS = f"""query($by: DutyGroupKind!, $group: String, $year: Int) {{
    dutyStatistics(by: $by, groupId: $group, year: $year) {{ {FIGURES}
        meetings {{ kindLabel required present rate }} previous {{ members proposals }} }} }}"""
OWN = """query($id: ID!, $year: Int) {
    memberDutyFigures(memberId: $id, year: $year) { proposals attendanceRate }
    memberDuties(memberId: $id, year: $year) { totalCount
        edges { node { dutyLabel kind status sourceId on } } } }"""
DUTIES = """query($of: ID!, $since: DateTime) {
    duties(filter: {memberId: $of}, since: $since, latestFirst: false, first: 5) { totalCount
        edges { node { memberId dutyLabel status sourceId meeting { title } } } } }"""
SILENT = "{ silentMembers(first: 100) { totalCount edges { node { memberId lastDutyOn } } } }"
RANKING = """query($year: Int, $after: String) { ranking(year: $year, first: 100, after: $after) {
    edges { node { memberId rank total previousRank previousTotal } }
    pageInfo { hasNextPage endCursor } } }"""


@pytest.fixture(scope="module")
def case(stack: Stack) -> Case:
    """Two people of one sector: person 1 filed a proposal in each year and was at a meeting."""
    stack.move_clock(datetime.now(SHANGHAI))
    case = Case(stack, YEAR)
    groups = {"sector": f"s-{case.key}", "standing": False}
    confirmed = sample_event(
        "office",
        "meeting_attendance_confirmed",
        id=new_id(),
        meeting_id=f"meeting-{case.key}",
        kind="COMMITTEE",
        half_days=2,
        held_on=case.on(3).isoformat(),
        rows=[
            row(present=2, member_id=case.person(1)),
            row("ABSENT", 0, member_id=case.person(2)),
        ],
    )
    case.publish(
        case.appointed(1, groups=groups), case.appointed(2, groups=groups), case.filed(1, 1)
    )
    case.year = YEAR - 1
    case.publish(case.filed(2, 2, first=case.person(2)))
    case.year = YEAR
    stack.publish(confirmed)
    mine = {"member_id": {"$regex": f"^m-{case.key}-"}}
    eventually(lambda: stack.db("performance")["duties"].count_documents(mine) == 4)
    known = {"_id": {"$regex": f"^m-{case.key}-"}}
    eventually(lambda: stack.db("performance")["members"].count_documents(known) == 2)
    return case


def ask(case: Case, query: str, actor: Actor, **variables: Any) -> Any:
    answer: Document = case.stack.graphql(query, variables, case.stack.token(actor))
    assert "errors" not in answer, answer
    return answer["data"]


def test_by_function_with_its_name(case):
    query = """query($year: Int) { dutyStatistics(by: FUNCTION, year: $year) { key label duties
        functions { function functionLabel duties members } } }"""
    rows = ask(case, query, OFFICE, year=YEAR)["dutyStatistics"]
    assert [row["label"] for row in rows] == ["政治协商", "民主监督", "参政议政"]
    assert rows[2]["duties"] >= 2
    own = rows[2]["functions"][2]
    assert (own["functionLabel"], own["duties"]) == ("参政议政", rows[2]["duties"])


def test_a_sector_with_the_year_before(case):
    asked = {"by": "SECTOR", "group": f"s-{case.key}", "year": YEAR}
    assert ask(case, STATISTICS, OFFICE, **asked)["dutyStatistics"] == [
        {
            "key": f"s-{case.key}",
            "label": f"s-{case.key}",
            "members": 2,
            "attendanceRate": 50,
            "proposals": 1,
            "proposalParticipation": 50,
            "meetings": [{"kindLabel": "专委会会议", "required": 4, "present": 2, "rate": 50}],
            "previous": {"members": 2, "proposals": 1},
        }
    ]
    own = ask(case, STATISTICS, member(case.person(2)), **asked)["dutyStatistics"]
    assert [row["members"] for row in own] == [2]


def test_the_words_of_groups(case):
    by_standing = ask(case, STATISTICS, OFFICE, by="STANDING", year=YEAR)["dutyStatistics"]
    assert {row["key"]: row["label"] for row in by_standing}["NO"] == "委员"
    assert [row["label"] for row in ask(case, STATISTICS, OFFICE, by="ALL")["dutyStatistics"]] == [
        "全体"
    ]


def test_by_gender_for_those_who_see_all(case):
    """The gender stands with the members service, so that these two are real members."""
    known = case.stack.db("performance")["members"]
    for gender in ("FEMALE", "MALE"):
        person = People(case.stack)
        person.member(gender=gender)
        eventually(partial(known.find_one, {"_id": person.id}))
    found = ask(case, STATISTICS, OFFICE, by="GENDER", year=YEAR)["dutyStatistics"]
    assert {row["label"] for row in found} == {"男", "女"}


def test_by_gender_every_other_role_is_refused(case):
    """Also those who see only the public part of the roster, in which nobody has a gender."""
    asked: dict[str, str | None] = {"a visitor": None}
    for role in sorted(set(Role) - SEES_ALL - {Role.PUBLIC, Role.SYSTEM}):
        asked[role] = case.stack.token(Actor(f"account-{role}", role))
    asked["of a town"] = case.stack.token(
        Actor("town-1", Role.TOWN_HEAD, {"town": "town-lili"}),
    )
    asked["a member"] = case.stack.token(member(case.person(1)))
    told = {}
    for who, token in asked.items():
        answer = case.stack.graphql(STATISTICS, {"by": "GENDER"}, token)
        told[who] = [error["extensions"]["code"] for error in answer["errors"]]
    assert told.pop("a visitor") == ["UNAUTHENTICATED"]
    assert told == {who: ["FORBIDDEN"] for who in told}


def test_a_members_own(case):
    id = global_id("Member", case.person(1))
    found = ask(case, OWN, member(case.person(1)), id=id, year=YEAR)
    assert found["memberDutyFigures"] == {"proposals": 1, "attendanceRate": 100}
    nodes = [edge["node"] for edge in found["memberDuties"]["edges"]]
    assert [(n["dutyLabel"], n["kind"], n["status"]) for n in nodes] == [
        ("提案", "FIRST", ""),
        ("会议", "COMMITTEE", "PRESENT"),
    ]
    assert nodes[0]["sourceId"] == global_id("Proposal", f"{case.key}-1")
    assert found["memberDuties"]["totalCount"] == 2
    other = case.stack.graphql(
        OWN, {"id": id, "year": YEAR}, case.stack.token(member(case.person(2)))
    )
    assert {e["extensions"]["code"] for e in other["errors"]} == {"FORBIDDEN"}


def test_the_ranking_beside_that_of_the_year_before(case):
    rows: dict[str, Any] = {}
    more: dict[str, Any] = {"hasNextPage": True, "endCursor": None}
    while more["hasNextPage"]:  # the platform's other members rank here too
        page = ask(case, RANKING, OFFICE, year=YEAR, after=more["endCursor"])["ranking"]
        rows |= {edge["node"]["memberId"]: edge["node"] for edge in page["edges"]}
        more = page["pageInfo"]
    first = rows[global_id("Member", case.person(1))]
    second = rows[global_id("Member", case.person(2))]
    assert (first["total"], first["rank"], first["previousTotal"]) == (13, 1, 0)
    assert (second["total"], second["previousTotal"], second["previousRank"]) == (0, 10, 1)


def test_duties_of_many_members(case):
    of = global_id("Member", case.person(2))
    answer = ask(case, DUTIES, OFFICE, of=of, since=case.on(1).isoformat())["duties"]
    [row] = [edge["node"] for edge in answer["edges"]]
    assert (answer["totalCount"], row["memberId"], row["status"]) == (1, of, "ABSENT")
    assert row["sourceId"] == global_id("Meeting", f"meeting-{case.key}")
    assert row["meeting"] is None  # office has no such meeting


def test_silent_members(case):
    answer = ask(case, SILENT, OFFICE)["silentMembers"]
    silent = {edge["node"]["memberId"] for edge in answer["edges"]}
    assert answer["totalCount"] >= len(silent)
    own = case.stack.graphql(SILENT, {}, case.stack.token(member(case.person(1))))
    assert own["errors"][0]["extensions"]["code"] == "FORBIDDEN"
