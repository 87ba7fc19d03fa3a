"""Two suggestion motions from research to their numbers (AC-18), which the board counts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest

from deploy.local.demo_data import people
from gateway.base import global_id, local_id
from shared.actor import Actor, Role
from shared.clock import SHANGHAI
from tests.e2e.story import SUPERVISING, Refusal, Story
from tests.e2e.test_opinion_ways import paragraphs
from tests.e2e.test_study_year import downloaded
from tests.stack import Document
from tests.waiting import eventually
from tests.world import OFFICE, World

SECOND_CLERK = Actor("account-office-second", Role.OFFICE)
CHIEF = Actor("account-chief", Role.SECRETARY_GENERAL, {}, "p-chief", "m-chief")
CHAIR = Actor("account-zhou", Role.CHAIR_COUNCIL)
ECONOMY = Actor("account-economy", Role.COMMITTEE_STAFF, {"committee": "com-economy"})
DIRECTOR = Actor("account-economy-head", Role.COMMITTEE_DIRECTOR, {"committee": "com-economy"})
LU, SHEN, QIAN = "陆晓芸", "沈建国", "钱文娟"
# A year of its own: numbers and boards are of a year, and the platform is shared.
MARCH = datetime(2018, 3, 5, 9, tzinfo=SHANGHAI)
MOTION_ROW = """
  id state stateLabel number reason items { text unit { name } authors { name } }
  authors { name } main { name } copyTo { name } priorities
  adoption { entitled inFavour against abstained } instructions { leader revoked }
  feedback { text } history { stateLabel reason } dues { about dueAt }
