"""A consultation from its topic to its end (AC-19), of two parties (AC-17), and a written one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from gateway.base import global_id, local_id
from shared.actor import Actor, Role
from shared.clock import SHANGHAI
from tests.e2e.story import SUPERVISING, Refusal, Story
from tests.e2e.test_opinion_ways import paragraphs
from tests.e2e.test_study_year import downloaded
from tests.stack import Document
from tests.waiting import eventually
from tests.world import OFFICE, World

CHAIR = Actor("account-zhou", Role.CHAIR_COUNCIL)
ECONOMY = Actor("account-economy", Role.COMMITTEE_STAFF, {"committee": "com-economy"})
MINJIAN = Actor("account-minjian", Role.ORG_STAFF, {"organisation": "org-minjian"})
ZHIGONG = Actor("account-zhigong", Role.ORG_STAFF, {"organisation": "org-zhigong"})
LU, SHEN, QIAN = "陆晓芸", "沈建国", "钱文娟"
MAY = datetime(2017, 5, 4, 9, tzinfo=SHANGHAI)  # ten working days before 18 May
TWENTY_FIFTH = datetime(2017, 5, 25, 9, tzinfo=SHANGHAI)
ROW = """
  id version title state stateLabel formLabel reason reportNo organisers { name }
  departments { name } leader
  meeting { heldAt place written meeting { id stateLabel } }
  moves { movedFrom movedTo reason } speakers { no member { name } organisation { name } }
  turn { member { name } } statements { member { name } text }
  present { name } minutes { text dissents { member { name } text } }
  report { title items { no text kindLabel unit { name } authors { name } } }
  instructions { leader revoked } feedback { text } dues { about dueAt stoppedAt void }
