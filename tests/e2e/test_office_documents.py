"""Two suggestion motions, from adoption to the plan's board (AC-18), and what surrounds it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from deploy.local.demo_data import people
from gateway.base import global_id, local_id
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.contracts import sample_event
from shared.ids import new_id
from tests.e2e.story import OFFICER, SUPERVISING, Refusal, Story
from tests.stack import Document
from tests.waiting import eventually
from tests.world import OFFICE

SECOND_CLERK = Actor("account-office-second", Role.OFFICE)
CHIEF = Actor("account-chief", Role.SECRETARY_GENERAL, {}, "p-chief", "m-chief")
CHAIR = Actor("account-zhou", Role.CHAIR_COUNCIL)
ECONOMY = Actor("account-economy", Role.COMMITTEE_STAFF, {"committee": "com-economy"})
LU = "陆晓芸"
KNOWN = ["sup-qwb", "sup-qzfb", "unit-scjgj", "unit-zjj", "office-general", "com-economy"]
OUTGOING = """
  id kindLabel title state stateLabel number purpose { service id }
  main { name } copyTo { name } receipts { organisation { name } } ownReceiptAt
  trail { state note }
"""
INCOMING = """
  id title state stateLabel senderName receivedOn adoptedOn datedOn printedOn number
  instruction readers { member { name } accountId readAt urged } handler { name } urged result
  toRead ownReadAt
"""
AFFAIR = "id kindLabel state stateLabel office { name } mayWork mine trail { state note }"
PLAN = """
  id term year state stateLabel adoptedOn forwardedOn printedOn themes
  items { code target done dutyLabel topics
          traces { edges { node { title subject event } } totalCount } }
"""
WORK_PLAN = people.data("work_plan")  # of 2017, with its cover notice: the demo's own data


@pytest.fixture(autouse=True)
def directory(story: Story) -> None:
    """The office knows whom it writes to."""
    organisations = story.world.stack.db("office")["organisations"]
    wanted = {"_id": {"$in": KNOWN}}
    eventually(lambda: organisations.count_documents(wanted) == len(KNOWN))


def run(story: Story, actor: Actor, mutation: str, shown: str, **given: Any) -> Document:
    """The record after `mutation`, under the field `shown` names first; raises Refusal."""
    payload = story.run(actor, mutation, shown, **given)
    record: Document = payload[shown.split()[0]]
    return record


def sent(story: Story, actor: Actor, mutation: str, document: str, **given: Any) -> Document:
    shown = f"document {{ {OUTGOING} }}"
    return run(story, actor, mutation, shown, documentId=document, **given)


def taken(story: Story, actor: Actor, mutation: str, document: str, **given: Any) -> Document:
    shown = f"document {{ {INCOMING} }}"
    return run(story, actor, mutation, shown, documentId=document, **given)


def asked(story: Story, actor: Actor, mutation: str, **given: Any) -> Document:
    return run(story, actor, mutation, f"affair {{ {AFFAIR} }}", **given)


def planned(story: Story, actor: Actor, mutation: str, **given: Any) -> Document:
    return run(story, actor, mutation, f"plan {{ {PLAN} }}", **given)


def organisation(id: str) -> str:
    return global_id("Organisation", id)


def outgoing(story: Story, actor: Actor, document: str) -> Document | None:
    query = f"query ($id: ID!) {{ outgoingDocument(id: $id) {{ {OUTGOING} }} }}"
    row: Document | None = story.ask(actor, query, id=document)["outgoingDocument"]
    return row


def plan_of(story: Story, plan: str) -> Document:
    query = f"query ($id: ID!) {{ workPlan(id: $id) {{ {PLAN} }} }}"
    row: Document = story.ask(OFFICE, query, id=plan)["workPlan"]
    return row


def adopted(story: Story, title: str) -> str:
    """A motion that the Standing Committee adopts 41:0:2, told by the service that owns it."""
    motion = f"motion-{new_id()[:8]}"
    event = sample_event(
        "consultations",
        "motion_adopted",
        id=new_id(),
        subject=motion,
        motion_id=motion,
        title=title,
        text="一、健全信用信息归集；二、完善守信激励。",
        main=["sup-qwb", "sup-qzfb"],
        copy_to=["unit-scjgj"],
    )
    story.world.stack.publish(event)
    document = global_id("OutgoingDocument", f"motion:{motion}")
    eventually(lambda: story.waits(OFFICE, "DOCUMENT_CHECK", document))
    return document


def signed(story: Story, document: str) -> str:
    sent(story, OFFICE, "checkDocument", document)
    eventually(lambda: story.waits(CHIEF, "DOCUMENT_COUNTERSIGN", document))
    sent(story, CHIEF, "countersignDocument", document, note="同意")
    eventually(lambda: story.waits(CHAIR, "DOCUMENT_SIGN", document))
    sent(story, CHAIR, "signDocument", document, note="同意印发")
    return document


def delivered(story: Story, document: str, title: str, term: int) -> None:
    """The requester learns the number, and tells that the motion was handed in."""
    motion = local_id(document, "OutgoingDocument").removeprefix("motion:")
    log = story.world.stack.db("office")["event_log"]
    told = {"type": "document_issued", "data.purpose.id": motion}
    eventually(lambda: log.count_documents(told) == 1)
    event = sample_event(
        "consultations",
        "motion_delivered",
        id=new_id(),
        subject=motion,
        motion_id=motion,
        title=title,
        term=term,
    )
    story.world.stack.publish(event)


def executing(story: Story) -> Document:
    """The plan of 2017, being carried out; stories of one platform share it."""
    query = f"{{ workPlans(first: 100) {{ edges {{ node {{ {PLAN} }} }} }} }}"
    for edge in story.ask(OFFICE, query)["workPlans"]["edges"]:
        if (edge["node"]["year"], edge["node"]["state"]) == (2017, "EXECUTING"):
            return dict(edge["node"])
    plan = planned(story, OFFICE, "draftWorkPlan", **WORK_PLAN["plan"])["id"]
    planned(story, OFFICE, "adoptWorkPlan", planId=plan, **WORK_PLAN["adopted"])
    planned(story, OFFICE, "sendWorkPlan", planId=plan)
    planned(story, OFFICE, "forwardWorkPlan", planId=plan, **WORK_PLAN["forwarded"])
    return planned(story, OFFICE, "executeWorkPlan", planId=plan)


def motions(story: Story, plan: str) -> Document:
    """The board's row of suggestion motions."""
    return next(row for row in plan_of(story, plan)["items"] if row["code"] == "MOTIONS")


