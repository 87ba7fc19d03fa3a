"""What comes back in the office: drafts, routings, affairs; rules repealed, training withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from deploy.local.demo_data import people
from gateway.base import global_id
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.clock import SHANGHAI
from shared.ids import new_id
from tests.e2e.story import OFFICER, SUPERVISING, Refusal, Story
from tests.stack import Document
from tests.waiting import eventually
from tests.world import OFFICE

CHIEF = Actor("account-chief", Role.SECRETARY_GENERAL, {}, "p-chief", "m-chief")
CHAIR = Actor("account-zhou", Role.CHAIR_COUNCIL)
URBAN = Actor("account-urban", Role.COMMITTEE_STAFF, {"committee": "com-urban"})
LU = "陆晓芸"
KNOWN = ["sup-qzfb", "unit-zjj", "unit-slj", "office-general", "com-urban"]
OUTGOING = """document {
  id title text stateLabel urgencyLabel number volume main { name } copyTo { name }
  attachments { name } trail { state note }
}"""
INCOMING = "document { id stateLabel handler { name } proposedHandling trail { state note } }"
AFFAIR = "affair { id stateLabel mayWork trail { state note } }"


@pytest.fixture(autouse=True)
def directory(story: Story) -> None:
    """The office knows whom it writes to."""
    organisations = story.world.stack.db("office")["organisations"]
    wanted = {"_id": {"$in": KNOWN}}
    eventually(lambda: organisations.count_documents(wanted) == len(KNOWN))


def org(id: str) -> str:
    return global_id("Organisation", id)


def nodes(story: Story, actor: Actor, query: str, **variables: Any) -> list[Document]:
    """The nodes of the one list that a query asks for."""
    [found] = story.ask(actor, query, **variables).values()
    return [edge["node"] for edge in found["edges"]]


# Outgoing documents


def drafted(story: Story, title: str) -> Document:
    given = {"kind": "LETTER", "title": title, "text": "现将有关事项函告如下。"}
    row: Document = story.run(
        URBAN, "draftDocument", OUTGOING, **given, main=[org("unit-zjj")], urgency="NORMAL"
    )["document"]
    return row


def test_a_document_is_sent_back_written_again_issued_urged_and_filed(story: Story) -> None:
    title = f"关于商请协助调研的函（{new_id()[:8]}）"
    document = drafted(story, title)["id"]
    given = {"documentId": document}
    story.run(OFFICE, "checkDocument", OUTGOING, **given)
    reason = {"reason": "请补充调研时间"}
    back = story.only(CHIEF, URBAN, "returnDocument", OUTGOING, **given, **reason)["document"]
    assert back["stateLabel"] == "拟稿"
    assert [(s["state"], s["note"]) for s in back["trail"]] == [
        ("CHECKED", None),
        ("DRAFTED", "请补充调研时间"),
    ]
    story.await_message(URBAN, f"您拟稿的公文《{title}》已退回：请补充调研时间")

    again: Document = {
        "title": title,
        "text": "定于3月10日赴贵局调研。",
        "main": [org("unit-zjj")],
        "copyTo": [org("sup-qzfb"), org("unit-slj")],
        "urgency": "URGENT",
    }
    assert story.turned_away(CHAIR, "redraftDocument", **given, **again) == "FORBIDDEN"
    again["attachments"] = [story.upload(URBAN, "调研提纲.pdf")]
    row = story.run(URBAN, "redraftDocument", OUTGOING, **given, **again)["document"]
    assert (row["text"], row["urgencyLabel"]) == ("定于3月10日赴贵局调研。", "加急")
    assert row["copyTo"] == [{"name": "区政府办(督查)"}, {"name": "区水利局"}]
    assert row["attachments"] == [{"name": "调研提纲.pdf"}]

    story.run(OFFICE, "checkDocument", OUTGOING, **given)
    story.run(CHIEF, "countersignDocument", OUTGOING, **given)
    story.run(CHAIR, "signDocument", OUTGOING, **given)
    story.run(OFFICE, "numberDocument", OUTGOING, **given)
    story.run(OFFICE, "issueDocument", OUTGOING, **given)
    story.run(OFFICER, "giveReceipt", "document { ownReceiptAt }", **given)
    urged = story.only(OFFICE, URBAN, "urgeReceipts", OUTGOING, **given)["document"]
    assert urged["trail"][-1]["state"] == "URGED"
    assert story.waits(SUPERVISING, "DOCUMENT_RECEIPT", document)

    volume = {"volume": "2017-发文-8"}
    filed = story.only(OFFICE, URBAN, "fileOutgoingDocument", OUTGOING, **given, **volume)
    assert (filed["document"]["stateLabel"], filed["document"]["volume"]) == (
        "已归卷",
        "2017-发文-8",
    )
    query = """query ($of: ID!) {
      outgoingDocuments(first: 1, filter: {recipient: $of, kind: LETTER, state: FILED, year: 2017})
      { edges { node { id title } } }
    }"""
    asked = {"of": org("unit-slj")}
    for reader in (OFFICE, URBAN):
        assert nodes(story, reader, query, **asked) == [{"id": document, "title": title}]
    assert nodes(story, story.member(LU), query, **asked) == []


def test_a_draft_is_given_up_before_it_has_a_number(story: Story) -> None:
    given = {"documentId": drafted(story, "关于变更调研安排的函")["id"], "reason": "事项已取消"}
    row = story.only(URBAN, CHAIR, "discardDocument", OUTGOING, **given)["document"]
    assert (row["stateLabel"], row["trail"]) == (
        "已作废",
        [{"state": "DISCARDED", "note": "事项已取消"}],
    )
    with pytest.raises(Refusal) as refused:
        story.run(URBAN, "discardDocument", OUTGOING, **given)
    assert refused.value.codes == ["DOCUMENT_WRONG_STATE"]


# Incoming documents


def test_a_routing_is_wanted_otherwise_and_the_document_handed_to_a_committee(
    story: Story,
) -> None:
    title = f"关于征求意见的函（{new_id()[:8]}）"
    given = {"title": title, "senderName": "市政协办公室", "receivedOn": "2017-02-06"}
    document = story.run(OFFICE, "signForDocument", INCOMING, **given)["document"]["id"]
    one = {"documentId": document}
    register = {"kind": "LETTER", "datedOn": "2017-02-03", "urgency": "FLASH"}
    story.run(OFFICE, "registerDocument", INCOMING, **one, **register)
    story.run(CHIEF, "routeDocument", INCOMING, **one, proposed="请办公室阅")
    reason = {"reason": "请由专委会承办"}
    back = story.only(CHAIR, CHIEF, "returnRouting", INCOMING, **one, **reason)["document"]
    assert (back["stateLabel"], back["trail"][-1]["note"]) == ("已登记", "请由专委会承办")

    story.run(CHIEF, "routeDocument", INCOMING, **one, proposed="请城乡委承办")
    story.run(CHAIR, "instructDocument", INCOMING, **one, instruction="同意")
    handler = {"handlerId": org("com-urban")}
    handed = story.only(OFFICE, URBAN, "handDocument", INCOMING, **one, **handler)["document"]
    assert (handed["stateLabel"], handed["handler"]["name"]) == ("承办中", "城乡建设和环境委员会")
    assert handed["proposedHandling"] == "请城乡委承办"
    eventually(lambda: story.waits(URBAN, "DOCUMENT_HANDLE", document))

    query = """query ($id: ID!) { incomingDocument(id: $id) { title urgencyLabel datedOn } }"""
    shown = {"title": title, "urgencyLabel": "特急", "datedOn": "2017-02-03"}
    for reader in (OFFICE, URBAN):
        assert story.ask(reader, query, id=document)["incomingDocument"] == shown
    for stranger in (story.member(LU), OFFICER, PUBLIC_ACTOR):
        assert story.ask(stranger, query, id=document)["incomingDocument"] is None
    query = """query ($handler: ID!) {
      incomingDocuments(
        first: 1
        orderBy: DUE
        filter: {handler: $handler, state: HANDLING, urgency: FLASH, open: true, title: "征求意见"}
      ) {
        edges { node { id title } }
      }
    }"""
    listed = [{"id": document, "title": title}]
    assert nodes(story, URBAN, query, handler=org("com-urban")) == listed
    assert nodes(story, story.member(LU), query, handler=org("com-urban")) == []


# Affairs


def test_an_affair_is_begun_and_another_refused(story: Story) -> None:
    member = story.member(LU)
    given = {"kind": "REPAIR", "title": "会议室投影维修", "content": "无法开机"}
    raised = story.run(member, "raiseAffair", AFFAIR, **given, officeId=org("com-urban"))["affair"]
    one = {"affairId": raised["id"]}
    story.run(URBAN, "acceptAffair", AFFAIR, **one)
    begun = story.only(URBAN, member, "startAffair", AFFAIR, **one)["affair"]
    assert (begun["stateLabel"], [step["state"] for step in begun["trail"]]) == (
        "办理中",
        ["RAISED", "ACCEPTED", "DOING"],
    )

    second = {"kind": "SUPPLIES", "title": "办公用品", "content": "签字笔两盒"}
    asked = story.run(member, "raiseAffair", AFFAIR, **second, officeId=org("com-urban"))["affair"]
    refused = {"affairId": asked["id"], "reason": "请向本单位申领"}
    row = story.only(URBAN, member, "rejectAffair", AFFAIR, **refused)["affair"]
    assert (row["stateLabel"], row["trail"][-1]["note"]) == ("不予受理", "请向本单位申领")
    story.await_message(LU, "请向本单位申领")

    query = """query ($office: ID!) {
      affairs(
        first: 1
        orderBy: DUE
        filter: {office: $office, kind: SUPPLIES, state: REJECTED, mine: true, title: "办公用品"}
      ) {
        edges { node { id title } }
      }
    }"""
    of = {"office": org("com-urban")}
    assert nodes(story, member, query, **of) == [{"id": asked["id"], "title": "办公用品"}]
    assert nodes(story, OFFICER, query, **of) == []


# The library, training, the year's plan


def test_a_rule_is_repealed_from_a_day_on(story: Story) -> None:
    rule = {
        "title": "机关差旅费管理办法",
        "area": "财务",
        "text": "第一条",
        "docNo": "吴政协办〔2017〕3号",
        "validFrom": "2017-02-01",
    }
    shown = "rule { id inForceNo repealedOn repealReason versions { no validTo } }"
    made = story.run(OFFICE, "publishInternalRule", shown, **rule)["rule"]
    given = {"ruleId": made["id"], "on": "2017-12-31", "reason": "由新办法代替"}
    repealed = story.only(OFFICE, URBAN, "repealInternalRule", shown, **given)["rule"]
    assert repealed == {
        "id": made["id"],
        "inForceNo": 1,  # still, until its last day
        "repealedOn": "2017-12-31",
        "repealReason": "由新办法代替",
        "versions": [{"no": 1, "validTo": "2017-12-30"}],
    }
    with pytest.raises(Refusal) as refused:
        story.run(OFFICE, "repealInternalRule", shown, **given)
    assert refused.value.codes == ["INTERNAL_RULE_UNFIT"]


def test_a_wrong_record_of_training_counts_no_more_and_stays_readable(story: Story) -> None:
    clerk = global_id("Account", "account-urban")
    course = {"title": "档案管理培训", "organiser": "区档案局", "hours": 4, "staff": [clerk]}
    days = {"beginsOn": "2016-12-05", "endsOn": "2016-12-05"}  # a year of its own
    shown = "training { id withdrawnReason }"
    recorded = story.run(OFFICE, "recordStaffTraining", shown, **course, **days)["training"]
    hours = "{ trainingHours(year: 2016) { accountId hours } }"
    assert story.ask(OFFICE, hours)["trainingHours"] == [{"accountId": clerk, "hours": 4}]
    given = {"trainingId": recorded["id"], "reason": "登记错误"}
    row = story.only(OFFICE, URBAN, "withdrawStaffTraining", shown, **given)["training"]
    assert row == {"id": recorded["id"], "withdrawnReason": "登记错误"}
    assert story.ask(OFFICE, hours)["trainingHours"] == []
    query = """query ($who: ID) {
      staffTrainings(first: 5, filter: {accountId: $who, year: 2016}) {
        edges { node { title hours withdrawnReason } }
      }
    }"""
    kept = [{"title": "档案管理培训", "hours": 4, "withdrawnReason": "登记错误"}]
    assert nodes(story, OFFICE, query, who=clerk) == kept
    assert nodes(story, URBAN, query) == kept  # the own ones


def test_a_years_plan_ends_with_its_review(story: Story) -> None:
    written = people.data("work_plan")
    plan = {**written["plan"], "year": 2026, "title": "2026年工作要点"}  # one for each year
    shown = "plan { id stateLabel review year term }"
    made = story.run(OFFICE, "draftWorkPlan", shown, **plan)["plan"]
    one = {"planId": made["id"]}
    query = """query ($term: Int!, $state: WorkPlanState) {
      workPlans(first: 5, filter: {year: 2026, term: $term, state: $state}) {
        edges { node { id title } }
      }
    }"""
    listed, of = [{"id": made["id"], "title": "2026年工作要点"}], {"term": made["term"]}
    assert nodes(story, OFFICE, query, **of, state="DRAFT") == listed
    assert nodes(story, story.member(LU), query, **of) == []  # nothing before it is adopted
    story.run(OFFICE, "adoptWorkPlan", shown, **one, **written["adopted"])
    story.run(OFFICE, "sendWorkPlan", shown, **one)
    back = {"reason": "请补充民主监督内容", "on": "2017-01-12"}
    returned = story.only(OFFICE, CHAIR, "returnWorkPlan", shown, **one, **back)["plan"]
    assert returned["stateLabel"] == "起草"
    eventually(lambda: story.waits(OFFICE, "PLAN_REWORK", made["id"]))
    todos = """{ viewer { todos(first: 10, kind: PLAN_REWORK) {
      edges { node { link { id name person { name } } } } } } }"""
    links = [edge["node"]["link"] for edge in story.ask(OFFICE, todos)["viewer"]["todos"]["edges"]]
    assert {"id": made["id"], "name": plan["title"], "person": None} in links
    story.run(OFFICE, "draftWorkPlan", shown, **plan)
    story.run(OFFICE, "adoptWorkPlan", shown, **one, **written["adopted"])
    story.run(OFFICE, "sendWorkPlan", shown, **one)
    eventually(lambda: not story.waits(OFFICE, "PLAN_REWORK", made["id"]))
    story.run(OFFICE, "forwardWorkPlan", shown, **one, **written["forwarded"])
    story.run(OFFICE, "executeWorkPlan", shown, **one)
    review = {"review": "各项任务已完成。"}
    done = story.only(CHAIR, OFFICE, "reviewWorkPlan", shown, **one, **review)["plan"]
    assert (done["stateLabel"], done["review"], done["year"]) == (
        "已总结",
        "各项任务已完成。",
        2026,
    )
    assert nodes(story, story.member(LU), query, **of, state="REVIEWED") == listed


def test_the_time_here_is_told_to_everybody(story: Story) -> None:
    found = story.ask(PUBLIC_ACTOR, "{ serverTime { now real offsetSeconds } }")["serverTime"]
    now, real = (datetime.fromisoformat(found[name]) for name in ("now", "real"))
    assert abs((now - real).total_seconds() - found["offsetSeconds"]) <= 1
    assert abs((real - datetime.now(SHANGHAI)).total_seconds()) < 60
