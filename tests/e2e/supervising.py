"""What people do in the stories of supervision."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from gateway.base import global_id, local_id
from shared.actor import Actor, Role
from tests.e2e.story import Refusal, Story
from tests.e2e.test_office_documents import plan_of
from tests.stack import Document
from tests.waiting import eventually
from tests.world import OFFICE

URBAN = Actor("account-urban", Role.COMMITTEE_STAFF, {"committee": "com-urban"})
LEGAL = Actor("account-legal", Role.COMMITTEE_STAFF, {"committee": "com-legal"})
CHAIR = Actor("account-zhou", Role.CHAIR_COUNCIL)
CHIEF = Actor("account-chief", Role.SECRETARY_GENERAL, {}, "p-chief", "m-chief")
SLJ = Actor("account-slj", Role.UNIT_OFFICER, {"unit": "unit-slj"})
HBJ = Actor("account-hbj", Role.UNIT_OFFICER, {"unit": "unit-hbj"})
LU, SHEN, QIAN = "陆晓芸", "沈建国", "钱文娟"
EMPLOYED, WATCHER = "顾梅", "吴志刚"
SHOWN = """supervision {
  id state stateLabel endLabel waitsFor dueAt round leader { name }
  opinion { no items { no unit { name } adoption verifiedAt } }
  rechecks { no passed } answers { unit { name } text }
}"""
FOUND = "finding { id state stateLabel overdue photos { no after { name } } values { exceeded } }"
TITLE = "河流湖泊生态保护专项监督"
BEFORE = {"indicator": "总磷", "value": 0.42, "unit": "mg/L", "limit": 0.3}
AFTER = {**BEFORE, "value": 0.21}


def unit(id: str) -> str:
    return global_id("Organisation", id)


def heard(story: Story) -> Story:
    """Supervision has heard of the members, the units and the topics."""
    world = story.world
    if EMPLOYED not in world.members:
        world.member(EMPLOYED, 361, "08", work_unit_id="unit-slj")
        world.member(WATCHER, 362, "27")
    stack = world.stack
    ids = [actor.member_id for actor in world.members.values()]
    members = stack.db("supervision")["members"]
    eventually(lambda: members.count_documents({"_id": {"$in": ids}}) == len(ids))
    everything = stack.db("members")["organisations"].count_documents({})
    organisations = stack.db("supervision")["organisations"]
    eventually(lambda: organisations.count_documents({}) == everything)
    topics = stack.db("supervision")["topics"]
    eventually(lambda: topics.count_documents({"_id": "WATER"}) == 1)
    return story


def step(story: Story, actor: Actor, mutation: str, id: str, **given: Any) -> Document:
    row: Document = story.run(actor, mutation, SHOWN, supervisionId=id, **given)["supervision"]
    return row


def found(story: Story, actor: Actor, mutation: str, **given: Any) -> Document:
    row: Document = story.run(actor, mutation, FOUND, **given)["finding"]
    return row


def site(story: Story) -> str:
    given: Document = {
        "kind": "RIVER",
        "name": "太浦河黎里段",
        "point": {"latitude": 31.0, "longitude": 120.7},
        "unit": unit("unit-slj"),
        "keeper": "区级河长",
    }
    shown = "site { id version kindLabel }"
    made: Document = story.only(URBAN, SLJ, "writeSupervisionSite", shown, **given)["site"]
    again = {**given, "siteId": made["id"], "expectedVersion": made["version"], "note": "饮用水源"}
    story.run(URBAN, "writeSupervisionSite", shown, **again)
    return str(made["id"])


def approved(story: Story, place: str, units: tuple[str, ...] = ("unit-slj", "unit-hbj")) -> str:
    given: Document = {
        "title": TITLE,
        "topic": "河流湖泊生态保护",
        "topicCodes": ["WATER"],
        "units": [unit(id) for id in units],
        "sites": [place],
        "plan": "分组检查重点河湖，提出监督意见，回头看整改。",
        "indicators": ["总磷"],
        "checklist": ["河面有无漂浮物", "岸坡有无垃圾"],
    }
    made = story.only(URBAN, SLJ, "draftSupervision", SHOWN, **given)["supervision"]["id"]
    step(story, URBAN, "submitSupervision", made)
    eventually(lambda: story.waits(CHAIR, "SUPERVISION_APPROVAL", made))
    decided = step(story, CHAIR, "decideSupervision", made, approved=True, opinion="列入年度计划")
    assert decided["stateLabel"] == "已列入计划"
    return str(made)


def with_team(story: Story, id: str, supervisors: list[str] | None = None) -> None:
    team = {"leader": story.gid(SHEN), "members": [story.gid(LU)], "supervisors": supervisors or []}
    with pytest.raises(Refusal) as refused:
        members = [story.gid(LU), story.gid(EMPLOYED)]
        step(story, URBAN, "formSupervisionTeam", id, **{**team, "members": members})
    assert refused.value.codes == ["SUPERVISION_CONFLICT_OF_INTEREST"]
    assert refused.value.messages == ["本人任职单位是被监督单位或其上下级单位，应当回避"]
    formed = step(story, URBAN, "formSupervisionTeam", id, **team)
    assert (formed["state"], formed["leader"]) == ("TEAM_FORMED", {"name": SHEN})
    story.await_message(LU, f"您已列入“{TITLE}”监督组，请查看方案。")


def numbered(story: Story, document: str) -> str:
    """The office's way of a document to its number."""
    eventually(lambda: story.waits(OFFICE, "DOCUMENT_CHECK", document))
    shown = "document { state number }"
    story.run(OFFICE, "checkDocument", shown, documentId=document)
    story.run(CHIEF, "countersignDocument", shown, documentId=document, note="同意")
    story.run(CHAIR, "signDocument", shown, documentId=document, note="同意印发")
    story.run(OFFICE, "numberDocument", shown, documentId=document)
    issued = story.run(OFFICE, "issueDocument", shown, documentId=document)["document"]
    return str(issued["number"])