def test_ac_18_two_motions_are_numbered_issued_and_counted(story: Story) -> None:
    plan = executing(story)
    assert (plan["stateLabel"], plan["adoptedOn"], plan["forwardedOn"], plan["printedOn"]) == (
        "执行中",
        "2017-01-06",
        "2017-01-25",
        "2017-01-26",
    )
    board = {row["code"]: (row["target"], len(row["topics"])) for row in plan["items"]}
    assert {code: board[code] for code in ("SUPERVISION", "MOTIONS", "CONSULTATIONS")} == {
        "SUPERVISION": (1, 1),
        "MOTIONS": (2, 2),
        "CONSULTATIONS": (3, 3),
    }

    first_title = "关于完善企业诚信体系的建议案"
    first = signed(story, adopted(story, first_title))
    with pytest.raises(AssertionError, match="FORBIDDEN"):
        sent(story, CHIEF, "numberDocument", first)
    assert sent(story, OFFICE, "numberDocument", first)["number"] == "吴政协建〔2017〕1号"
    assert outgoing(story, SUPERVISING, first) is None
    issued = sent(story, OFFICE, "issueDocument", first)
    assert {key: issued[key] for key in ("stateLabel", "kindLabel", "main", "copyTo")} == {
        "stateLabel": "已印发",
        "kindLabel": "建议案",
        "main": [{"name": "区委办"}, {"name": "区政府办(督查)"}],
        "copyTo": [{"name": "区市场监管局"}],
    }
    delivered(story, first, first_title, plan["term"])
    eventually(lambda: motions(story, plan["id"])["done"] == 1)

    second_title = "关于加强老旧住宅小区二次供水的建议案"
    second = signed(story, adopted(story, second_title))
    with ThreadPoolExecutor(2) as pool:
        presses = [pool.submit(_press, story, by, second) for by in (OFFICE, SECOND_CLERK)]
    assert sorted(press.result() for press in presses) == [
        "DOCUMENT_WRONG_STATE",
        "吴政协建〔2017〕2号",
    ]
    sent(story, OFFICE, "issueDocument", second)
    delivered(story, second, second_title, plan["term"])
    eventually(lambda: motions(story, plan["id"])["done"] == 2)
    item = motions(story, plan["id"])
    assert {edge["node"]["title"] for edge in item["traces"]["edges"]} == {
        first_title,
        second_title,
    }
    assert item["traces"]["totalCount"] == 2


