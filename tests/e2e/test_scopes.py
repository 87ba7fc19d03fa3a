"""Scopes by the roster and by side; named authors answer; a unit ends (decisions 17, 45)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gateway.base import global_id
from shared.actor import Actor, Role
from tests.e2e.conftest import NOW
from tests.e2e.story import ZJJ, Refusal, Story
from tests.waiting import eventually
from tests.world import DIRECTOR, OFFICE, STAFF

FEDERATION = Actor("account-federation-head", Role.ORG_HEAD, {"organisation": "org-gongshanglian"})
PARTY = Actor("account-party-office", Role.SUPERVISING_OFFICE, {"side": "PARTY"})
GOVERNMENT = Actor("account-government-office", Role.SUPERVISING_OFFICE, {"side": "GOVERNMENT"})
GROUP = "group-15"
NAMED = """{ proposals(filter: {named: true}) { edges { node { id authors { name } } } } }"""
NAMINGS = """query ($id: ID!) { proposal(id: $id) {
  authors { name } namings { member { name } answerLabel answeredAt } } }"""
WORKED = """query ($id: ID!) { proposal(id: $id) {
  side sideLabel assignments { unit { name } stateLabel } } }"""


@pytest.fixture(scope="module", autouse=True)
def _people(world) -> None:
    """Numbers from 8820 on are this story's."""
    for number, name in ((8820, "吴企业"), (8821, "郑企业")):
        world.member(name, number, "15", sector_group=GROUP)


def test_authors_of_a_collective_proposal_answer_for_themselves(story: Story) -> None:
    author, other = story.member("吴企业"), story.member("郑企业")
    text = {
        "proposerType": "ORGANISATION",
        "title": "关于优化民营企业融资环境的建议",
        "situation": "部分民营企业融资难。",
        "analysis": "抵押不足，信息不对称。",
        "suggestions": ["建立融资信息平台"],
        "category": "ECONOMIC",
        "declared": True,
    }
    foreign = [story.gid("陆晓芸")]
    case = story.do(FEDERATION, "saveDraft", **text, authors=foreign)["id"]
    with pytest.raises(Refusal) as refused:
        story.do(FEDERATION, "submitProposal", id=case)
    assert refused.value.codes == ["AUTHOR_UNFIT"]
    story.do(FEDERATION, "saveDraft", id=case, authors=[story.gid("吴企业"), story.gid("郑企业")])
    story.do(FEDERATION, "submitProposal", id=case)
    eventually(lambda: story.waits(author, "AUTHOR_ANSWER", case))
    [edge] = story.ask(author, NAMED)["proposals"]["edges"]
    assert edge["node"]["id"] == case
    story.do(author, "answerAuthorship", id=case, agreed=True)
    story.do(other, "answerAuthorship", id=case, agreed=False)
    eventually(lambda: not story.waits(author, "AUTHOR_ANSWER", case))
    story.await_message(FEDERATION, "一位执笔人已确认")
    found = story.ask(FEDERATION, NAMINGS, id=case)["proposal"]
    assert [(n["member"]["name"], n["answerLabel"]) for n in found["namings"]] == [
        ("吴企业", "已确认"),
        ("郑企业", "已谢绝"),
    ]
    story.file(case)
    story.await_points("吴企业", case, [("B4", 4)])
    assert story.points("郑企业", case) == []
    shown = story.ask(story.member("陆晓芸"), NAMINGS, id=case)["proposal"]
    assert (shown["authors"], shown["namings"]) == ([{"name": "吴企业"}], None)


def test_a_convener_proposes_for_the_sector_of_the_roster(story: Story) -> None:
    me = story.member("吴企业")
    post = {"post": "CONVENER", "organisation": global_id("Organisation", GROUP)}
    story.run(OFFICE, "changePost", "member { id }", memberId=story.gid("吴企业"), posts=[post])
    accounts = story.world.stack.db("identity")["accounts"]

    def scope() -> dict[str, str]:
        account = accounts.find_one({"member_id": me.member_id})
        grants = account["grants"] if account else []
        held = [g for g in grants if g["role"] == "SECTOR_CONVENER" and g["state"] == "GRANTED"]
        return dict(held[0]["scope"]) if held else {}

    eventually(lambda: scope() == {"sector": "15", "sector_group": GROUP})
    convener = Actor(me.account_id, Role.SECTOR_CONVENER, scope(), me.person_id, me.member_id)
    story.world.stack.move_clock(NOW + timedelta(days=1, hours=2))  # in the plenary (V7)
    case = story.do(
        convener,
        "saveDraft",
        proposerType="SECTOR",
        title="关于支持工商联界别企业转型的建议",
        situation="传统产业占比高。",
        analysis="转型缺少引导。",
        suggestions=["设立转型辅导资金"],
        category="ECONOMIC",
        declared=True,
        authors=[story.gid("郑企业")],
    )["id"]
    story.do(convener, "submitProposal", id=case)
    assert story.seen(convener, case) is not None


def test_the_supervising_office_of_the_side_decides_and_a_unit_that_ends_is_replaced(
    story: Story,
) -> None:
    key = "unit-story-end"
    story.run(
        OFFICE,
        "addOrganisation",
        "organisation { id }",
        key=key,
        kind="HANDLING_UNIT",
        name="区临时整治办",
        unitType="DEPARTMENT",
        side="GOVERNMENT",
    )
    units = story.world.stack.db("proposals")["units"]
    eventually(lambda: units.find_one({"_id": key}))
    gone = global_id("Organisation", key)
    case = story.draft("沈建国", "INDIVIDUAL")
    story.do(story.member("沈建国"), "submitProposal", id=case)
    story.file(case)
    tasks = [{"unitId": gone, "part": "SOLE"}]
    story.do(STAFF, "proposeAssignment", id=case, mode="SOLE", units=tasks)
    eventually(lambda: story.waits(GOVERNMENT, "ASSIGNMENT_DECISION", case))
    assert not story.waits(PARTY, "ASSIGNMENT_DECISION", case)
    with pytest.raises(Refusal) as refused:
        story.do(PARTY, "assignProposal", id=case)
    assert refused.value.codes == ["OTHER_SIDE"]
    story.do(GOVERNMENT, "assignProposal", id=case)
    assert story.ask(GOVERNMENT, WORKED, id=case)["proposal"]["sideLabel"] == "政府"

    story.run(OFFICE, "endOrganisation", "organisation { isActive }", organisationId=gone)
    eventually(lambda: story.waits(STAFF, "REPLACE_UNIT", case))
    eventually(lambda: story.waits(GOVERNMENT, "REPLACE_UNIT", case))
    assert story.turned_away(
        DIRECTOR, "replaceDissolvedUnit", id=case, unitId=gone, newUnitId=ZJJ
    ) == ("FORBIDDEN")
    story.do(STAFF, "replaceDissolvedUnit", id=case, unitId=gone, newUnitId=ZJJ)
    found = story.ask(STAFF, WORKED, id=case)["proposal"]
    assert [row["unit"]["name"] for row in found["assignments"]] == ["区住建局"]
    eventually(lambda: not story.waits(STAFF, "REPLACE_UNIT", case))