def state(story: Story, actor: Actor, id: str) -> str:
    query = "query ($id: ID!) { supervision(id: $id) { state } }"
    row = story.ask(actor, query, id=id)["supervision"]
    return str(row and row["state"])


def issued(story: Story, id: str, finding: str, due: datetime) -> None:
    item: Document = {
        "problem": "岸坡堆放建筑垃圾，总磷超标",
        "basis": "《江苏省河道管理条例》",
        "measure": "清理岸坡垃圾，建立长效保洁制度",
        "unit": unit("unit-slj"),
        "dueAt": due.isoformat(),
        "findings": [finding],
        "authors": [story.gid(LU)],
    }
    second = {**item, "unit": unit("unit-hbj"), "measure": "加密总磷监测并公开", "findings": []}
    text = "经监督检查，提出以下监督意见。"
    shen = story.member(SHEN)
    step(story, shen, "draftSupervisionOpinion", id, text=text, items=[item, second])
    step(story, URBAN, "sendSupervisionOpinion", id)
    step(story, CHAIR, "signSupervisionOpinion", id, approved=True, opinion="同意")
    ref = local_id(id, "Supervision")
    number = numbered(story, global_id("OutgoingDocument", f"supervision_opinion:{ref}"))
    assert number.startswith(f"吴政协监〔{due.year}〕")
    eventually(lambda: state(story, URBAN, id) == "OPINION_ISSUED")
    eventually(lambda: story.waits(SLJ, "SUPERVISION_FEEDBACK", id))


def feedback(story: Story, actor: Actor, id: str, *numbers: int) -> Document:
    said = [{"no": no, "adoption": "ADOPTED", "result": "已按意见整改"} for no in numbers]
    given = {"text": "已组织整改，情况如下。", "items": said}
    return step(story, actor, "feedBackSupervision", id, **given)


def board(story: Story, plan: str) -> int:
    rows = plan_of(story, plan)["items"]
    return int(next(row["done"] for row in rows if row["code"] == "SUPERVISION"))
