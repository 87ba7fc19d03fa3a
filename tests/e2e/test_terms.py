"""One person through a change of terms: what was begun under the former number is seen through
under the new one, by the very tokens that identity gives (decisions 17 and 40)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from shared.actor import Actor, TokenVerifier
from shared.clock import SHANGHAI
from tests.e2e.story import ZJJ, Story
from tests.follower import following
from tests.stack import alone
from tests.waiting import eventually
from tests.world import OFFICE, World

AUTUMN = datetime(2021, 11, 15, 9, tzinfo=SHANGHAI)
JANUARY = datetime(2022, 1, 11, 9, tzinfo=SHANGHAI)
LU, SHEN, QIAN, WU, NEW = "陆晓芸", "沈建国", "钱文娟", "吴敏", "新任委员"
PASSWORD = "Taihu-Xincheng-88"
MESSAGES = "subscription { notificationReceived { text } }"
TODOS = "subscription { todoChanged { kind open todo { link { id } } } }"
OWN = """query { proposals(filter: {mine: true}) { totalCount edges { node { id } } } }"""
SIGNED = """query { proposals(filter: {cosigned: true}) { edges { node { id } } } }"""
APPEALS = "query { pointsAppeals(year: 2021) { edges { node { id text } } } }"


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory, memory: Path) -> Iterator[Story]:
    """A platform of its own: a term ends here, for everybody."""
    with alone(tmp_path_factory.mktemp("terms"), memory) as platform:
        platform.open_term()
        world = World(platform, term=15, session=1, now=AUTUMN)
        world.open()
        for number, name in enumerate((LU, SHEN, QIAN, WU), start=88):
            world.member(name, number)
        yield Story(world)


def signed_in(story: Story, name: str, number: str) -> Actor:
    """As who identity says that the owner of this number is, by code, new password, sign-in."""
    stack = story.world.stack
    accounts = stack.db("identity")["accounts"]
    eventually(lambda: accounts.count_documents({"member_no": number}) == 1)
    [account] = accounts.find({"member_no": number})
    if account["password"] is None:
        code = stack.call("identity", "issue_reset_code", OFFICE, account_id=account["_id"])["code"]
        redeem = {"login": number, "code": code, "newPassword": PASSWORD}
        story.run(OFFICE, "redeemResetCode", "changed", **redeem)
    query = f"""mutation {{ signIn(input: {{login: "{number}", password: "{PASSWORD}"}}) {{
        accessToken errors {{ code }} }} }}"""
    token = stack.graphql(query)["data"]["signIn"]["accessToken"]
    actor = TokenVerifier(stack.keys / "jwks.json").verify(token)
    story.world.members[name] = actor
    return actor


def ids(story: Story, actor: Actor, query: str) -> list[str]:
    [page] = story.ask(actor, query).values()
    return [edge["node"]["id"] for edge in page["edges"]]


def refused(story: Story, actor: Actor, mutation: str, **given: Any) -> str:
    """The code by which it is not done, wherever it stands."""
    name = mutation[0].upper() + mutation[1:]
    query = f"""mutation ($input: {name}Input!) {{
        {mutation}(input: $input) {{ errors {{ reason }} }} }}"""
    stack = story.world.stack
    answer = stack.graphql(query, {"input": given}, stack.token(actor))
    if "errors" in answer:
        return str(answer["errors"][0]["extensions"]["code"])
    return str(answer["data"][mutation]["errors"][0]["reason"])


def change_of_terms(story: Story) -> None:
    """陆晓芸 goes on under a new number; term 15 is closed for all the others."""
    stack, former = story.world.stack, story.gid(LU)
    world = World(stack, term=16, session=1, now=JANUARY, members=story.world.members)
    world.open()
    world.member(NEW, 7)
    story.world = world
    carried = {
        "term": 16,
        "members": [{"memberId": former, "memberNo": "16-0301"}],
        "appoint": True,
    }
    story.run(OFFICE, "carryOverMembers", "results { outcome }", **carried)
    story.run(OFFICE, "closeTerm", "term { no }", no=15)
    accounts = stack.db("identity")["accounts"]
    ended = {"memberships.state": "TERM_ENDED"}
    eventually(lambda: accounts.count_documents(ended) == 4)
    eventually(lambda: accounts.count_documents({"member_no": "16-0301"}) == 1)


def test_a_suspended_member_judges_the_reply_to_an_own_case(story: Story) -> None:
    wu = signed_in(story, WU, "15-0091")
    case = story.draft(WU, kind="INDIVIDUAL", title="关于完善社区养老设施的建议")
    story.do(wu, "submitProposal", id=case)
    story.file(case)
    story.run(
        OFFICE, "suspendMember", "member { state }", memberId=story.gid(WU), reason="配合调查"
    )
    grants = {"member_no": "15-0091", "grants.scope.former": "true"}
    accounts = story.world.stack.db("identity")["accounts"]
    eventually(lambda: accounts.count_documents(grants) == 1)
    wu = signed_in(story, WU, "15-0091")
    assert wu.former
    story.handle(case, "吴住建提复〔2021〕9号")
    eventually(lambda: story.waits(wu, "EVALUATE", case))
    assert story.evaluate(WU, case, "SATISFIED")["state"] == "CLOSED"
    assert story.turned_away(wu, "saveDraft", title="关于水质监测的建议") == "FORBIDDEN"


def test_a_case_of_the_former_term_is_seen_through_under_the_new_number(story: Story) -> None:
    lu = signed_in(story, LU, "15-0088")
    signed_in(story, SHEN, "15-0089")
    case = story.draft(LU)
    story.invite(LU, case, SHEN)
    story.confirm(case, SHEN)
    story.do(lu, "submitProposal", id=case)
    story.file(case)
    story.await_points(LU, case, [("B2", 8.0)])

    change_of_terms(story)
    lu, shen = signed_in(story, LU, "16-0301"), signed_in(story, SHEN, "15-0089")
    new, qian = signed_in(story, NEW, "16-0007"), signed_in(story, QIAN, "15-0090")
    assert (lu.memberships, lu.former) == (("m-16-0301", "m-15-0088"), False)
    assert (shen.memberships, shen.former) == (("m-15-0089",), True)
    own = story.ask(lu, "{ viewer { memberships { memberNo } } }")["viewer"]["memberships"]
    assert [row["memberNo"] for row in own] == ["16-0301", "15-0088"]
    assert (ids(story, lu, OWN), ids(story, shen, SIGNED)) == ([case], [case])

    stack = story.world.stack
    hers, theirs = stack.token(lu), stack.token(new)
    with (
        following(stack, hers, MESSAGES) as messages,
        following(stack, hers, TODOS) as todos,
        following(stack, theirs, MESSAGES) as strangers,
    ):
        story.handle(case, "吴住建提复〔2022〕3号")
        while "答复" not in messages.next()["notificationReceived"]["text"]:
            pass
        while (todo := todos.next()["todoChanged"])["kind"] != "EVALUATE":
            pass
        assert (todo["open"], todo["todo"]["link"]["id"]) == (True, case)
        strangers.settle()
        with pytest.raises(TimeoutError):
            strangers.next(timeout=0.2)
    assert story.waits(lu, "EVALUATE", case)

    lines = [{"unitId": ZJJ, "attitude": "SATISFIED", "result": "SATISFIED"}]
    for stranger, sees in ((new, True), (qian, False)):
        assert ids(story, stranger, OWN) == ids(story, stranger, SIGNED) == []
        assert not story.waits(stranger, "EVALUATE", case)
        assert refused(story, stranger, "confirmContact", id=case, no=1) == "NOT_FOUND"
        code = refused(story, stranger, "evaluateReply", id=case, lines=lines)
        assert code == ("V20_NOT_THE_EVALUATOR" if sees else "NOT_FOUND")
    seen = story.handled(new, case)  # open to all, but for what is between its two sides
    assert (seen["contacts"], seen["evaluations"]) == (None, [])

    story.do(lu, "confirmContact", id=case, no=1)
    assert story.handled(shen, case)["contacts"][0]["confirmedAt"] is not None
    story.evaluate(SHEN, case, "BASIC")  # not re-elected: own past cases are still his
    closed = story.evaluate(LU, case, "SATISFIED")
    assert (closed["state"], closed["firstProposer"]["memberNo"]) == ("CLOSED", "15-0088")
    [official] = [row for row in story.handled(lu, case)["evaluations"] if row["binding"]]
    assert official["member"]["name"] == LU
    eventually(lambda: not story.waits(lu, "EVALUATE", case))


def test_the_points_of_the_former_year_are_appealed_against(story: Story) -> None:
    lu, new = story.member(LU), story.member(NEW)
    viewer = story.ask(lu, "{ viewer { score(year: 2021) { total } } }")["viewer"]
    assert viewer["score"]["total"] == 8.0
    story.run(OFFICE, "publishPointsDraft", "pointsYear { year }", year=2021)
    said = {"year": 2021, "text": "还有一次发言没有计入"}
    made = story.run(lu, "submitPointsAppeal", "appeal { id member { memberNo } }", **said)
    assert made["appeal"]["member"]["memberNo"] == "15-0088"
    assert (ids(story, lu, APPEALS), ids(story, new, APPEALS)) == ([made["appeal"]["id"]], [])
    taken = {"appealId": made["appeal"]["id"]}
    assert refused(story, new, "withdrawPointsAppeal", **taken) == "NOT_FOUND"


def test_what_is_new_is_begun_under_the_new_number_and_not_by_who_has_left(story: Story) -> None:
    draft = story.draft(LU, kind="INDIVIDUAL")
    found = story.seen(story.member(LU), draft)
    assert found is not None and found["firstProposer"]["memberNo"] == "16-0301"
    code = story.turned_away(story.member(SHEN), "saveDraft", title="关于水质监测的建议")
    assert code == "FORBIDDEN"
