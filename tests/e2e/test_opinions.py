"""Public opinion: AC-05, AC-21 and AC-24."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gateway.base import local_id
from shared.contracts import sample_event
from shared.ids import new_id
from shared.messaging.events import from_document
from tests.e2e.opinions import (
    AMR,
    COURSE,
    EDITOR,
    LU,
    OFFICER,
    OTHER_OFFICER,
    QIAN,
    QWB,
    SECRETARY,
    SLJ,
    SUPERVISING,
    do,
    edited,
    listed,
    moved,
    opened_bureau,
    seen,
    submitted,
)
from tests.e2e.story import Story
from tests.e2e.test_liaison_home import LILI, visitor
from tests.stack import Document
from tests.waiting import eventually
from tests.world import DIRECTOR, STAFF, World


@pytest.fixture(scope="module")
def bureau(world: World) -> Story:
    return opened_bureau(world, 831)


def test_ac_21_an_urgent_item_and_an_adoption_that_is_revoked(bureau: Story) -> None:
    story, qian = bureau, bureau.member(QIAN)
    moved(story, 2017, 2, 6, 9, 10)
    voice = story.upload(qian, "语音.amr", AMR)
    opinion = submitted(
        story, qian, facts="", suggestion="", voice=voice, urgency="URGENT", topic="水质"
    )
    local = local_id(opinion, "Opinion")
    story.await_message(QIAN, "您反映的《关于取水口水质异常的建议》已收到")
    eventually(lambda: story.waits(EDITOR, "OPINION_EDIT", opinion))
    row = seen(story, EDITOR, opinion)
    assert row is not None
    assert row["voice"] is not None
    assert {c["aboutLabel"]: c["dueAt"][:16] for c in row["clocks"]} == {
        "编辑核稿": "2017-02-06T13:10",
        "报送": "2017-02-06T23:59",
        "告知反映人": "2017-02-13T09:10",
    }

    moved(story, 2017, 2, 6, 10, 5)
    do(story, EDITOR, "startOpinionEditing", opinion)
    edited(story, opinion)
    eventually(lambda: story.waits(SECRETARY, "OPINION_SIGN", opinion))
    moved(story, 2017, 2, 6, 10, 20)
    assert story.turned_away(EDITOR, "signOpinion", opinionId=opinion, signer="李建平") == (
        "FORBIDDEN"
    )
    after = do(story, SECRETARY, "signOpinion", opinion, signer="李建平")
    assert after["state"] == "ISSUED"
    assert after["issueNo"].startswith("社情民意 2017年第")
    eventually(lambda: story.waits(EDITOR, "OPINION_DELIVERY", opinion))
    moved(story, 2017, 2, 6, 10, 21)
    do(story, EDITOR, "deliverOpinion", opinion, to=[QWB], leaders="区委书记、区长")
    eventually(lambda: story.waits(SUPERVISING, "OPINION_RECEIPT", opinion))
    do(story, SUPERVISING, "receiveOpinion", opinion)
    moved(story, 2017, 2, 6, 11, 0)
    do(
        story,
        SUPERVISING,
        "recordOpinionInstruction",
        opinion,
        level="DISTRICT",
        leader="区委书记",
        text="请水利局立即核查，确保供水安全。",
        unitId=SLJ,
    )
    eventually(lambda: story.waits(SUPERVISING, "OPINION_REFERRAL", opinion))
    do(story, SUPERVISING, "referOpinion", opinion, unitId=SLJ, note="请核查")
    eventually(lambda: story.waits(OFFICER, "OPINION_RESULT", opinion))

    # Her name is hidden from the department, from the leaders and from their office.
    for reader in (OFFICER, SUPERVISING, SECRETARY):
        shown = seen(story, reader, opinion)
        assert shown is not None
        assert (shown["authors"], shown["original"], shown["voice"]) == ([], None, None)
        assert shown["edited"]["facts"] == "取水口水面有油膜。"
        assert (shown["reflectors"], shown["origin"]) == (None, None)
    assert seen(story, OTHER_OFFICER, opinion) is None
    assert seen(story, story.member(LU), opinion) is None
    found = story.world.stack.graphql(COURSE, {"id": opinion}, None)
    assert found["data"]["opinion"] is None

    do(story, EDITOR, "sendOpinionUp", opinion, level="CITY")
    used: Document = {"level": "CITY", "form": "SINGLE", "usedBy": "市政协《社情民意》"}
    do(story, EDITOR, "recordOpinionAdoption", opinion, **used)
    eventually(
        lambda: story.earned(QIAN, local) == [("D1", 1.0), ("D2", 3.0), ("F3", 5.0), ("F4", 3.0)]
    )
    moved(story, 2017, 2, 20, 9)
    revoked = {"level": "CITY", "reason": "市政协更正：采用的是另一件"}
    do(story, EDITOR, "revokeOpinionAdoption", opinion, **revoked)
    eventually(
        lambda: (
            story.earned(QIAN, local)
            == [("D1", 1.0), ("D2", 3.0), ("F3", -5.0), ("F3", 5.0), ("F4", 3.0)]
        )
    )
    entries = {row["basePoints"]: row for row in adoption_entries(story, QIAN, local)}
    assert entries[-5.0]["reversesEntryId"] == entries[5.0]["id"]

    do(story, OFFICER, "giveOpinionResult", opinion, result="已关停排口。", adoption="ADOPTED")
    eventually(lambda: story.waits(EDITOR, "OPINION_CLOSING", opinion))
    closed = do(story, EDITOR, "closeOpinion", opinion, note="问题已解决")
    assert (closed["state"], closed["endLabel"]) == ("CLOSED", "有关部门已反馈结果")

    # She was told each step, and sees both texts side by side.
    edition = "《关于立即排查取水口水质的建议》"
    for what in (
        "您反映的《关于取水口水质异常的建议》正在编辑核稿",
        "您反映的《关于取水口水质异常的建议》已编辑完成，送签发",
        f"您反映的{edition}已编入社情民意 2017年第",
        f"{edition}已报送区领导",
        f"您反映的{edition}已由区领导的办公室签收",
        f"您反映的{edition}获区级领导批示",
        f"您反映的{edition}已转有关部门办理",
        f"您反映的{edition}已上报（市级）",
        f"您反映的{edition}被市级采用",
        f"{edition}的市级采用记录已撤销",
        f"您反映的{edition}有了办理结果",
        f"您反映的{edition}已办结",
    ):
        story.await_message(QIAN, what)
    own = seen(story, qian, opinion)
    assert own is not None
    assert (own["original"]["facts"], own["edited"]["facts"]) == ("", "取水口水面有油膜。")
    assert own["authors"] == [{"name": QIAN}]
    assert [(s["stateLabel"], s["at"][11:16]) for s in own["history"]][:5] == [
        ("已提交", "09:10"),
        ("编辑核稿", "10:05"),
        ("签发编报", "10:20"),
        ("已报送区领导", "10:21"),
        ("领导批示", "11:00"),
    ]
    editors = seen(story, EDITOR, opinion)
    assert editors is not None
    for clock in editors["clocks"]:
        assert clock["stoppedAt"] <= clock["dueAt"]


def adoption_entries(story: Story, name: str, local: str) -> list[Document]:
    query = """
      query ($member: ID!) {
        ledger(memberId: $member, year: 2017, first: 100) {
          edges { node { id basePoints sourceRef reversesEntryId } }
        }
      }
    """
    found = story.ask(story.member(name), query, member=story.gid(name))["ledger"]["edges"]
    rows = [edge["node"] for edge in found]
    return [row for row in rows if row["sourceRef"] == f"opinion/{local}/adoption/CITY"]


def test_ac_05_a_proposal_that_is_not_filed_becomes_one_draft(bureau: Story) -> None:
    story, lu = bureau, bureau.member(LU)
    moved(story, 2017, 2, 6, 9)
    proposal = story.draft(LU, kind="INDIVIDUAL", title="关于完善企业诚信体系的建议")
    story.do(lu, "submitProposal", id=proposal)
    story.do(STAFF, "startReview", id=proposal)
    nf10 = {"reason": "NF10", "disposition": "TO_SCPO", "comment": "没有具体建议"}
    story.do(DIRECTOR, "notFileProposal", id=proposal, **nf10)
    query = """
      query ($id: ID!) {
        proposal(id: $id) {
          notFiled { reasonLabel }
          opinion { id state title origin originRef original { facts suggestion } }
        }
      }
    """

    def linked() -> Any:
        return story.ask(lu, query, id=proposal)["proposal"]["opinion"]

    draft = eventually(linked)
    assert (draft["state"], draft["title"]) == ("DRAFT", "关于完善企业诚信体系的建议")
    assert (draft["origin"], draft["originRef"]) == ("PROPOSAL", story.local(proposal))
    assert draft["original"]["suggestion"].startswith("1. 三年内完成改造")
    eventually(lambda: story.waits(lu, "OPINION_DRAFT", draft["id"]))
    eventually(lambda: story.earned(LU, story.local(proposal)) == [("B5", 2.0)])

    # The event comes again, as it is and under another id: no second draft.
    log = story.world.stack.db("proposals")["event_log"]
    fact = {"subject": story.local(proposal), "type": "proposal_not_filed"}
    row = eventually(lambda: log.find_one(fact))
    assert row is not None
    known = from_document({k: v for k, v in row.items() if k not in ("_id", "logged_at")})
    for event in (known, replace(known, id=new_id())):
        story.world.stack.publish(event)
    items = story.world.stack.db("opinions")["opinions"]
    other = sample_event("proposals", "proposal_not_filed", id=new_id(), proposal_id=new_id())
    story.world.stack.publish(other)  # the same queue: when this is done, those are
    eventually(lambda: items.find_one({"origin_ref": other.data["proposal_id"]}))
    assert items.count_documents({"origin_ref": story.local(proposal)}) == 1
    assert listed(story, lu, own=True, origin="PROPOSAL") == [draft["id"]]
    assert listed(story, EDITOR, origin="PROPOSAL") == []  # a draft is its author's alone

    do(story, lu, "submitOpinion", draft["id"], declared=True)
    eventually(lambda: not story.waits(lu, "OPINION_DRAFT", draft["id"]))
    assert listed(story, EDITOR, origin="PROPOSAL", states=["SUBMITTED"]) == [draft["id"]]


def test_ac_24_what_a_visitor_reports_becomes_an_item_and_is_answered(bureau: Story) -> None:
    story, qian = bureau, bureau.member(QIAN)
    moved(story, 2017, 3, 13, 9, 30)
    home = opened_for(story)
    rows = [{"on": "2017-03-15", "memberId": story.gid(QIAN)}]
    story.run(LILI, "setHomeRota", "home { id }", homeId=home, rows=rows)
    moved(story, 2017, 3, 15, 9, 30)
    said: Document = {"homeId": home, "matter": "楼顶水箱脏污。", "topic": "二次供水"}
    reception = story.run(qian, "recordReception", "reception { id code }", **said)["reception"]
    forward: Document = {
        "receptionId": reception["id"],
        "title": "关于清洗楼顶水箱的建议",
        "text": "多个小区楼顶水箱多年未清洗。",
    }
    for to in ("OPINION", "PROPOSAL_LEAD"):
        story.run(qian, "forwardReception", "reception { state }", **forward, to=to)
    query = """
      { leads(first: 100, filter: { topic: "二次供水", to: OPINION }) {
        edges { node { id title state answer restsOn opinion { id state origin title } } } } }
    """

    def lead() -> Any:
        edges = story.ask(qian, query)["leads"]["edges"]
        nodes = [e["node"] for e in edges if e["node"]["title"] == forward["title"]]
        return nodes[0] if nodes and nodes[0]["opinion"] else None

    found = eventually(lead)
    opinion = found["opinion"]["id"]
    assert (found["opinion"]["state"], found["opinion"]["origin"]) == ("DRAFT", "RECEPTION")
    code = reception["code"]
    assert visitor_state(story, code) == "FORWARDED"
    text = {
        "title": forward["title"],
        "facts": forward["text"],
        "suggestion": "纳入二次供水改造。",
        "topic": "二次供水",
    }
    do(story, qian, "writeOpinion", opinion, **text)
    do(story, qian, "submitOpinion", opinion, declared=True)
    assert visitor_state(story, code) == "FORWARDED"
    do(story, EDITOR, "startOpinionEditing", opinion)
    after = do(story, SECRETARY, "signOpinion", edited(story, opinion), signer="李建平")
    eventually(lambda: visitor_state(story, code) == "ANSWERED")
    answered = eventually(lambda: (row := lead()) and row["state"] == "ANSWERED" and row)
    assert answered["answer"] == "已编入社情民意信息报送。"
    assert answered["restsOn"] == after["issueNo"]
    eventually(lambda: not story.waits(EDITOR, "LEAD_ANSWER", found["id"]))


def opened_for(story: Story) -> str:
    """A home whose duty members are this file's."""
    home = {
        "name": "汾湖委员之家",
        "address": "黎里镇人民路2号",
        "location": {"latitude": 31.03, "longitude": 120.72},
        "hours": [{"weekday": 3, "opens": "09:00", "closes": "11:30"}],
        "members": [story.gid(QIAN)],
        "sign": "政协委员之家",
        "duties": "联系群众。",
        "process": "接待、登记、转办、反馈。",
        "rules": "委员轮流值班。",
    }
    made = story.run(LILI, "writeMembersHome", "home { id }", **home)["home"]["id"]
    story.run(LILI, "openMembersHome", "home { state }", homeId=made)
    return str(made)


def visitor_state(story: Story, code: str) -> str:
    query = "query ($code: String!) { visitorMatter(code: $code) { state } }"
    row: Document = visitor(story, query, code=code)["visitorMatter"]
    assert set(row) == {"state"}
    return str(row["state"])