"""
MOTION = f"motion {{ {MOTION_ROW} }}"
RESEARCH = """research {
  id state stateLabel reason team { name } motion { title }
  visits { no place members { name } } findings { no text visitNo } report { authors { name } }
}"""
TITLES = ("关于完善企业诚信体系的建议案", "关于加强老旧住宅小区二次供水的建议案")


@pytest.fixture(scope="module")
def known(world: World) -> Story:
    ids = [actor.member_id for actor in world.members.values()]
    for service in ("consultations", "office", "outcomes"):
        members = world.stack.db(service)["members"]
        eventually(lambda m=members: m.count_documents({"_id": {"$in": ids}}) == len(ids))  # type: ignore[misc]
    directory = world.stack.db("consultations")["organisations"]
    everything = world.stack.db("members")["organisations"].count_documents({})
    eventually(lambda: directory.count_documents({}) == everything)
    return Story(world)


def org(id: str) -> str:
    return global_id("Organisation", id)


def act(story: Story, actor: Actor, mutation: str, **given: Any) -> Document:
    row: Document = story.run(actor, mutation, MOTION, **given)["motion"]
    return row


def study(story: Story, actor: Actor, mutation: str, **given: Any) -> Document:
    row: Document = story.run(actor, mutation, RESEARCH, **given)["research"]
    return row


def seen(story: Story, actor: Actor, id: str) -> Document:
    query = f"query ($id: ID!) {{ motion(id: $id) {{ {MOTION_ROW} }} }}"
    row: Document = story.ask(actor, query, id=id)["motion"]
    return row


def written(story: Story, title: str) -> Document:
    """Proposed by a member, drafted by the committee."""
    asked = {"organiser": org("com-economy"), "title": title, "priorities": ["聚力创新"]}
    motion = {"motionId": act(story, story.member(LU), "proposeMotion", **asked)["id"]}
    project = {
        "organiser": org("com-economy"),
        "title": f"{title}调研",
        "team": [story.gid(LU)],
        **motion,
    }
    study(story, ECONOMY, "writeResearch", **project)
    item = {"text": "健全信用信息归集", "unit": org("unit-zjj"), "authors": [story.gid(LU)]}
    return act(
        story,
        ECONOMY,
        "writeMotion",
        **motion,
        title=title,
        text="一、健全信用信息归集；二、完善守信激励。",
        items=[item],
        mainAuthors=[story.gid(LU), story.gid(QIAN)],
        priorities=["聚力创新"],
        main=[org("sup-qwb"), org("sup-qzfb")],
        copyTo=[org("unit-scjgj")],
    )


def adopted(story: Story, title: str) -> Document:
    motion = {"motionId": written(story, title)["id"]}
    act(story, ECONOMY, "sendMotion", **motion)
    act(story, CHAIR, "reviewMotion", **motion, passed=True)
    vote = {"entitled": 55, "inFavour": 41, "against": 0, "abstained": 2}
    meeting = global_id("Meeting", "meeting-standing")
    return act(story, OFFICE, "adoptMotion", **motion, meetingId=meeting, **vote)


def signed(story: Story, motion: str) -> str:
    """The document that the office has of it, up to its number."""
    document = global_id("OutgoingDocument", f"motion:{local_id(motion, 'Motion')}")
    given = {"documentId": document}
    eventually(lambda: story.waits(OFFICE, "DOCUMENT_CHECK", document))
    story.run(OFFICE, "checkDocument", "document { id }", **given)
    eventually(lambda: story.waits(CHIEF, "DOCUMENT_COUNTERSIGN", document))
    story.run(CHIEF, "countersignDocument", "document { id }", note="同意", **given)
    eventually(lambda: story.waits(CHAIR, "DOCUMENT_SIGN", document))
    story.run(CHAIR, "signDocument", "document { id }", note="同意印发", **given)
    return document


def press(story: Story, by: Actor, document: str) -> str:
    shown = "document { number }"
    try:
        row = story.run(by, "numberDocument", shown, documentId=document)["document"]
        return str(row["number"])
    except Refusal as refusal:
        return str(refusal.codes[0])


def board(story: Story, plan: str, code: str) -> int:
    query = "query ($id: ID!) { workPlan(id: $id) { items { code done } } }"
    items = story.ask(OFFICE, query, id=plan)["workPlan"]["items"]
    return int(next(row["done"] for row in items if row["code"] == code))


def executing(story: Story, year: int = 2018) -> str:
    data, shown = people.data("work_plan"), "plan { id }"
    own = {**data["plan"], "year": year, "title": f"{year}年工作要点"}
    plan = story.run(OFFICE, "draftWorkPlan", shown, **own)["plan"]["id"]
    story.run(OFFICE, "adoptWorkPlan", shown, planId=plan, **data["adopted"])
    story.run(OFFICE, "sendWorkPlan", shown, planId=plan)
    story.run(OFFICE, "forwardWorkPlan", shown, planId=plan, **data["forwarded"])
    story.run(OFFICE, "executeWorkPlan", shown, planId=plan)
    return str(plan)


def test_ac_18_two_motions_are_returned_adopted_numbered_delivered_and_fed_back(
    known: Story,
) -> None:
    story, stack = known, known.world.stack
    stack.move_clock(MARCH)
    plan = executing(story)
    assert board(story, plan, "MOTIONS") == 0

    motion = written(story, TITLES[0])
    id = {"motionId": motion["id"]}
    assert (motion["stateLabel"], motion["priorities"]) == ("调研", ["聚力创新"])
    assert story.turned_away(story.member(LU), "sendMotion", **id) == "FORBIDDEN"
    act(story, ECONOMY, "sendMotion", **id)
    eventually(lambda: story.waits(CHAIR, "MOTION_REVIEW", motion["id"]))
    with pytest.raises(Refusal) as refused:
        act(story, CHAIR, "reviewMotion", **id, passed=False)
    assert refused.value.codes == ["CONSULTATION_INCOMPLETE"]
    back = act(story, CHAIR, "reviewMotion", **id, passed=False, reason="请补充具体措施")
    assert (back["stateLabel"], back["reason"]) == ("起草", "请补充具体措施")
    eventually(lambda: story.waits(ECONOMY, "MOTION_REVISION", motion["id"]))
    act(story, ECONOMY, "sendMotion", **id)
    act(story, CHAIR, "reviewMotion", **id, passed=True)
    vote = {**id, "meetingId": global_id("Meeting", "meeting-standing"), "entitled": 55}
    for numbers, code in (
        ({"inFavour": 20, "against": 5, "abstained": 2}, "MOTION_NO_QUORUM"),
        ({"inFavour": 27, "against": 14, "abstained": 2}, "MOTION_NOT_CARRIED"),
    ):
        with pytest.raises(Refusal) as refused:
            act(story, OFFICE, "adoptMotion", **vote, **numbers)
        assert refused.value.codes == [code]
    numbers = {"inFavour": 41, "against": 0, "abstained": 2}
    assert story.turned_away(ECONOMY, "adoptMotion", **vote, **numbers) == "FORBIDDEN"
    row = act(story, OFFICE, "adoptMotion", **vote, **numbers)
    assert row["adoption"] == {"entitled": 55, **numbers}

    first = signed(story, motion["id"])
    number = press(story, OFFICE, first)
    assert number.startswith("吴政协建〔2018〕")
    issued = story.run(
        OFFICE, "issueDocument", "document { main { name } copyTo { name } }", documentId=first
    )["document"]
    assert [one["name"] for one in issued["copyTo"]] == ["区市场监管局"]
    eventually(lambda: seen(story, OFFICE, motion["id"])["state"] == "DELIVERED")
    row = seen(story, OFFICE, motion["id"])
    assert row["number"] == number
    assert [one["dueAt"][:10] for one in row["dues"] if one["about"] == "FEEDBACK"] == [
        "2018-05-04"
    ]
    eventually(lambda: board(story, plan, "MOTIONS") == 1)
    words = paragraphs(downloaded(story, OFFICE, kind="MOTION_DOCX", subject=motion["id"]))
    assert {number, TITLES[0]} <= set(words)
    ledger = stack.db("performance")["ledger"]
    for name in (LU, QIAN):
        earned = {
            "rule_code": "F6",
            "member_id": story.member(name).member_id,
            "source_ref": f"motion/{local_id(motion['id'], 'Motion')}/delivered",
        }
        eventually(lambda e=earned: ledger.count_documents(e) == 1)  # type: ignore[misc]

    second = adopted(story, TITLES[1])["id"]
    document = signed(story, second)
    with ThreadPoolExecutor(2) as pool:
        presses = [pool.submit(press, story, by, document) for by in (OFFICE, SECOND_CLERK)]
    following = number.replace("1号", "2号")
    assert sorted(one.result() for one in presses) == ["DOCUMENT_WRONG_STATE", following]
    story.run(OFFICE, "issueDocument", "document { id }", documentId=document)
    eventually(lambda: board(story, plan, "MOTIONS") == 2)

    files = stack.db("outcomes")["outcome_files"]
    source = {"source": "MOTION", "ref": local_id(motion["id"], "Motion")}
    eventually(lambda: (files.find_one(source) or {}).get("items") == 1)
    file = files.find_one(source)
    assert file is not None
    instruction = {
        "level": "DISTRICT",
        "leader": "区委书记",
        "text": "请区政府研究落实。",
        "instructedOn": MARCH.isoformat(),
    }
    outcome = global_id("OutcomeFile", file["_id"])
    story.run(SUPERVISING, "instructOutcome", "outcome { id }", outcomeId=outcome, **instruction)
    eventually(lambda: seen(story, OFFICE, motion["id"])["state"] == "INSTRUCTED")
    assert seen(story, OFFICE, motion["id"])["instructions"] == [
        {"leader": "区委书记", "revoked": False}
    ]
    given = {**id, "text": "已制定实施意见。", "documentNo": "吴政办〔2018〕20号"}
    act(story, SUPERVISING, "giveMotionFeedback", **given)
    act(story, ECONOMY, "trackMotion", **id)
    assert act(story, OFFICE, "publishMotion", **id)["state"] == "TRACKING"
    visitor = stack.graphql("{ motions(first: 10) { edges { node { title } } } }", {}, None)
    assert TITLES[0] in [edge["node"]["title"] for edge in visitor["data"]["motions"]["edges"]]
    row = act(story, ECONOMY, "closeMotion", **id, reason="意见均已落实")
    assert [one["stateLabel"] for one in row["history"]] == [
        "列题",
        "调研",
        "起草",
        "提请主席会议审议",
        "起草",
        "提请主席会议审议",
        "主席会议已审议",
        "常委会议通过",
        "已报送",
        "已批示",
        "已反馈",
        "跟踪落实",
        "已办结",
    ]


def test_research_from_its_team_to_an_accepted_report_and_back(known: Story) -> None:
    story, stack = known, known.world.stack
    stack.move_clock(MARCH)
    asked = {
        "organiser": org("com-economy"),
        "title": "老旧小区二次供水调研",
        "team": [story.gid(LU), story.gid(SHEN)],
        "leader": story.gid(SHEN),
    }
    assert story.turned_away(story.member(LU), "writeResearch", **asked) == "FORBIDDEN"
    project = study(story, ECONOMY, "writeResearch", **asked)["id"]
    id = {"researchId": project}
    visit = {
        **id,
        "visitedOn": "2018-03-02T09:00:00+08:00",
        "place": "鲈乡二村",
        "members": [story.gid(LU), story.gid(SHEN)],
    }
    row = study(story, ECONOMY, "recordResearchVisit", **visit)
    assert (row["stateLabel"], len(row["visits"])) == ("调研中", 1)
    corrected = {**id, "no": 1, "members": [story.gid(LU)]}
    row = study(story, ECONOMY, "correctResearchVisit", **corrected)
    assert row["visits"][0]["members"] == [{"name": LU}]
    findings = {"findings": [{"text": "水箱无人清洗", "visitNo": 1}]}
    study(story, ECONOMY, "writeResearchFindings", **id, **findings)
    report = {**id, "text": "调研报告正文。", "mainAuthors": [story.gid(LU)]}
    study(story, ECONOMY, "sendResearchReport", **report)
    eventually(lambda: story.waits(DIRECTOR, "RESEARCH_DECISION", project))
    assert story.turned_away(ECONOMY, "decideResearchReport", **id, accepted=True) == "FORBIDDEN"
    back = {"accepted": False, "reason": "数据需核实"}
    assert study(story, DIRECTOR, "decideResearchReport", **id, **back)["state"] == "RUNNING"
    study(story, ECONOMY, "sendResearchReport", **report)
    assert study(story, DIRECTOR, "decideResearchReport", **id, accepted=True)["stateLabel"] == (
        "报告已采用"
    )
    query = """query ($id: ID!) {
        researchProject(id: $id) { title stateLabel leader { name } report { authors { name } } }
        researchProjects(first: 50, filter: { own: true, year: 2018 }) {
          totalCount edges { node { id } } }
    }"""
    shown = story.ask(story.member(LU), query, id=project)
    assert shown["researchProject"]["report"] == {"authors": [{"name": LU}]}
    assert project in [edge["node"]["id"] for edge in shown["researchProjects"]["edges"]]
    entries = stack.db("performance")["ledger"]
    ref = f"report/{local_id(project, 'ResearchProject')}/accepted"
    eventually(lambda: entries.count_documents({"source_ref": ref}) == 1)
    revoked = {"reason": "数据有误"}
    study(story, DIRECTOR, "revokeResearchReport", **id, **revoked)
    eventually(lambda: entries.count_documents({"source_ref": ref}) == 2)
    assert study(story, ECONOMY, "dropResearch", **id, reason="另行安排")["stateLabel"] == "已终止"


def test_a_motion_is_sent_back_by_the_standing_committee_and_dropped(known: Story) -> None:
    story = known
    story.world.stack.move_clock(MARCH)
    motion = {"motionId": written(story, "关于不再提出的建议案")["id"]}
    act(story, ECONOMY, "sendMotion", **motion)
    act(story, CHAIR, "reviewMotion", **motion, passed=True)
    assert act(story, OFFICE, "returnMotion", **motion, reason="时机未到")["stateLabel"] == "起草"
    assert act(story, ECONOMY, "dropMotion", **motion, reason="并入其他建议案")["stateLabel"] == (
        "已撤题"
    )