"""
HOME = {
    "name": "黎里镇委员之家（二）",
    "address": "黎里镇人民路2号",
    "location": {"latitude": 31.03, "longitude": 120.72},
    "hours": [{"weekday": 3, "opens": "09:00", "closes": "11:30"}],
    "sign": "政协委员之家",
    "duties": "联系群众，反映社情民意。",
    "process": "接待、登记、转办、反馈。",
}
SHOWN = f"consultation {{ {ROW} }}"


@pytest.fixture(scope="module")
def known(world: World) -> Story:
    """Consultations, office and outcomes have heard of everybody."""
    ids = [actor.member_id for actor in world.members.values()]
    for service in ("consultations", "office", "outcomes", "performance"):
        members = world.stack.db(service)["members"]
        eventually(lambda m=members: m.count_documents({"_id": {"$in": ids}}) == len(ids))  # type: ignore[misc]
    directory = world.stack.db("consultations")["organisations"]
    everything = world.stack.db("members")["organisations"].count_documents({})
    eventually(lambda: directory.count_documents({}) == everything)
    return Story(world)


def org(id: str) -> str:
    return global_id("Organisation", id)


def act(story: Story, actor: Actor, mutation: str, **given: Any) -> Document:
    row: Document = story.run(actor, mutation, SHOWN, **given)["consultation"]
    return row


def seen(story: Story, actor: Actor, id: str) -> Document:
    query = f"query ($id: ID!) {{ consultation(id: $id) {{ {ROW} }} }}"
    row: Document = story.ask(actor, query, id=id)["consultation"]
    return row


def proposed(story: Story, actor: Actor, title: str, *organisers: str, **given: Any) -> Document:
    asked = {"form": "THEMATIC", "organisers": [org(id) for id in organisers], **given}
    return act(story, actor, "proposeConsultation", title=title, **asked)


def planned(story: Story, year: int, *ids: str) -> str:
    """The plan of a year, from its draft to its publication."""
    shown = "plan { id state topics { id } decisions { documentNo } }"
    title = f"{year}年度协商计划"
    plan = story.run(
        OFFICE, "writeConsultationPlan", shown, year=year, title=title, topics=list(ids)
    )["plan"]["id"]
    assert story.turned_away(story.member(LU), "sendConsultationPlan", planId=plan) == "FORBIDDEN"
    story.run(OFFICE, "sendConsultationPlan", shown, planId=plan)
    eventually(lambda: story.waits(CHAIR, "CONSULTATION_PLAN_REVIEW", plan))
    returned = {"planId": plan, "passed": False, "reason": "议题请按月份排列"}
    assert story.run(CHAIR, "reviewConsultationPlan", shown, **returned)["plan"]["state"] == "DRAFT"
    story.run(OFFICE, "sendConsultationPlan", shown, planId=plan)
    story.run(CHAIR, "reviewConsultationPlan", shown, planId=plan, passed=True)
    decided = {"planId": plan, "approved": True, "documentNo": "吴委办〔2017〕5号"}
    with pytest.raises(Refusal) as refused:
        story.run(OFFICE, "decideConsultationPlan", shown, **decided)
    assert refused.value.codes == ["CONSULTATION_INCOMPLETE"]
    decided["decidedOn"] = (story.world.now - timedelta(days=1)).isoformat()
    story.run(OFFICE, "decideConsultationPlan", shown, **decided)
    row = story.run(OFFICE, "publishConsultationPlan", shown, planId=plan)["plan"]
    assert (row["state"], [one["id"] for one in row["topics"]]) == ("PUBLISHED", list(ids))
    return plan


def lists(story: Story, plan: str, id: str) -> None:
    """What everybody sees of a published plan, and who has a part in it of its consultations."""
    query = """query ($id: ID!) {
        consultationPlan(id: $id) { title stateLabel topics { title } decisions { documentNo } }
        consultationPlans(first: 10) { totalCount edges { node { id } } }
        consultations(first: 50, filter: { form: THEMATIC, year: 2017 }) {
          totalCount edges { node { id proposer { name } statements { text } } } }
    }"""
    answer = story.world.stack.graphql(query, {"id": plan}, None)
    assert "errors" not in answer, answer
    seen = answer["data"]
    assert seen["consultationPlan"]["stateLabel"] == "已公布"
    assert plan in [edge["node"]["id"] for edge in seen["consultationPlans"]["edges"]]
    shown = {"id": id, "proposer": None, "statements": None}
    assert shown in [edge["node"] for edge in seen["consultations"]["edges"]]


def hold(story: Story, meeting: str, present: list[str], begins: datetime) -> None:
    stack = story.world.stack
    stack.move_clock(begins)
    given = {"meetingId": meeting, "halfDay": 1}
    story.run(OFFICE, "openCheckIn", "meeting { state }", **given)
    members = [story.gid(name) for name in present]
    story.run(OFFICE, "checkInMembers", "meeting { state }", members=members, **given)
    story.run(OFFICE, "holdMeeting", "meeting { state }", meetingId=meeting)
    story.run(OFFICE, "confirmAttendance", "meeting { state }", meetingId=meeting)


def awaits(story: Story, meeting: str) -> None:
    office = story.world.stack.db("office")["meetings"]
    eventually(lambda: office.find_one({"_id": local_id(meeting, "Meeting")}))


def test_ac_19_a_consultation_is_moved_held_reported_instructed_and_fed_back(known: Story) -> None:
    story, stack = known, known.world.stack
    stack.move_clock(story.world.now)
    topic = proposed(story, story.member(LU), "精准开展扶贫工作")
    id = {"consultationId": topic["id"]}
    shaped = {
        "title": "精准开展扶贫工作",
        "form": "THEMATIC",
        "organisers": [org("com-economy")],
        "departments": [org("unit-zjj")],
        "leader": "区长",
        "month": 5,
    }
    act(story, OFFICE, "shapeConsultation", **id, **shaped)
    lists(story, planned(story, 2017, topic["id"]), topic["id"])
    row = seen(story, ECONOMY, topic["id"])
    assert row["stateLabel"] == "列入年度协商计划"
    assert (row["departments"], row["leader"]) == ([{"name": "区住建局"}], "区长")
    eventually(lambda: story.waits(ECONOMY, "CONSULTATION_PREPARATION", topic["id"]))

    stack.move_clock(MAY)
    speakers = [
        {"memberId": story.gid(QIAN), "topic": "产业扶贫"},
        {"organisation": org("unit-zjj"), "form": "WRITTEN"},
    ]
    assert story.turned_away(story.member(LU), "setConsultationSpeakers", **id, speakers=speakers)
    act(story, ECONOMY, "setConsultationSpeakers", **id, speakers=speakers)
    asked = {
        **id,
        "heldAt": "2017-05-18T09:00:00+08:00",
        "endsAt": "2017-05-18T11:30:00+08:00",
        "place": "三楼会议室",
        "members": [story.gid(LU), story.gid(SHEN)],
    }
    row = act(story, ECONOMY, "planConsultationMeeting", **asked)
    meeting = global_id("Meeting", local_id(topic["id"], "Consultation"))
    awaits(story, meeting)
    with pytest.raises(Refusal) as refused:
        story.run(ECONOMY, "notifyMeeting", "meeting { id }", meetingId=meeting)
    assert refused.value.codes == ["NOTICE_PERIOD_SHORT"]
    why = {"meetingId": meeting, "shortNoticeReason": "区委专项安排"}
    story.run(ECONOMY, "notifyMeeting", "meeting { id }", **why)
    eventually(lambda: seen(story, ECONOMY, topic["id"])["state"] == "NOTIFIED")
    story.run(
        ECONOMY,
        "rescheduleMeeting",
        "meeting { id }",
        meetingId=meeting,
        heldAt="2017-05-25T09:00:00+08:00",
        endsAt="2017-05-25T11:30:00+08:00",
        reason="与区委会议冲突",
        shortNoticeReason="区委专项安排",
    )
    eventually(lambda: len(seen(story, ECONOMY, topic["id"])["moves"]) == 1)
    row = seen(story, ECONOMY, topic["id"])
    assert row["meeting"]["heldAt"] == "2017-05-25T09:00:00+08:00"
    assert row["moves"][0]["reason"] == "与区委会议冲突"
    papers = {d["about"]: d["dueAt"] for d in row["dues"] if not d["void"]}
    assert papers["PAPERS"] == "2017-05-11T09:00:00+08:00"
    paper = story.upload(ECONOMY, "扶贫情况.pdf")
    act(story, ECONOMY, "sendConsultationPapers", **id, files=[paper])
    story.await_message(LU, "“精准开展扶贫工作”的协商材料已送达")
    act(story, story.member(SHEN), "stateOnConsultation", **id, text="因公出差，提交书面意见。")

    hold(story, meeting, [LU, QIAN], TWENTY_FIFTH)
    eventually(lambda: seen(story, ECONOMY, topic["id"])["state"] == "HELD")
    assert {one["name"] for one in seen(story, ECONOMY, topic["id"])["present"]} == {LU, QIAN}
    eventually(lambda: story.earned(QIAN, local_id(topic["id"], "Consultation")) == [("C1", 2)])
    eventually(lambda: story.earned(LU, local_id(topic["id"], "Consultation")) == [("A3", 3)])
    eventually(lambda: story.waits(ECONOMY, "CONSULTATION_REPORT", topic["id"]))

    dissent = {"memberId": story.gid(QIAN), "text": "我不同意只看收入一项指标。"}
    minutes = {**id, "text": "会议听取了通报。", "dissents": [dissent]}
    act(story, ECONOMY, "writeConsultationMinutes", **minutes)
    with pytest.raises(Refusal) as refused:
        act(story, ECONOMY, "writeConsultationMinutes", **id, text="会议听取了通报。")
    assert refused.value.codes == ["CONSULTATION_UNFIT"]

    stack.move_clock(datetime(2017, 6, 5, 9, tzinfo=SHANGHAI))  # working day 6 of 7
    items = [
        {
            "text": f"第{no}条意见",
            "kind": "POLICY",
            "unit": org("unit-zjj"),
            "authors": [story.gid(QIAN)],
        }
        for no in range(1, 10)
    ]
    report = {**id, "title": "关于精准扶贫的协商专报", "text": "现将意见报告如下。"}
    with pytest.raises(Refusal) as refused:
        act(story, ECONOMY, "reportConsultation", **report, items=[], signer="周立新")
    assert refused.value.codes == ["CONSULTATION_INCOMPLETE"]
    row = act(story, ECONOMY, "reportConsultation", **report, items=items, signer="周立新")
    assert row["reportNo"] == "协商专报 2017年第1期"
    assert (row["stateLabel"], len(row["report"]["items"])) == ("协商专报已报送", 9)
    assert row["minutes"]["dissents"] == [
        {"member": {"name": QIAN}, "text": "我不同意只看收入一项指标。"}
    ]
    papers_of = {"subject": topic["id"]}
    words = paragraphs(downloaded(story, ECONOMY, kind="CONSULTATION_REPORT_DOCX", **papers_of))
    assert any("2017年第1期" in line for line in words)
    assert "关于精准扶贫的协商专报" in words
    words = paragraphs(downloaded(story, ECONOMY, kind="CONSULTATION_MINUTES_DOCX", **papers_of))
    assert any("我不同意只看收入一项指标。" in line for line in words)
    [due] = [one for one in row["dues"] if one["about"] == "REPORT"]
    assert due["stoppedAt"] < due["dueAt"]

    ref = local_id(topic["id"], "Consultation")
    files, kept = stack.db("outcomes")["outcome_files"], stack.db("outcomes")["outcome_items"]
    source = {"source": "CONSULTATION", "ref": ref}
    eventually(lambda: (files.find_one(source) or {}).get("items") == 9)
    file = files.find_one(source)
    assert file is not None
    assert (
        kept.count_documents({"outcome_id": file["_id"], "authors": [story.member(QIAN).member_id]})
        == 9
    )
    outcome = {"outcomeId": global_id("OutcomeFile", file["_id"])}
    instruction = {
        "level": "DISTRICT",
        "leader": "区委书记",
        "text": "请认真研究。",
        "instructedOn": "2017-06-05T09:00:00+08:00",
    }
    story.run(SUPERVISING, "instructOutcome", "outcome { id }", **outcome, **instruction)
    eventually(lambda: seen(story, ECONOMY, topic["id"])["instructions"])
    eventually(lambda: ("F4", 3) in [(r["ruleCode"], r["basePoints"]) for r in story.ledger(QIAN)])

    given = {**id, "text": "九条意见采纳七条，部分采纳二条。"}
    assert story.turned_away(story.member(LU), "giveConsultationFeedback", **given) == "FORBIDDEN"
    act(story, SUPERVISING, "giveConsultationFeedback", **given)
    story.await_message(LU, "“精准开展扶贫工作”的协商成果有了采纳反馈")
    act(story, ECONOMY, "trackConsultation", **id)
    assert act(story, ECONOMY, "closeConsultation", **id, reason="意见均已落实")["stateLabel"] == (
        "已办结"
    )


def test_ac_17_two_parties_organise_a_sector_consultation_and_both_are_credited(
    known: Story,
) -> None:
    story, stack = known, known.world.stack
    stack.move_clock(datetime(2024, 3, 1, 9, tzinfo=SHANGHAI))
    both = ("org-minjian", "org-zhigong")
    topic = proposed(story, MINJIAN, "优化营商环境", *both, form="SECTOR")
    id = {"consultationId": topic["id"]}
    assert [one["name"] for one in topic["organisers"]] == ["中国民主建国会", "中国致公党"]
    planned(story, 2024, topic["id"])
    act(story, ZHIGONG, "askForPublicViews", **id, until="2024-03-20T18:00:00+08:00")
    view = {**id, "text": "希望减少办事材料。", "name": "王先生", "named": False}
    for _ in range(5):
        payload = visitor(story, "leavePublicView", **view)
        assert payload == {"received": True, "errors": []}
    assert visitor(story, "leavePublicView", **view)["errors"][0]["reason"] == (
        "CONSULTATION_TOO_MANY_VIEWS"
    )
    assert views(story, None, topic["id"]) == []
    [first, *_] = views(story, MINJIAN, topic["id"])
    assert first["name"] == "王先生"
    shown = {"viewId": first["id"], "shown": True}
    assert story.turned_away(story.member(LU), "moderatePublicView", **shown) == "FORBIDDEN"
    story.run(MINJIAN, "moderatePublicView", "view { id }", **shown)
    assert [(one["text"], one["name"]) for one in views(story, None, topic["id"])] == [
        ("希望减少办事材料。", "")
    ]
    # A town's staff enters what a visitor of its home has said, with the name, as was agreed to.
    town = Actor("account-lili", Role.TOWN_STAFF, {"town": "town-lili"})
    home = story.run(town, "writeMembersHome", "home { id }", **HOME)["home"]["id"]
    at_home = {**id, "text": "办事窗口午休也开。", "name": "李女士", "named": True, "homeId": home}
    query = """mutation ($input: LeavePublicViewInput!) {
      leavePublicView(input: $input) { received } }"""
    [refused] = stack.graphql(query, {"input": at_home}, None)["errors"]
    assert refused["extensions"]["code"] == "FORBIDDEN"
    assert story.run(town, "leavePublicView", "received", **at_home)["received"]
    [entered] = [one for one in views(story, MINJIAN, topic["id"]) if one["name"] == "李女士"]
    assert entered["channelLabel"] == "委员之家"
    story.run(MINJIAN, "moderatePublicView", "view { id }", viewId=entered["id"], shown=True)
    [entered] = [one for one in views(story, None, topic["id"]) if one["name"] == "李女士"]
    assert (entered["text"], entered["home"]) == ("办事窗口午休也开。", None)

    act(
        story,
        ZHIGONG,
        "setConsultationSpeakers",
        **id,
        speakers=[{"memberId": story.gid(SHEN)}],
    )
    asked = {
        "heldAt": "2024-03-28T09:00:00+08:00",
        "endsAt": "2024-03-28T11:30:00+08:00",
        "place": "民建会议室",
    }
    act(story, MINJIAN, "planConsultationMeeting", **id, **asked)
    meeting = global_id("Meeting", local_id(topic["id"], "Consultation"))
    awaits(story, meeting)
    story.run(MINJIAN, "notifyMeeting", "meeting { id }", meetingId=meeting)
    hold(story, meeting, [SHEN], datetime(2024, 3, 28, 9, tzinfo=SHANGHAI))
    eventually(lambda: seen(story, MINJIAN, topic["id"])["state"] == "HELD")
    ledger = stack.db("performance")["ledger"]
    ref = {"$regex": local_id(topic["id"], "Consultation")}
    once = {"rule_code": "C1", "member_id": story.member(SHEN).member_id, "source_ref": ref}
    eventually(lambda: ledger.count_documents(once) == 1)
    assert ledger.count_documents({"source_ref": ref}) == 1
    figures = story.ask(
        OFFICE, "{ consultationFigures(year: 2024) { organiser { name } held present speakers } }"
    )["consultationFigures"]
    for party in ("中国民主建国会", "中国致公党"):
        assert {"organiser": {"name": party}, "held": 1, "present": 1, "speakers": 1} in figures


def test_in_a_written_consultation_everyone_sees_whose_turn_it_is(known: Story) -> None:
    story, stack = known, known.world.stack
    begins = datetime(2020, 3, 2, 9, tzinfo=SHANGHAI)
    stack.move_clock(begins)
    topic = proposed(story, OFFICE, "远程协商", "office-general", form="REMOTE")
    id = {"consultationId": topic["id"]}
    planned(story, 2020, topic["id"])
    rows = [{"memberId": story.gid(name)} for name in (QIAN, SHEN)]
    act(story, OFFICE, "setConsultationSpeakers", **id, speakers=rows)
    closes = begins + timedelta(days=4)
    opened = {**id, "closesAt": closes.isoformat(), "members": [story.gid(LU)]}
    row = act(story, OFFICE, "openWrittenConsultation", **opened)
    assert row["turn"]["member"]["name"] == QIAN
    with pytest.raises(Refusal) as refused:
        act(story, story.member(SHEN), "stateOnConsultation", **id, text="我的意见。")
    assert refused.value.codes == ["CONSULTATION_NOT_YOUR_TURN"]
    for name in (LU, SHEN):
        row = seen(story, story.member(name), topic["id"])
        assert row["turn"] == {"member": {"name": QIAN}}
    act(story, OFFICE, "passConsultationTurn", **id, reason="联系不上")
    eventually(lambda: story.waits(story.member(SHEN), "CONSULTATION_TURN", topic["id"]))
    row = act(story, story.member(SHEN), "stateOnConsultation", **id, text="我的意见。")
    assert row["turn"] is None
    act(story, story.member(LU), "stateOnConsultation", **id, text="补充一点。")
    stack.move_clock(closes + timedelta(minutes=1))
    eventually(lambda: seen(story, OFFICE, topic["id"])["state"] == "HELD")
    with pytest.raises(Refusal) as refused:
        act(story, OFFICE, "closeWrittenConsultation", **id)
    assert refused.value.codes == ["CONSULTATION_WRONG_STATE"]
    log = stack.db("consultations")["event_log"]
    told = {
        "type": "activity_participation_confirmed",
        "subject": local_id(topic["id"], "Consultation"),
    }
    [event] = log.find(told)
    assert [one["member_id"] for one in event["data"]["rows"]] == [
        story.member(SHEN).member_id,
        story.member(LU).member_id,
    ]


def test_a_topic_is_declined_put_off_and_called_off(known: Story) -> None:
    story, stack = known, known.world.stack
    stack.move_clock(datetime(2021, 3, 1, 9, tzinfo=SHANGHAI))
    declined = proposed(story, story.member(LU), "不宜协商的题目")
    given = {"consultationId": declined["id"], "reason": "与去年重复"}
    assert act(story, OFFICE, "cancelConsultation", **given)["stateLabel"] == "已取消"
    story.await_message(LU, "不再安排协商：与去年重复")
    topic, late = (proposed(story, ECONOMY, t, "com-economy") for t in ("一个议题", "增补议题"))
    plan = planned(story, 2021, topic["id"])
    added = {"documentNo": "吴委办〔2021〕9号", "decidedOn": "2021-02-28T09:00:00+08:00"}
    shown = "plan { topics { id } }"
    row = story.run(
        OFFICE, "supplementConsultationPlan", shown, planId=plan, topics=[late["id"]], **added
    )["plan"]
    assert [one["id"] for one in row["topics"]] == [topic["id"], late["id"]]
    id = {"consultationId": topic["id"]}
    asked = {
        "heldAt": "2021-04-28T09:00:00+08:00",
        "endsAt": "2021-04-28T11:30:00+08:00",
        "place": "三楼",
    }
    act(story, ECONOMY, "planConsultationMeeting", **id, **asked)
    meeting = local_id(topic["id"], "Consultation")
    awaits(story, global_id("Meeting", meeting))
    assert act(story, ECONOMY, "postponeConsultation", **id, reason="调研未完成")["state"] == (
        "POSTPONED"
    )
    office = stack.db("office")["meetings"]
    eventually(lambda: office.count_documents({"_id": meeting, "state": "CANCELLED"}) == 1)
    act(story, ECONOMY, "planConsultationMeeting", **id, **asked)
    eventually(lambda: office.find_one({"_id": f"{meeting}-2"}))


def visitor(story: Story, mutation: str, **given: Any) -> Document:
    name = mutation[0].upper() + mutation[1:]
    query = f"""mutation ($input: {name}Input!) {{
        {mutation}(input: $input) {{ received errors {{ reason }} }} }}"""
    answer = story.world.stack.graphql(query, {"input": given}, None)
    assert "errors" not in answer, answer
    payload: Document = answer["data"][mutation]
    return payload


def views(story: Story, actor: Actor | None, id: str) -> list[Document]:
    query = """query ($id: ID!) { publicViews(consultation: $id, first: 50) {
        totalCount edges { node { id text name stateLabel channelLabel home { id } } } } }"""
    token = story.world.stack.token(actor) if actor else None
    answer = story.world.stack.graphql(query, {"id": id}, token)
    assert "errors" not in answer, answer
    return [edge["node"] for edge in answer["data"]["publicViews"]["edges"]]
