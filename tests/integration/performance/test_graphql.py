"""Points through the gateway: own score, ledger, ranking, refusals, and the service away."""

from __future__ import annotations

import pytest

from gateway.ids import global_id
from shared.actor import Actor, Role
from tests.integration.performance.platform import OFFICE, Case, member
from tests.stack import Document, Stack
from tests.waiting import eventually

YEAR = 2032  # in which nobody else files a proposal

SCORE = """query($id: ID!, $year: Int) { score(memberId: $id, year: $year) {
    memberId year total gradeLabel
    categories { code raw points lines { entryId ruleCode ruleLabel points reason sourceId } }
    groupAverages { kind groupId average members } } }"""
LEDGER = """query($id: ID!, $year: Int) { ledger(memberId: $id, year: $year) {
    totalCount edges { node { id ruleCode basePoints reversesEntryId } } } }"""
RANKING = """query($year: Int) { ranking(year: $year, first: 2) {
    totalCount edges { node { rank memberId total } } } }"""
VIEWER = "query($year: Int) { viewer { score(year: $year) { total } unreadCount } }"


@pytest.fixture(scope="module")
def case(stack: Stack) -> Case:
    """Person 1: an individual proposal and one that was withdrawn; person 2: one co-signature."""
    case = Case(stack, YEAR)
    groups = {"sector": f"s-{case.key}"}
    case.publish(
        case.appointed(1, groups=groups),
        case.appointed(2, groups=groups),
        case.filed(1, 1),
        case.filed(2, 2, kind="JOINT", cosigners=(case.person(2),)),
        case.filed(3, 3, kind="JOINT", cosigners=(case.person(2),)),
        case.undone("proposal_withdrawn", 3, 4),
    )
    eventually(lambda: len(case.entries()) == 7)
    known = {"_id": {"$regex": f"^m-{case.key}-"}}
    eventually(lambda: stack.db("performance")["members"].count_documents(known) == 2)
    return case


def ask(case: Case, query: str, actor: Actor, number: int = 1) -> Document:
    variables = {"id": global_id("Member", case.person(number)), "year": YEAR}
    return case.stack.graphql(query, variables, case.stack.token(actor))


def errors(answer: Document) -> list[tuple[str, list[str]]]:
    return [(error["extensions"]["code"], error["path"]) for error in answer["errors"]]


def entry_id(case: Case, rule: str, proposal: int) -> str:
    ref = f"proposal/{case.key}-{proposal}/filed"
    return global_id("LedgerEntry", f"{rule}:{ref}:{case.person(1)}:1")


def test_the_explained_score(case):
    answer = ask(case, SCORE, member(case.person(1)))
    assert "errors" not in answer
    score = answer["data"]["score"]
    [proposals] = [c for c in score.pop("categories") if c["code"] == "B"]
    assert score == {
        "memberId": global_id("Member", case.person(1)),
        "year": YEAR,
        "total": 18,
        "gradeLabel": "待改进",
        "groupAverages": [
            {"kind": "SECTOR", "groupId": f"s-{case.key}", "average": 10, "members": 2}
        ],
    }
    assert (proposals["raw"], proposals["points"]) == (18, 18)
    assert [(line["ruleCode"], line["points"], line["reason"]) for line in proposals["lines"]] == [
        ("B1", 10, "首件10分，后续每件4分；本件为首件，计10分"),
        ("B2", 8, "每件8分，计8分"),
        ("B2", 0, "因提案撤案已冲销，不计分"),
    ]
    first = proposals["lines"][0]
    assert first["entryId"] == entry_id(case, "B1", 1)
    assert first["sourceId"] == global_id("Proposal", f"{case.key}-1")


def test_the_ledger(case):
    ledger = ask(case, LEDGER, OFFICE)["data"]["ledger"]
    assert ledger["totalCount"] == 4
    assert [
        (node["ruleCode"], node["basePoints"], node["reversesEntryId"])
        for node in (edge["node"] for edge in ledger["edges"])
    ] == [
        ("B2", -8, entry_id(case, "B2", 3)),
        ("B2", 8, None),
        ("B2", 8, None),
        ("B1", 10, None),
    ]


def test_an_entry_is_a_node_for_those_who_may_see_it(case):
    query = "query($id: ID!) { node(id: $id) { ... on LedgerEntry { ruleLabel } } }"
    variables = {"id": entry_id(case, "B1", 1)}
    seen = {
        actor.role: case.stack.graphql(query, variables, case.stack.token(actor))["data"]["node"]
        for actor in (OFFICE, Actor("account-unit", Role.UNIT_OFFICER))
    }
    assert seen == {Role.OFFICE: {"ruleLabel": "个人提案立案"}, Role.UNIT_OFFICER: None}


def test_the_ranking(case):
    ranking = ask(case, RANKING, OFFICE)["data"]["ranking"]
    assert ranking["totalCount"] >= 2
    assert [edge["node"] for edge in ranking["edges"]] == [
        {"rank": 1, "memberId": global_id("Member", case.person(1)), "total": 18},
        {"rank": 2, "memberId": global_id("Member", case.person(2)), "total": 2},
    ]


def test_the_viewers_own_score(case):
    assert ask(case, VIEWER, member(case.person(2)))["data"]["viewer"]["score"] == {"total": 2}
    assert ask(case, VIEWER, OFFICE)["data"]["viewer"]["score"] is None


@pytest.mark.parametrize(
    ("query", "field"), [(SCORE, "score"), (LEDGER, "ledger"), (RANKING, "ranking")]
)
def test_refusals(case, query, field):
    answer = ask(case, query, member(case.person(2)))
    assert answer["data"] == {field: None}
    assert errors(answer) == [("FORBIDDEN", [field])]
    answer = case.stack.graphql(query, {"id": global_id("Member", case.person(1)), "year": YEAR})
    assert errors(answer) == [("UNAUTHENTICATED", [field])]


def test_without_the_service_only_its_own_field_is_null(case):
    """AC-14."""
    case.stack.stop("performance")
    try:
        answer = ask(case, VIEWER, member(case.person(1)))
    finally:
        case.stack.start("performance")
    viewer = answer["data"]["viewer"]
    assert viewer["score"] is None
    assert viewer["unreadCount"] >= 0  # another service's field
    [(code, path)] = errors(answer)
    assert code in {"SERVICE_UNAVAILABLE", "DEADLINE_EXCEEDED"}
    assert path == ["viewer", "score"]
    assert ask(case, VIEWER, member(case.person(1)))["data"]["viewer"]["score"] == {"total": 18}
