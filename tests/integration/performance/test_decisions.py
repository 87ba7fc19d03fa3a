"""Points by hand, appeals, rules and years through the gateway, between running processes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from gateway.ids import global_id, local_id
from services.performance.domain.ledger import SHANGHAI
from services.performance.repository.rules import from_files
from shared.actor import Actor, Role
from shared.ids import new_id
from tests.integration.performance.platform import Case, member
from tests.stack import Document, Stack
from tests.waiting import eventually

YEAR = 2034  # in which nobody else files a proposal
PAST = 2019  # over, and nobody else's either

REQUEST = (
    "request { id stateLabel kindLabel ruleCode entryId reason } errors { code field message }"
)
CREDIT = f"""mutation($input: RequestPointsCreditInput!) {{
    requestPointsCredit(input: $input) {{ {REQUEST} }} }}"""
STRIKE = f"""mutation($input: RequestPointsStrikeInput!) {{
    requestPointsStrike(input: $input) {{ {REQUEST} }} }}"""
DECIDE = f"""mutation($input: DecidePointsRequestInput!) {{
    decidePointsRequest(input: $input) {{ {REQUEST} }} }}"""
APPEAL = """mutation($input: SubmitPointsAppealInput!) { submitPointsAppeal(input: $input) {
    appeal { id year stateLabel text } errors { code field message } } }"""
WITHDRAW = """mutation($input: WithdrawPointsAppealInput!) { withdrawPointsAppeal(input: $input) {
    appeal { stateLabel } errors { code } } }"""
ANSWER = """mutation($input: DecidePointsAppealInput!) { decidePointsAppeal(input: $input) {
    appeal { stateLabel reason } errors { code field message } } }"""
DRAFT = """mutation($input: DraftScoringRulesInput!) { draftScoringRules(input: $input) {
    rules { version stateLabel rules { code basis points { variant points } } }
    errors { code field message } } }"""
TALKS = "{ performanceTalks { totalCount edges { node { memberId } } } }"
WHAT_IF = """query($version: Int!, $year: Int) {
    whatIfRanking(version: $version, year: $year, first: 100) {
    totalCount edges { node { memberId total otherTotal rank otherRank } } } }"""
WHAT_IF_SCORE = """query($id: ID!, $version: Int!, $year: Int) {
    whatIfScore(memberId: $id, version: $version, year: $year) {
    year total categories { lines { ruleCode points } } } }"""
FROZEN = """query($id: ID!, $year: Int!) { frozenScores(memberId: $id, year: $year) {
    revision digest total gradeLabel ruleVersion member { name }
    categories { code label raw points lines { entryId points } } } }"""
YEARS = "{ pointsYears { id year stateLabel appealUntil digest amendments { entryId } } }"
RULES = "{ scoringRules { version stateLabel label rules { code } } }"


def person(number: int) -> Actor:
    return Actor(f"office-{number}-{KEY}", Role.OFFICE)


KEY = new_id()[:8]
CHAIR = Actor("chair-1", Role.CHAIR_COUNCIL, member_id="m-15-0001")
TODOS = "{ viewer { todos(first: 100) { edges { node { link { id } } } } } }"


@pytest.fixture(scope="module")
def case(stack: Stack) -> Case:
    stack.move_clock(datetime.now(SHANGHAI))
    case = Case(stack, PAST)
    case.publish(case.appointed(1), case.filed(1, 1))
    eventually(lambda: len(case.entries()) == 1)
    return case


def ask(case: Case, query: str, actor: Actor, **variables: Any) -> Any:
    answer: Document = case.stack.graphql(query, variables, case.stack.token(actor))
    assert "errors" not in answer, answer
    [found] = answer["data"].values()
    return found


def refused(case: Case, query: str, actor: Actor, **variables: Any) -> str:
    answer = case.stack.graphql(query, variables, case.stack.token(actor))
    return str(answer["errors"][0]["extensions"]["code"])


def credit(case: Case, **changes: Any) -> Document:
    return {
        "memberId": global_id("Member", case.person(1)),
        "ruleCode": "C1",
        "happenedOn": f"{PAST}-05-18T09:00:00+08:00",
        "reason": "参加市政协视察",
        **changes,
    }


def test_points_by_hand_by_two_people(case):
    made = ask(case, CREDIT, person(1), input=credit(case))
    assert made["errors"] == []
    request = made["request"]
    assert (request["stateLabel"], request["kindLabel"]) == ("待复核", "补记")
    decision = {"requestId": request["id"], "confirmed": True, "reason": "已核对"}
    own = ask(case, DECIDE, person(1), input=decision)
    assert [error["code"] for error in own["errors"]] == ["SAME_PERSON"]
    assert ask(case, DECIDE, person(2), input=decision)["request"]["stateLabel"] == "已确认"
    eventually(lambda: case.total(1) == 12)
    node = "query($id: ID!) { node(id: $id) { ... on PointsRequest { stateLabel } } }"
    assert ask(case, node, member(case.person(1)), id=request["id"]) == {"stateLabel": "已确认"}
    assert ask(case, node, member(case.person(2)), id=request["id"]) is None


def test_the_sheets_of_a_frozen_year_are_for_who_may_see_the_points(case):
    asked = {"id": global_id("Member", case.person(1)), "year": PAST}
    assert ask(case, FROZEN, member(case.person(1)), **asked) == []  # it is not frozen yet
    assert refused(case, FROZEN, member(case.person(2)), **asked) == "FORBIDDEN"


def test_an_entry_taken_back(case):
    entry = global_id("LedgerEntry", f"B1:proposal/{case.key}-1/filed:{case.person(1)}:1")
    made = ask(case, STRIKE, person(1), input={"entryId": entry, "reason": "重复"})
    assert made["request"]["entryId"] == entry
    refusal = {"requestId": made["request"]["id"], "confirmed": False}
    assert ask(case, DECIDE, person(2), input=refusal)["request"]["stateLabel"] == "未通过"


def test_bad_input_and_the_wrong_role(case):
    unknown = ask(case, CREDIT, person(1), input=credit(case, ruleCode="X9"))
    assert [(e["code"], e["field"]) for e in unknown["errors"]] == [("RULE_UNFIT", "ruleCode")]
    assert refused(case, CREDIT, CHAIR, input=credit(case)) == "FORBIDDEN"
    decision = {"requestId": global_id("PointsRequest", "r"), "confirmed": True}
    assert refused(case, DECIDE, member(case.person(1)), input=decision) == "FORBIDDEN"
    assert refused(case, YEARS, Actor("unit-1", Role.UNIT_OFFICER)) == "FORBIDDEN"
    assert refused(case, RULES, Actor("admin-1", Role.SYSTEM_ADMIN)) == "FORBIDDEN"


def test_a_past_year_is_open_to_appeal_once_it_is_published(case):
    publish = """mutation($input: PublishPointsDraftInput!) { publishPointsDraft(input: $input) {
        pointsYear { year stateLabel digest amendments { entryId } } errors { code } } }"""
    year = ask(case, publish, person(1), input={"year": PAST})["pointsYear"]
    assert year == {"year": PAST, "stateLabel": "公示", "digest": None, "amendments": []}
    assert PAST in [known["year"] for known in ask(case, YEARS, member(case.person(1)))]
    own = member(case.person(1))
    made = ask(case, APPEAL, own, input={"year": PAST, "text": "漏记一次学习"})
    assert made["appeal"]["stateLabel"] == "待答复"
    answer = {
        "appealId": made["appeal"]["id"],
        "upheld": True,
        "reason": "经核实漏记",
        "credits": [{"ruleCode": "E1", "happenedOn": f"{PAST}-06-01T09:00:00+08:00"}],
    }
    assert refused(case, ANSWER, CHAIR, input=answer) == "FORBIDDEN"
    before = case.total(1)
    assert ask(case, ANSWER, person(1), input=answer)["appeal"]["stateLabel"] == "成立"
    waiting = """query($id: ID!) { pointsRequests(memberId: $id, state: REQUESTED) {
        totalCount edges { node { id appealId member { name } } } } }"""
    found = ask(case, waiting, person(2), id=global_id("Member", case.person(1)))
    [edge] = found["edges"]
    assert (found["totalCount"], edge["node"]["appealId"]) == (1, made["appeal"]["id"])
    decision = {"requestId": edge["node"]["id"], "confirmed": True}
    ask(case, DECIDE, person(2), input=decision)
    eventually(lambda: case.total(1) == before + 1)
    mine = "query { pointsAppeals { totalCount edges { node { text reason } } } }"
    assert ask(case, mine, own)["edges"] == [
        {"node": {"text": "漏记一次学习", "reason": "经核实漏记"}}
    ]
    assert ask(case, mine, member(case.person(2)))["totalCount"] == 0
    second = ask(case, APPEAL, own, input={"year": PAST, "text": "再议"})
    assert refused(case, APPEAL, person(1), input={"year": PAST, "text": "代提"}) == "FORBIDDEN"
    withdrawn = {"appealId": second["appeal"]["id"]}
    assert ask(case, WITHDRAW, own, input=withdrawn)["appeal"]["stateLabel"] == "已撤回"
    closed = ask(case, APPEAL, own, input={"year": YEAR, "text": "尚未公示"})
    assert [error["code"] for error in closed["errors"]] == ["APPEAL_CLOSED"]


def scheme(**changes: Any) -> Document:
    [document] = from_files()
    rules = [
        {
            "points": [
                {"variant": variant, "points": points}
                for variant, points in (
                    rule["points"].items()
                    if isinstance(rule["points"], dict)
                    else [("", rule["points"])]
                )
            ],
            **{to: rule[name] for to, name in NAMES.items() if name in rule},
            **(changes if rule["code"] == "C1" else {}),
        }
        for rule in document["rules"]
    ]
    grades = [{**grade, "threshold": grade["from"]} for grade in document["grades"]]
    for grade in grades:
        del grade["from"]
    return {
        "label": "履职积分办法（修订）",
        "activeFrom": "2050-01-01",
        "categories": document["categories"],
        "grades": grades,
        "rules": rules,
    }


NAMES = {
    "code": "code",
    "basis": "basis",
    "label": "label",
    "measure": "measure",
    "noun": "noun",
    "further": "further",
    "yearlyCount": "yearly_count",
    "yearlyPoints": "yearly_points",
}


def test_the_rule_editor_and_what_if(case):
    forbidden = ask(case, DRAFT, person(1), input=scheme(basis="LOGIN"))
    assert forbidden["errors"] == [
        {
            "code": "RULE_BASIS_FORBIDDEN",
            "field": "rules.8.basis",
            "message": "登录、点赞、投票、转发、在线或学习时长不得作为考核依据",
        }
    ]
    assert refused(case, DRAFT, CHAIR, input=scheme()) == "FORBIDDEN"
    made = ask(case, DRAFT, person(1), input=scheme(points=[{"points": 5}]))
    assert made["errors"] == []
    version = made["rules"]["version"]
    assert made["rules"]["rules"][8] == {
        "code": "C1",
        "basis": "ACTIVITY",
        "points": [{"variant": "", "points": 5}],
    }
    found = ask(case, WHAT_IF, CHAIR, version=version, year=PAST)
    rows = {edge["node"]["memberId"]: edge["node"] for edge in found["edges"]}
    row = rows[global_id("Member", case.person(1))]
    assert row["otherTotal"] == row["total"] + 3
    assert found["totalCount"] >= len(rows)
    plain = member(case.person(1))
    assert refused(case, WHAT_IF, plain, version=version, year=PAST) == "FORBIDDEN"
    mine = {"id": global_id("Member", case.person(1)), "version": version, "year": PAST}
    sheet = ask(case, WHAT_IF_SCORE, CHAIR, **mine)
    assert (sheet["year"], sheet["total"]) == (PAST, row["otherTotal"])
    lines = [line for category in sheet["categories"] for line in category["lines"]]
    assert [line["points"] for line in lines if line["ruleCode"] == "C1"] == [5]
    assert refused(case, WHAT_IF_SCORE, plain, **mine) == "FORBIDDEN"
    propose = """mutation($input: ProposeScoringRulesInput!) { proposeScoringRules(input: $input) {
        rules { stateLabel } errors { code } } }"""
    decide = """mutation($input: DecideScoringRulesInput!) { decideScoringRules(input: $input) {
        rules { stateLabel reason } errors { code } } }"""
    asked = {"versionNo": version}
    assert ask(case, propose, person(1), input=asked)["rules"]["stateLabel"] == "待审定"

    def todo() -> bool:
        todos = ask(case, TODOS, CHAIR)["todos"]["edges"]
        rules = global_id("ScoringRules", str(version))
        return any(edge["node"]["link"]["id"] == rules for edge in todos)

    eventually(todo)
    decision = {**asked, "approved": False, "reason": "再征求意见"}
    assert refused(case, decide, plain, input=decision) == "FORBIDDEN"
    assert ask(case, decide, CHAIR, input=decision)["rules"]["stateLabel"] == "未通过"
    eventually(lambda: not todo())
    seen = [(rules["version"], rules["stateLabel"]) for rules in ask(case, RULES, plain)]
    assert seen == [(1, "已审定")]


def test_the_year_by_hand(case):
    publish = """mutation($input: PublishPointsDraftInput!) { publishPointsDraft(input: $input) {
        pointsYear { stateLabel } errors { code } } }"""
    freeze = """mutation($input: FreezePointsYearInput!) { freezePointsYear(input: $input) {
        pointsYear { stateLabel } errors { code } } }"""
    late = """mutation($input: DecideLateChangeInput!) { decideLateChange(input: $input) {
        lateChange { stateLabel } errors { code } } }"""
    over = {"year": 2090}
    assert ask(case, publish, person(1), input=over)["errors"] == [{"code": "YEAR_NOT_OVER"}]
    answer = case.stack.graphql(freeze, {"input": over}, case.stack.token(person(1)))
    assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"
    for query in (publish, freeze):
        assert refused(case, query, CHAIR, input=over) == "FORBIDDEN"
    decision = {"entryId": global_id("LedgerEntry", "e"), "approved": True, "reason": "r"}
    assert refused(case, late, person(1), input=decision) == "FORBIDDEN"
    assert refused(case, late, CHAIR, input=decision) == "NOT_FOUND"
    record = """mutation($input: RecordPerformanceTalkInput!) { recordPerformanceTalk(input: $input)
        { talk { stateLabel } errors { code } } }"""
    held = {"heldOn": "2019-03-01T09:00:00+08:00", "note": "谈话"}
    missing = {"talkId": global_id("PerformanceTalk", "2019:m"), **held}
    assert refused(case, record, person(1), input=missing) == "FORBIDDEN"
    assert refused(case, record, CHAIR, input=missing) == "NOT_FOUND"
    own = ask(case, TALKS, member(case.person(1)))
    assert {edge["node"]["memberId"] for edge in own["edges"]} <= {
        global_id("Member", case.person(1))
    }
    listed = "query($year: Int) { lateChanges(year: $year) { totalCount } }"
    assert ask(case, listed, CHAIR, year=PAST) == {"totalCount": 0}
    assert refused(case, listed, member(case.person(1)), year=PAST) == "FORBIDDEN"


def test_who_must_decide_is_reminded_by_the_running_service(case):
    """The kernel's timer, in each service (decision 41)."""
    made = ask(case, CREDIT, person(1), input=credit(case, reason="无人复核"))["request"]
    log = case.stack.db("performance")["event_log"]

    def reminded() -> Document | None:
        return log.find_one(
            {"type": "decision_reminder_due", "subject": local_id(made["id"], "PointsRequest")}
        )

    now = datetime.now(SHANGHAI)
    case.stack.move_clock(now + timedelta(days=20))
    try:
        eventually(lambda: reminded() is not None)
    finally:
        case.stack.move_clock(now)
    told = reminded()
    assert told is not None
    assert told["data"]["about"] == "POINTS_REQUEST"