def _press(story: Story, by: Actor, document: str) -> str:
    try:
        return str(sent(story, by, "numberDocument", document)["number"])
    except Refusal as refusal:
        return str(refusal.codes[0])


def test_recipients_give_a_receipt_and_others_see_nothing(story: Story) -> None:
    given = {
        "kind": "NOTICE",
        "title": "关于组织委员视察的通知",
        "text": "现将有关事项通知如下。",
        "main": [organisation("unit-zjj")],
        "copyTo": [organisation("sup-qzfb")],
    }
    shown = f"document {{ {OUTGOING} }}"
    document = str(run(story, ECONOMY, "draftDocument", shown, **given)["id"])
    signed(story, document)
    sent(story, OFFICE, "numberDocument", document)
    sent(story, OFFICE, "issueDocument", document)
    eventually(lambda: story.waits(OFFICER, "DOCUMENT_RECEIPT", document))
    after = sent(story, OFFICER, "giveReceipt", document)
    assert after["receipts"] == [{"organisation": {"name": "区住建局"}}]
    assert after["trail"] == []
    eventually(lambda: not story.waits(OFFICER, "DOCUMENT_RECEIPT", document))
    assert story.waits(SUPERVISING, "DOCUMENT_RECEIPT", document)
    assert outgoing(story, story.member(LU), document) is None
    assert outgoing(story, PUBLIC_ACTOR, document) is None


def test_a_classified_document_does_not_enter(story: Story) -> None:
    given = {"title": "关于某项工作的通知", "senderName": "某单位", "receivedOn": "2017-02-06"}
    shown = f"document {{ {INCOMING} }}"
    with pytest.raises(Refusal) as refused:
        run(story, OFFICE, "signForDocument", shown, **given, classification="SECRET")
    assert refused.value.codes == ["DOCUMENT_CLASSIFIED"]


def test_the_cover_notice_is_registered_circulated_and_read(story: Story) -> None:
    notice, register = WORK_PLAN["notice"], WORK_PLAN["register"]
    title, shown = notice["title"], f"document {{ {INCOMING} }}"
    given = {**notice, "sender": organisation(notice["sender"])}
    document = str(run(story, OFFICE, "signForDocument", shown, **given)["id"])
    registered = taken(story, OFFICE, "registerDocument", document, **register)
    dates = ("adoptedOn", "datedOn", "printedOn", "receivedOn")
    assert [registered[name] for name in dates] == [
        "2017-01-06",
        "2017-01-25",
        "2017-01-26",
        "2017-02-06",
    ]
    taken(story, CHIEF, "routeDocument", document, proposed="请主席会议成员阅")
    with pytest.raises(AssertionError, match="FORBIDDEN"):
        taken(story, CHIEF, "instructDocument", document, instruction="同意")
    taken(story, CHAIR, "instructDocument", document, instruction="同意，请传阅")
    lu = global_id("Member", str(story.member(LU).member_id))
    taken(story, OFFICE, "circulateDocument", document, members=[lu])
    eventually(lambda: story.waits(story.member(LU), "DOCUMENT_READ", document))
    urged = taken(story, OFFICE, "urgeDocument", document)
    assert (urged["stateLabel"], urged["readers"][0]["urged"]) == ("已催办", 1)
    story.await_message(LU, f"来文《{title}》催办第1次，请尽快阅办。")
    read = taken(story, story.member(LU), "readDocument", document, note="已阅")
    assert (read["toRead"], read["readers"][0]["member"]) == (False, {"name": LU})
    eventually(lambda: not story.waits(story.member(LU), "DOCUMENT_READ", document))
    taken(story, OFFICE, "noteDocument", document, result="已传达")
    filed = taken(story, OFFICE, "fileIncomingDocument", document, volume="2017-收文-1")
    assert filed["stateLabel"] == "已归卷"


def test_an_affair_is_handed_over_done_and_rated(story: Story) -> None:
    given = {"kind": "CAR", "title": "视察用车", "content": "2月8日，8人"}
    raised = asked(
        story, story.member(LU), "raiseAffair", **given, officeId=organisation("com-economy")
    )
    affair = {"affairId": raised["id"]}
    assert (raised["stateLabel"], raised["office"]["name"]) == ("待受理", "经济科技委员会")
    with pytest.raises(AssertionError, match="FORBIDDEN"):
        asked(story, OFFICE, "acceptAffair", **affair)
    general = {"officeId": organisation("office-general"), "reason": "属办公室职责"}
    asked(story, ECONOMY, "handOverAffair", **affair, **general)
    eventually(lambda: story.waits(OFFICE, "AFFAIR", raised["id"]))
    asked(story, OFFICE, "acceptAffair", **affair)
    asked(story, OFFICE, "finishAffair", **affair, result="已安排一辆中巴")
    eventually(lambda: story.waits(story.member(LU), "AFFAIR_RATING", raised["id"]))
    rated = asked(story, story.member(LU), "rateAffair", **affair, stars=5)
    assert [(step["state"], step["note"]) for step in rated["trail"]] == [
        ("RAISED", None),
        ("RAISED", "属办公室职责"),
        ("ACCEPTED", None),
        ("DONE", "已安排一辆中巴"),
        ("RATED", None),
    ]


def test_a_dispute_puts_a_three_side_meeting_on_the_office_list(story: Story) -> None:
    proposal = f"proposal-{new_id()[:8]}"
    event = sample_event(
        "proposals",
        "assignment_dispute_opened",
        id=new_id(),
        subject=proposal,
        proposal_id=proposal,
    )
    story.world.stack.publish(event)
    story.world.stack.publish(event)
    id = f"three-sides:{proposal}:1"
    eventually(lambda: story.world.stack.db("office")["affairs"].find_one({"_id": id}))
    query = "query ($id: ID!) { affair(id: $id) { title proposalId mayWork state } }"
    shown = story.ask(OFFICE, query, id=global_id("Affair", id))["affair"]
    assert shown == {
        "title": "三方协调会：《关于加强老旧住宅小区二次供水的建议》承办争议",
        "proposalId": global_id("Proposal", proposal),
        "mayWork": True,
        "state": "RAISED",
    }


def test_internal_rules_and_training_are_for_the_staff(story: Story) -> None:
    rule = {
        "title": "机关公务用车管理办法",
        "area": "车辆",
        "text": "第一条",
        "docNo": "吴政协办〔2017〕2号",
        "validFrom": "2017-02-01",
    }
    shown = "rule { id title inForceNo versions { no validFrom validTo } }"
    made = run(story, OFFICE, "publishInternalRule", shown, **rule)
    assert (made["inForceNo"], made["versions"]) == (
        1,
        [{"no": 1, "validFrom": "2017-02-01", "validTo": None}],
    )
    with pytest.raises(AssertionError, match="FORBIDDEN"):
        story.ask(story.member(LU), "{ internalRules { edges { node { id } } } }")
    clerk = global_id("Account", "account-office")
    course = {"title": "公文处理培训", "organiser": "办公室", "hours": 3.5, "staff": [clerk]}
    days = {"beginsOn": "2017-02-03", "endsOn": "2017-02-03"}
    shown = "training { id hours staff }"
    recorded = run(story, OFFICE, "recordStaffTraining", shown, **course, **days)
    assert (recorded["hours"], recorded["staff"]) == (3.5, [clerk])
    rows = story.ask(OFFICE, "{ trainingHours(year: 2017) { accountId courses hours } }")
    assert rows["trainingHours"] == [{"accountId": clerk, "courses": 1, "hours": 3.5}]
